"""How is a number written for a person? In the usage of the language spoken, and no more precise than it is."""

from datetime import datetime, timedelta
from math import floor, log10
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_decimal, format_percent

from results.presentation.language import _, counted, spoken
from topologies.errors import Count

PARIS = ZoneInfo("Europe/Paris")
MOST_DECIMALS = 2


def number(value: float, decimals: int = 0) -> Count:
    """A number with so many decimals, with which words can agree.

    >>> number(1234.5, 1).replace(chr(0x202F), " ")
    '1 234,5'
    """
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    rounded = round(value, decimals) + 0.0
    return counted(format_decimal(rounded, pattern, locale=spoken()), rounded)


def share(value: float) -> str:
    """A share as a percentage; one decimal where it makes a difference.

    >>> share(0.9).replace(chr(0xA0), " "), share(0.9523).replace(chr(0xA0), " ")
    ('90 %', '95,2 %')
    """
    percent = round(value * 100, 1)
    return format_percent(
        percent / 100, "#,##0 %" if percent == int(percent) else "#,##0.0 %", locale=spoken()
    )


def between(low: str, high: str) -> str:
    """An interval in words."""
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def instant(start: datetime, after_h: float) -> str:
    """The date and hour, by the clock of Paris, so many hours after an instant."""
    at = (start + timedelta(hours=after_h)).astimezone(PARIS)
    return format_datetime(at, _("EEEE d MMMM y, HH:mm"), locale=spoken())


def decimals_for(spread: float) -> int:
    """Decimals that show a spread with about two figures, and no more.

    >>> decimals_for(120), decimals_for(3.2), decimals_for(0.04)
    (0, 1, 2)
    """
    return max(0, min(MOST_DECIMALS, 1 - floor(log10(spread)))) if spread else 0
