"""An event: where people gather, when, how many, and what that changes for the region.

An event is data: a planner writes a festival in ten lines (docs/events.md). Whether it fits a region is seen when
it is put there: `simulation/care/demand/crowds.py`.
"""

from collections.abc import Hashable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Annotated, Self, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from simulation.inputs.clock import ParisInstant
from simulation.inputs.events.presence import Absence, Reinforcement
from simulation.inputs.events.schedule import LONGEST_DAYS, Days, Sometime, too_often
from simulation.inputs.events.somewhere import Headcount, Part, Somewhere
from simulation.inputs.events.visitors import Visitors
from topologies.errors import Message
from topologies.fields.identifiers import Slug
from topologies.fields.quantity import Input
from topologies.fields.scalars import Day, Number, Text, Whole, YesNo
from topologies.fields.title import Title
from topologies.reading.positions import Place
from topologies.region import Basis, Region

MOST_SESSIONS = 20_000
"""Of an event, with each of their times counted."""

MOST_HURT = 100_000
"""At all places of an event together."""

Source = Annotated[Text, BeforeValidator(lambda value: str(value) if type(value) is int else value)]
"""Where something is known from; a year alone is a text too."""

P = TypeVar("P", bound=Part)


class Session(Somewhere, Sometime):
    """People come to a venue and leave it again; each of its days and hours is one such session."""

    capacity: Headcount | None = Field(default=None, gt=0)
    """How many it holds; a venue of the region holds what the region says unless this says otherwise."""
    attendance: Headcount | None = None
    """How many come, each time."""
    filling: Number | None = Field(default=None, ge=0, le=1)
    """The same as a share of the capacity; by default, that of the parameter `venue_filling`."""
    outdoor: YesNo = False
    basis: Basis = Basis.ASSUMPTION
    """How the attendance is known."""

    @model_validator(mode="after")
    def _can_be_held(self) -> Self:
        if not self.has_time:
            raise ValueError(Message("does not say when"), Message("add begins and ends, or days and hours"))
        if self.attendance is not None and self.filling is not None:
            raise ValueError(Message("has both attendance and filling"), Message("keep one of the two"))
        if self.attendance is None and self.capacity is None and not self.of_region:
            raise ValueError(
                Message("does not say how many people come to {venue}", {"venue": self.venue}),
                Message("add attendance or capacity"),
            )
        if too_many := self.beyond(self.capacity):
            raise ValueError(*too_many)
        self._check_once()
        return self

    def _check_once(self) -> None:
        """Nobody is counted twice: its times follow one another."""
        for day in self.days:
            if self.days.count(day) > 1:
                raise ValueError(
                    Message("has the day {day} twice", {"day": day}), Message("keep one of the two")
                )
        spans = sorted(self.spans(), key=lambda span: span[0].timestamp())
        for (_, until), (begins, _) in pairwise(spans):
            if begins.timestamp() < until.timestamp():
                raise ValueError(
                    Message(
                        "is held twice at once: it begins again at {begins} and ends at {ends}",
                        {"begins": begins, "ends": until},
                    ),
                    Message("take out the day or the hours that are there twice"),
                )

    @property
    def crowd(self) -> Hashable:
        """Equal for two sessions to which the same people come, however their time is written."""
        times = tuple((begins.timestamp(), ends.timestamp()) for begins, ends in self.spans())
        return self.venue, self.latitude, self.longitude, self.attendance, self.filling, self.capacity, times

    def beyond(self, capacity: int | None) -> tuple[Message, Message] | None:
        """What is wrong, and what to do, when more people come than the venue holds."""
        if capacity is None or self.attendance is None or self.attendance <= capacity:
            return None
        values = {"attendance": self.attendance, "venue": self.venue, "capacity": capacity}
        return (
            Message("attendance {attendance} is above the capacity of {venue}, {capacity}", values),
            Message("lower attendance to {capacity}, or correct the capacity", values),
        )

    def people(self, capacity: int | None, usual_filling: float) -> float | None:
        """How many come each time to a venue that holds so many; `None` when nothing tells."""
        if self.attendance is not None:
            return float(self.attendance)
        holds = self.capacity or capacity
        share = usual_filling if self.filling is None else self.filling
        return None if holds is None else holds * share


class MassCasualty(Somewhere):
    """Many people are hurt at once at a venue, and must go to hospital."""

    at: ParisInstant
    people: Whole = Field(gt=0, le=MOST_HURT)
    critical: Headcount | None = None
    """How many of them need critical care; by default, the share of the parameter `casualties_critical`."""

    @property
    def crowd(self) -> Hashable:
        """Equal for two that tell of the same people."""
        return self.venue, self.latitude, self.longitude, self.at, self.people

    @model_validator(mode="after")
    def _are_among_them(self) -> Self:
        if self.critical is not None and self.critical > self.people:
            raise ValueError(
                Message(
                    "critical {critical} is more than people {people}",
                    {"critical": self.critical, "people": self.people},
                ),
                Message("count among people those who are critical"),
            )
        return self


