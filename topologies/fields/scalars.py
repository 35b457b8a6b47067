"""Scalars: numbers, days, instants and texts, as a person may write them.

YAML, JSON and programs give typed values, CSV gives texts; one rule holds for all. A text is a number only if it is
written as one, a number is never a date, and yes is never 1.
"""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Annotated, TypeVar
from unicodedata import category, normalize

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field
from pydantic_core import TzInfo

from topologies.errors import Message
from topologies.fields.remedies import DAY, DAY_OF_YEAR, INSTANT, NUMBER, WHOLE, YES_NO
from topologies.fields.shown import shown

FIRST_YEAR, LAST_YEAR = 1950, 2199
"""Years in which clocks change by a whole hour, if at all."""
A_THOUSAND = 1_000
LONGEST_TEXT = 10_000
LONGEST_NAME = 200
FARTHEST_OFFSET = timedelta(hours=14)
"""From UTC: the clocks of Kiribati."""

_INTEGER = r"(0|[1-9][0-9]{0,999}|[1-9][0-9]{0,2}(_[0-9]{3}){1,99})"
"""A thousand digits at most: Python is slow with more, and refuses some thousands."""
A_WHOLE = re.compile(rf"[-+]?{_INTEGER}(\.0)?")
"""Some spreadsheets write 45000.0; a person who writes 45.000 may mean 45,000."""
A_NUMBER = re.compile(rf"[-+]?({_INTEGER}(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{{1,3}})?")
A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
A_DAY_OF_YEAR = re.compile(r"[0-9]{2}-[0-9]{2}")
A_LEAP_YEAR = 2000
AN_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[-+][0-9]{2}:?[0-9]{2})?"
)
IN_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}([\s,.'’][0-9]{3})+")
WITH_A_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
A_PERCENTAGE = re.compile(r"([0-9]+([.,][0-9]+)?)\s*%")
IN_FRENCH = {"oui": "yes", "vrai": "yes", "non": "no", "faux": "no"}


def _number(value: object) -> object:
    if A_NUMBER.fullmatch(value) if isinstance(value, str) else _is_real(value):
        return value
    problem = Message("must be a number, not {value}", {"value": shown(value)})
    if isinstance(value, str) and WITH_A_COMMA.fullmatch(value):
        raise ValueError(problem, _with_a_point(value))
    raise ValueError(problem, _without_gaps(value) or _as_a_share(value) or NUMBER)


def _whole(value: object) -> object:
    if A_WHOLE.fullmatch(value) if isinstance(value, str) else _is_integer(value):
        return value
    problem = Message("must be a whole number, not {value}", {"value": shown(value)})
    raise ValueError(problem, _without_gaps(value) or _in_thousands(value) or WHOLE)


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_real(value: object) -> bool:
    return isinstance(value, float) or _is_integer(value)


def _with_a_point(number: str) -> Message:
    """What to write instead of a number whose decimals stand behind a comma."""
    return Message("write {number}, with a point before the decimals", {"number": number.replace(",", ".")})


def _without_gaps(value: object) -> Message | None:
    """What to write instead of a number whose thousands are set apart."""
    if isinstance(value, str) and IN_THOUSANDS.fullmatch(value):
        digits = "".join(filter(str.isdigit, value))
        return Message("write {number}, with nothing between the thousands", {"number": digits})
    return None


def _in_thousands(value: object) -> Message | None:
    """What to write instead of a number that YAML has read as one with decimals, such as 45.000."""
    if (
        not isinstance(value, float)
        or not 1 <= abs(value) < A_THOUSAND
        or not (value * A_THOUSAND).is_integer()
    ):
        return None
    return Message(
        "write {thousands} if the point sets thousands apart, else a whole number such as {whole}",
        {"thousands": round(value * A_THOUSAND), "whole": round(value)},
    )


def _as_a_share(value: object) -> Message | None:
    """What to write instead of a percentage."""
    if isinstance(value, str) and (percentage := A_PERCENTAGE.fullmatch(value)):
        share = float(percentage[1].replace(",", ".")) / 100
        return Message("write {number}, as a share of 1", {"number": f"{share:g}"})
    return None


def _yes_or_no(value: object) -> object:
    said = isinstance(value, str) and value.lower() in {"yes", "no", "true", "false"}
    if said or isinstance(value, bool):
        return value
    meant = IN_FRENCH.get(value.lower()) if isinstance(value, str) else None
    raise ValueError(
        Message("must be yes or no, not {value}", {"value": shown(value)}),
        Message("write {value}", {"value": meant}) if meant else YES_NO,
    )


def _day(value: object) -> object:
    said = isinstance(value, str) and A_DAY.fullmatch(value)
    if said or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise ValueError(Message("must be a day, not {value}", {"value": shown(value)}), DAY)


def _day_of_year(value: object) -> object:
    if isinstance(value, str) and A_DAY_OF_YEAR.fullmatch(value):
        with suppress(ValueError):
            date.fromisoformat(f"{A_LEAP_YEAR}-{value}")
            return value
    raise ValueError(Message("must be a day of the year, not {value}", {"value": shown(value)}), DAY_OF_YEAR)


def _instant(value: object) -> object:
    said = isinstance(value, str) and AN_INSTANT.fullmatch(value)
    if said or isinstance(value, datetime):
        return value
    raise ValueError(Message("must be an instant, not {value}", {"value": shown(value)}), INSTANT)


D = TypeVar("D", bound=date)


def _in_the_calendar(value: D) -> D:
    if FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    years = {"value": value, "first": FIRST_YEAR, "last": LAST_YEAR}
    raise ValueError(
        Message("must be between the years {first} and {last}, not {value}", years),
        Message("correct the year"),
    )


def _on_a_clock(value: datetime) -> datetime:
    """The instant with a fixed offset from UTC, so that arithmetic never depends on clock changes."""
    offset = value.utcoffset() or timedelta()
    if abs(offset) > FARTHEST_OFFSET:
        raise ValueError(
            Message("{value} is in no time zone: none is that far from UTC", {"value": value}),
            INSTANT,
        )
    if isinstance(value.tzinfo, timezone | TzInfo):
        return value
    again = value.astimezone(UTC).astimezone(value.tzinfo)
    if again.replace(tzinfo=None) != value.replace(tzinfo=None):
        raise ValueError(
            Message("{value} does not exist: clocks skip it in spring", {"value": value}),
            Message("write {number}", {"number": again.isoformat()}),
        )
    return value.replace(tzinfo=timezone(offset), fold=0)


def _composed(text: str) -> str:
    """The text with each accented letter as one character, as keyboards type it (macOS file names do not)."""
    return _not_blank(normalize("NFC", text))


def _as_seen(name: str) -> str:
    """The name with single spaces and no invisible characters."""
    if name.isprintable() and name == name.strip() and "  " not in name:
        return _not_blank(name)  # as nearly all are: nothing to look for, letter by letter
    return _not_blank(" ".join("".join(letter for letter in name if category(letter) != "Cf").split()))


def _not_blank(text: str) -> str:
    if text.strip():
        return text
    raise ValueError(Message("is blank"), Message("write it out"))


Number = Annotated[float, BeforeValidator(_number)]
Whole = Annotated[int, BeforeValidator(_whole)]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Day = Annotated[date, BeforeValidator(_day), AfterValidator(_in_the_calendar)]
DayOfYear = Annotated[str, BeforeValidator(_day_of_year)]
"""Month and day, such as 12-20: in the order of the calendar if put in the order of the alphabet."""
Instant = Annotated[
    AwareDatetime, BeforeValidator(_instant), AfterValidator(_in_the_calendar), AfterValidator(_on_a_clock)
]
"""With its offset from UTC: such an instant always exists."""
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), AfterValidator(_composed)]
Name = Annotated[
    str, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(_composed), AfterValidator(_as_seen)
]
"""What something is called; two names that look the same are equal."""
