"""Sessions of each site, and calls to each SAMU."""

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
            large = sum(
                other.beds_mco or 0
                for other in day.region.establishments.values()
                if (other.beds_mco or 0) >= least
            )
            yearly = p.per_bed_year[stream].value * beds * day.beds_of_all / large
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
    """The calls to each SAMU, by the emergency visits of the sites that it directs."""
    for service, sites in samu_sites(day.region).items():
        visits = sum(day.region.establishments[finess].ed_visits_per_year or 0 for finess in sites)
        hourly = visits * day.p.samu.samu_calls_per_visit.value / HOURS_A_YEAR
        if hourly:
            yield SessionWard(
                territory=day.region.services[service].name,
                stream=Stream.SAMU,
                finess=service,
                department=service,
                places=hourly * day.p.samu.samu_staffing.value,
                hourly=hourly,
            )
