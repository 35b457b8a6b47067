"""Points: the crisis as it goes with assumptions at given chances, drawn all at once or moved one by one.

One hospital of Corsica is attacked; told is for how many days sites are out of work, in the mean of some replications
that are the same throughout, so that chance is left out: of which no patient is needed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from SALib.sample import morris

import simulation
import topologies
from simulation.inputs.parameters.parameters import ORDINARY_LIFE, load_parameters
from simulation.inputs.parameters.uncertainty import at_chances, unknown_of
from simulation.replication import crisis_of
from simulation.replication.prepared_campaign import with_care

Array = NDArray[np.float64]

REGION, SCENARIO = "corse", "ransomware-large-hospital"
HORIZON_H, HOURS_A_DAY = 180 * 24, 24.0
REPLICATIONS = range(16)
SEED = 3
LEVELS = 32
"""The middles of as many parts of a law that are equally likely; an assumption is moved by half of its law."""


class Asked:
    """The crisis, as it goes with all assumptions at given chances."""

    def __init__(self) -> None:
        region, scenario = topologies.load(REGION), simulation.load_scenario(SCENARIO)
        self.campaign = simulation.Campaign(
            region=region,
            scenario=scenario.in_region(region).model_copy(update={"horizon_h": HORIZON_H}),
            posture=simulation.load_posture("baseline"),
            seed=1,
        )
        self._uncertain = {
            name: one
            for name, one in load_parameters().quantities.items()
            if one.low < one.high and name not in ORDINARY_LIFE
        }
        self._prepared = simulation.prepare(self.campaign)
        self.unknowns = tuple(dict.fromkeys(map(unknown_of, self._uncertain)))

    def days_lost(self, chances: Iterable[float]) -> float:
        """Days for which sites are out of work where what is not known is at these chances, in their order."""
        at = dict(zip(self.unknowns, chances, strict=True))
        parameters = self.campaign.parameters.replaced(at_chances(self._uncertain, at))
        campaign, known = replace(self.campaign, parameters=parameters), self._prepared
        prepared = with_care(campaign, known.nodes, known.care, known=known.attack)
        lost = 0.0
        for number in REPLICATIONS:
            crisis = crisis_of(prepared, self.campaign.seed, number)
            for state in (crisis.states[node] for node in crisis.nodes.sites):
                if state.impact_h is not None:
                    until_h = crisis.horizon_h if state.restored_h is None else state.restored_h
                    lost += (until_h - state.impact_h) / HOURS_A_DAY
        return lost / len(REPLICATIONS)


@cache
def asked() -> Asked:
    """Once per process."""
    return Asked()


def days_lost_at(chances: list[float]) -> float:
    """Days that the crisis takes at these chances."""
    return asked().days_lost(chances)


@dataclass(frozen=True)
class Points:
    """Where the crisis was looked at, and how many days it took there."""

    chances: Array
    lost: Array

    def and_of(self, more: "Points") -> "Points":
        """Both."""
        return Points(np.concatenate([self.chances, more.chances]), np.concatenate([self.lost, more.lost]))


@dataclass(frozen=True)
class Study:
    """All that is looked at, by either method."""

    names: tuple[str, ...]
    """The assumptions."""
    lost: Callable[[Array], Array]
    """Days lost at chances of shape (points, assumptions)."""

    def draws(self, stage: int, count: int) -> Points:
        """All assumptions at once: each has one value in each of as many parts of its law (a Latin hypercube)."""
        rng = np.random.default_rng([SEED, stage])
        columns = [(rng.permutation(count) + rng.random(count)) / count for _ in self.names]
        chances = np.column_stack(columns)
        return Points(chances, self.lost(chances))

    def trajectories(self, stage: int, count: int, columns: Sequence[int]) -> Points:
        """From each start the assumptions of these columns are moved one by one; the others keep what is drawn."""
        rng = np.random.default_rng([SEED, stage, count])
        steps = len(columns) + 1
        problem = {
            "num_vars": len(columns),
            "names": [self.names[column] for column in columns],
            "bounds": [[0.5 / LEVELS, 1.0 - 0.5 / LEVELS]] * len(columns),
        }
        chances = np.repeat(rng.random((count, len(self.names))), steps, axis=0)
        chances[:, list(columns)] = morris.sample(problem, count, num_levels=LEVELS, seed=rng)
        return Points(chances, self.lost(chances))
