"""Schedules: when something takes place. From one instant to another, or on the same hours of several days.

Days and hours are by the clock of Paris. What no clock ever shows, and what never ends, is refused.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from simulation.inputs.clock import ParisInstant, by_the_clock
from topologies.errors import Message
from topologies.fields.quantity import Input
from topologies.fields.scalars import A_NUMBER, Day, Number
from topologies.fields.shown import shown

LONGEST_DAYS = 366
"""From the first day of something to its last."""
MOST_TIMES = 1_500
"""That a session is held: four times on each day of a year."""
A_MINUTE_H = 1 / 60 - 1e-9

LATEST_H = 36
ON_A_CLOCK = re.compile(r"([0-9]{1,2})(?:[hH:]([0-5][0-9])?)?")
"""08, 8h, 8h30 or 08:30."""


def _not_by_a_clock(value: object) -> object:
    """Hours are numbers; a refusal tells those who write them as clocks show them which."""
    if type(value) is not str or not (shows := ON_A_CLOCK.fullmatch(value)) or A_NUMBER.fullmatch(value):
        return value
    raise ValueError(
        Message("must be a number, not {value}", {"value": shown(value)}),
        Message(
            "write {number}, as a number of hours",
            {"number": f"{int(shows[1]) + int(shows[2] or 0) / 60:.4g}"},
        ),
    )


HourOfDay = Annotated[Number, BeforeValidator(_not_by_a_clock), Field(ge=0, le=LATEST_H)]
"""By the clock of Paris, from midnight; past 24 it is the next morning."""


class Sometime(Input):
    """From one instant to another, or the same hours of several days; nothing at all where that is allowed."""

    begins: ParisInstant | None = None
    ends: ParisInstant | None = None
    first_day: Day | None = None
    last_day: Day | None = None
    days: tuple[Day, ...] = Field(default=(), max_length=LONGEST_DAYS)
    hours: tuple[tuple[HourOfDay, HourOfDay], ...] = Field(default=(), max_length=24)
    """From and to, by the clock of Paris; the whole day when none is given."""

    @property
    def has_time(self) -> bool:
        """It says when."""
        return self.begins is not None or self.first_day is not None or bool(self.days)

    @model_validator(mode="after")
    def _is_once(self) -> Self:
        _both("begins", self.begins, "ends", self.ends)
        _both("first_day", self.first_day, "last_day", self.last_day)
        ways = {"begins": self.begins, "first_day": self.first_day, "days": self.days or None}
        given = [name for name, value in ways.items() if value is not None]
        if len(given) > 1:
            raise ValueError(
                Message("says when in two ways: {names}", {"names": ", ".join(given)}),
                Message("keep one of the two"),
            )
        if self.hours and not (self.first_day or self.days):
            raise ValueError(Message("has hours without days"), Message("add days, or drop hours"))
        if self.begins and self.ends and self.ends <= self.begins:
            raise _backwards("ends", self.ends, "begins", self.begins)
        _check_days(self.first_day, self.last_day)
        if self.begins and self.ends and (self.ends - self.begins).days > LONGEST_DAYS:
            raise _too_long(self.begins, self.ends)
        for opens, closes in self.hours:
            if closes < opens + A_MINUTE_H:
                raise _without_hours(opens, closes)
        if self.times > MOST_TIMES:
            raise too_often(MOST_TIMES)
        self._check_clock()
        return self

    @property
    def times(self) -> int:
        """How often it takes place."""
        days = len(self.days)
        if self.first_day is not None and self.last_day is not None:
            days = (self.last_day - self.first_day).days + 1
        return days * max(1, len(self.hours)) if self.begins is None else 1

    def _check_clock(self) -> None:
        """None of its hours lies where clocks skip one in spring."""
        for day, (opens, closes) in self._times():
            skipped = closes - opens <= 1 and by_the_clock(day, closes) == by_the_clock(day, opens)
            if skipped:
                raise ValueError(
                    Message(
                        "{opens} to {closes} does not exist in Paris: clocks skip it in spring",
                        {"opens": _shown_by_clocks(day, opens), "closes": _shown_by_clocks(day, closes)},
                    ),
                    Message("choose other hours, or take this day out"),
                )

    def _times(self) -> Iterator[tuple[date, tuple[float, float]]]:
        """Each of its days with each of its hours."""
        for day in self.days or _days(self.first_day, self.last_day):
            for hours in self.hours or ((0.0, 24.0),):
                yield day, hours

    def spans(self) -> Iterator[tuple[datetime, datetime]]:
        """Each time that it takes place."""
        if self.begins is not None and self.ends is not None:
            yield self.begins, self.ends
        for day, (opens, closes) in self._times():
            yield by_the_clock(day, opens), by_the_clock(day, closes)


class Days(Input):
    """Whole days, the first and the last included."""

    first_day: Day
    last_day: Day

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        _check_days(self.first_day, self.last_day)
        return self

    def span(self) -> tuple[datetime, datetime]:
        """From the first midnight to the last, by the clock of Paris."""
        after = self.last_day + timedelta(days=1)
        return by_the_clock(self.first_day, 0), by_the_clock(after, 0)


def _both(name: str, one: object, other_name: str, other: object) -> None:
    if (one is None) != (other is None):
        missing, there = (name, other_name) if one is None else (other_name, name)
        values = {"missing": missing, "there": there}
        raise ValueError(Message("has {there} without {missing}", values), Message("add {missing}", values))


def _backwards(late_name: str, late: object, early_name: str, early: object) -> ValueError:
    values = {"late_name": late_name, "late": late, "early_name": early_name, "early": early}
    return ValueError(
        Message("{late_name} {late} is not after {early_name} {early}", values),
        Message("swap them, or correct one"),
    )


def _without_hours(opens: float, closes: float) -> ValueError:
    values = {"opens": opens, "closes": closes, "number": closes + 24}
    past_midnight = closes < opens and closes + 24 <= LATEST_H
    return ValueError(
        Message("hours end at {closes}, less than a minute after they begin at {opens}", values),
        Message("write {number} where they end on the next morning, or swap them", values)
        if past_midnight
        else Message("swap them, or correct one"),
    )


def _check_days(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        values = {"first": first, "last": last}
        raise ValueError(
            Message("last_day {last} is before first_day {first}", values),
            Message("swap them, or correct one"),
        )
    if first is not None and last is not None and (last - first).days >= LONGEST_DAYS:
        raise _too_long(first, last)


def _too_long(first: date, last: date) -> ValueError:
    return ValueError(
        Message("lasts from {first} to {last}, more than a year", {"first": first, "last": last}),
        Message("correct the year, or keep to the days that the scenario reaches"),
    )


def too_often(most: int) -> ValueError:
    """What is said of something that takes place more often than can be reckoned with."""
    return ValueError(
        Message("is held too often: more than {most}", {"most": most}),
        Message("keep to fewer days or hours"),
    )


def _shown_by_clocks(day: date, hour: float) -> str:
    """An hour of a day, whether it exists or not."""
    return f"{datetime.combine(day, time()) + timedelta(hours=hour):%Y-%m-%d %H:%M}"


def _days(first: date | None, last: date | None) -> Iterator[date]:
    if first is not None and last is not None:
        for number in range((last - first).days + 1):
            yield first + timedelta(days=number)
