"""Witnesses: replications that share a draw of parameters are fewer witnesses than they are many."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from results.analysis.statistics import (
    CONFIDENCE,
    Interval,
    quantile_interval,
    share_interval,
    student_quantile,
)
from simulation.inputs.campaign import CRISIS_SHARED, ORDINARY_SHARED, Uncertainty

FEWEST = 5
"""Draws of ordinary life below which nothing is told from their spread: those of the crisis are then taken alone."""


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Replications by their draws, of shape (replications,); where nothing is drawn, each is one of its own."""

    crisis: NDArray[np.intp]
    """The number of the draw of the crisis of each."""
    ordinary: NDArray[np.intp]
    """The number of its draw of ordinary life, which several draws of the crisis share."""

    @classmethod
    def of(cls, replications: int, crisis_shared: int, ordinary_shared: int) -> Self:
        """Replications from 0, of which so many in a row share a draw."""
        numbers = np.arange(replications)
        return cls(numbers // crisis_shared, numbers // ordinary_shared)

    @classmethod
    def of_campaign(cls, replications: int, uncertainty: str) -> Self:
        """The replications of a campaign that draws its parameters, or does not."""
        if uncertainty == Uncertainty.DRAWN:
            return cls.of(replications, CRISIS_SHARED, ORDINARY_SHARED)
        return cls.of(replications, 1, 1)

    def among(self, those: NDArray[np.bool_]) -> "Witnesses":
        """The same of some replications."""
        return Witnesses(self.crisis[those], self.ordinary[those])

    def mean_interval(self, values: NDArray[np.float64], confidence: float = CONFIDENCE) -> Interval | None:
        """The confidence interval of the mean of some values; `None` where there are no two draws.

        By how far the values of a draw lie beside it together (Liang and Zeger 1986, Biometrika 73(1)), with as many
        degrees of freedom as there are draws but one. Where each is a draw of its own, it is Student's.
        """
        error, draws = self._error(values)
        if error is None:
            return None
        mean, margin = float(values.mean()), student_quantile(confidence, draws - 1) * error
        return mean - margin, mean + margin

    def share_interval(self, those: NDArray[np.bool_], confidence: float = CONFIDENCE) -> Interval:
        """The confidence interval of the share of replications, at least one, in which something was so.

        Wilson's for as many replications as these are worth (Korn and Graubard 1998, Survey Methodology 24(2)); where
        all or none were so, for as many as there are draws of the crisis.
        """
        worth = self._worth(those)
        if worth == len(those):
            return share_interval(int(those.sum()), len(those), confidence)
        return share_interval(float(those.mean()) * worth, worth, confidence)

    def quantile_interval(
        self, values: NDArray[np.float64], share: float, confidence: float = CONFIDENCE
    ) -> Interval | None:
        """The confidence interval of a quantile of some values; `None` where they are too few for its ends.

        That of order statistics, for as many values as the share below the quantile is worth (Woodruff 1952, Journal of
        the American Statistical Association 47(260)).
        """
        return quantile_interval(values, share, self._worth(values <= np.quantile(values, share)), confidence)

    def _worth(self, those: NDArray[np.bool_]) -> float:
        """As how many replications on their own these tell of the share in which something was so."""
        total, draws = len(those), len(np.unique(self.crisis))
        if draws == total:
            return total
        share = float(those.mean())
        error, _ = self._error(those.astype(np.float64))
        return min(float(total), share * (1.0 - share) / error**2) if error else float(draws)

    def _error(self, values: NDArray[np.float64]) -> tuple[float | None, int]:
        """The standard error of the mean, unless there is but one draw, and the number of draws."""
        found, draw = np.unique(self.ordinary, return_inverse=True)
        if len(found) < FEWEST:
            found, draw = np.unique(self.crisis, return_inverse=True)
        draws = len(found)
        if draws <= 1:
            return None, draws
        beside = np.bincount(draw, values - values.mean())
        return float(np.sqrt(draws / (draws - 1) * (beside**2).sum())) / len(values), draws


def chance_share(values: NDArray[np.float64], witnesses: Witnesses) -> float | None:
    """How much of the variance of a number is chance: what differs between those that share all that is drawn.

    One-way analysis of variance over the draws of the crisis (Fisher 1925); `None` where no two replications share one,
    or all values are equal.

    >>> pairs = Witnesses.of(4, crisis_shared=2, ordinary_shared=4)
    >>> (
    ...     chance_share(np.array([1.0, 1.0, 3.0, 3.0]), pairs),
    ...     chance_share(np.array([1.0, 3.0, 1.0, 3.0]), pairs),
    ... )
    (0.0, 1.0)
    """
    found, draw, counts = np.unique(witnesses.crisis, return_inverse=True, return_counts=True)
    within_freedom, between_freedom = len(values) - len(found), len(found) - 1
    if not within_freedom or not between_freedom or values.min() == values.max():
        return None
    means = np.bincount(draw, values) / counts
    within = float(((values - means[draw]) ** 2).sum()) / within_freedom
    between = float((counts * (means - values.mean()) ** 2).sum()) / between_freedom
    a_draw = (len(values) - float((counts**2).sum()) / len(values)) / between_freedom
    return within / (within + max(0.0, (between - within) / a_draw))
