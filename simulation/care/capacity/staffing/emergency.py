"""Emergency departments: boxes for the busiest hour of the week, and the patients passed on to the beds of the site."""

from math import ceil, sqrt

from simulation.care.capacity.length_of_stay import ADMITTED, load_of_week
from simulation.care.capacity.staffing.ordinary_day import HOURS_A_YEAR, OrdinaryDay
from simulation.care.capacity.staffing.ward import BedWard, Inflow, Visits
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import Stream
from topologies.region import Establishment, Region


def emergency_wards(site: Establishment, day: OrdinaryDay) -> list[BedWard]:
    """The emergency departments of a site."""
    return [_department(site, stream, hourly, day) for stream, hourly in visits_of(site, day.p).items()]


def passed_on(site: Establishment, day: OrdinaryDay) -> Inflow:
    """Patients per hour whom its emergency departments pass on to the beds of the site."""
    p, inflow = day.p, Inflow()
    for stream, of_year in visits_of(site, p).items():
        hourly = of_year * day.swing(site.finess, stream).mean
        time_critical, others = hourly * day.time_critical, hourly * (day.hospitalised - day.time_critical)
        critical = others * p.emergency.emergency_critical_share.value
        critical += time_critical * p.conditions.time_critical_to_critical_care.value
        urgent = others * p.emergency.emergency_surgery_share.value
        urgent += time_critical * p.conditions.time_critical_to_surgery.value
        inflow.critical += critical
        inflow.urgent += urgent
        inflow.medicine += hourly * day.hospitalised - critical - urgent
    return inflow


def visits_of_all(region: Region, p: Parameters) -> list[Visits]:
    """The patients of all emergency departments, in the order of wards."""
    visits = [
        Visits(territory=site.territory, stream=stream, finess=finess, hourly=hourly)
        for finess, site in region.establishments.items()
        for stream, hourly in visits_of(site, p).items()
    ]
    return sorted(visits, key=lambda one: (one.territory, one.stream, one.finess))


def visits_of(site: Establishment, p: Parameters) -> dict[Stream, float]:
    """Emergency visits per hour on the mean of the year, of adults and of children."""
    hourly = (site.ed_visits_per_year or 0) / HOURS_A_YEAR
    if not hourly or not site.has_emergency:
        return {}
    children = p.emergency.emergency_paediatric_share.value if site.adult_emergency else 1.0
    if not site.paediatric_emergency:
        children = 0.0
    shares = {Stream.EMERGENCY_ADULT: 1.0 - children, Stream.EMERGENCY_PAEDIATRIC: children}
    return {stream: hourly * share for stream, share in shares.items() if share}


def _department(site: Establishment, stream: Stream, hourly: float, day: OrdinaryDay) -> BedWard:
    week, admitted, swing = day.weeks[stream], day.hospitalised, day.swing(site.finess, stream)
    load = hourly * (
        (1.0 - admitted) * load_of_week(week, day.stays[Stream.EMERGENCY_ADULT])
        + admitted * load_of_week(week, day.stays[ADMITTED])
    )
    busiest = float(load.max()) * swing.most
    return BedWard(
        territory=site.territory,
        stream=stream,
        finess=site.finess,
        department=site.department,
        places=ceil(busiest + day.p.emergency.emergency_staffing.value * sqrt(busiest)),
        hourly=hourly,
        present=load[day.first_hour] * swing.mean,
    )
