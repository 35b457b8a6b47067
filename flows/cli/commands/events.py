"""What events are there, whom does one bring where and when, and how is that known?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from pydantic_core import to_jsonable_python

from flows.cli.commands.options import Json, Lang, Name
from flows.cli.commands.regions import BASES
from flows.terminal import console
from results.presentation.language import _, of, spoken
from results.presentation.numbers import instant, number, share
from simulation.inputs.clock import PARIS
from simulation.inputs.events.event import Event, Visitors
from simulation.inputs.events.schedule import Days
from topologies.region import Basis, Venue


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """All sessions of an event at one venue, and those who come to them."""

    venue: str
    name: str
    sessions: int
    first_day: date
    last_day: date
    attendance: int
    published: int
    """Those of them whose number is published."""


def events(name: Name = None, *, json: Json = False, lang: Lang = None) -> None:
    """Tell the events, or one of them."""
    import simulation

    if name is None:
        known = [simulation.load_event(each) for each in simulation.event_names()]
        console.give({"events": [_named(each) for each in known]}) if json else _tell_all(known)
    else:
        event = simulation.load_event(name)
        console.give(facts_of(event)) if json else _tell(event)


def facts_of(event: Event) -> dict[str, object]:
    """The event in full, and what its sessions come to by venue and by day."""
    venues, by_day = _gatherings(event)
    return {
        **event.model_dump(mode="json", exclude_defaults=True),
        "venues": to_jsonable_python(venues),
        "attendance_by_day": {day.isoformat(): people for day, people in by_day.items()},
    }


def _named(event: Event) -> dict[str, object]:
    return {"name": event.name, "title": event.title.model_dump()}


def _tell_all(events: list[Event]) -> None:
    for event in events:
        console.facts().print(f"{event.name}  {of(event.title)}", soft_wrap=True)


def _gatherings(event: Event) -> tuple[list[Gathering], dict[date, int]]:
    """What comes together at each venue, and how many people on each day."""
    known = _venues()
    at: dict[str, list[tuple[date, float, Basis]]] = {}
    for session in event.sessions:
        venue = known.get(session.venue)
        people = session.people(venue.capacity if venue else None, _usual_filling()) or 0.0
        days = [begins.astimezone(PARIS).date() for begins, _ends in session.spans()]
        at.setdefault(session.venue, []).extend((day, people, session.basis) for day in days)
    by_day: Counter[date] = Counter()
    for day, people, _basis in (one for several in at.values() for one in several):
        by_day[day] += round(people)
    return [_gathering(venue, known, several) for venue, several in at.items()], dict(sorted(by_day.items()))


def _gathering(
    venue: str, known: Mapping[str, Venue], sessions: list[tuple[date, float, Basis]]
) -> Gathering:
    return Gathering(
        venue=venue,
        name=known[venue].name if venue in known else venue,
        sessions=len(sessions),
        first_day=min(day for day, _people, _basis in sessions),
        last_day=max(day for day, _people, _basis in sessions),
        attendance=round(sum(people for _day, people, _basis in sessions)),
        published=round(sum(people for _day, people, basis in sessions if basis is Basis.PUBLISHED)),
    )


def _venues() -> dict[str, Venue]:
    """The venues that the built-in regions know."""
    import topologies

    regions = map(topologies.load, topologies.names())
    return {venue.id: venue for region in regions for venue in region.venues.values()}


def _usual_filling() -> float:
    import simulation

    return simulation.load_parameters().crowds.venue_filling.value


def _tell(event: Event) -> None:
    """Venues, days, and all else that the event brings."""
    say = console.facts().print
    say(of(event.title), style="bold")
    venues, by_day = _gatherings(event)
    if venues:
        _tell_venues(venues)
        _tell_days(by_day)
    for one in event.casualties:
        at = instant(one.at, 0)
        gaps = {"people": number(one.people), "venue": one.venue, "at": at}
        say()
        say(_("Mass casualties: {people} {people:person|people} at {venue}, {at}").format(**gaps))
    for some in event.visitors:
        _tell_visitors(some)
    for leave in event.leave:
        away = _("Leave: {share} of the staff more than usual, {days} ({basis})")
        say(away.format(share=share(leave.share), days=_days(leave), basis=_(BASES[leave.basis])))
    if event.weather:
        hottest = max(event.weather, key=lambda each: each.heat_index_c)
        gaps = {"degrees": number(hottest.heat_index_c), "day": _day(hottest.day)}
        say(_("Hottest day: {day}, {degrees} °C").format(**gaps))
    say()
    say(_("Sources: {sources}").format(sources="; ".join(event.sources)))


def _tell_venues(venues: list[Gathering]) -> None:
    from flows.terminal.sheet import Sheet

    table = Sheet()
    table.add_column(_("Venue"))
    for heading in (_("Sessions"), _("First day"), _("Last day"), _("Attendance"), _("Published")):
        table.add_column(heading, justify="right")
    for each in sorted(venues, key=lambda one: -one.attendance):
        published = share(each.published / each.attendance) if each.attendance else share(0)
        days = (_day(each.first_day), _day(each.last_day))
        table.add_row(each.name, number(each.sessions), *days, number(each.attendance), published)
    console.facts().print()
    console.facts().print(table)


def _tell_days(by_day: Mapping[date, int]) -> None:
    say = console.facts().print
    say()
    say(_("Attendance by day: {count} in all").format(count=number(sum(by_day.values()))))
    for day, people in by_day.items():
        say(f"  {number(people):>9}  {_day(day)}")


def _tell_visitors(some: Visitors) -> None:
    gaps = {"people": number(some.people), "days": _days(some), "basis": _(BASES[some.basis])}
    console.facts().print()
    console.facts().print(
        _("Visitors: {people} {people:person|people} more than usual, {days} ({basis})").format(**gaps)
    )


def _days(days: Days) -> str:
    return _("{first} to {last}").format(first=_day(days.first_day), last=_day(days.last_day))


def _day(day: date) -> str:
    return format_date(day, _("d MMM y"), locale=spoken())
