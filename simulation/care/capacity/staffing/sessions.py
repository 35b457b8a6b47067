"""Sessions of each site, and calls to each SAMU."""

from collections import Counter
from collections.abc import Iterator

from simulation.care.capacity.network import samu_sites
from simulation.care.capacity.staffing.ordinary_day import HOURS_A_YEAR, OrdinaryDay
from simulation.care.capacity.staffing.ward import SessionWard
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import APPOINTMENTS, Stream
from topologies.region import Establishment, Region


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
    region, p = day.region, day.p
    yearly = {service: sum(calls.values()) for service, calls in calls_by_department(region, p).items()}
    for service, calls in (yearly if region.communes else _by_visits(region, p)).items():
        hourly = calls / HOURS_A_YEAR
        if hourly:
            yield SessionWard(
                territory=region.services[service].name,
                stream=Stream.SAMU,
                finess=service,
                department=service,
                places=hourly * p.samu.samu_staffing.value * day.swing(service, Stream.SAMU).most,
                hourly=hourly,
            )


def _by_visits(region: Region, p: Parameters) -> dict[str, float]:
    """Calls per year to each SAMU, by the emergency visits of the sites that it directs."""
    return {
        service: p.samu.samu_calls_per_visit.value * sum(_visits(region, finess) for finess in sites)
        for service, sites in samu_sites(region).items()
    }


def calls_by_department(region: Region, p: Parameters) -> dict[str, dict[str, float]]:
    """Calls per year to each SAMU from the people of each department.

    SAMUs that direct the sites of one department share its people by these sites' visits.
    """
    share_of: dict[str, Counter[str]] = {}
    for service, sites in samu_sites(region).items():
        for finess in sites:
            department = region.establishments[finess].department
            share_of.setdefault(department, Counter())[service] += _visits(region, finess)
    people: Counter[str] = Counter()
    for commune in region.communes.values():
        people[commune.department] += commune.population
    calls: dict[str, dict[str, float]] = {service: {} for service in samu_sites(region)}
    for department, shares in share_of.items():
        yearly = people[department] * p.samu.samu_files_per_100_inhabitants.value / 100
        for service, visits in shares.items():
            calls[service][department] = yearly * visits / max(1, shares.total())
    return calls


def _visits(region: Region, finess: str) -> int:
    return region.establishments[finess].ed_visits_per_year or 0
