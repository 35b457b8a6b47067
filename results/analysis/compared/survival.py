"""Survival: how long things take when some are not over yet at the horizon.

These are right-censored: they last longer than they were followed. A mean of those that were over would leave out the
longest, so none is made. The Kaplan-Meier curve uses all: E. L. Kaplan and P. Meier, "Nonparametric estimation from
incomplete observations", Journal of the American Statistical Association 53 (1958) 457-481.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDING = 1e-9
"""What a product of shares may be off by."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The share that is not over, which falls at some times."""

    times: NDArray[np.float64]
    """When some were over, ascending."""
    left: NDArray[np.float64]
    """The share not over after each of these."""
    until: float
    """The longest that any was followed: nothing is known beyond."""

    def quantile(self, over: float) -> float | None:
        """The first time by which this share was over; `None` where fewer were when last seen.

        >>> curve_of(np.array([1.0, 2.0, 3.0]), np.array([True, True, False])).quantile(0.5)
        2.0
        """
        reached = self.left <= 1.0 - over + ROUNDING
        return float(self.times[reached.argmax()]) if reached.any() else None

    def left_at(self, time: float) -> float | None:
        """The share not over by this time; `None` where nobody was followed so long."""
        if time > self.until and (not len(self.left) or self.left[-1] > ROUNDING):
            return None
        passed = int(np.searchsorted(self.times, time, "right"))
        return float(self.left[passed - 1]) if passed else 1.0

    def restricted_mean(self) -> float:
        """The mean time, none counted for longer than the longest that any was followed: the area under the curve."""
        begins = min(0.0, float(self.times[0])) if len(self.times) else 0.0
        steps = np.diff(np.array([begins, *self.times, self.until]))
        return begins + float((steps * np.array([1.0, *self.left])).sum())


def curve_of(times: NDArray[np.float64], over: NDArray[np.bool_]) -> Curve:
    """The curve of what took these times, or, where it was not over, was followed for so long; there is at least one.

    Of equal times, those that were over come before those that were still followed then.
    """
    ended, counts = np.unique(times[over], return_counts=True)
    followed = len(times) - np.searchsorted(np.sort(times), ended, "left")
    left = np.cumprod(1.0 - counts / followed).astype(np.float64)
    return Curve(ended, left, float(times.max()))
