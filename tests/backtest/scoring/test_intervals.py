"""Intervals of a forecast hold what they forecast as often as they say."""

import numpy as np
import pytest

from backtest.figure import Figure
from backtest.library import accounts
from backtest.scoring.forecast import forecast

REPLAYS, FORECASTS = 40, 4_000


@pytest.fixture(scope="module")
def figure() -> Figure:
    """Any figure that may be any number of days."""
    days = [each for account in accounts() for each in account.figures if each.unit == "days"]
    return days[0]


def test_of_forty_replays_nine_in_ten_of_the_next_lie_within(figure: Figure) -> None:
    rng = np.random.default_rng(1)
    within = np.zeros(2)
    for _ in range(FORECASTS):
        *replays, observed = rng.lognormal(2.0, 1.0, REPLAYS + 1)
        found = forecast("any", figure.model_copy(update={"observed": observed}), replays, replays)
        within += (found.hit, found.hit_half)
    assert within / FORECASTS == pytest.approx((0.9, 0.5), abs=0.02)
