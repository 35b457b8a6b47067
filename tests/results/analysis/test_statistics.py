"""Intervals are those of the textbooks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from results.analysis.statistics import (
    mean_interval,
    quantile_interval,
    quantiles,
    share_interval,
    student_quantile,
)


@pytest.mark.parametrize(
    ("count", "total", "published"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_wilson_gives_the_values_of_newcombe_1998(
    count: int, total: int, published: tuple[float, float]
) -> None:
    """Table I, method 3, of R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872."""
    assert share_interval(count, total) == pytest.approx(published, abs=5e-5)


@given(st.integers(1, 2000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_wilson_equals_scipy(case: tuple[int, int]) -> None:
    expected = stats.binomtest(*case).proportion_ci(method="wilson")
    assert share_interval(*case) == pytest.approx((expected.low, expected.high), abs=1e-12)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2))
def test_the_interval_of_a_mean_equals_scipy(values: list[float]) -> None:
    interval = mean_interval(np.array(values))
    assert interval is not None
    margin = stats.t.ppf(0.975, len(values) - 1) * stats.sem(values)
    assert (interval[1] - interval[0]) / 2 == pytest.approx(margin, rel=1e-6, abs=1e-6)
    assert sum(interval) / 2 == pytest.approx(np.mean(values), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.999])
def test_students_quantile_equals_scipy(confidence: float) -> None:
    for freedom in (1, 2, 3, 4, 5, 10, 11, 49, 199, 1000, 9_999, 999_999):
        expected = stats.t.ppf((1 + confidence) / 2, freedom)
        assert student_quantile(confidence, freedom) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("count", [1, 5, 6, 28, 29, 200, 10_000])
def test_the_interval_of_a_quantile_equals_scipy(count: int, share: float) -> None:
    values = np.random.default_rng(count).normal(size=count)
    ends = np.asarray(stats.quantile_test(values, p=share).confidence_interval(0.95))
    known = None if np.isnan(ends).any() else tuple(ends.tolist())
    assert quantile_interval(values, share, count) == known


def test_values_worth_half_as_many_have_the_interval_of_half_as_many() -> None:
    values = np.arange(200.0)
    low, high = quantile_interval(values, 0.5, 100) or (0.0, 0.0)
    narrow = quantile_interval(values, 0.5, 200) or (0.0, 0.0)
    assert (low, high) == (78.0, 121.0)
    assert low < narrow[0] < narrow[1] < high


@pytest.mark.parametrize("values", [[], [3.0]])
def test_a_mean_of_fewer_than_two_has_no_interval(values: list[float]) -> None:
    assert mean_interval(np.array(values)) is None


def test_nothing_has_no_quantile() -> None:
    assert quantiles(np.array([]), [0.05, 0.5]) == [None, None]
