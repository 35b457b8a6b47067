"""Tabulation: the staffed wards of a region become rows of the ward table."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.length_of_stay import ADMITTED, QUANTILES, Stays, log_normal_stays
from simulation.care.capacity.network import OfSite, neighbours_of, samu_sites
from simulation.care.capacity.season_table import season_table_of
from simulation.care.capacity.staffing.discharge import leaving_hours
from simulation.care.capacity.staffing.receiving import take_others
from simulation.care.capacity.staffing.ward import NOWHERE, BedWard, Ward
from simulation.care.capacity.swings import Factors
from simulation.care.capacity.ward_table import (
    ELSEWHERE,
    NO_WARD,
    PARTS_AN_HOUR,
    After,
    NextWard,
    Urgency,
    WardTable,
)
from simulation.care.demand.calendar import arrival_profile, opening_profile, urgent_exams
from simulation.care.demand.crowds import Crowd
from simulation.care.homes.communes import points_of
from simulation.care.homes.guests import Origins
from simulation.care.homes.home_rows import home_table_of
from simulation.care.homes.homes import Homes
from simulation.engine.array_types import Floats, Numbers
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import EMERGENCY, NUMBER, STREAMS, Stream
from topologies.fields.quantity import Quantity
from topologies.region import Region

NEXT_STREAMS = {
    NextWard.MEDICINE: Stream.MEDICINE,
    NextWard.CRITICAL_CARE: Stream.CRITICAL_CARE,
    NextWard.SURGERY_URGENT: Stream.SURGERY_URGENT,
}
NOBODY_MOVED_H = -1.0
AS_LONG = (1.0, 1.0)
"""Stays over those of their class, by `After`."""
NEVER_ON_LEAVE = (Stream.CRITICAL_CARE, Stream.MATERNITY, Stream.SAMU)
"""Streams that are staffed whatever the season."""
MOST_HOURS_A_TABLE = 2048
"""Of a longer horizon, hours at which patients come are tabulated in more steps: nights would fade into days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Where, when, and with which crowd."""

    region: Region
    scenario: Scenario
    parameters: Parameters
    crowd: Crowd
    homes: Homes
    factors: Factors
    """What the season makes of some wards."""
    guests: Origins
    """Where the event's patients come from."""
    hurt: Origins
    """Where those hurt at once come from."""


