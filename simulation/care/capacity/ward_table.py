"""How does the compiled loop read the wards of a region?"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.length_of_stay import Stays, log_normal_stays
from simulation.care.capacity.staffing import ADMITTED, Ward, journeys_of, samu_sites
from simulation.care.demand.calendar import arrivals_of, hours_of_week, opening_of_week
from simulation.care.demand.crowds import Crowd
from simulation.care.flow.arrays import Book
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import EMERGENCY, NUMBER, STREAMS, Stream
from topologies.region import Region

GOALS = (Stream.MEDICINE, Stream.CRITICAL_CARE, Stream.SURGERY_URGENT)
"""Where a stay can lead, in the order of the routes."""
NOBODY_MOVED_H = -1.0
NEVER_ON_LEAVE = (Stream.CRITICAL_CARE, Stream.MATERNITY, Stream.SAMU)
"""Streams that are staffed whatever the season."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where, when, and with whom beside the usual patients."""

    region: Region
    scenario: Scenario
    parameters: Parameters
    crowd: Crowd


def book_of(
    setting: Setting,
    wards: list[Ward],
    of_site: dict[str, dict[Stream, int]],
    stays: tuple[Stays, ...],
) -> Book:
    """The wards as the compiled loop reads them."""
    region, scenario, p, crowd = setting.region, setting.scenario, setting.parameters, setting.crowd
    hours = hours_of_week(scenario)
    first, ward_of, journey_h = _onward(region, wards, of_site, p)
    stream = np.array([NUMBER[ward.stream] for ward in wards], dtype=np.int64)
    departments = sorted({ward.department for ward in wards})
    patience = log_normal_stays(
        p.emergency.emergency_patience_h.value, p.emergency.emergency_patience_h.log_sd or 0.0
    )
    slow, slow_row = _slow(wards, crowd, scenario.horizon_h)
    stay_class = np.array(
        [
            [NUMBER[ward.stream], ADMITTED if ward.stream in EMERGENCY else NUMBER[ward.stream]]
            for ward in wards
        ],
        dtype=np.int64,
    ).reshape(-1, 2)
    samu, imaging, laboratory = _helpers(region, wards, of_site)
    return Book(
        stream=stream,
        places=np.array([float(ward.places) for ward in wards]),
        hourly=np.array([ward.hourly for ward in wards]),
        arrivals=np.stack([arrivals_of(one, scenario, p) for one in STREAMS]),
        opening=np.stack(
            [
                opening_of_week(one, p)[hours] * (1.0 if one in NEVER_ON_LEAVE else crowd.staff_share)
                for one in STREAMS
            ]
        ),
        slow=slow,
        slow_row=slow_row,
        stays=np.stack([one.of_new for one in stays]),
        patience=patience.of_new,
        stay_class=stay_class,
        routes=np.cumsum(np.array([ward.routes for ward in wards]).reshape(-1, 2, 4), axis=2),
        next_ward=np.array(
            [[of_site[ward.finess].get(goal, -1) for goal in GOALS] for ward in wards], dtype=np.int64
        ).reshape(-1, 3),
        onward_first=first,
        onward_ward=ward_of,
        onward_h=journey_h,
        tolerated=np.array(
            [p.emergency.emergency_tolerance.value if ward.stream in EMERGENCY else 0.0 for ward in wards]
        ),
        patience_h=np.array([_patience_h(ward.stream, scenario, p) for ward in wards]),
        transfer_after_h=np.array([_moved_after_h(one, p) for one in STREAMS]),
        samu=samu,
        imaging=imaging,
        laboratory=laboratory,
        department=np.array([departments.index(ward.department) for ward in wards], dtype=np.int64),
        vehicles=_vehicles(wards, departments, p),
        imaging_share=p.emergency.imaging_in_emergency_share.value,
        laboratory_share=p.emergency.laboratory_in_emergency_share.value,
        laboratory_lengthens=p.emergency.lab_delay_lengthens.value,
        exam_most_h=p.emergency.exam_delay_most_h.value,
        handling_h=p.beds.vehicle_handling_h.value,
        samu_delay_min=p.samu.samu_delay_min.value,
        boarding_h=p.emergency.long_boarding_h.value,
    )


