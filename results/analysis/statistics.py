"""Statistics: confidence intervals and quantiles of a number over replications.

Their values equal those of scipy, with which the tests compare them; importing scipy would cost a finished campaign
more than reading it.
"""

from collections.abc import Sequence
from functools import cache
from math import atan2, ceil, exp, floor, lgamma, log, log1p, pi, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Interval = tuple[float, float]

CONFIDENCE = 0.95
"""How often an interval made this way holds the true value."""
NEGLIGIBLE = 1e-13
"""A step by so little of a quantile is the last."""


def mean_interval(values: NDArray[np.float64], confidence: float = CONFIDENCE) -> Interval | None:
    """The confidence interval of the mean; `None` below two values, which say nothing of their spread.

    Student's t with n - 1 degrees of freedom: "The probable error of a mean", Biometrika 6 (1908) 1-25.

    >>> low, high = mean_interval(np.array([1.0, 2.0, 3.0]))
    >>> round(low, 3), round(high, 3)
    (-0.484, 4.484)
    """
    if len(values) <= 1:
        return None
    margin = (
        student_quantile(confidence, len(values) - 1) * float(np.std(values, ddof=1)) / len(values) ** 0.5
    )
    mean = float(np.mean(values))
    return mean - margin, mean + margin


@cache
def student_quantile(confidence: float, freedom: int) -> float:
    """The two-sided quantile of Student's t: how far from its middle it lies with this probability.

    Newton's steps from the normal quantile, which is nearer to the middle: the curve bends down, so none goes too far.

    >>> round(student_quantile(0.95, 1), 3), round(student_quantile(0.95, 199), 3)
    (12.706, 1.972)
    """
    height = exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) / sqrt(freedom * pi)
    quantile, step = NormalDist().inv_cdf((1 + confidence) / 2), 1.0
    while step > NEGLIGIBLE * quantile:
        density = 2 * height * (1 + quantile**2 / freedom) ** (-(freedom + 1) / 2)
        step = (confidence - _within(quantile, freedom)) / density
        quantile += step
    return quantile


def _within(distance: float, freedom: int) -> float:
    """The probability that Student's t lies within this distance of its middle.

    Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4.
    """
    squared = freedom / (freedom + distance**2)
    cosine, sine = sqrt(squared), sqrt(1 - squared)
    if freedom % 2 == 0:
        odd = np.arange(1, freedom - 1, 2)
        return sine * (1 + float(np.cumprod(odd / (odd + 1) * squared).sum()))
    even = np.arange(2, freedom - 1, 2)
    terms = sine * cosine * (1 + float(np.cumprod(even / (even + 1) * squared).sum())) if freedom > 1 else 0.0
    return 2 / pi * (atan2(sine, cosine) + terms)


def share_interval(count: float, total: float, confidence: float = CONFIDENCE) -> Interval:
    """The confidence interval of a share when `count` of `total` were seen; neither need be whole.

    The score interval of E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927) 209-212: right also near 0 and 1, and for few values.

    >>> low, high = share_interval(15, 148)
    >>> round(low, 4), round(high, 4)
    (0.0624, 0.1605)
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, weight = count / total, z * z / total
    centre = (share + weight / 2) / (1 + weight)
    margin = (share * (1 - share) * weight + weight * weight / 4) ** 0.5 / (1 + weight)
    return max(0.0, centre - margin), min(1.0, centre + margin)


def quantile_interval(
    values: NDArray[np.float64], share: float, worth: float, confidence: float = CONFIDENCE
) -> Interval | None:
    """The confidence interval of the quantile below which this share lies, whatever the values are distributed like.

    Its ends are two of the values, by how many of so many independent ones lie below the quantile: W. R. Thompson,
    Annals of Mathematical Statistics 7 (1936) 122-128. `worth` is the number of independent values that these are
    worth. `None` where an end would lie beyond all values.

    >>> quantile_interval(np.arange(1.0, 101.0), 0.5, 100)
    (40.0, 61.0)
    """
    count, tail = max(1, floor(worth)), (1 - confidence) / 2
    below = _binomial(count, share)
    low, high = int(np.searchsorted(below, tail, "right")), int(np.searchsorted(below, 1 - tail)) + 1
    if low < 1 or high > count:
        return None
    ordered, ratio = np.sort(values), len(values) / count
    return float(ordered[floor((low - 1) * ratio)]), float(ordered[ceil(high * ratio) - 1])


def _binomial(count: int, share: float) -> NDArray[np.float64]:
    """The probabilities that at most 0, 1, … of so many are, each with this probability."""
    of = np.arange(1, count + 1)
    ways = np.concatenate([[0.0], np.cumsum(np.log((count + 1 - of) / of))])
    times = np.arange(count + 1)
    return np.cumsum(np.exp(ways + times * log(share) + (count - times) * log1p(-share)))


def quantiles(values: NDArray[np.float64], shares: Sequence[float]) -> list[float | None]:
    """The quantiles of the values, interpolated between neighbours.

    >>> quantiles(np.array([0.0, 10.0]), [0.05, 0.5])
    [0.5, 5.0]
    """
    if len(values) == 0:
        return [None for _ in shares]
    return [float(value) for value in np.quantile(values, shares)]
