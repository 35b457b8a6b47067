"""What the attack adds: each indicator of care beside the same replication without the attack, and how far it came."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.verdicts import Crises
from results.analysis.compared.waits import WAITS
from results.analysis.statistics import Interval
from results.analysis.witnesses import chance_share
from simulation.inputs.indicators.indicator import Theme
from simulation.inputs.indicators.registry import INDICATORS, THEMES

YES_OR_NO = {wait.over for wait in WAITS.values()}
UNMET = "ed_visits_unmet"
"""By what crises are ranked: whom emergency departments do not take into care."""
OF_CARE = tuple(
    name
    for theme, indicators in THEMES.items()
    if theme is not Theme.ATTACK
    for name, each in indicators.items()
    if each.wait is None and name not in YES_OR_NO
)
"""Indicators of which an ordinary day has its share too."""
REACH = (
    "establishments_compromised",
    "establishments_impacted",
    "establishments_without_service",
    "establishments_isolated",
    "ghts_impacted",
)
"""How far an attack comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A number over the replications in which something went off: in the middle one, in one of ten, in the worst.

    Over all of them where nothing ever did.
    """

    unit: str
    median: float
    one_in_ten: float
    """As much or more in one of ten."""
    worst: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Added(Spread):
    """What the attack adds to an indicator."""

    mean: float
    mean_ci: Interval | None
    ordinary: float
    """The median of the same replications without the attack."""
    chance_share: float | None
    """How much of its variance is chance, where parameters are drawn; the rest is what is not known of them."""


def reach_of(crises: Crises) -> dict[str, Spread]:
    """How far it came where it went off; everywhere if it never did."""
    found = {name: crises.asked.of(name)[crises.shown] for name in REACH}
    return {name: Spread(unit=INDICATORS[name].unit, **_ranks(values)) for name, values in found.items()}


def added_by(crises: Crises) -> dict[str, Added]:
    """What it adds where it went off, or everywhere if it never did; without what the region does not count."""
    shown = crises.shown
    witnesses = crises.witnesses.among(shown)
    some = {name: (crises.added(name)[shown], crises.ordinary.of(name)[shown]) for name in OF_CARE}
    return {
        name: Added(
            unit=INDICATORS[name].unit,
            mean=float(added.mean()),
            mean_ci=witnesses.mean_interval(added),
            ordinary=float(np.median(ordinary)),
            chance_share=chance_share(added, witnesses),
            **_ranks(added),
        )
        for name, (added, ordinary) in some.items()
        if not np.isnan(added).any()
    }


def ranked(crises: Crises) -> NDArray[np.intp]:
    """The replications in which it went off, or all if it never did; last the one that adds most unmet patients."""
    shown = np.flatnonzero(crises.shown)
    return shown[np.argsort(crises.added(UNMET)[shown], kind="stable")]


def _ranks(values: NDArray[np.float64]) -> Mapping[str, float]:
    return {
        "median": float(np.median(values)),
        "one_in_ten": float(np.quantile(values, 0.9)),
        "worst": float(values.max()),
    }
