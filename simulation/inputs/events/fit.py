"""The fit of an event: whether a region and a scenario can hold it.

Every venue is known, holds its crowd and has emergency sites in reach, and something happens before the horizon.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import chain, islice

from simulation.inputs.campaign import Campaign
from simulation.inputs.events.catchment import capacity_of, nearest_sites, point_of
from simulation.inputs.events.event import Event, Session
from simulation.inputs.events.presence import Absence
from simulation.inputs.events.somewhere import Somewhere
from simulation.inputs.events.visitors import Visitors
from simulation.inputs.scenarios.scenario import Scenario
from topologies.building.deriving.neighbours import nearest_first
from topologies.errors import BadInput, Finding, Message, nearest_names
from topologies.reading.files import MOST_FINDINGS
from topologies.reading.positions import Place
from topologies.region import Region

Where = Callable[[Place], str]
"""Says where in the event something stands."""


def check_event_fit(campaign: Campaign, where: Where | None = None) -> None:
    """`BadInput` with all that does not fit; a finding says where in the event, by its name when nothing is given."""
    region, scenario, event = campaign.region, campaign.scenario, campaign.scenario.event
    if event is None:
        return
    where = where or partial(_field_of, event.name)
    sessions = event.held_in(region, "sessions", event.sessions)
    places = {**sessions, **event.held_in(region, "casualties", event.casualties)}
    closures = event.held_in(region, "closures", event.closures)
    visitors = event.held_in(region, "visitors", event.visitors)
    stays = {(*place, "around"): some.around for place, some in visitors.items() if some.around}
    refuse(event, region, _unknown_venues(region, {**places, **closures, **stays}, where))
    refuse(
        event,
        region,
        chain(
            _out_of_reach(campaign, places, where),
            _overfull(region, sessions, where),
            _overfull_together(campaign, sessions, where),
            _nowhere_to_stay(campaign, visitors, where),
            _unknown_absent(region, event.held_in(region, "absences", event.absences), where),
            _beyond_horizon(region, event, scenario, where),
        ),
    )


def _field_of(name: str, place: Place) -> str:
    return ", ".join([name, *([".".join(map(str, place))] if place else [])])


def refuse(event: Event, region: Region, findings: Iterable[Finding]) -> None:
    """`BadInput` with the findings, if there are any."""
    if found := list(islice(findings, MOST_FINDINGS)):
        names = {"event": event.name, "region": region.name}
        raise BadInput(Message("the event {event} does not fit {region} and its scenario", names), found)


def _unknown_venues(region: Region, places: Mapping[Place, Somewhere], where: Where) -> Iterator[Finding]:
    for place, one in places.items():
        if one.of_region and one.venue not in region.venues:
            yield Finding(
                where=where((*place, "venue")),
                problem=Message("{node} is not in {region}", {"node": one.venue, "region": region.name}),
                remedy=_another_venue(region, one.venue),
            )


def _another_venue(region: Region, venue: str) -> Message:
    if not region.venues:
        return Message("name the place without venue:, and add its latitude and longitude")
    nearest = nearest_names(venue, list(region.venues))
    return Message(
        "use {nearest}, or name the place without venue: and add its latitude and longitude",
        {"nearest": nearest},
    )


def _nowhere_to_stay(
    campaign: Campaign, visitors: Mapping[Place, Visitors], where: Where
) -> Iterator[Finding]:
    """Visitors who do not stay just anywhere stay in communes of the region."""
    region, usual_km = campaign.region, campaign.parameters.crowds.visitors_stay_km.value
    for place, some in visitors.items():
        if (some.communes or some.around) and not region.communes:
            yield Finding(
                where=where((*place, "communes" if some.communes else "around")),
                problem=Message("{region} does not say where people live", {"region": region.name}),
                remedy=Message("add communes.csv to it, or drop communes, around and within_km"),
            )
            continue
        yield from _unknown_communes(region, place, some.communes, where)
        if some.around and not _is_inhabited(region, some.around, km := some.within_km or usual_km):
            yield Finding(
                where=where((*place, "around", "venue")),
                problem=Message(
                    "nobody lives within {km} km of {venue}", {"km": km, "venue": some.around.venue}
                ),
                remedy=Message("correct its latitude and longitude, or raise within_km"),
            )


def _unknown_absent(region: Region, absences: Mapping[Place, Absence], where: Where) -> Iterator[Finding]:
    """Those who are away from some communes live in these."""
    for place, one in absences.items():
        if one.communes and not region.communes:
            yield Finding(
                where=where((*place, "communes")),
                problem=Message("{region} does not say where people live", {"region": region.name}),
                remedy=Message("add communes.csv to it, or drop communes"),
            )
        else:
            yield from _unknown_communes(region, place, one.communes, where)


def _unknown_communes(region: Region, place: Place, codes: Sequence[str], where: Where) -> Iterator[Finding]:
    for number, code in enumerate(codes):
        if code not in region.communes:
            yield Finding(
                where=where((*place, "communes", number)),
                problem=Message("{node} is not in {region}", {"node": code, "region": region.name}),
                remedy=Message("use {nearest}", {"nearest": nearest_names(code, list(region.communes))}),
            )


def _is_inhabited(region: Region, around: Somewhere, within_km: float) -> bool:
    point = {around.venue: point_of(region, around)}
    ways = nearest_first(point, region.communes, within_km=within_km)[around.venue]
    return any(region.communes[way.site].population for way in ways)


def _out_of_reach(campaign: Campaign, places: Mapping[Place, Somewhere], where: Where) -> Iterator[Finding]:
    """Patients must get to a hospital: a venue in the sea, or in another region, has none."""
    region, bound = campaign.region, round(campaign.assumptions.travel_bound_min.value)
    for place, near in nearest_sites(region, places, campaign.assumptions).items():
        if not near:
            values = {"venue": places[place].venue, "minutes": bound, "region": region.name}
            yield Finding(
                where=where((*place, "venue")),
                problem=Message("no emergency site of {region} is within {minutes} min of {venue}", values),
                remedy=Message(
                    "correct its latitude and longitude, perhaps swapped, or choose another region"
                ),
            )


def _overfull(region: Region, sessions: Mapping[Place, Session], where: Where) -> Iterator[Finding]:
    """A venue of the region holds its crowd, and somebody knows how many come."""
    for place, session in sessions.items():
        capacity = capacity_of(region, session)
        if wrong := session.beyond(capacity):
            problem, remedy = wrong
            yield Finding(where=where((*place, "attendance")), problem=problem, remedy=remedy)
        elif capacity is None and session.attendance is None:
            yield Finding(
                where=where(place),
                problem=Message("does not say how many people come to {venue}", {"venue": session.venue}),
                remedy=Message("add attendance or capacity"),
            )


def _overfull_together(
    campaign: Campaign, sessions: Mapping[Place, Session], where: Where
) -> Iterator[Finding]:
    """Sessions that are held in one place at the same time fill it together.

    Those that name one place and say that it holds other numbers are in rooms of their own.
    """
    region, filling = campaign.region, campaign.parameters.crowds.venue_filling.value
    rooms: dict[tuple[object, ...], list[Place]] = {}
    for place, one in sessions.items():
        rooms.setdefault((one.venue, one.latitude, one.longitude, capacity_of(region, one)), []).append(place)
    for (venue, *_, capacity), places in rooms.items():
        if not isinstance(capacity, int) or len(places) == 1:
            continue
        for people, at, last in _at_once({place: sessions[place] for place in places}, capacity, filling):
            if people > capacity:
                values = {
                    "venue": venue,
                    "people": round(people),
                    "at": f"{at:%Y-%m-%d %H:%M}",
                    "capacity": capacity,
                }
                yield Finding(
                    where=where(last),
                    problem=Message(
                        "{venue} holds {capacity}, and its sessions bring {people} at {at}", values
                    ),
                    remedy=Message("lower attendance, or change the hours of one of its sessions"),
                )
                break


def _at_once(
    sessions: Mapping[Place, Session], capacity: int, filling: float
) -> Iterator[tuple[float, datetime, Place]]:
    """How many are in one place from each instant on at which a session begins, and which one that is."""
    turns = []
    for place, session in sessions.items():
        people = session.people(capacity, filling) or 0.0
        for begins, ends in session.spans():
            turns += [(begins.timestamp(), people, begins, place), (ends.timestamp(), -people, ends, place)]
    present = 0.0
    # Who leaves does so before others come.
    for _, change, at, place in sorted(turns, key=lambda turn: (turn[0], turn[1] > 0, turn[3])):
        present += change
        yield present, at, place


def _beyond_horizon(region: Region, event: Event, scenario: Scenario, where: Where) -> Iterator[Finding]:
    """Something of the event happens in this region before the horizon, and every casualty does."""
    hours = {"start": scenario.start, "end": scenario.end}
    casualties = event.held_in(region, "casualties", event.casualties)
    for place, one in casualties.items():
        if not scenario.start <= one.at < scenario.end:
            yield Finding(
                where=where((*place, "at")),
                problem=Message("{at} is not between {start} and the horizon {end}", {"at": one.at, **hours}),
                remedy=Message("move it, or the scenario's start, or lengthen the scenario's horizon_h"),
            )
    spans = [
        span for one in event.held_in(region, "sessions", event.sessions).values() for span in one.spans()
    ]
    spans += [some.span() for some in event.held_in(region, "visitors", event.visitors).values()]
    if not casualties and not any(ends > scenario.start and begins < scenario.end for begins, ends in spans):
        yield Finding(
            where=where(()),
            problem=Message(
                "nothing of it happens in {region} between {start} and the horizon {end}",
                {"region": region.name, **hours},
            ),
            remedy=Message(
                "choose another event or none, or move the scenario's start, or lengthen its horizon_h"
            ),
        )
