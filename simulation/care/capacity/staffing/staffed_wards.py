"""The wards of a region: emergency departments, theatres, beds, sessions and calls, one site after the other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from simulation.care.capacity.staffing.beds import FilledBeds, critical_beds, maternity_beds, medicine_beds
from simulation.care.capacity.staffing.emergency import emergency_wards, passed_on
from simulation.care.capacity.staffing.ordinary_day import OrdinaryDay
from simulation.care.capacity.staffing.routes import Routes
from simulation.care.capacity.staffing.sessions import call_centres, session_wards
from simulation.care.capacity.staffing.surgery import Operations, operated_critical, operations_of, theatres
from simulation.care.capacity.staffing.ward import BedWard, Inflow, Ward
from simulation.inputs.streams import Stream
from topologies.region import Establishment

LEAST_UNPLANNED = 0.01
"""A hospital that has nothing but planned stays takes an emergency now and then."""


@dataclass(frozen=True, slots=True)
class _AllBeds:
    critical: FilledBeds
    maternity: FilledBeds
    medicine: FilledBeds


def staffed_wards(day: OrdinaryDay) -> Iterator[Ward]:
    """Every ward of the region."""
    sites = day.region.establishments
    inflows = {finess: passed_on(site, day) for finess, site in sites.items()}
    operations = {finess: operations_of(site, day, inflows[finess].urgent) for finess, site in sites.items()}
    for finess, inflow in inflows.items():
        inflow.critical += operated_critical(operations[finess], day)
    critical, maternity = critical_beds(day, inflows), maternity_beds(day)
    beds = _AllBeds(critical, maternity, medicine_beds(day, maternity))
    for finess, site in sites.items():
        yield from _followed(site, day, inflows[finess], operations[finess], beds)
        yield from session_wards(site, day)
    yield from call_centres(day)


def _followed(
    site: Establishment, day: OrdinaryDay, inflow: Inflow, operations: Operations, beds: _AllBeds
) -> Iterator[BedWard]:
    """The wards of a site whose patients are followed one by one, and their routes."""
    to_medicine = _to_medicine(site, day, inflow, operations, beds.critical)
    routes = Routes(
        day,
        critical_kept=beds.critical.kept_share(site.finess, inflow.critical),
        medicine_kept=beds.medicine.kept_share(site.finess, to_medicine),
    )
    medicine = [*_medicine(site, day, operations, beds.medicine, to_medicine)]
    unplanned = min((ward.unplanned_part for ward in medicine), default=1.0)
    for ward in (
        *emergency_wards(site, day, kept=routes.medicine_kept, unplanned=unplanned),
        *theatres(site, day, operations, inflow.urgent),
        *_bed_ward(site, Stream.CRITICAL_CARE, beds.critical, inflow.critical),
        *_bed_ward(site, Stream.MATERNITY, beds.maternity, 0.0),
        *medicine,
    ):
        yield replace(
            ward, ordinary=routes.ordinary(ward.stream), time_critical=routes.time_critical(ward.stream)
        )


def _bed_ward(site: Establishment, stream: Stream, filled: FilledBeds, inflow: float) -> Iterator[BedWard]:
    """The beds of a stream, where the site has some or sends patients to a neighbour that has."""
    if site.finess in filled.own:
        beds = filled.of(site.finess)
        yield BedWard(
            territory=site.territory,
            stream=stream,
            finess=site.finess,
            department=site.department,
            places=beds.installed,
            in_use=beds.count / beds.installed if beds.installed else 1.0,
            hourly=filled.direct(site.finess, inflow),
            present=beds.taken,
        )


def _medicine(
    site: Establishment, day: OrdinaryDay, operations: Operations, filled: FilledBeds, inflow: float
) -> Iterator[BedWard]:
    """The beds of medicine: for patients whom other wards pass on, some after planned operations, and for others."""
    for ward in _bed_ward(site, Stream.MEDICINE, filled, inflow):
        of_all = ward.hourly + inflow
        if not of_all:
            yield ward
            continue
        operated = operations.scheduled * day.p.surgery.surgery_inpatient_share.value
        can_wait = operated + ward.hourly * (1.0 - day.p.beds.medicine_cannot_wait_share.value)
        unplanned = max(LEAST_UNPLANNED, 1.0 - can_wait / of_all)
        yield replace(ward, direct_part=ward.hourly / of_all, unplanned_part=unplanned)


def _to_medicine(
    site: Establishment, day: OrdinaryDay, inflow: Inflow, operations: Operations, critical: FilledBeds
) -> float:
    """Patients per hour whom the other wards of a site pass on to its beds of medicine."""
    surgery = day.p.surgery
    leaving_critical = critical.of(site.finess).taken / day.stays[Stream.CRITICAL_CARE].mean_h
    return (
        inflow.medicine
        + operations.urgent * (1.0 - surgery.surgery_critical_share.value)
        + operations.scheduled * surgery.surgery_inpatient_share.value
        + leaving_critical * day.p.beds.critical_to_medicine_share.value
    )
