"""Spread: a number over the crises in which something happened, as a director reads it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.presentation.language import _
from results.presentation.numbers import number
from results.presentation.tabled import signed
from results.report.sections.harm.spreads import LOW_HIGH

ENOUGH = 20
"""Crises below which one in twenty cannot be told: then all are between the ends."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle and both ends, of at least one crisis."""

    crises: int
    median: float
    low: float
    """One in twenty lies below; of few crises, the smallest."""
    high: float

    def added(self) -> str:
        """In words, of what is added to ordinary days."""
        return _written(signed(self.median), signed(self.low), signed(self.high))

    def counted(self) -> str:
        """In words, of what is never below nought."""
        return _written(number(self.median), number(self.low), number(self.high))


def spread_of(values: NDArray[np.float64]) -> Spread | None:
    """Of those that are known; `None` where none is."""
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    ends = np.quantile(known, LOW_HIGH) if len(known) >= ENOUGH else (known.min(), known.max())
    return Spread(len(known), float(np.median(known)), float(ends[0]), float(ends[1]))


def _written(median: str, low: str, high: str) -> str:
    return (
        median if low == high else _("{median} ({low} to {high})").format(median=median, low=low, high=high)
    )


def in_words(spread: Spread | None) -> str:
    """What is added, or a dash where it is not known."""
    return "–" if spread is None else spread.added()
