"""Sessions of each site, and calls to each SAMU."""

from collections import Counter
from collections.abc import Iterator

from simulation.care.capacity.network import samu_sites
from simulation.care.capacity.staffing.ordinary_day import HOURS_A_YEAR, OrdinaryDay
from simulation.care.capacity.staffing.ward import SessionWard
from simulation.inputs.streams import APPOINTMENTS, Stream
from topologies.region import Establishment


def session_wards(site: Establishment, day: OrdinaryDay) -> Iterator[SessionWard]:
    """The sessions of the region, by acute beds, are shared between the sites large enough to hold them."""
    p, beds = day.p.sessions, site.beds_mco or 0
    for stream in APPOINTMENTS:
        least = p.from_beds[stream].value
        if beds and beds >= least:
            yearly = p.per_bed_year[stream].value * beds * day.beds_of_all / day.beds_of_large[stream]
            hourly = yearly / HOURS_A_YEAR
            yield SessionWard(
                territory=site.territory,
                stream=stream,
                finess=site.finess,
                department=site.department,
                places=hourly * p.session_margin.value,
                hourly=hourly,
            )


def call_centres(day: OrdinaryDay) -> Iterator[SessionWard]:
    """The calls to each SAMU."""
    calls = _by_people(day) if day.region.communes else _by_visits(day)
    for service, yearly in calls.items():
        hourly = yearly / HOURS_A_YEAR
        if hourly:
            yield SessionWard(
                territory=day.region.services[service].name,
                stream=Stream.SAMU,
                finess=service,
                department=service,
                places=hourly * day.p.samu.samu_staffing.value,
                hourly=hourly,
            )


def _by_visits(day: OrdinaryDay) -> dict[str, float]:
    """Calls per year, by the emergency visits of the sites that each SAMU directs."""
    per_visit = day.p.samu.samu_calls_per_visit.value
    return {
        service: per_visit * sum(_visits(day, finess) for finess in sites)
        for service, sites in samu_sites(day.region).items()
    }


def _by_people(day: OrdinaryDay) -> dict[str, float]:
    """Calls per year, by the people of each department; SAMUs that direct its sites share them by their visits."""
    share_of: dict[str, Counter[str]] = {}
    for service, sites in samu_sites(day.region).items():
        for finess in sites:
            department = day.region.establishments[finess].department
            share_of.setdefault(department, Counter())[service] += _visits(day, finess)
    people: Counter[str] = Counter()
    for commune in day.region.communes.values():
        people[commune.department] += commune.population
    calls = dict.fromkeys(samu_sites(day.region), 0.0)
    for department, shares in share_of.items():
        yearly = people[department] * day.p.samu.samu_files_per_100_inhabitants.value / 100
        for service, visits in shares.items():
            calls[service] += yearly * visits / max(1, shares.total())
    return calls


def _visits(day: OrdinaryDay, finess: str) -> int:
    return day.region.establishments[finess].ed_visits_per_year or 0
