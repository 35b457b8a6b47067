"""The model against what really happened, each incident forecast without itself."""

import pytest

import backtest
from backtest.calibration.priors import load_priors
from backtest.scoring.forecast import Forecast, scores
from flows.execution.replays import forecast_all, replay_all

REPLICATIONS = 12


@pytest.fixture(scope="module")
def forecasts() -> list[Forecast]:
    incidents = [backtest.load(name) for name in backtest.incident_names()]
    return forecast_all(incidents, REPLICATIONS, None, lambda _: None)


@pytest.mark.long
@pytest.mark.timeout(400)
def test_every_figure_of_every_incident_is_forecast(forecasts: list[Forecast]) -> None:
    known = {(account.name, figure.name) for account in backtest.accounts() for figure in account.figures}
    assert {(each.incident, each.figure) for each in forecasts} == known


def test_forecasts_are_better_than_a_guess_by_what_the_score_card_says(forecasts: list[Forecast]) -> None:
    """The card tells how far the model is trusted: it may not become worse unseen."""
    held_out = scores(forecasts).held_out
    assert held_out.hits >= 0.8 * held_out.figures
    assert held_out.skill > 0.2


def test_a_figure_is_set_by_hand_unless_a_calibration_that_can_leave_it_out_uses_it(
    forecasts: list[Forecast],
) -> None:
    used = {
        (one.name, figure.name): set(figure.used_for) for one in backtest.accounts() for figure in one.figures
    }
    for each in forecasts:
        assert each.by_hand == bool(used[each.incident, each.figure] - set(load_priors()))


def test_a_back_test_does_not_depend_on_the_workers() -> None:
    incidents = [backtest.load("rouen-2019", seed=3)]
    one, two = (
        [(figures, stories) for _, figures, stories in replay_all(incidents, 10, workers, lambda _: None)]
        for workers in (1, 2)
    )
    assert one == two
