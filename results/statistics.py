"""How sure are we of a number seen over so many replications? Intervals of confidence, and quantiles.

Their values equal those of `scipy.stats`, which the tests compare them with and whose import costs a second.
"""

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Interval = tuple[float, float]

CONFIDENCE = 0.95
"""An interval made this way holds the true value in so many cases out of one."""


def mean_interval(values: NDArray[np.float64], confidence: float = CONFIDENCE) -> Interval | None:
    """Where the true mean lies; `None` below two values, which say nothing of their spread.

    Student's t with n - 1 degrees of freedom: "The probable error of a mean", Biometrika 6 (1908) 1-25.

    >>> low, high = mean_interval(np.array([1.0, 2.0, 3.0]))
    >>> round(low, 3), round(high, 3)
    (-0.484, 4.484)
    """
    if len(values) <= 1:
        return None
    from scipy.special import stdtrit  # a worker, which asks for no interval, need not pay for it

    quantile = float(stdtrit(len(values) - 1, (1 + confidence) / 2))
    margin = quantile * float(np.std(values, ddof=1)) / len(values) ** 0.5
    mean = float(np.mean(values))
    return mean - margin, mean + margin


def share_interval(count: int, total: int, confidence: float = CONFIDENCE) -> Interval:
    """Where the true share lies when `count` of `total` were seen; the total is 1 at least.

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


def quantiles(values: NDArray[np.float64], shares: Sequence[float]) -> list[float | None]:
    """The value below which each of these shares of the values lies, between neighbours in proportion.

    >>> quantiles(np.array([0.0, 10.0]), [0.05, 0.5])
    [0.5, 5.0]
    """
    if len(values) == 0:
        return [None for _ in shares]
    return [float(value) for value in np.quantile(values, shares)]
