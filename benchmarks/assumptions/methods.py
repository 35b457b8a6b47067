"""Two methods: what each assumption does, by all that is drawn at once, and as it alone is moved.

Days are explained by their place among those of all draws, as `tocsin sensitivity` explains ranks.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.assumptions.points import SEED, Points
from benchmarks.assumptions.rankings import Ranking
from results.analysis.assumptions.given_data import first_order_of

Array = NDArray[np.float64]

RESAMPLES = 100
INDEX_MARGIN, CHANGE_MARGIN = 0.2, 0.1
"""Shares of the fifth: an index is a square."""
DEGREE = 3
"""Of the curve in one assumption that is taken off before the index of another is reckoned."""


def by_given_data(names: Sequence[str], points: Points, columns: Sequence[int], *, in_days: bool) -> Ranking:
    """The share of the spread, in percent, that each of these assumptions explains alone."""
    chances = points.chances[:, list(columns)]
    number = points.lost if in_days else places_of(points.lost, points.lost)
    few = len(columns) < len(names)
    rng, count = np.random.default_rng(SEED), len(number)
    # Drawn without replacement, halves differ as much as wholes do (the delete-half jackknife).
    halves = [rng.permutation(count)[: count // 2] for _ in range(RESAMPLES)]
    shares = indices_of(chances, number, few=few)
    resampled = np.array([indices_of(chances[half], number[half], few=few) for half in halves])
    return Ranking(tuple(names[column] for column in columns), shares, resampled, INDEX_MARGIN)


def indices_of(chances: Array, number: Array, *, few: bool) -> Array:
    """The index of each input, in percent; of a few, each after the curves in all others are taken off."""
    if not few:
        all_alone: Array = 100.0 * first_order_of(chances, number[np.newaxis])[0]
        return all_alone
    inputs = chances.shape[1]
    apart = number - number.mean()
    powers = np.polynomial.legendre.legvander(2.0 * chances - 1.0, DEGREE)[:, :, 1:]
    weights = np.linalg.lstsq(powers.reshape(len(number), -1), apart, rcond=None)[0].reshape(inputs, DEGREE)
    curves = np.einsum("pid,id->ip", powers, weights)
    alone = apart - curves.sum(axis=0) + curves
    parts = alone.var(axis=1) / apart.var()
    return np.asarray(100.0 * parts * np.diag(first_order_of(chances, alone)), np.float64)


def places_of(lost: Array, among: Array) -> Array:
    """The place of each, 0 to 100, among the days that draws have lost."""
    known = np.sort(among)
    below, up_to = (np.searchsorted(known, lost, side) for side in ("left", "right"))
    return np.asarray((below + up_to) * (50.0 / len(known)), np.float64)


def changes_of(points: Points, number: Array, columns: Sequence[int]) -> Array:
    """What each step of each trajectory changes, as the assumption rises: of shape (trajectories, columns)."""
    steps = len(columns) + 1
    moved = np.diff(points.chances[:, list(columns)].reshape(-1, steps, len(columns)), axis=1)
    which, changed = np.abs(moved).argmax(axis=2), np.diff(number.reshape(-1, steps), axis=1)
    rises = np.sign(np.take_along_axis(moved, which[:, :, np.newaxis], axis=2)[:, :, 0])
    changes = np.empty_like(changed)
    np.put_along_axis(changes, which, changed * rises, axis=1)
    return changes


def by_morris(
    names: Sequence[str], points: Points, columns: Sequence[int], number: Array, *, signed: bool = False
) -> Ranking:
    """The mean change as each of these assumptions is moved alone: whatever its sign, or with its sign."""
    changes = changes_of(points, number, columns)
    each = changes if signed else np.abs(changes)
    rng = np.random.default_rng(SEED)
    resampled = np.array(
        [np.abs(each[rng.integers(len(each), size=len(each))].mean(axis=0)) for _ in range(RESAMPLES)]
    )
    effects = np.abs(each.mean(axis=0))
    return Ranking(tuple(names[column] for column in columns), effects, resampled, CHANGE_MARGIN)
