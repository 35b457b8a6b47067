"""A comparison: what each alternative adds to the ordinary days, and what it has beyond the reference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.added import Added, added_by
from results.analysis.compared.verdicts import Judgement, Share, judged, of_care, of_systems, share_of
from results.analysis.compared.waits import Waited, waited
from results.analysis.pairs.differences import is_lower
from results.analysis.pairs.paired import LASTING, Paired, added_apart, pair_of
from results.analysis.pairs.pairing import Side, sides_of, went_off_in_any
from results.analysis.statistics import CONFIDENCE
from results.store.comparisons import ComparisonDescription, Varies
from results.store.store import Store
from topologies.fields.title import Title

NO_EVENT: Final = Title(fr="Sans événement", en="No event")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One of the campaigns of a comparison, beside its ordinary days."""

    campaign: str
    ordinary: str
    """The campaign of the same days without the attack."""
    name: str | None
    """That of its posture, scenario or event: of what differs; `None` for no event."""
    title: Title
    scenario: str
    event: str | None
    posture: str
    target: float
    """Share of the crises that have to hold."""
    went_off: Share
    """Of all replications."""
    care: Judgement | None
    """As in its summary: of the replications in which it went off under this alternative."""
    systems: Judgement | None
    added: Mapping[str, Added]
    """What the attack adds to each indicator of care, over the crises of the comparison."""
    waits: Mapping[str, Waited]
    """How long things took, those that were not over at the horizon included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What campaigns on the same random numbers say beside each other."""

    comparison: str
    varies: Varies
    region: str
    start: datetime
    horizon_h: float
    seed: int
    parameters: str
    """Whether each replication draws what is not known (`drawn`), or all take the parameters' values (`central`)."""
    replications: int
    """Those that all have."""
    crises: int
    """Replications in which it went off under one alternative at least; where there is none, all are told of."""
    alternatives: tuple[Alternative, ...]
    """The reference comes first."""
    pairs: tuple[Paired, ...]
    """Each of the others with the reference, in their order."""
    least: Mapping[str, str | None]
    """By indicator, the campaign that adds least to it, below the reference; `None` where none can be told from it.

    Told apart by the mean or by the direction, with intervals as wide as it takes for so many alternatives (Bonferroni
    1936).
    """

    @property
    def reference(self) -> Alternative:
        """What the others are compared with."""
        return self.alternatives[0]


def compare(store: Store, comparison: str) -> Comparison:
    """What the comparison of this name says; `BadStore` where a table of its campaigns is damaged or missing."""
    kept = store.comparison(comparison)
    return comparison_of_sides(kept, sides_of(store, kept.campaigns))


def comparison_of_sides(kept: ComparisonDescription, sides: Sequence[Side]) -> Comparison:
    """The same of campaigns that have as many replications, the reference first."""
    reference, *others = sides
    off = went_off_in_any(sides)
    inputs = reference.inputs
    return Comparison(
        comparison=kept.comparison,
        varies=kept.varies,
        region=inputs["region"]["name"],
        start=datetime.fromisoformat(inputs["scenario"]["start"]),
        horizon_h=inputs["scenario"]["horizon_h"],
        seed=reference.description.seed,
        parameters=inputs["uncertainty"],
        replications=len(off),
        crises=int(np.logical_or.reduce([side.crises.went_off for side in sides]).sum()),
        alternatives=tuple(_alternative(side, kept.varies, off) for side in sides),
        pairs=tuple(pair_of(reference, other) for other in others),
        least=least_of(reference, others),
    )


def least_of(reference: Side, others: Sequence[Side]) -> dict[str, str | None]:
    """Which of them adds least, told apart with all of them in mind."""
    confidence = 1.0 - (1.0 - CONFIDENCE) / len(others)
    means: dict[str, dict[str, float]] = {}
    for other in others:
        off = went_off_in_any((reference, other))
        witnesses = reference.crises.witnesses.among(off)
        for name, apart in added_apart((reference, other), off).items():
            found = means.setdefault(name, {})
            if is_lower(apart, witnesses, confidence):
                found[other.description.campaign] = float(apart.mean())
    return {name: min(found, key=lambda one: found[one], default=None) for name, found in means.items()}


def _alternative(side: Side, varies: Varies, off: NDArray[np.bool_]) -> Alternative:
    """One side, told of over the crises of all."""
    known, scenario, crises = side.description, side.inputs["scenario"], side.crises
    care, systems = of_care(scenario["thresholds"]), of_systems(scenario["thresholds"])
    deadlines = {each["indicator"]: each["at_most"] for each in systems}
    target = scenario["held_share_target"]
    name, title = _what_differs(side, varies)
    return Alternative(
        campaign=known.campaign,
        ordinary=known.ordinary,
        name=name,
        title=title,
        scenario=known.scenario,
        event=known.event,
        posture=known.posture,
        target=target,
        went_off=share_of(crises.went_off, np.ones(len(off), np.bool_), crises.witnesses),
        care=judged(crises, care, target),
        systems=judged(crises, systems, target),
        added=added_by(replace(crises, went_off=off)),
        waits={name: waited(crises.asked, name, crises.horizon_h, deadlines.get(name)) for name in LASTING},
    )


def _what_differs(side: Side, varies: Varies) -> tuple[str | None, Title]:
    """Its name and its title."""
    scenario = side.inputs["scenario"]
    document = {
        Varies.POSTURE: side.inputs["posture"],
        Varies.SCENARIO: scenario,
        Varies.EVENT: scenario["event"],
    }[varies]
    if document is None:
        return None, NO_EVENT
    return document["name"], Title.model_validate(document["title"])
