"""Continuous ranked probability score: how far a forecast lies from what was observed, its width included.

Gneiting and Raftery 2007, Strictly proper scoring rules, section 4.2: the mean distance of the forecast's draws from
the observation, less half their mean distance from one another. Of a single number it is the absolute error.
"""

from collections.abc import Sequence

import numpy as np


def crps(draws: Sequence[float], observed: float) -> float:
    """The score of a forecast given by draws, in the unit of the observation; less is better.

    >>> crps([1.0], 3.0), crps([1.0, 3.0], 2.0)
    (2.0, 0.5)
    """
    ordered = np.sort(np.asarray(draws, dtype=np.float64))
    count = len(ordered)
    # Of sorted draws, the sum of all distances between two of them is that of their weighted ranks.
    between = 2.0 * float((ordered * (2.0 * np.arange(count) - count + 1.0)).sum()) / count**2
    return float(np.abs(ordered - observed).mean()) - between / 2.0
