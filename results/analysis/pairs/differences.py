"""Differences: what an alternative has beyond a reference, crisis by crisis on the same random numbers."""

from dataclasses import dataclass
from enum import StrEnum
from math import inf

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.verdicts import Share, share_of
from results.analysis.statistics import Interval
from results.analysis.witnesses import Witnesses

ROUNDING = 1e-9
"""Of two numbers, a difference by so small a part of them is none."""

HALF = 0.5
"""Of the crises that differ: as many lower as higher."""


class Direction(StrEnum):
    """Where an alternative lies beside the reference."""

    LOWER = "lower"
    HIGHER = "higher"
    EQUAL = "equal"
    """The same number in every crisis."""
    UNCLEAR = "unclear"
    """Chance alone may have made the difference, or there are too few crises to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A number of the alternative less that of the reference, over the crises: below nought where it is lower."""

    unit: str
    mean: float
    mean_ci: Interval | None
    """`None` where there are no two draws."""
    median: float
    median_ci: Interval | None
    """By order statistics, as the next two; `None` where the crises are too few for an interval that would hold."""
    lowest_tenth: float
    """As low or lower in one crisis of ten."""
    lowest_tenth_ci: Interval | None
    highest_tenth: float
    """As high or higher in one crisis of ten."""
    highest_tenth_ci: Interval | None
    lower: Share
    """Crises in which the alternative has less, as much, or more of it than the reference."""
    equal: Share
    higher: Share
    lower_of_unequal: Share
    """Crises in which it has less, of those in which it has not as much: what is sure of the direction, however much a
    few crises decide the mean."""

    @property
    def direction(self) -> Direction:
        """Where it lies with 95 % confidence: by its mean, else by how often it is lower."""
        if self.equal.count == self.equal.of:
            return Direction.EQUAL
        low, high = self.mean_ci or (-inf, inf)
        if low > 0.0 or high < 0.0:
            return Direction.LOWER if high < 0.0 else Direction.HIGHER
        seldom, often = self.lower_of_unequal.interval or (0.0, 1.0)
        if self.mean_ci and (seldom > HALF or often < HALF):
            return Direction.LOWER if seldom > HALF else Direction.HIGHER
        return Direction.UNCLEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that is so or not in each crisis: in how many under both, under one alone, under neither."""

    both: int
    reference_only: int
    alternative_only: int
    neither: int
    difference: float
    """The share of the alternative less that of the reference."""
    difference_ci: Interval | None


def difference_of(unit: str, apart: NDArray[np.float64], witnesses: Witnesses) -> Difference:
    """The difference over some crises, at least one, from what each says."""
    median, low, high = (float(np.quantile(apart, share)) for share in (0.5, 0.1, 0.9))
    everywhere = np.ones(len(apart), np.bool_)
    return Difference(
        unit=unit,
        mean=float(apart.mean()),
        mean_ci=witnesses.mean_interval(apart),
        median=median,
        median_ci=witnesses.quantile_interval(apart, 0.5),
        lowest_tenth=low,
        lowest_tenth_ci=witnesses.quantile_interval(apart, 0.1),
        highest_tenth=high,
        highest_tenth_ci=witnesses.quantile_interval(apart, 0.9),
        lower=share_of(apart < 0.0, everywhere, witnesses),
        equal=share_of(apart == 0.0, everywhere, witnesses),
        higher=share_of(apart > 0.0, everywhere, witnesses),
        lower_of_unequal=share_of(apart < 0.0, apart != 0.0, witnesses),
    )


def is_lower(apart: NDArray[np.float64], witnesses: Witnesses, confidence: float) -> bool:
    """Lower in the mean, and told from chance: by the mean's interval, or by how often it is lower.

    A mean that a few crises decide has a wide interval, even where every crisis has less.
    """
    interval, unequal = witnesses.mean_interval(apart, confidence), apart != 0.0
    if apart.mean() >= 0.0 or interval is None:
        return False
    often, _ = witnesses.among(unequal).share_interval(apart[unequal] < 0.0, confidence)
    return interval[1] < 0.0 or often > HALF


def change_of(reference: NDArray[np.bool_], alternative: NDArray[np.bool_], witnesses: Witnesses) -> Change:
    """The same of something that is so or not, over at least one replication."""
    apart = alternative.astype(np.float64) - reference.astype(np.float64)
    return Change(
        both=int((reference & alternative).sum()),
        reference_only=int((reference & ~alternative).sum()),
        alternative_only=int((alternative & ~reference).sum()),
        neither=int((~reference & ~alternative).sum()),
        difference=float(apart.mean()),
        difference_ci=witnesses.mean_interval(apart),
    )


def apart(reference: NDArray[np.float64], alternative: NDArray[np.float64]) -> NDArray[np.float64]:
    """The difference in each replication, nought where it is rounding alone.

    >>> apart(np.array([0.1 + 0.2, 5.0]), np.array([0.3, 7.0]))
    array([0., 2.])
    """
    found = alternative - reference
    size = np.maximum(np.abs(reference), np.abs(alternative))
    return np.where(np.abs(found) <= ROUNDING * size, 0.0, found)