class Closure(Somewhere, Sometime):
    """Roads are closed around a venue: while its sessions last, unless this says when."""

    within_km: Number | None = Field(default=None, gt=0, le=1_000)
    """How far around; by default, the parameter `closure_km`."""


class Leave(Days, Part):
    """More of the staff than usual is on leave."""

    share: Number = Field(ge=0, lt=1)
    """Of the staff of ordinary days."""
    basis: Basis = Basis.ASSUMPTION


class Weather(Part):
    """How hot a day feels to people outdoors."""

    day: Day
    heat_index_c: Number = Field(ge=-50, le=70)
    """The day's highest, in °C; the air's temperature will do."""


class Event(Input):
    """People gather: who comes where and when, what befalls them, and what else changes meanwhile."""

    name: Slug
    title: Title
    sources: tuple[Source, ...] = Field(min_length=1)
    region: Slug | None = None
    """The health region that takes care of what names none; without it, any region in which the event is put."""
    sessions: tuple[Session, ...] = Field(default=(), max_length=1_000)
    casualties: tuple[MassCasualty, ...] = Field(default=(), max_length=100)
    visitors: tuple[Visitors, ...] = Field(default=(), max_length=LONGEST_DAYS)
    closures: tuple[Closure, ...] = Field(default=(), max_length=200)
    leave: tuple[Leave, ...] = Field(default=(), max_length=LONGEST_DAYS)
    absences: tuple[Absence, ...] = Field(default=(), max_length=LONGEST_DAYS)
    reinforcements: tuple[Reinforcement, ...] = Field(default=(), max_length=LONGEST_DAYS)
    weather: tuple[Weather, ...] = Field(default=(), max_length=LONGEST_DAYS)

    @model_validator(mode="after")
    def _is_an_event(self) -> Self:
        if not (self.sessions or self.casualties or self.visitors):
            raise ValueError(
                Message("nobody comes: there are no sessions, casualties or visitors"),
                Message("add one of these"),
            )
        known = {session.venue for session in self.sessions}
        for number, closure in enumerate(self.closures):
            if not closure.has_time and closure.venue not in known:
                raise ValueError(
                    Message(
                        "closures.{number} lasts as long as the sessions of {venue}, which has none",
                        {"number": number, "venue": closure.venue},
                    ),
                    Message("add begins and ends, or days and hours"),
                )
        if len({(each.region, each.day) for each in self.weather}) < len(self.weather):
            raise ValueError(Message("weather tells a day twice"), Message("keep one of the two"))
        if sum(each.people for each in self.casualties) > MOST_HURT:
            raise ValueError(
                Message("more people are hurt in all than {most}", {"most": MOST_HURT}),
                Message("keep to those who are hurt in this event"),
            )
        self._check_once()
        return self

    def _check_once(self) -> None:
        """Nobody is counted twice."""
        if sum(session.times for session in self.sessions) > MOST_SESSIONS:
            raise too_often(MOST_SESSIONS)
        for field, people in (
            ("sessions", [each.crowd for each in self.sessions]),
            ("casualties", [each.crowd for each in self.casualties]),
            ("visitors", [each.crowd for each in self.visitors]),
        ):
            first: dict[Hashable, int] = {}
            for number, crowd in enumerate(people):
                if first.setdefault(crowd, number) != number:
                    values = {"field": field, "number": number, "first": first[crowd]}
                    raise ValueError(
                        Message("the same people stand in {field}.{first} and in {field}.{number}", values),
                        Message("keep one of the two, with the people of both where they are others"),
                    )

    def spans_of(self, closure: Closure) -> Iterator[tuple[datetime, datetime]]:
        """When a closure holds."""
        if closure.has_time:
            yield from closure.spans()
        else:
            for session in self.sessions:
                if session.venue == closure.venue:
                    yield from session.spans()

    def held_in(self, region: Region, field: str, parts: Sequence[P]) -> dict[Place, P]:
        """Of the parts in a field those that a region takes care of, its own venues too, by where they stand."""
        cares_for = {None, *region.parts}
        return {
            (field, number): part
            for number, part in enumerate(parts)
            if (part.region or self.region) in cares_for or part.is_at_venue_of(region)
        }

    def share_a_region(self, one: Part, other: Part) -> bool:
        """One region takes care of both, or any of both."""
        regions = {part.region or self.region for part in (one, other)}
        return len(regions) == 1 or None in regions

    def is_elsewhere(self, region: Region) -> bool:
        """Other regions take care of everything that it brings."""
        brought = (self.sessions, self.casualties, self.visitors)
        return not any(self.held_in(region, "", parts) for parts in brought)
