"""Forecasts in words: how a figure's values and the interval that holds it are written, on screen and on the page."""

from backtest.scoring.forecast import Forecast
from results.presentation.language import _
from results.presentation.numbers import decimals_for, number


def within(forecast: Forecast) -> str:
    """In which interval the observed value lies."""
    if forecast.hit_half:
        return _("50 %")
    return _("90 %") if forecast.hit else _("MISS")


def between(low: float, high: float) -> str:
    """An interval."""
    return _("{low} to {high}").format(low=written(low), high=written(high))


def written(value: float) -> str:
    """A figure, with the decimals that its size deserves."""
    return number(value, decimals_for(value))
