"""The verdict of a replication: which thresholds broke, when, and where.

A threshold breaks at the hour from which its indicator is beyond it whatever happens next, at the establishment that
did most to bring it there.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from simulation.inputs.scenarios.scenario import Threshold
from simulation.outcome.breaking import Broken


@dataclass(frozen=True, slots=True)
class BrokenThreshold:
    """A threshold broke: when, on which indicator, and at which establishment."""

    at_h: float
    indicator: str
    finess: str | None


def broken_thresholds(
    thresholds: Iterable[Threshold], checks: Mapping[str, Callable[[float], Broken | None]]
) -> list[BrokenThreshold]:
    """Those that broke, the first to break first; none when the region held."""
    found = []
    for threshold in thresholds:
        broken = checks[threshold.indicator](threshold.at_most)
        if broken is not None:
            at_h, finess = broken
            found.append(BrokenThreshold(at_h, threshold.indicator, finess))
    return sorted(found, key=lambda each: each.at_h)