def _slow(wards: list[Ward], crowd: Crowd, horizon_h: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Journeys over those of ordinary days, by the hour, the first row all ones; and the row of each ward."""
    slowed = sorted(crowd.slower)
    row_of = {finess: row for row, finess in enumerate(slowed, start=1)}
    rows = np.stack([np.ones(horizon_h), *(crowd.slower[finess] for finess in slowed)])
    return rows, np.array([row_of.get(ward.finess, 0) for ward in wards], dtype=np.int64)


def _helpers(
    region: Region, wards: list[Ward], of_site: dict[str, dict[Stream, int]]
) -> tuple[NDArray[np.int64], ...]:
    """Whom each emergency ward relies on: its SAMU, its imaging, its laboratory; -1 where there is none."""
    directed = {
        finess: of_site[service][Stream.SAMU]
        for service, sites in samu_sites(region).items()
        if service in of_site
        for finess in sites
    }

    def of_emergency(found: Callable[[str], int]) -> NDArray[np.int64]:
        return np.array(
            [found(ward.finess) if ward.stream in EMERGENCY else -1 for ward in wards], dtype=np.int64
        )

    return (
        of_emergency(lambda finess: directed.get(finess, -1)),
        of_emergency(lambda finess: of_site[finess].get(Stream.IMAGING, -1)),
        of_emergency(lambda finess: of_site[finess].get(Stream.LABORATORY, -1)),
    )


def _vehicles(wards: list[Ward], departments: list[str], p: Parameters) -> NDArray[np.int64]:
    """Vehicles of each department, by its emergency sites; at least one."""
    sites = {(ward.department, ward.finess) for ward in wards if ward.stream in EMERGENCY}
    counts = [sum(of == department for of, _ in sites) for department in departments]
    return np.array(
        [max(1, round(count * p.beds.critical_vehicles_a_site.value)) for count in counts], np.int64
    )


def _patience_h(stream: Stream, scenario: Scenario, p: Parameters) -> float:
    """Wait after which a critically ill patient, or one of a session, is lost; of the others, none."""
    named = {
        Stream.CRITICAL_CARE: p.beds.critical_care_patience_h,
        Stream.SAMU: p.samu.samu_patience_h,
        Stream.IMAGING: p.sessions.imaging_patience_h,
        Stream.LABORATORY: p.sessions.laboratory_patience_h,
        Stream.DIALYSIS: p.sessions.dialysis_patience_h,
    }
    return named[stream].value if stream in named else scenario.horizon_h + 1.0


def _moved_after_h(stream: Stream, p: Parameters) -> float:
    """Wait after which a patient is moved to another site's ward of his stream."""
    if stream in {*EMERGENCY, Stream.CRITICAL_CARE, Stream.MATERNITY}:
        return 0.0
    return (
        p.emergency.boarding_before_transfer_h.value
        if stream in {Stream.MEDICINE, Stream.SURGERY_URGENT}
        else NOBODY_MOVED_H
    )


def _onward(
    region: Region, wards: list[Ward], of_site: dict[str, dict[Stream, int]], p: Parameters
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Where each ward can send a patient: the wards of its stream within the stream's bound, nearest first."""
    bound_min = {
        **dict.fromkeys(EMERGENCY, p.emergency.emergency_bound_min.value),
        Stream.CRITICAL_CARE: p.beds.critical_care_bound_min.value,
        Stream.MATERNITY: p.beds.maternity_bound_min.value,
        Stream.MEDICINE: p.beds.medicine_bound_min.value,
        Stream.SURGERY_URGENT: p.beds.medicine_bound_min.value,
    }
    journeys = journeys_of(region)
    first, targets, hours = [0], [], []
    for ward in wards:
        for minutes, finess in journeys.get(ward.finess, ()):
            if minutes <= bound_min.get(ward.stream, 0.0) and ward.stream in of_site.get(finess, {}):
                targets.append(of_site[finess][ward.stream])
                hours.append(minutes / 60.0)
        first.append(len(targets))
    return (
        np.array(first, dtype=np.int64),
        np.array(targets, dtype=np.int64),
        np.array(hours, dtype=np.float64),
    )
