"""The clock of Paris, by which nights, weekends and ceremonies are counted."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import ValidatorFunctionWrapHandler, WrapValidator

from topologies.errors import Message
from topologies.fields.scalars import Instant

PARIS = ZoneInfo("Europe/Paris")

HALF_A_YEAR_H = 180 * 24
"""The longest horizon of which all patients are followed."""
EIGHTEEN_MONTHS_H = 548 * 24
"""The longest horizon."""

MORNING, EVENING, WORKING_DAYS = 8.0, 18.0, 5
"""By definition: planned care begins, and offices open, at this hour, Monday to Friday; at the other these close."""


def by_the_clock(day: date, hour: float) -> datetime:
    """The instant at which clocks of Paris show an hour of a day; past 24, of the next day.

    An hour that clocks skip in spring is the instant at which they skip it. One that they show twice in autumn is meant
    the first time.

    >>> by_the_clock(date(2026, 3, 29), 2.5).isoformat()
    '2026-03-29T03:00:00+02:00'
    >>> by_the_clock(date(2026, 10, 25), 2.5).isoformat()
    '2026-10-25T02:30:00+02:00'
    """
    wall = datetime.combine(day, time()) + timedelta(hours=hour)
    at = wall.replace(tzinfo=PARIS)
    if at.astimezone(UTC).astimezone(PARIS).replace(tzinfo=None) == wall:
        return at
    # Clocks skip one whole hour, and what is left of it here.
    return (wall.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)).replace(tzinfo=PARIS)


def hour_of_week(instant: datetime) -> float:
    """Hours since Monday at midnight, by the clock of Paris.

    >>> hour_of_week(datetime(2026, 3, 3, 7, 30, tzinfo=UTC))
    32.5
    """
    here = instant.astimezone(PARIS)
    return here.weekday() * 24.0 + here.hour + here.minute / 60.0


def until_working_morning_h(since_monday_h: float) -> float:
    """Hours until planned care can begin.

    >>> [until_working_morning_h(hour) for hour in (8.0, 9.0, 4 * 24.0 + 21.0, 6 * 24.0 + 7.0)]
    [0.0, 23.0, 59.0, 25.0]
    """
    day, hour = divmod(since_monday_h, 24.0)
    morning = day % 7 + (hour > MORNING)
    first = morning if morning < WORKING_DAYS else 7.0
    return (first - day % 7) * 24.0 + MORNING - hour


def until_working_hours_h(since_monday_h: float) -> float:
    """Hours until people are at their desks; none where they are.

    >>> [until_working_hours_h(hour) for hour in (9.0, 19.0, 4 * 24.0 + 18.0, 24.0 + 7.5)]
    [0.0, 13.0, 62.0, 0.5]
    """
    day, hour = divmod(since_monday_h, 24.0)
    is_open = day % 7 < WORKING_DAYS and MORNING <= hour < EVENING
    return 0.0 if is_open else until_working_morning_h(since_monday_h)


def until_day_h(since_monday_h: float) -> float:
    """Hours until those who decide sit together again, on any day of the week; none by day.

    >>> [until_day_h(hour) for hour in (9.0, 19.0, 5 * 24.0 + 18.0, 6 * 24.0 + 7.5)]
    [0.0, 13.0, 14.0, 0.5]
    """
    hour = since_monday_h % 24.0
    return 0.0 if MORNING <= hour < EVENING else (MORNING - hour) % 24.0


def _as_in_paris(value: object, instant_of: ValidatorFunctionWrapHandler) -> object:
    """What is written has the offset of Paris at that instant, or is in UTC: any other is a slip of an hour or more."""
    written: datetime = instant_of(value)
    if not isinstance(value, str) or not written.utcoffset():
        return written
    in_paris = written.astimezone(PARIS)
    if written.utcoffset() != in_paris.utcoffset():
        meant = written.replace(tzinfo=PARIS)
        raise ValueError(
            Message("{value} has an offset that the clock of Paris does not have then", {"value": value}),
            Message(
                "write {meant} if clocks in Paris show that hour, or {same} for the same instant",
                {"meant": meant.isoformat(), "same": in_paris.isoformat()},
            ),
        )
    return written


ParisInstant = Annotated[Instant, WrapValidator(_as_in_paris)]
"""An instant that a planner writes by the clock of Paris, or in UTC; one that a program gives has a zone of its own."""
