"""The verb `events`: the large events there are, who comes to one, where and when, and how that is known."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pydantic_core import to_jsonable_python

import simulation
from flows.cli.commands.options import Json, Lang, NameOrFile
from flows.cli.listing import Kind, list_or_show, show_sources
from flows.terminal import console
from results.presentation.language import _, named, of
from results.presentation.names import BASES
from results.presentation.numbers import calendar_day, calendar_days, instant, number, share
from simulation.inputs.clock import PARIS
from simulation.inputs.events.event import Event
from simulation.inputs.events.visitors import Visitors
from topologies.building.called import known_venues
from topologies.building.records import VenueRow
from topologies.region import Basis

if TYPE_CHECKING:
    from flows.terminal.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """All sessions of an event at one venue, and their attendance."""

    venue: str
    name: str
    region: str | None
    """Which takes care of it."""
    sessions: int
    first_day: date
    last_day: date
    attendance: int
    published: int
    """The part of the attendance that is published."""


def events(name: NameOrFile = None, *, json: Json = False, lang: Lang = None) -> None:
    """The events are listed, or one is shown."""
    list_or_show(EVENTS, name, json)


def _facts_of(event: Event) -> dict[str, object]:
    """The event in full, with its attendance by venue and by day."""
    venues, by_day = _gatherings(event)
    return {
        **event.model_dump(mode="json", exclude_defaults=True),
        "venues": to_jsonable_python(venues),
        "attendance_by_day": {day.isoformat(): people for day, people in by_day.items()},
    }


def _gatherings(event: Event) -> tuple[list[Gathering], dict[date, int]]:
    """The gathering at each venue, and the attendance of each day."""
    known = known_venues()
    at: dict[str, list[tuple[date, float, Basis]]] = {}
    for session in event.sessions:
        venue = known.get(session.venue)
        people = session.people(venue.capacity if venue else None, _usual_filling()) or 0.0
        days = [begins.astimezone(PARIS).date() for begins, _ends in session.spans()]
        at.setdefault(session.venue, []).extend((day, people, session.basis) for day in days)
    by_day: Counter[date] = Counter()
    for day, people, _basis in (one for several in at.values() for one in several):
        by_day[day] += round(people)
    regions = {session.venue: session.region or event.region for session in event.sessions}
    gatherings = [_gathering(venue, regions[venue], known, several) for venue, several in at.items()]
    return gatherings, dict(sorted(by_day.items()))


def _gathering(
    venue: str, region: str | None, known: Mapping[str, VenueRow], sessions: list[tuple[date, float, Basis]]
) -> Gathering:
    return Gathering(
        venue=venue,
        name=known[venue].name if venue in known else venue,
        region=region,
        sessions=len(sessions),
        first_day=min(day for day, _people, _basis in sessions),
        last_day=max(day for day, _people, _basis in sessions),
        attendance=round(sum(people for _day, people, _basis in sessions)),
        published=round(sum(people for _day, people, basis in sessions if basis is Basis.PUBLISHED)),
    )


def _usual_filling() -> float:
    return simulation.load_parameters().crowds.venue_filling.value


def _show(event: Event) -> None:
    """Venues, days, and everything else that the event brings."""
    say = console.facts().print
    say(of(event.title), style="bold")
    venues, by_day = _gatherings(event)
    if venues:
        _show_venues(venues)
        _show_days(by_day)
    for one in event.casualties:
        at = instant(one.at, 0)
        gaps = {"people": number(one.people), "venue": one.venue, "at": at}
        say()
        say(_("Mass casualties: {people} {people:person|people} at {venue}, {at}").format(**gaps))
    for some in event.visitors:
        _show_visitors(some)
    for leave in event.leave:
        away = _("Leave: {share} of the staff more than usual, {days} ({basis})")
        away_days = calendar_days(leave.first_day, leave.last_day)
        say(away.format(share=share(leave.share), days=away_days, basis=_(BASES[leave.basis])))
    for absence in event.absences:
        gone = _("Residents away: {share} of their emergency visits fewer, {days} ({basis})")
        gone_days = calendar_days(absence.first_day, absence.last_day)
        say(gone.format(share=share(absence.share), days=gone_days, basis=_(BASES[absence.basis])))
    for more in event.reinforcements:
        added = _(
            "Reinforcements: {emergency} more emergency places, {samu} more calls answered, {days} ({basis})"
        )
        gaps = {"emergency": share(more.emergency), "samu": share(more.samu), "basis": _(BASES[more.basis])}
        say(added.format(days=calendar_days(more.first_day, more.last_day), **gaps))
    if event.weather:
        hottest = max(event.weather, key=lambda each: each.heat_index_c)
        gaps = {"degrees": number(hottest.heat_index_c), "day": calendar_day(hottest.day)}
        say(_("Hottest day: {day}, {degrees} °C").format(**gaps))
    say()
    show_sources(event.sources)


def _show_venues(venues: list[Gathering]) -> None:
    """A table of each region's venues, the largest crowd first."""
    for region in dict.fromkeys(each.region for each in venues):
        console.facts().print()
        if region is not None:
            console.facts().print(region, style="bold")
        console.facts().print(_table(each for each in venues if each.region == region))


def _table(venues: Iterable[Gathering]) -> "Sheet":
    from flows.terminal.sheet import Sheet

    table = Sheet()
    table.add_column(_("Venue"))
    for heading in (_("Sessions"), _("First day"), _("Last day"), _("Attendance"), _("Published")):
        table.add_column(heading, justify="right")
    for each in sorted(venues, key=lambda one: -one.attendance):
        table.add_row(*_row(each))
    return table


def _row(gathering: Gathering) -> tuple[str, ...]:
    people = gathering.attendance
    return (
        named(gathering.name),
        number(gathering.sessions),
        calendar_day(gathering.first_day),
        calendar_day(gathering.last_day),
        number(people),
        share(gathering.published / people) if people else share(0),
    )


def _show_days(by_day: Mapping[date, int]) -> None:
    say = console.facts().print
    say()
    say(_("Attendance by day: {count} in all").format(count=number(sum(by_day.values()))))
    for day, people in by_day.items():
        say(f"  {number(people):>9}  {calendar_day(day)}")


def _show_visitors(some: Visitors) -> None:
    gaps = {
        "people": number(some.people),
        "days": calendar_days(some.first_day, some.last_day),
        "basis": _(BASES[some.basis]),
    }
    console.facts().print()
    console.facts().print(
        _("Visitors: {people} {people:person|people} more than usual, {days} ({basis})").format(**gaps)
    )


EVENTS = Kind(
    plural="events",
    names=simulation.event_names,
    load=simulation.load_event,
    facts=_facts_of,
    show=_show,
)
