"""Crowds: the patients that an event brings to the hospitals, and what it changes around them.

An event (`simulation/inputs/events/event.py`) is put into a region for the hours of a scenario:

1. all of it fits (`simulation/inputs/events/fit.py`);
2. sessions: of those who come, some are treated on the spot and a few are sent to the sites nearest to the venue;
3. visitors fall ill as residents do, where they stay (`visitors.py`);
4. many hurt at once: the first wave goes to the nearest site, the others are shared out;
5. roads are closed, staff are on leave or reinforced (`staff.py`), and residents are away (`absences.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from simulation.care.demand.absences import Absent, absent_of
from simulation.care.demand.calendar import hours_between
from simulation.care.demand.followed import Followed
from simulation.care.demand.staff import reinforced_of, staff_share_of
from simulation.care.demand.visitors import Stay, stays_of
from simulation.care.homes.communes import Communes
from simulation.inputs.campaign import Campaign
from simulation.inputs.clock import PARIS
from simulation.inputs.events.catchment import (
    Near,
    capacity_of,
    emergency_sites,
    nearest_sites,
    point_of,
    sites_around,
)
from simulation.inputs.events.event import Event, MassCasualty, Session
from simulation.inputs.events.fit import refuse
from simulation.inputs.events.somewhere import Somewhere
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import Stream
from topologies.errors import Finding, Message
from topologies.reading.positions import Place
from topologies.region import Region

Hourly = NDArray[np.float64]
"""Of shape (followed hours,)."""

FAHRENHEIT_PER_CELSIUS = 1.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualty:
    """Many people are hurt at once, and so many go to each site."""

    venue: str
    commune: str
    """Where it lies."""
    at_h: float
    people: dict[str, int]
    critical: dict[str, int]
    """How many of these need critical care."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """What an event does to a region, hour by hour of a scenario; sites are named by their FINESS numbers."""

    visits: dict[str, Hourly]
    """Emergency patients that venues send, casualties apart."""
    origins: dict[str, dict[str, float]]
    """How many of them each commune sends to each site, as its venues lie in it."""
    stays: tuple[Stay, ...]
    """Those who stay in the region besides its residents."""
    casualties: tuple[Casualty, ...]
    treated_on_site: float
    """People to expect at the first-aid posts of venues who need no hospital."""
    hospitals: frozenset[str]
    """Where the venues send their patients."""
    slower: dict[str, Hourly]
    """Journeys to and from a site or commune over those of ordinary days, at least 1; without closed roads left out."""
    staff_share: Hourly
    """Staff at work over that of ordinary days, 0 to 1."""
    reinforced: Mapping[Stream, Hourly] = field(default_factory=dict)
    """Places over those of ordinary days, at least 1; of streams that are not reinforced left out."""
    absent: tuple[Absent, ...] = ()
    """Residents who are away."""


def nobody(scenario: Scenario) -> Crowd:
    """The crowd of ordinary days."""
    return Crowd(
        visits={},
        origins={},
        stays=(),
        casualties=(),
        treated_on_site=0.0,
        hospitals=frozenset(),
        slower={},
        staff_share=np.ones(len(Followed.of(scenario))),
    )


def check_bearable(campaign: Campaign) -> None:
    """`BadInput` when an event that fits brings more patients than any memory holds: each of them is followed."""
    event = campaign.scenario.event
    if event is None:
        return
    placed = _placed(campaign, event)
    patients = np.sum([*_sent(placed).visits.values(), *(stay.visits for stay in _stays(placed))], axis=0)
    bearable = campaign.parameters.crowds.event_patients_per_hour_most.value
    if (most := float(patients.max())) <= bearable:
        return
    problem = Message(
        "brings {patients} emergency patients per hour to {region}, more than {most}",
        {"patients": round(most), "region": campaign.region.name, "most": round(bearable)},
    )
    remedy = Message("lower people or attendance, or spread them over more hours")
    refuse(event, campaign.region, [Finding(where=event.name, problem=problem, remedy=remedy)])


def crowd_of(campaign: Campaign) -> Crowd:
    """The crowd of the scenario's event, which fits the region; nobody without one."""
    event = campaign.scenario.event
    if event is None:
        return nobody(campaign.scenario)
    placed = _placed(campaign, event)
    sent = _sent(placed)
    return Crowd(
        visits=sent.visits,
        origins=sent.origins,
        stays=tuple(_stays(placed)),
        casualties=tuple(_casualty(placed, place, one) for place, one in placed.casualties.items()),
        treated_on_site=sent.treated_on_site,
        hospitals=frozenset(near.finess for ways in placed.near.values() for near in ways),
        slower=_slower(placed),
        staff_share=staff_share_of(placed.region, placed.event, placed.scenario),
        reinforced=reinforced_of(placed.region, placed.event, placed.scenario),
        absent=tuple(absent_of(placed.region, placed.event, placed.scenario, placed.communes)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlacedEvent:
    """An event that fits its region, for the hours of a scenario; what other regions take care of is left out."""

    region: Region
    event: Event
    scenario: Scenario
    parameters: Parameters
    sessions: Mapping[Place, Session]
    """By where it stands in the event."""
    casualties: Mapping[Place, MassCasualty]
    near: Mapping[Place, tuple[Near, ...]]
    """The sites in reach of each session and each casualty, nearest first."""
    sizes: Mapping[str, float]
    """Emergency visits per year, by site."""
    critical_beds: Mapping[str, int]
    communes: Communes

    def hours_between(self, begins: datetime, ends: datetime) -> Hourly:
        """See `calendar.hours_between`."""
        return hours_between(self.scenario, begins, ends)

    def commune_of(self, place: Somewhere) -> str:
        """The commune in which a place lies: the one whose point is nearest."""
        return self.communes.codes[self.communes.nearest(point_of(self.region, place))]


def _placed(campaign: Campaign, event: Event) -> _PlacedEvent:
    """The event put in its region, where it fits."""
    region = campaign.region
    sessions = event.held_in(region, "sessions", event.sessions)
    casualties = event.held_in(region, "casualties", event.casualties)
    places: dict[Place, Somewhere] = {**sessions, **casualties}
    sites = emergency_sites(region)
    return _PlacedEvent(
        region=region,
        event=event,
        scenario=campaign.scenario,
        parameters=campaign.parameters,
        sessions=sessions,
        casualties=casualties,
        near=nearest_sites(region, places, campaign.assumptions),
        sizes={finess: float(site.ed_visits_per_year or 0) for finess, site in sites.items()},
        critical_beds={
            finess: (site.beds_icu or 0) + (site.beds_intensive or 0) for finess, site in sites.items()
        },
        communes=Communes.of(region),
    )


@dataclass(slots=True)
class _Sent:
    """What venues send to hospitals; see `Crowd`."""

    visits: dict[str, Hourly] = field(default_factory=dict)
    origins: dict[str, dict[str, float]] = field(default_factory=dict)
    treated_on_site: float = 0.0

    def add(self, patients: Hourly, weights: Mapping[str, float], commune: str) -> None:
        """The patients of a commune are added to each site's, in proportion to its weight."""
        total = sum(weights.values())
        for site, weight in weights.items() if patients.any() else ():
            here, origins = patients * (weight / total), self.origins.setdefault(site, {})
            self.visits[site] = self.visits.get(site, 0.0) + here
            origins[commune] = origins.get(commune, 0.0) + float(here.sum())


def _sent(placed: _PlacedEvent) -> _Sent:
    """Emergency patients that the venues send to each site, and how many they treat themselves."""
    all_sent = _Sent()
    for place, session in placed.sessions.items():
        sent, on_site = _patients(placed, session)
        all_sent.treated_on_site += on_site
        weights = {near.finess: 1 / max(near.minutes, 1.0) for near in placed.near[place]}
        all_sent.add(sent, weights, placed.commune_of(session))
    return all_sent


def _stays(placed: _PlacedEvent) -> Iterator[Stay]:
    return stays_of(placed.region, placed.event, placed.scenario, placed.communes, placed.parameters)


def _patients(placed: _PlacedEvent, session: Session) -> tuple[Hourly, float]:
    """Patients that a session sends to hospital, of shape (hours,), and how many it treats itself."""
    p = placed.parameters
    people = session.people(capacity_of(placed.region, session), p.crowds.venue_filling.value) or 0.0
    sent, treated = p.crowds.transfers_per_1000.value / 1000, p.crowds.presentations_per_1000.value / 1000
    exposed = np.zeros(len(Followed.of(placed.scenario)))
    for begins, ends in session.spans():
        lasts_h = placed.scenario.hours_of(ends) - placed.scenario.hours_of(begins)
        present = people * placed.hours_between(begins, ends) / lasts_h
        exposed += _weather(placed, session, begins) * present
    return sent * exposed, max(0.0, treated - sent) * float(exposed.sum())


def _weather(placed: _PlacedEvent, session: Session, begins: datetime) -> float:
    """Patients outdoors over those under a roof: more, and more still in the heat (Locoh-Donou et al. 2016)."""
    if not session.outdoor:
        return 1.0
    p, event, day = placed.parameters, placed.event, begins.astimezone(PARIS).date()
    told = event.held_in(placed.region, "weather", event.weather).values()
    felt_c = [each.heat_index_c for each in told if each.day == day and event.share_a_region(each, session)]
    excess_c = max(0.0, *(each - p.crowds.heat_threshold_c.value for each in felt_c), 0.0)
    step_c = p.crowds.heat_step_f.value / FAHRENHEIT_PER_CELSIUS
    return float(p.crowds.outdoor_multiplies.value * p.crowds.heat_multiplies.value ** (excess_c / step_c))


def _casualty(placed: _PlacedEvent, place: Place, one: MassCasualty) -> Casualty:
    """Those who can walk reach the nearest site first; the SAMU shares out the others.

    It takes the critically hurt where there is critical care, by its beds, and the rest by the sites' sizes.
    """
    p, near = placed.parameters, [each.finess for each in placed.near[place]]
    critical = (
        round(one.people * p.crowds.casualties_critical.value) if one.critical is None else one.critical
    )
    beds = [placed.critical_beds[site] for site in near]
    critically = _whole(critical, beds if any(beds) else [1.0] * len(near))
    walking = min(one.people - critical, round(one.people * p.crowds.first_wave_share.value))
    others = _whole(one.people - critical - walking, [placed.sizes[site] for site in near])
    others[0] += walking
    return Casualty(
        venue=one.venue,
        commune=placed.commune_of(one),
        at_h=placed.scenario.hours_of(one.at),
        people={site: a + b for site, a, b in zip(near, critically, others, strict=True)},
        critical=dict(zip(near, critically, strict=True)),
    )


def _slower(placed: _PlacedEvent) -> dict[str, Hourly]:
    """Journeys near closed roads, over those of ordinary days."""
    p, slower = placed.parameters, dict[str, Hourly]()
    for closure in placed.event.held_in(placed.region, "closures", placed.event.closures).values():
        closed = np.zeros(len(Followed.of(placed.scenario)))
        for begins, ends in placed.event.spans_of(closure):
            closed = np.maximum(closed, placed.hours_between(begins, ends))
        factor = 1 + (p.crowds.closure_slows.value - 1) * closed
        km = closure.within_km or p.crowds.closure_km.value
        homes = placed.communes.within(km, [point_of(placed.region, closure)])
        around = sites_around(placed.region, closure, km)
        for place in (*around, *(placed.communes.codes[number] for number in homes)):
            slower[place] = np.maximum(slower.get(place, factor), factor)
    return slower


def _whole(people: int, weights: Sequence[float]) -> list[int]:
    """So many people in proportion to the weights, in whole numbers: what is over goes to the largest remainders.

    >>> _whole(7, [2, 1, 1])
    [3, 2, 2]
    """
    total = sum(weights)
    exact = [people * weight / total for weight in weights]
    shares = [int(each) for each in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: (shares[place] - exact[place], place))
    for place in by_remainder[: people - sum(shares)]:
        shares[place] += 1
    return shares