def table_of(
    at: Circumstances, wards: Sequence[Ward], of_site: OfSite, stays: Mapping[str, Stays]
) -> WardTable:
    """The wards, in their order."""
    p, scenario = at.parameters, at.scenario
    profiles = np.stack([arrival_profile(one, scenario, p) for one in STREAMS])
    is_emergency = np.array([ward.stream in EMERGENCY for ward in wards], dtype=np.bool_)
    makes_exams = np.isin([ward.stream for ward in wards], (Stream.IMAGING, Stream.LABORATORY))
    tolerated = np.where(is_emergency, p.emergency.emergency_tolerance.value, 0.0)
    departments = sorted({ward.department for ward in wards})
    patience = p.emergency.emergency_patience_h
    slowdown, slowdown_row_of = _slowdown(at.crowd)
    samu, imaging, laboratory = _helpers(at.region, wards, of_site)
    first, neighbour, journey_h = neighbours_of(at.region, wards, of_site, p, samu)
    opening = _opening(at)
    return WardTable(
        stream=_numbers(NUMBER[ward.stream] for ward in wards),
        kind=np.array([ward.stream.kind for ward in wards], dtype=np.int8),
        places=np.array([float(ward.places) for ward in wards]),
        in_use=np.array([ward.in_use if isinstance(ward, BedWard) else 1.0 for ward in wards]),
        hourly=np.array([ward.hourly for ward in wards]),
        present=np.array([ward.present if isinstance(ward, BedWard) else 0.0 for ward in wards]),
        planned_part=np.array([ward.direct_part if isinstance(ward, BedWard) else 1.0 for ward in wards]),
        unplanned_part=np.array([one.unplanned_part if isinstance(one, BedWard) else 1.0 for one in wards]),
        arrival_profile=profiles,
        arrival_hour=arrival_hours(profiles),
        season=season_table_of(at.homes.spells, _factor(at, of_site, len(wards)), profiles),
        opening_profile=opening,
        stays=np.stack([one.of_new for one in stays.values()]).astype(np.float32),
        remaining=np.stack([one.of_present for one in stays.values()]).astype(np.float32),
        leaving_h=leaving_hours(scenario, p),
        longer=np.array([ward.longer if isinstance(ward, BedWard) else AS_LONG for ward in wards]).reshape(
            -1, len(After)
        ),
        stay_class=_stay_classes(wards, list(stays)),
        emergency_patience=log_normal_stays(patience.value, patience.log_sd or 0.0).of_new.astype(np.float32),
        routes=np.cumsum(
            np.array([_routes(ward) for ward in wards]).reshape(-1, len(Urgency), ELSEWHERE + 1), axis=2
        ),
        next_ward=_numbers(
            [of_site[ward.finess].get(NEXT_STREAMS[goal], NO_WARD) for goal in NextWard] for ward in wards
        ).reshape(-1, len(NextWard)),
        neighbour_first=first,
        neighbour_ward=neighbour,
        neighbour_h=journey_h,
        slowdown=slowdown,
        slowdown_row=_numbers(slowdown_row_of.get(ward.finess, 0) for ward in wards),
        queue_tolerated=tolerated,
        queue_to_reopen=tolerated * p.emergency.emergency_reopens_share.value,
        patience_h=np.array([_patience_h(ward.stream, scenario, p) for ward in wards]),
        transfer_after_h=np.array([_transfer_after_h(one, p) for one in STREAMS]),
        emergency_number=np.where(is_emergency, np.cumsum(is_emergency) - 1, NO_WARD),
        samu=samu,
        imaging=imaging,
        exam_number=np.where(makes_exams, np.cumsum(makes_exams) - 1, NO_WARD),
        urgent_exams=urgent_exams(scenario, p),
        laboratory=laboratory,
        homes=home_table_of(
            at.homes,
            at.guests,
            at.hurt,
            points=_points(at.region, wards, is_emergency),
            takes_others=take_others(at.region, [ward.finess for ward in wards]),
            slowdown_row_of=slowdown_row_of,
            bound_min=p.emergency.emergency_bound_min.value,
        ),
        department=_numbers(bisect_left(departments, ward.department) for ward in wards),
        vehicles=_vehicles(wards, departments, p),
        ambulances=_ambulances(wards, departments, profiles, p),
        answers=np.outer(
            opening[NUMBER[Stream.SAMU]], [ward.places for ward in wards if ward.stream is Stream.SAMU]
        ).reshape(opening.shape[1], -1),
        imaging_share=p.emergency.imaging_in_emergency_share.value,
        laboratory_share=p.emergency.laboratory_in_emergency_share.value,
        laboratory_lengthens=p.emergency.lab_delay_lengthens.value,
        exam_wait_most_h=p.emergency.exam_delay_most_h.value,
        result_h=p.emergency.emergency_result_h.value,
        asked_least=p.sessions.laboratory_asked_least.value,
        asked_pace=1.0 / p.sessions.laboratory_asked_h.value,
        chair_after_h=p.emergency.chair_after_h.value,
        boarders_in_boxes_share=p.emergency.boarders_in_boxes_share.value,
        vehicle_handling_h=p.beds.vehicle_handling_h.value,
        cannot_wait_share=p.beds.medicine_cannot_wait_share.value,
        planned_margin=p.surgery.surgery_margin.value,
        ambulance_mission=max(1, _parts(p.samu.ambulance_mission_h)),
        handover_most=_parts(p.samu.ambulance_handover_most_h),
        ambulance_late_most=max(1, _parts(p.samu.ambulance_late_most_h)),
        samu_help_share=p.samu.samu_help_share.value,
        rings_again_share=p.samu.samu_rings_again_share.value,
        tries_next_share=p.doors.tries_next_share.value,
        stays_away_share=p.doors.stays_away_share.value,
        samu_delay_min=p.samu.samu_delay_min.value,
        long_boarding_h=p.emergency.long_boarding_h.value,
    )


def _numbers(values: Iterable[Any]) -> Numbers:
    return np.array(list(values), dtype=np.int64)


