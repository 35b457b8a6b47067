"""The naive forecast: others' values of the same quantity, else a survey's law; never the incident's own."""

import pytest

import backtest
from backtest.figure import Figure, Measure
from backtest.scoring.naive import guess
from backtest.scoring.scale import SHARES

FIGURES = [(account, figure) for account in backtest.accounts() for figure in account.figures]


@pytest.mark.parametrize(("account", "figure"), FIGURES, ids=lambda one: one.name)
def test_a_guess_knows_nothing_of_its_incident(account: backtest.Account, figure: Figure) -> None:
    others = tuple(one for one in backtest.accounts() if one.name != account.name)
    assert guess(account.name, figure, backtest.accounts()) == guess(account.name, figure, others)
    draws = guess(account.name, figure, others)
    assert len(draws) >= 2
    assert all(draw >= 0.0 for draw in draws)
    assert figure.measure not in SHARES or max(draws) <= 1.0 or figure.measure is Measure.ACTIVITY


def test_with_no_other_a_share_is_anything_and_days_are_those_of_a_survey() -> None:
    ((_, share),) = [(a, f) for a, f in FIGURES if (a.name, f.name) == ("rouen-2019", "applications-3")]
    alone = guess("rouen-2019", share, ())
    assert min(alone) == pytest.approx(0.01)
    assert max(alone) == pytest.approx(0.99)
    ((_, days),) = [(a, f) for a, f in FIGURES if (a.name, f.name) == ("scripps-2021", "record-days")]
    told = sorted(guess("scripps-2021", days, ()))
    assert 5.0 < told[len(told) // 2] < 20.0
