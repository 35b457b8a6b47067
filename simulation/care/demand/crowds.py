"""Crowds: the patients that an event brings to the hospitals, and what it changes around them.

An event (`simulation/inputs/events/event.py`) is put into a region for the hours of a scenario:

1. all of it fits (`simulation/inputs/events/fit.py`);
2. sessions: of those who come, some are treated on the spot and a few are sent to the sites nearest to the venue;
3. visitors fall ill as residents do, and go to all sites;
4. many hurt at once: the first wave goes to the nearest site, the others are shared out;
5. closed roads slow journeys, and leave takes staff.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from simulation.care.demand.calendar import clock_of, scaled
from simulation.inputs.campaign import Campaign
from simulation.inputs.clock import PARIS
from simulation.inputs.events.catchment import (
    Near,
    capacity_of,
    emergency_sites,
    nearest_sites,
    sites_around,
)
from simulation.inputs.events.event import Event, MassCasualty, Session, Somewhere
from simulation.inputs.events.fit import refuse
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario
from topologies.errors import Finding, Message
from topologies.reading.positions import Place
from topologies.region import Region

Hourly = NDArray[np.float64]
"""Of shape (hours,)."""

FAHRENHEIT_PER_CELSIUS = 1.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualty:
    """Many people are hurt at once, and so many go to each site."""

    venue: str
    at_h: float
    people: dict[str, int]
    critical: dict[str, int]
    """How many of these need critical care."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """What an event does to a region, hour by hour of a scenario; sites are named by their FINESS numbers."""

    visits: dict[str, Hourly]
    """Emergency patients to expect beyond those of ordinary days, but for casualties."""
    casualties: tuple[Casualty, ...]
    treated_on_site: float
    """People to expect at the first-aid posts of venues who need no hospital."""
    hospitals: frozenset[str]
    """Where the venues send their patients."""
    slower: dict[str, Hourly]
    """Journeys to and from a site over those of ordinary days, at least 1; sites without closed roads are left out."""
    staff_share: Hourly
    """Staff at work over that of ordinary days, 0 to 1."""


def nobody(scenario: Scenario) -> Crowd:
    """The crowd of ordinary days."""
    return Crowd(
        visits={},
        casualties=(),
        treated_on_site=0.0,
        hospitals=frozenset(),
        slower={},
        staff_share=np.ones(scenario.horizon_h),
    )


def check_bearable(campaign: Campaign) -> None:
    """`BadInput` when an event that fits brings more patients than any memory holds: each of them is followed."""
    event = campaign.scenario.event
    if event is None:
        return
    visits, _ = _visits(_placed(campaign, event))
    patients = sum(visits.values(), np.zeros(campaign.scenario.horizon_h))
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
    visits, treated = _visits(placed)
    return Crowd(
        visits=visits,
        casualties=tuple(_casualty(placed, place, one) for place, one in placed.casualties.items()),
        treated_on_site=treated,
        hospitals=frozenset(near.finess for ways in placed.near.values() for near in ways),
        slower=_slower(placed),
        staff_share=_staff_share(placed),
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

    def hours_between(self, begins: datetime, ends: datetime) -> Hourly:
        """The part of each hour of the scenario that lies between two instants, of shape (hours,)."""
        hour = np.arange(self.scenario.horizon_h)
        first, last = self.scenario.hours_of(begins), self.scenario.hours_of(ends)
        return np.asarray(np.clip(np.minimum(last, hour + 1) - np.maximum(first, hour), 0.0, 1.0))


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
    )


def _visits(placed: _PlacedEvent) -> tuple[dict[str, Hourly], float]:
    """Emergency patients to expect at each site, by the hour, and how many the venues treat themselves."""
    visits: dict[str, Hourly] = {}
    treated = 0.0
    for place, session in placed.sessions.items():
        sent, on_site = _patients(placed, session)
        treated += on_site
        _share_out(sent, {near.finess: 1 / max(near.minutes, 1.0) for near in placed.near[place]}, visits)
    _share_out(_visitors(placed), placed.sizes, visits)
    return visits, treated


def _patients(placed: _PlacedEvent, session: Session) -> tuple[Hourly, float]:
    """Patients that a session sends to hospital, of shape (hours,), and how many it treats itself."""
    p = placed.parameters
    people = session.people(capacity_of(placed.region, session), p.crowds.venue_filling.value) or 0.0
    sent, treated = p.crowds.transfers_per_1000.value / 1000, p.crowds.presentations_per_1000.value / 1000
    exposed = np.zeros(placed.scenario.horizon_h)
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


def _visitors(placed: _PlacedEvent) -> Hourly:
    """Emergency visits of those who are in the region besides its residents, of shape (hours,)."""
    p = placed.parameters
    by_hour = scaled(p.emergency.emergency_by_hour)[[at.hour for at in clock_of(placed.scenario)]] / 24
    visits = np.zeros(placed.scenario.horizon_h)
    for some in placed.event.held_in(placed.region, "visitors", placed.event.visitors).values():
        a_day = some.people / 1000 * p.crowds.visitor_visits_per_1000_day.value
        visits += a_day * by_hour * placed.hours_between(*some.span())
    return visits


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
        at_h=placed.scenario.hours_of(one.at),
        people={site: a + b for site, a, b in zip(near, critically, others, strict=True)},
        critical=dict(zip(near, critically, strict=True)),
    )


def _slower(placed: _PlacedEvent) -> dict[str, Hourly]:
    """Journeys near closed roads, over those of ordinary days."""
    p, slower = placed.parameters, dict[str, Hourly]()
    for closure in placed.event.held_in(placed.region, "closures", placed.event.closures).values():
        closed = np.zeros(placed.scenario.horizon_h)
        for begins, ends in placed.event.spans_of(closure):
            closed = np.maximum(closed, placed.hours_between(begins, ends))
        factor = 1 + (p.crowds.closure_slows.value - 1) * closed
        for site in sites_around(placed.region, closure, closure.within_km or p.crowds.closure_km.value):
            slower[site] = np.maximum(slower.get(site, factor), factor)
    return slower


def _staff_share(placed: _PlacedEvent) -> Hourly:
    away = np.zeros(placed.scenario.horizon_h)
    for leave in placed.event.held_in(placed.region, "leave", placed.event.leave).values():
        away = np.maximum(away, leave.share * placed.hours_between(*leave.span()))
    return 1 - away


def _share_out(patients: Hourly, weights: Mapping[str, float], visits: dict[str, Hourly]) -> None:
    """The patients are added to each site's, in proportion to its weight."""
    if not patients.any():
        return
    total = sum(weights.values())
    for site, weight in weights.items():
        visits[site] = visits.get(site, 0.0) + patients * (weight / total)


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
