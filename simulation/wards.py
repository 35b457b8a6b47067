"""Who cares for how many, on an ordinary day? The wards of a region, as arrays made once a campaign.

A ward is one stream of care at one site: emergency boxes, critical-care beds, operating theatres. Each has a
number of places, a number of new patients to expect each hour, and the stays that patients draw from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import arrivals_of_week, clock_of, opening_of_week
from simulation.crowds import crowd_visits
from simulation.parameters import Parameters
from simulation.scenario import Scenario
from simulation.stays import Stays, load_of_week, log_normal_stays
from simulation.stream import Stream
from topologies.region import Establishment, LinkKind, Region

HOURS_A_YEAR = 8766.0


@dataclass(frozen=True, slots=True)
class Onward:
    """Where a ward can send a patient on: another ward of its stream, and the journey."""

    ward: int
    hours: int
    """The journey in whole hours, rounded up: when the patient arrives in the hourly count."""
    minutes: float


@dataclass(frozen=True, slots=True)
class Rules:
    """How the wards of a stream treat those who wait."""

    stays: Stays
    tolerated: float
    """Patients waiting, a place, beyond which patients are sent on, where they can be."""
    newest_leave: bool
    """Those sent on are the hour's new patients; elsewhere those who have waited longest."""
    patience_h: int
    """Wait after which a patient leaves without care."""
    bound_min: float
    """Longest journey of a patient sent on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wards:
    """All wards of a region in the order (territory, stream, finess); arrays are of shape (wards,) unless said."""

    finess: tuple[str, ...]
    stream: tuple[Stream, ...]
    of_site: dict[str, dict[Stream, int]]
    groups: tuple[tuple[str, str], ...]
    """The (territory, stream) pairs, in order."""
    group_starts: NDArray[np.intp]
    """The first ward of each group."""
    places: NDArray[np.float64]
    """Boxes, beds or theatres, ordinary capacity."""
    opening: NDArray[np.float64]
    """Share of the places that are open, of shape (hours, wards)."""
    expected: NDArray[np.float64]
    """New patients to expect, of shape (hours, wards)."""
    present: NDArray[np.float64]
    """Patients to expect in care at the start."""
    rules: dict[Stream, Rules]
    onward: tuple[tuple[Onward, ...], ...]
    """Where each ward sends its patients, nearest first."""

    def of(self, stream: Stream) -> NDArray[np.bool_]:
        """Which wards are of this stream."""
        return np.array([one is stream for one in self.stream], dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class _Ward:
    """One ward before it becomes a row of the arrays."""

    territory: str
    stream: Stream
    finess: str
    yearly: float
    places: int


def wards_of(region: Region, scenario: Scenario, parameters: Parameters) -> Wards:
    """The wards of a region over a scenario's hours."""
    rules = _rules(scenario, parameters)
    wards = sorted(
        _wards(region, parameters, rules), key=lambda ward: (ward.territory, ward.stream, ward.finess)
    )
    of_site: dict[str, dict[Stream, int]] = {}
    for number, ward in enumerate(wards):
        of_site.setdefault(ward.finess, {})[ward.stream] = number
    pairs = [(ward.territory, str(ward.stream)) for ward in wards]
    groups = tuple(sorted(set(pairs)))
    expected, present = _demand(wards, region, scenario, parameters, rules)
    hours = _hours_of_week(scenario)
    opening = {stream: opening_of_week(stream, parameters)[hours] for stream in Stream}
    return Wards(
        finess=tuple(ward.finess for ward in wards),
        stream=tuple(ward.stream for ward in wards),
        of_site=of_site,
        groups=groups,
        group_starts=np.array([pairs.index(group) for group in groups], dtype=np.intp),
        places=np.array([ward.places for ward in wards], dtype=np.float64),
        opening=np.stack([opening[ward.stream] for ward in wards], axis=1),
        expected=expected,
        present=present,
        rules=rules,
        onward=_onward(region, wards, of_site, rules),
    )


def _rules(scenario: Scenario, parameters: Parameters) -> dict[Stream, Rules]:
    p = parameters
    return {
        Stream.EMERGENCY: Rules(
            stays=log_normal_stays(p.emergency_stay_h.value, p.emergency_stay_h.log_sd or 0.0),
            tolerated=p.emergency_tolerance.value,
            newest_leave=True,
            patience_h=int(p.emergency_patience_h.value),
            bound_min=p.emergency_bound_min.value,
        ),
        Stream.CRITICAL_CARE: Rules(
            stays=log_normal_stays(p.critical_care_stay_h.value, p.critical_care_stay_h.log_sd or 0.0),
            tolerated=0.0,
            newest_leave=False,
            patience_h=int(p.critical_care_patience_h.value),
            bound_min=p.critical_care_bound_min.value,
        ),
        # An operation put off stays on its list: nobody is sent on, nobody leaves.
        Stream.SURGERY: Rules(
            stays=log_normal_stays(p.surgery_stay_h.value, p.surgery_stay_h.log_sd or 0.0),
            tolerated=0.0,
            newest_leave=False,
            patience_h=scenario.horizon_h + 1,
            bound_min=0.0,
        ),
    }


