"""Rankings: how much each assumption does by one method, how far that may be wrong, and whether two methods agree.

Errors are those of differences: both sides of one come from the same draws, and are resampled together.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import copysign, inf

import numpy as np
from numpy.typing import NDArray

TOP = 5
APART, BOUND = 3.0, 2.0
"""Standard errors: what tells two apart, more than two since one looks often; what an equal difference stays within."""


class Fifth(StrEnum):
    """How the last of the first five stands to the sixth."""

    APART = "apart"
    EQUAL = "equal"
    OPEN = "open"


class Verdict(StrEnum):
    """Whether two methods put the same names first."""

    SAME = "same"
    TIE = "tie"
    """Names that only one puts first do as much, within a small margin, as those whom they displace."""
    DIFFER = "differ"
    """One is sure of a name that the other rules out."""
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Ranking:
    """How much each assumption does, by one method."""

    names: tuple[str, ...]
    effects: NDArray[np.float64]
    resampled: NDArray[np.float64]
    """What the effects may as well have been, of shape (resamples, names); their spread is the standard error."""
    margin: float
    """Two effects are equal that differ by less than this share of the fifth."""

    @property
    def errors(self) -> NDArray[np.float64]:
        """Standard errors."""
        spread: NDArray[np.float64] = self.resampled.std(axis=0)
        return spread

    def first(self, count: int = TOP) -> list[str]:
        """The assumptions that do most, in their order."""
        order = np.argsort(-self.effects, kind="stable")
        return [self.names[place] for place in order[:count]]

    def may_be_first(self, errors: float = APART) -> set[str]:
        """Those that are not below the fifth by so many errors."""
        fifth = self.first()[-1]
        return {name for name in self.names if self.beyond(fifth, name) < errors}

    def sure_to_be_first(self, errors: float = APART) -> set[str]:
        """Those that are above the sixth by so many errors."""
        sixth = self.first(TOP + 1)[-1]
        return {name for name in self.names if self.beyond(name, sixth) > errors}

    def fifth(self) -> Fifth:
        """How the fifth stands to the sixth."""
        fifth, sixth = self.first(TOP + 1)[-2:]
        if self.beyond(fifth, sixth) > APART:
            return Fifth.APART
        return Fifth.EQUAL if self.equal(fifth, sixth) else Fifth.OPEN

    def equal(self, one: str, other: str) -> bool:
        """The two differ by less than the margin, whatever is left to chance."""
        apart, error = self._apart(one, other)
        fifth = float(self.effects[self.names.index(self.first()[-1])])
        return abs(apart) + BOUND * error < self.margin * fifth

    def beyond(self, one: str, other: str) -> float:
        """By how many standard errors of the difference one does more than the other."""
        apart, error = self._apart(one, other)
        if not apart:
            return 0.0
        return apart / error if error else copysign(inf, apart)

    def _apart(self, one: str, other: str) -> tuple[float, float]:
        """The difference and its standard error."""
        here, there = self.names.index(one), self.names.index(other)
        error = float(np.std(self.resampled[:, here] - self.resampled[:, there]))
        return float(self.effects[here] - self.effects[there]), error


def verdict_of(one: Ranking, other: Ranking) -> Verdict:
    """Whether two methods put the same names first."""
    first, second = set(one.first()), set(other.first())
    if first == second:
        return Verdict.SAME
    if one.sure_to_be_first() - other.may_be_first() or other.sure_to_be_first() - one.may_be_first():
        return Verdict.DIFFER
    alone, instead = first - second, second - first
    equal = {(a, b) for a in alone for b in instead if one.equal(a, b) or other.equal(a, b)}
    has_its_equal = {a for a, _ in equal} == alone and {b for _, b in equal} == instead
    return Verdict.TIE if has_its_equal else Verdict.UNDECIDED
