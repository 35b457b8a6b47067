"""The model against what really happened, each incident forecast without itself."""

import pytest

import backtest
from backtest.calibration.priors import load_priors
from flows.execution.replays import forecast_all, replay_all

FEW = 2


@pytest.mark.long
@pytest.mark.timeout(400)
def test_every_figure_of_every_incident_is_forecast() -> None:
    incidents = [backtest.load(name) for name in backtest.incident_names()]
    forecasts = forecast_all(incidents, FEW, None, lambda _: None)
    known = {(account.name, figure.name) for account in backtest.accounts() for figure in account.figures}
    assert {(each.incident, each.figure) for each in forecasts} == known
    assert not any(each.by_hand for each in forecasts)


def test_what_set_a_number_can_be_left_out() -> None:
    """No figure was used for a number that the calibration does not set."""
    for account in backtest.accounts():
        for figure in account.figures:
            assert set(figure.used_for) <= set(load_priors())


def test_a_back_test_does_not_depend_on_the_workers() -> None:
    incidents = [backtest.load("rouen-2019", seed=3)]
    one, two = (
        [(figures, stories) for _, figures, stories in replay_all(incidents, 10, workers, lambda _: None)]
        for workers in (1, 2)
    )
    assert one == two
