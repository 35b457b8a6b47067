"""Surgery: operations of a site, the theatres for them, and the patients who then need critical care."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, sqrt

from simulation.care.capacity.length_of_stay import load_of_week
from simulation.care.capacity.staffing.ordinary_day import HOURS_A_YEAR, OrdinaryDay
from simulation.care.capacity.staffing.ward import BedWard
from simulation.inputs.streams import Stream
from topologies.region import Establishment


@dataclass(frozen=True, slots=True)
class Operations:
    """Operations of a site per hour, on the mean of the year."""

    urgent: float
    scheduled: float


def operations_of(site: Establishment, day: OrdinaryDay, urgent: float) -> Operations:
    """Operations as beds are, the urgent ones at least as many as emergency departments pass on (`urgent`)."""
    p = day.p.surgery
    all_of_site = (site.beds_mco or 0) * p.surgery_per_bed_year.value / HOURS_A_YEAR
    urgent_share = p.surgery_urgent_share.value
    return Operations(max(all_of_site * urgent_share, urgent), all_of_site * (1.0 - urgent_share))


def operated_critical(operations: Operations, day: OrdinaryDay) -> float:
    """Patients per hour who need critical care after an operation."""
    return (operations.scheduled + operations.urgent) * day.p.surgery.surgery_critical_share.value


def theatres(
    site: Establishment, day: OrdinaryDay, operations: Operations, urgent: float
) -> Iterator[BedWard]:
    """The theatres of a site; so many urgent patients per hour (`urgent`) are passed on by emergency departments."""
    if operations.urgent or operations.scheduled:
        yield _urgent_theatres(site, day, operations, urgent)
    if operations.scheduled:
        yield _scheduled_theatres(site, day, operations)


def _urgent_theatres(site: Establishment, day: OrdinaryDay, operations: Operations, urgent: float) -> BedWard:
    """Theatres for the busiest hour of the week, and a margin."""
    week, stays = day.weeks[Stream.SURGERY_URGENT], day.stays[Stream.SURGERY_URGENT]
    load = operations.urgent * load_of_week(week, stays)
    return BedWard(
        territory=site.territory,
        stream=Stream.SURGERY_URGENT,
        finess=site.finess,
        department=site.department,
        places=ceil(load.max() + day.p.surgery.surgery_urgent_staffing.value * sqrt(load.max())),
        hourly=operations.urgent - urgent,
        present=load[day.first_hour],
    )


def _scheduled_theatres(site: Establishment, day: OrdinaryDay, operations: Operations) -> BedWard:
    """Theatres for the busiest hour of the plan, and a margin."""
    week, stays = day.weeks[Stream.SURGERY_SCHEDULED], day.stays[Stream.SURGERY_SCHEDULED]
    busiest = week.max() * operations.scheduled * stays.mean_h
    places = ceil(busiest * day.p.surgery.surgery_margin.value)
    load_now = operations.scheduled * load_of_week(week, stays)[day.first_hour]
    return BedWard(
        territory=site.territory,
        stream=Stream.SURGERY_SCHEDULED,
        finess=site.finess,
        department=site.department,
        places=places,
        hourly=operations.scheduled,
        present=min(load_now, places),
    )
