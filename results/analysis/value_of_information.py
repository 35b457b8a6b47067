"""Value of information: how much an indicator would move if what is assumed of one thing were otherwise.

In each of several drawings of the region, one unknown is taken otherwise and all the rest left as it is, with the same
attack and the same patients: what nothing depends on moves nothing at all. Patients who queue differently would still
move an indicator a little. So the replications of a drawing are split into two halves, and the change of one half is
multiplied by that of the other: its mean is the square of the true change, since the chance of one half knows nothing
of the chance of the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import SeedSequence, default_rng
from numpy.typing import NDArray

from results.analysis.statistics import CONFIDENCE, Interval

RESAMPLED = 1_000
"""Resamples of drawings and of replications, from which the interval comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be expected if one unknown were declared, and it turned out otherwise as often as is assumed."""

    patients: float
    """Root mean square change of the patients taken into care."""
    interval: Interval
    held_share: float
    """Mean absolute change of the share of replications in which care held; chance is part of it."""


def change_of(
    patients: NDArray[np.float64], held: NDArray[np.float64], chances: Sequence[float], seed: int
) -> Change:
    """The expected change, from what each replication of each drawing says otherwise: shape (drawings, replications).

    `chances` are how likely it is, in each drawing, that the unknown is otherwise.
    """
    weights = np.array(chances)
    rng = default_rng(SeedSequence(seed))
    squares = [_square(patients, weights)]
    for _ in range(RESAMPLED):
        drawn = rng.integers(len(patients), size=len(patients))
        squares.append(_square(_resampled(patients[drawn], rng), weights[drawn]))
    roots = np.sqrt(np.maximum(squares, 0.0))
    low, high = np.quantile(roots[1:], [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Change(
        patients=float(roots[0]),
        interval=(float(low), float(high)),
        held_share=float((weights * np.abs(held.mean(axis=1))).mean()),
    )


def _square(changes: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """The mean over drawings of the product of the changes of the two halves."""
    halves = changes[:, 0::2].mean(axis=1), changes[:, 1::2].mean(axis=1)
    return float((weights * halves[0] * halves[1]).mean())


def _resampled(changes: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Replications drawn anew, within each half."""
    drawings, replications = changes.shape
    resampled = changes.copy()
    for half in (0, 1):
        there = np.arange(half, replications, 2)
        picked = there[rng.integers(len(there), size=(drawings, len(there)))]
        resampled[:, half::2] = np.take_along_axis(changes, picked, axis=1)
    return resampled