def arrival_hours(profiles: Floats) -> Floats:
    """See `WardTable.arrival_hour`; where nobody comes, any hour. A step is half an hour on average, or less."""
    finer = QUANTILES * (1 + profiles.shape[1] // MOST_HOURS_A_TABLE)
    steps = np.arange(finer + 1) / finer
    hours = np.arange(profiles.shape[1] + 1, dtype=np.float64)
    tables = []
    for profile in profiles:
        cumulated = np.concatenate(([0.0], np.cumsum(profile)))
        if cumulated[-1] == 0.0:
            tables.append(steps * hours[-1])
            continue
        tables.append(np.interp(steps, cumulated / cumulated[-1], hours))
    return np.stack(tables)


def _factor(at: Circumstances, of_site: OfSite, wards: int) -> Floats:
    """See `SeasonTable.factor`."""
    factor = np.ones((len(at.homes.spells.presence), wards))
    for (finess, stream), of_ward in at.factors.items():
        factor[:, of_site[finess][stream]] = of_ward
    return factor


def _opening(at: Circumstances) -> Floats:
    """See `WardTable.opening_profile`: by the hour, less when staff are on leave, more when reinforced."""
    return np.stack(
        [
            opening_profile(one, at.scenario, at.parameters)
            * (1.0 if one in NEVER_ON_LEAVE else at.crowd.staff_share)
            * at.crowd.reinforced.get(one, 1.0)
            for one in STREAMS
        ]
    )


def _stay_classes(wards: Sequence[Ward], classes: Sequence[str]) -> Numbers:
    """See `WardTable.stay_class`; sessions have no stays, and the first row in their place."""

    def rows(stream: Stream) -> tuple[int, int]:
        if stream not in classes:
            return 0, 0
        return classes.index(stream), classes.index(ADMITTED if stream in EMERGENCY else stream)

    return _numbers(rows(ward.stream) for ward in wards).reshape(-1, 2)


def _points(region: Region, wards: Sequence[Ward], is_emergency: NDArray[np.bool_]) -> Floats:
    """Where the emergency departments lie, of shape (wards, 3); nobody asks where the other wards do."""
    points = np.zeros((len(wards), 3))
    departments = np.flatnonzero(is_emergency).tolist()
    points[departments] = points_of([region.establishments[wards[number].finess] for number in departments])
    return points


def _routes(ward: Ward) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return (ward.ordinary, ward.time_critical) if isinstance(ward, BedWard) else (NOWHERE, NOWHERE)


def _slowdown(crowd: Crowd) -> tuple[Floats, dict[str, int]]:
    """See `WardTable.slowdown`, and the row of each site and commune; of those left out, the first."""
    slowed = sorted(crowd.slower)
    row_of = {finess: row for row, finess in enumerate(slowed, start=1)}
    rows = np.stack([np.ones(len(crowd.staff_share)), *(crowd.slower[finess] for finess in slowed)])
    return rows, row_of


def _helpers(region: Region, wards: Sequence[Ward], of_site: OfSite) -> tuple[Numbers, Numbers, Numbers]:
    """The SAMU, the imaging and the laboratory of each emergency department."""
    directed = {
        finess: of_site[service][Stream.SAMU]
        for service, sites in samu_sites(region).items()
        if service in of_site
        for finess in sites
    }

    def of_emergency(found: Callable[[str], int]) -> Numbers:
        return _numbers(found(ward.finess) if ward.stream in EMERGENCY else NO_WARD for ward in wards)

    return (
        of_emergency(lambda finess: directed.get(finess, NO_WARD)),
        of_emergency(lambda finess: of_site[finess].get(Stream.IMAGING, NO_WARD)),
        of_emergency(lambda finess: of_site[finess].get(Stream.LABORATORY, NO_WARD)),
    )


def _vehicles(wards: Sequence[Ward], departments: list[str], p: Parameters) -> Numbers:
    """Vehicles of each department, by its emergency sites; at least one."""
    sites = {(ward.department, ward.finess) for ward in wards if ward.stream in EMERGENCY}
    counts = Counter(department for department, _ in sites)
    share = p.beds.critical_vehicles_a_site.value
    return _numbers(max(1, round(counts[department] * share)) for department in departments)


def _ambulances(wards: Sequence[Ward], departments: list[str], profiles: Floats, p: Parameters) -> Numbers:
    """Ambulances of each department, for the busiest hour of its emergency sites and a margin; at least one."""
    urgent = sum(share.value for share in p.conditions.shares.values())
    by_ambulance = urgent + (1.0 - urgent) * p.emergency.ambulance_share.value
    load = dict.fromkeys(departments, 0.0)
    for ward in wards:
        if ward.stream in EMERGENCY:
            busiest = ward.hourly * float(profiles[NUMBER[ward.stream]].max())
            load[ward.department] += busiest * by_ambulance * p.samu.ambulance_mission_h.value
    margin = p.samu.ambulance_staffing.value
    return _numbers(max(1, ceil(one + margin * sqrt(one))) for one in load.values())


def _parts(length: Quantity) -> int:
    return round(length.value * PARTS_AN_HOUR)


def _patience_h(stream: Stream, scenario: Scenario, p: Parameters) -> float:
    """Wait after which a critically ill patient, or one with a session, is lost; of the others, none."""
    named = {
        Stream.CRITICAL_CARE: p.beds.critical_care_patience_h,
        Stream.IMAGING: p.sessions.imaging_patience_h,
        Stream.LABORATORY: p.sessions.laboratory_patience_h,
        Stream.DIALYSIS: p.sessions.dialysis_patience_h,
    }
    return named[stream].value if stream in named else scenario.horizon_h + 1.0


def _transfer_after_h(stream: Stream, p: Parameters) -> float:
    """Wait after which a patient is transferred to another site's ward of the stream."""
    if stream in {*EMERGENCY, Stream.CRITICAL_CARE, Stream.MATERNITY}:
        return 0.0
    if stream in {Stream.MEDICINE, Stream.SURGERY_URGENT}:
        return p.emergency.boarding_before_transfer_h.value
    return NOBODY_MOVED_H