def _wards(region: Region, parameters: Parameters, rules: dict[Stream, Rules]) -> Iterator[_Ward]:
    """The wards of each establishment that declares visits or beds."""
    for site in region.establishments.values():
        if site.has_emergency and site.ed_visits_per_year:
            yield _emergency(site, site.ed_visits_per_year, parameters, rules[Stream.EMERGENCY].stays)
        beds = (site.beds_icu or 0) + (site.beds_intensive or 0)
        if beds:
            occupied = beds * parameters.critical_care_occupancy.value
            yearly = occupied / rules[Stream.CRITICAL_CARE].stays.mean_h * HOURS_A_YEAR
            yield _Ward(site.territory, Stream.CRITICAL_CARE, site.finess, yearly, beds)
        if site.beds_mco:
            yield _surgery(site, site.beds_mco, parameters, rules[Stream.SURGERY].stays)


def _emergency(site: Establishment, visits: int, parameters: Parameters, stays: Stays) -> _Ward:
    """Boxes for the week's peak load and a margin in standard deviations (square-root staffing, Halfin, Whitt 1981)."""
    load = load_of_week(arrivals_of_week(Stream.EMERGENCY, parameters), stays).max() * visits / HOURS_A_YEAR
    boxes = ceil(load + parameters.emergency_staffing.value * sqrt(load))
    return _Ward(site.territory, Stream.EMERGENCY, site.finess, float(visits), boxes)


def _surgery(site: Establishment, beds: int, parameters: Parameters, stays: Stays) -> _Ward:
    """Theatres for the busiest hour of the plan, and a margin."""
    yearly = beds * parameters.surgery_per_bed_year.value
    busiest = arrivals_of_week(Stream.SURGERY, parameters).max() * yearly / HOURS_A_YEAR
    theatres = max(1, ceil(busiest * stays.mean_h * parameters.surgery_margin.value))
    return _Ward(site.territory, Stream.SURGERY, site.finess, yearly, theatres)


def _hours_of_week(scenario: Scenario) -> NDArray[np.intp]:
    """The hour of the week, from Monday midnight, of each hour of the scenario."""
    return np.array([at.weekday() * 24 + at.hour for at in clock_of(scenario)], dtype=np.intp)


def _demand(
    wards: list[_Ward],
    region: Region,
    scenario: Scenario,
    parameters: Parameters,
    rules: dict[Stream, Rules],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """New patients to expect, of shape (hours, wards), and those in care at the start, of shape (wards,)."""
    hours = _hours_of_week(scenario)
    weeks = {stream: arrivals_of_week(stream, parameters) for stream in Stream}
    loads = {stream: load_of_week(weeks[stream], rules[stream].stays)[hours[0]] for stream in Stream}
    hourly = np.array([ward.yearly / HOURS_A_YEAR for ward in wards])
    expected = hourly * np.stack([weeks[ward.stream][hours] for ward in wards], axis=1)
    surging = _surging(scenario)
    for number, ward in enumerate(wards):
        if ward.stream is Stream.EMERGENCY:
            expected[:, number] *= surging
    visits = crowd_visits(region, scenario.event, clock_of(scenario), parameters)
    for number, ward in enumerate(wards):
        if ward.stream is Stream.EMERGENCY and ward.finess in visits:
            expected[:, number] += visits[ward.finess]
    return expected, hourly * np.array([loads[ward.stream] for ward in wards])


def _surging(scenario: Scenario) -> NDArray[np.float64]:
    """Emergency patients over those of ordinary days, of shape (hours,)."""
    surge = scenario.surge
    if surge is None:
        return np.ones(scenario.horizon_h)
    begins_h, ends_h = scenario.hours_of(surge.begins), scenario.hours_of(surge.ends)
    hours = np.arange(scenario.horizon_h)
    return np.where((hours >= begins_h) & (hours < ends_h), surge.emergency.value, 1.0)


def _onward(
    region: Region, wards: list[_Ward], of_site: dict[str, dict[Stream, int]], rules: dict[Stream, Rules]
) -> tuple[tuple[Onward, ...], ...]:
    """Where each ward can send a patient: the wards of its stream within the stream's bound, nearest first."""
    journeys: dict[str, list[tuple[float, str]]] = {}
    for link in region.links:
        if link.kind is LinkKind.TRANSFER and link.minutes is not None:
            journeys.setdefault(link.source, []).append((link.minutes, link.target))

    def of(ward: _Ward) -> tuple[Onward, ...]:
        return tuple(
            Onward(of_site[finess][ward.stream], max(1, ceil(minutes / 60)), minutes)
            for minutes, finess in sorted(journeys.get(ward.finess, ()))
            if ward.stream in of_site.get(finess, {}) and minutes <= rules[ward.stream].bound_min
        )

    return tuple(of(ward) for ward in wards)
