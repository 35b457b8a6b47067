"""Numbers, days and hours as people write them in the language spoken, no more precise than they are known."""

import re
from datetime import date, datetime, timedelta
from math import floor, log10
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from results.presentation.language import _, counted, spoken
from topologies.errors import Count

PARIS = ZoneInfo("Europe/Paris")
NO_BREAK = "\u00a0"
"""A space at which no line ends: between a sign, or one of per cent, and its number."""
MOST_DECIMALS = 2
A_LEAP_YEAR = 2000


def number(value: float, decimals: int = 0) -> Count:
    """A number with so many decimals, with which words can agree.

    >>> number(1234.5, 1).replace(chr(0x202F), " ")
    '1 234,5'
    """
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    rounded = round(value, decimals) + 0.0
    return counted(format_decimal(rounded, pattern, locale=spoken()), rounded)


def measure(value: float) -> str:
    """A number of an input as its author wrote it, to three decimals.

    >>> measure(0.85), measure(6)
    ('0,85', '6')
    """
    return format_decimal(value, "#,##0.###", locale=spoken())


def share(value: float) -> str:
    """A share as a percentage; one decimal where it makes a difference.

    >>> share(0.9).replace(chr(0xA0), " "), share(0.9523).replace(chr(0xA0), " ")
    ('90 %', '95,2 %')
    """
    percent = round(value * 100, 1)
    pattern = "#,##0" if percent == int(percent) else "#,##0.0"
    return format_percent(percent / 100, f"{pattern}{NO_BREAK}%", locale=spoken())


def between(low: str, high: str) -> str:
    """An interval in words."""
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def instant(start: datetime, after_h: float) -> str:
    """The date and hour, by the clock of Paris, so many hours after an instant."""
    at = (start + timedelta(hours=after_h)).astimezone(PARIS)
    return _ordinal(format_datetime(at, _("EEEE d MMMM y, HH:mm"), locale=spoken()))


def calendar_day(at: date) -> str:
    """A day, short enough for a table.

    >>> calendar_day(date(2030, 2, 1)), calendar_day(date(2030, 2, 11))
    ('1er févr. 2030', '11 févr. 2030')
    """
    return _ordinal(format_date(at, _("d MMM y"), locale=spoken()))


def day_of_year(day: str) -> str:
    """A day of any year, by month and day.

    >>> day_of_year("02-05"), day_of_year("01-01")
    ('5 février', '1er janvier')
    """
    at = date.fromisoformat(f"{A_LEAP_YEAR}-{day}")
    return _ordinal(format_date(at, _("d MMMM"), locale=spoken()))


def calendar_days(first: date, last: date) -> str:
    """Whole days, the first and the last included."""
    return _("{first} to {last}").format(first=calendar_day(first), last=calendar_day(last))


def _ordinal(text: str) -> str:
    """The first of a month is an ordinal in French."""
    return re.sub(r"\b1(?= [a-zéû])", "1er", text, count=1) if spoken() == "fr" else text


def decimals_for(spread: float) -> int:
    """Decimals that show a spread with about two figures, and no more.

    >>> decimals_for(120), decimals_for(3.2), decimals_for(0.04)
    (0, 1, 2)
    """
    return max(0, min(MOST_DECIMALS, 1 - floor(log10(spread)))) if spread else 0
