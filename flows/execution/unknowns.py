"""Unknowns: how much each declaration would change what a campaign says, tried on all cores.

In each of several drawings of the region, each unknown is taken otherwise, alone. Results depend on the seed alone,
never on the workers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

import simulation
from flows.workers.pool import Pool, worker_count
from results.analysis.compared.verdicts import care_held
from results.analysis.single_points import care_of
from results.analysis.value_of_information import Change, change_of
from simulation.inputs.campaign import Campaign
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from topologies.building.deriving.draws import Draws
from topologies.building.records import Draft
from topologies.building.unknowns import Unknown, otherwise, region_drawn, unknowns_of
from topologies.errors import BadInput
from topologies.region import Region

Said = list[tuple[float, bool]]
"""Of each replication: the patients taken into care, and whether care held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of the region, how often it is drawn, and how many unknowns are tried."""

    draft: Draft
    scenario: Scenario
    posture: Posture
    seed: int
    replications: int
    drawings: int
    candidates: int

    def said_of(self, region: Region) -> Said:
        """What each replication says of a region; nothing where the scenario does not fit it."""
        scenario = self.scenario.in_region(region)
        campaign = Campaign(region=region, scenario=scenario, posture=self.posture, seed=self.seed)
        try:
            simulation.check(campaign)
        except BadInput:
            return []
        attacked = simulation.prepare(campaign)
        ordinary = simulation.spared(attacked)
        numbers = range(self.replications)
        asked, twin = (
            [simulation.replicate(each, self.seed, number) for number in numbers]
            for each in (attacked, ordinary)
        )
        held = care_held(scenario, asked, twin)
        return list(zip([care_of(outcome).cared_for for outcome in asked], held, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An unknown, and the change to be expected from declaring it."""

    unknown: Unknown
    change: Change


def answers_to(
    question: Question, workers: int | None, start: Callable[[int], Callable[[str], None]]
) -> list[Answer]:
    """The unknowns that were tried, those that would change most first; `start` is told how many steps there are."""
    region, draws = region_drawn(question.draft, 0)
    simulation.check(
        Campaign(
            region=region,
            scenario=question.scenario.in_region(region),
            posture=question.posture,
            seed=question.seed,
        )
    )
    unknowns = unknowns_of(question.draft, region, draws, question.candidates)
    tell = start(question.drawings * (len(unknowns) + 1))
    with Pool(worker_count(workers), partial(make_ready, question)) as pool:
        asked = [
            (unknown, pool.submit(run_otherwise, number, unknown))
            for number in range(question.drawings)
            for unknown in (None, *unknowns)
        ]
        said: dict[str | None, list[tuple[float, Said]]] = {}
        for unknown, future in asked:
            said.setdefault(_key(unknown), []).append(future.result())
            tell(unknown.entity if unknown else region.title)
    as_drawn = [each for _, each in said[None]]
    answers = [
        Answer(unknown=unknown, change=change)
        for unknown in unknowns
        if (change := _change(as_drawn, said[_key(unknown)], question.seed)) is not None
    ]
    return sorted(answers, key=lambda one: (-one.change.patients, one.unknown.rule, one.unknown.entity))


def _key(unknown: Unknown | None) -> str | None:
    return f"{unknown.rule} {unknown.entity}" if unknown else None


def _change(as_drawn: Sequence[Said], others: Sequence[tuple[float, Said]], seed: int) -> Change | None:
    """The change over the drawings in which the scenario fits both; `None` where it fits none."""
    kept = [
        (chance, _array(said) - _array(base))
        for base, (chance, said) in zip(as_drawn, others, strict=True)
        if base and said
    ]
    if not kept:
        return None
    changes = np.stack([change for _, change in kept])
    return change_of(changes[:, :, 0], changes[:, :, 1], [chance for chance, _ in kept], seed)


def _array(said: Said) -> NDArray[np.float64]:
    return np.array(said, dtype=np.float64)


# In a worker


@dataclass(slots=True)
class Workplace:
    """What a worker keeps: the question, and the drawing of the region at which it is."""

    question: Question
    drawn: dict[int, tuple[Region, Draws]] = field(default_factory=dict)

    def drawing(self, number: int) -> tuple[Region, Draws]:
        """The region drawn so; the one before is let go."""
        if number not in self.drawn:
            self.drawn.clear()
            self.drawn[number] = region_drawn(self.question.draft, number)
        return self.drawn[number]


_place: list[Workplace] = []
"""Where this process works, once it is ready."""


def make_ready(question: Question) -> None:
    """This process can try the unknowns of a region."""
    _place[:] = [Workplace(question)]


def run_otherwise(number: int, unknown: Unknown | None) -> tuple[float, Said]:
    """What is said of a drawing of the region with one unknown otherwise, and how likely that is; or as it is drawn."""
    (place,) = _place
    region, draws = place.drawing(number)
    if unknown is None:
        return 1.0, place.question.said_of(region)
    other = otherwise(place.question.draft, region, draws, unknown)
    return other.chance, place.question.said_of(other.region)
