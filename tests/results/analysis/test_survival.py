"""Nothing right-censored is averaged: curves, medians and restricted means equal those of scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import CensoredData, ecdf

from results.analysis.compared.survival import Curve, curve_of

HORIZON_H = 720.0


def restored(share: float, count: int = 200, seed: int = 1) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Outcomes of a known law: this share takes an exponential time of mean ten days, the others never come back.

    Each is followed from its own hour up to the horizon.
    """
    rng = np.random.default_rng(seed)
    followed = HORIZON_H - rng.integers(0, 400, count)
    times = np.where(np.arange(count) < share * count, rng.exponential(240.0, count), np.inf)
    return np.minimum(times, followed), times <= followed


def of_scipy(times: NDArray[np.float64], over: NDArray[np.bool_]) -> Curve:
    """The same by scipy, which rounds its products otherwise."""
    left = ecdf(CensoredData(uncensored=times[over], right=times[~over])).sf
    falls = np.diff(left.probabilities, prepend=1.0) < 0
    return Curve(left.quantiles[falls], left.probabilities[falls], float(times.max()))


def area_below(curve: Curve) -> float:
    """The mean over fine steps of the share that is left, from 0 to the longest time followed."""
    middles = (np.arange(200_000) + 0.5) * curve.until / 200_000
    left = np.array([1.0, *curve.left])[np.searchsorted(curve.times, middles, "right")]
    return float(left.mean() * curve.until)


CASES = {
    "none came back": restored(0.0),
    "half came back": restored(0.5),
    "all came back": restored(1.0),
    "ties at the horizon": (
        np.array([720.0, 720.0, 720.0, 720.0, 24.0]),
        np.array([True, False, True, False, True]),
    ),
    "only one": (np.array([5.0]), np.array([True])),
    "ties before it": (np.array([1.0, 1.0, 1.0, 2.0, 2.0]), np.array([True, True, False, True, False])),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_medians_and_restricted_means_equal_those_of_scipy(case: str) -> None:
    times, over = CASES[case]
    ours, theirs = curve_of(times, over), of_scipy(times, over)
    assert np.array_equal(ours.times, theirs.times)
    assert ours.left == pytest.approx(theirs.left)
    assert ours.quantile(0.5) == theirs.quantile(0.5)
    assert ours.restricted_mean() == pytest.approx(area_below(theirs), rel=1e-4)
    for day in (1.0, 10.0, 24.0, 200.0, 700.0):
        assert ours.left_at(day) == pytest.approx(theirs.left_at(day))


@given(st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=1, max_size=40))
def test_any_curve_equals_that_of_scipy(waits: list[tuple[int, bool]]) -> None:
    times = np.array([time for time, _ in waits], dtype=np.float64)
    over = np.array([ended for _, ended in waits])
    ours, theirs = curve_of(times, over), of_scipy(times, over)
    assert np.array_equal(ours.times, theirs.times)
    assert ours.left == pytest.approx(theirs.left)
    assert ours.quantile(0.5) == theirs.quantile(0.5)


def test_a_half_that_never_comes_back_leaves_no_median_and_no_short_mean() -> None:
    times, over = restored(0.4)
    curve = curve_of(times, over)
    assert curve.quantile(0.5) is None
    assert curve.restricted_mean() > 1.5 * times[over].mean()
    assert curve.left_at(curve.until) == curve.left[-1]
    assert curve.left_at(HORIZON_H + 1.0) is None


def test_without_censoring_all_is_as_of_plain_numbers() -> None:
    times = np.array([-3.0, 4.0, 5.0, 10.0])
    curve = curve_of(times, np.ones(4, np.bool_))
    assert curve.restricted_mean() == pytest.approx(times.mean())
    assert (curve.quantile(0.5), curve.left_at(4.0), curve.left_at(99.0)) == (4.0, 0.5, 0.0)
