"""Emergency departments: boxes with which patients wait and stay as published, and those whom they pass on to beds.

Published is the whole passage, from coming to leaving. It is the longer the larger the site, and a part of it is spent
waiting for care to begin. A department has the fewest boxes with which the wait is no longer than that part; what is
left of the passage is the time in the box. Boxes are whole: in a small department one more is slack, and hardly
anybody waits; in a large one there is none to spare in the evening.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt
from statistics import NormalDist

import numpy as np

from simulation.care.capacity.length_of_stay import ADMITTED
from simulation.care.capacity.staffing.expected_wait import HOURS_A_DAY, follow_day, room_for
from simulation.care.capacity.staffing.ordinary_day import HOURS_A_YEAR, OrdinaryDay
from simulation.care.capacity.staffing.ward import BedWard, Inflow, Visits
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import Stream
from topologies.region import Establishment, Region

LEAST_IN_BOX = 0.25
"""The part of a passage that is spent in the box, at least."""
ROUNDS = 3
MOST_KEPT = 4096
"""Departments that are remembered: those of a region are alike in all its campaigns."""


def emergency_wards(
    site: Establishment, day: OrdinaryDay, *, kept: float, unplanned: float
) -> Iterator[BedWard]:
    """The emergency departments of a site that keeps so much of what is passed on to its beds.

    Of the stays in these beds so many are unplanned.
    """
    bed_wait_h = kept * _bed_wait_h(site, day.p, unplanned)
    for stream, hourly in visits_of(site, day.p).items():
        yield _department(site, stream, hourly, bed_wait_h, day)


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


def longer_than_most(site: Establishment, p: Parameters) -> float:
    """The passage at a site over that of all France: longer where more come."""
    daily = (site.ed_visits_per_year or 0) / HOURS_A_YEAR * HOURS_A_DAY
    emergency = p.emergency
    return float((daily / emergency.emergency_usual_visits.value) ** emergency.emergency_stay_by_size.value)


def _department(
    site: Establishment, stream: Stream, hourly: float, bed_wait_h: float, day: OrdinaryDay
) -> BedWard:
    """A department to which so many come per hour, and whose patients then wait so long for a bed of the site."""
    longer, admitted, p = longer_than_most(site, day.p), day.hospitalised, day.p.emergency
    swing = day.swing(site.finess, stream)
    home_h, ward_h = (longer * day.stays[kind].mean_h for kind in (Stream.EMERGENCY_ADULT, ADMITTED))
    needed = _Needed(
        hourly=hourly * swing.most,
        passage_h=(1.0 - admitted) * home_h + admitted * ward_h,
        wait_share=p.emergency_wait_share.value,
        gives_up_hourly=_gives_up_hourly(day.p),
        by_hour=day.by_hour,
        weekdays=day.weekdays,
    )
    found = _staffed(needed)
    return BedWard(
        territory=site.territory,
        stream=stream,
        finess=site.finess,
        department=site.department,
        places=found.boxes,
        hourly=hourly,
        present=found.in_care[day.first_hour % HOURS_A_DAY] * swing.mean / swing.most,
        longer=(
            longer * max(LEAST_IN_BOX, 1.0 - found.wait_h / home_h),
            longer * max(LEAST_IN_BOX, 1.0 - (found.wait_h + bed_wait_h) / ward_h),
        ),
    )


def _bed_wait_h(site: Establishment, p: Parameters, unplanned: float) -> float:
    """Of the passage of those hospitalised at a site, the wait for a bed: longer where beds are few.

    It is shorter where many stays are planned, since emergencies pass these in the queue for a bed; and where no other
    site asks for one.
    """
    alone = p.emergency.emergency_bed_wait_alone.value if site.sees_beyond_its_beds else 1.0
    beds = max(1, (site.beds_mco or 0) + (site.beds_uhcd or 0))
    few = sqrt(p.beds.medicine_pool_beds.value / beds)
    return float(p.emergency.emergency_bed_wait_h.value * few * unplanned * alone)


def _gives_up_hourly(p: Parameters) -> float:
    """The share of those who wait who give up in the first hour."""
    patience = p.emergency.emergency_patience_h
    if not patience.log_sd:
        return 0.0
    return NormalDist().cdf(-log(patience.value) / patience.log_sd)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Needed:
    """Who comes to a department, and how long they are there."""

    hourly: float
    passage_h: float
    """The mean, from coming to leaving."""
    wait_share: float
    """The part of it before care begins, at most."""
    gives_up_hourly: float
    by_hour: tuple[float, ...]
    """Arrivals by the hour of the day over their mean."""
    weekdays: tuple[tuple[float, float], ...]
    """Days with the same arrivals: these over the mean, and how many such days a week has."""


@dataclass(frozen=True, slots=True)
class _Staffed:
    """Boxes, the mean wait for one, and how many are taken by the hour of the day."""

    boxes: int
    wait_h: float
    in_care: tuple[float, ...]


@lru_cache(MOST_KEPT)
def _staffed(needed: _Needed) -> _Staffed:
    """The fewest boxes with which nobody waits longer than is known, on average."""
    most_h = needed.wait_share * needed.passage_h
    boxes = max(1, round(needed.hourly * (needed.passage_h - most_h)))
    while _after_wait(needed, boxes, most_h).wait_h > most_h:
        boxes += 1
    while boxes > 1 and _after_wait(needed, boxes - 1, most_h).wait_h <= most_h:
        boxes -= 1
    # The shorter the wait, the longer the time in the box: what is assumed and what follows from it meet.
    low_h, high_h = 0.0, most_h
    for _ in range(ROUNDS):
        middle_h = (low_h + high_h) / 2.0
        if _after_wait(needed, boxes, middle_h).wait_h > middle_h:
            low_h = middle_h
        else:
            high_h = middle_h
    return _after_wait(needed, boxes, (low_h + high_h) / 2.0)


def _after_wait(needed: _Needed, boxes: int, wait_h: float) -> _Staffed:
    """What follows with so many boxes where so much of the passage is no time in the box."""
    leaves_hourly = 1.0 / (needed.passage_h - wait_h)
    waited_h, chain, by_hour = 0.0, room_for(boxes), np.array(needed.by_hour)
    in_care, mean_in_care = np.zeros(HOURS_A_DAY), np.zeros(HOURS_A_DAY)
    for arrivals, days in needed.weekdays:
        hourly = needed.hourly * arrivals * by_hour
        waited_h += days * follow_day(hourly, boxes, leaves_hourly, needed.gives_up_hourly, chain, in_care)
        mean_in_care += days * in_care
    days = sum(days for _, days in needed.weekdays)
    return _Staffed(
        boxes, waited_h / days / (HOURS_A_DAY * needed.hourly), tuple((mean_in_care / days).tolist())
    )
