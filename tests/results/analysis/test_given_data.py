"""Indices from given data: published values, the library's own, and no input named by chance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from SALib.analyze import rbd_fast

from results.analysis.assumptions.given_data import FEWEST_POINTS, harmonics_of, indices_of

Array = NDArray[np.float64]
BY_CHANCE = 1 / 200
"""How often at most an input is named where none does anything."""


def latin(points: int, inputs: int, seed: int) -> Array:
    """One value of each input in each of so many equal parts, as replications draw them."""
    rng = np.random.default_rng([seed, inputs])
    columns = [(rng.permutation(points) + rng.random(points)) / points for _ in range(inputs)]
    return np.column_stack(columns)


def test_ishigami() -> None:
    inputs = np.pi * (2 * latin(4096, 3, 1) - 1)
    third = 0.1 * inputs[:, 2] ** 4 * np.sin(inputs[:, 0])
    found = indices_of(inputs, np.sin(inputs[:, 0]) + 7 * np.sin(inputs[:, 1]) ** 2 + third, 1)
    # Saltelli et al. 2008, Global Sensitivity Analysis: The Primer: 0.314, 0.442, 0.
    assert found.shares == pytest.approx([0.3139, 0.4424, 0.0], abs=0.03)
    assert [one.input for one in found.told_apart] == [1, 0]
    for one, true in zip(found.told_apart, (0.4424, 0.3139), strict=True):
        assert one.interval[0] <= true <= one.interval[1]


def test_sobols_g_function() -> None:
    inputs, weights = latin(4096, 8, 2), np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
    found = indices_of(inputs, np.prod((np.abs(4 * inputs - 2) + weights) / (1 + weights), axis=1), 1)
    # Saltelli and Sobol' 1995: 0.7162, 0.1790, 0.0237, 0.0072, and four of 0.0001.
    expected = [0.7162, 0.1790, 0.0237, 0.0072, 0.0001, 0.0001, 0.0001, 0.0001]
    assert found.shares == pytest.approx(expected, abs=0.03)
    assert [one.input for one in found.told_apart][:3] == [0, 1, 2]


@pytest.mark.parametrize("points", [30, 101, 1_000])
def test_all_inputs_at_once_come_to_what_the_library_says_of_each(points: int) -> None:
    rng = np.random.default_rng(points)
    inputs, number = rng.random((points, 4)), rng.exponential(1.0, points)
    problem = {"num_vars": 4, "names": list("abcd")}
    alone = rbd_fast.analyze(problem, inputs, number, M=harmonics_of(points), num_resamples=2)
    assert indices_of(inputs, number, 1).shares == pytest.approx(alone["S1"])


@settings(max_examples=20, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 2**32 - 1),
    active=st.lists(st.floats(-3.0, 3.0), min_size=1, max_size=4),
    noise=st.floats(0.1, 3.0),
    points=st.integers(100, 300),
)
def test_what_is_named_does_something(seed: int, active: list[float], noise: float, points: int) -> None:
    """Of twenty inputs that do nothing one is named as rarely as is stated: the next test counts how often."""
    rng = np.random.default_rng(seed)
    inputs = latin(points, len(active) + 20, seed)
    number = inputs[:, : len(active)] @ np.array(active) + rng.normal(0.0, noise, points)
    assert all(one.input < len(active) for one in indices_of(inputs, number, seed).told_apart)
    strongest = indices_of(inputs, number + 20.0 * inputs[:, 0], seed).told_apart[0]
    assert (strongest.input, strongest.rises) == (0, True)


def test_nothing_is_named_where_nothing_does_anything_but_as_rarely_as_is_stated() -> None:
    rng, campaigns = np.random.default_rng(7), 400
    named = sum(
        bool(indices_of(latin(60, 50, seed), rng.exponential(1.0, 60), seed).told_apart)
        for seed in range(campaigns)
    )
    # What so many campaigns can exceed it by, nineteen times in twenty.
    assert named / campaigns <= BY_CHANCE + 1.65 * (BY_CHANCE * (1 - BY_CHANCE) / campaigns) ** 0.5


def test_intervals_hold_the_true_index_about_as_often_as_they_say() -> None:
    rng, true, held, campaigns = np.random.default_rng(8), 0.3, 0, 40
    for seed in range(campaigns):
        inputs = latin(400, 1, seed)
        number = (12 * true) ** 0.5 * inputs[:, 0] + rng.normal(0.0, (1 - true) ** 0.5, 400)
        low, high = indices_of(inputs, number, seed).told_apart[0].interval
        held += low <= true <= high
    assert held / campaigns >= 0.85


def test_few_points_or_a_number_that_never_differs_say_nothing() -> None:
    few = indices_of(latin(FEWEST_POINTS - 1, 3, 1), np.arange(FEWEST_POINTS - 1.0), 1)
    assert (few.level, few.told_apart) == (None, ())
    assert indices_of(latin(100, 3, 1), np.ones(100), 1).level is None
    assert indices_of(np.empty((100, 0)), np.arange(100.0), 1).level is None
