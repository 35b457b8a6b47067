"""CRPS: against the formula for a normal law, and against its definition by pairs."""

from math import pi, sqrt
from statistics import NormalDist, fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtest.scoring.crps import crps

VALUES = st.floats(-100.0, 100.0)


def test_of_a_normal_law_it_is_what_gneiting_and_raftery_give() -> None:
    law = NormalDist()
    draws = [law.inv_cdf((number + 0.5) / 2_000) for number in range(2_000)]
    seen = 0.7
    exact = seen * (2 * law.cdf(seen) - 1) + 2 * law.pdf(seen) - 1 / sqrt(pi)
    assert crps(draws, seen) == pytest.approx(exact, abs=1e-3)


@given(st.lists(VALUES, min_size=1, max_size=20), VALUES)
def test_it_is_half_of_what_draws_differ_less_than_they_miss(draws: list[float], observed: float) -> None:
    missed = fmean(abs(draw - observed) for draw in draws)
    apart = fmean(abs(one - other) for one in draws for other in draws)
    assert crps(draws, observed) == pytest.approx(missed - apart / 2, abs=1e-9)
