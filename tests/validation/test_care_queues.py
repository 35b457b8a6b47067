"""Care against queueing theory: Erlang C, Cobham, and Little's law."""

from dataclasses import dataclass
from functools import cache
from math import ceil

import numpy as np
import pytest
from numpy.typing import NDArray

from simulation.care.capacity.length_of_stay import ADMITTED, stays_of
from simulation.care.flow.arrivals import Arrivals, draw_arrivals
from simulation.care.flow.care import Care
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import BEDSIDE, EMERGENCY, Stream
from tests.validation.care_runs import simulated
from tests.validation.one_site import (
    PARAMETERS,
    REPLICATIONS,
    Queue,
    a_site,
    exponential_stays,
    with_time_critical,
)
from tests.validation.queueing import SERVICE_H, TEAMS, erlang_c_wait_h, standard_error


def emergency_waits(
    load: float, hours: int, parameters: Parameters
) -> list[tuple[Arrivals, NDArray[np.float64]]]:
    """The arrivals and the wait of each patient of an M/M/c emergency department, in independent replications."""
    stays = dict.fromkeys((*BEDSIDE, ADMITTED), exponential_stays(SERVICE_H))
    queue = Queue(stream=Stream.EMERGENCY_ADULT, places=TEAMS, hourly=load * TEAMS / SERVICE_H)
    wards = a_site([queue], hours, stays)
    found = []
    for number in range(REPLICATIONS):
        luck = Luck(round(load * 100), number)
        arrivals = draw_arrivals(wards, parameters, luck)
        care = simulated(wards, parameters, luck)
        found.append((arrivals, care.record.history["taken_h"] - arrivals.came_h))
    return found


@pytest.mark.parametrize(("load", "hours"), [(0.5, 12_000), (0.8, 24_000), (0.95, 48_000)])
def test_an_emergency_department_meets_erlang_c(load: float, hours: int) -> None:
    means = [
        float(waits[(arrivals.came_h >= 2_000.0) & (arrivals.came_h < hours - 500.0)].mean())
        for arrivals, waits in emergency_waits(load, hours, with_time_critical(0.0))
    ]
    assert abs(np.mean(means) - erlang_c_wait_h(load)) < 3 * standard_error(means)
    assert 3 * standard_error(means) < 0.15 * erlang_c_wait_h(load), "too few patients to see a difference"


def test_those_whose_minutes_count_wait_as_cobham_says() -> None:
    """Two classes, of whom nobody is put out (Cobham 1954): the first waits C / (c mu) / (1 - load of the first)."""
    load, share, hours = 0.9, 0.4, 24_000
    first_h = erlang_c_wait_h(load) * (1.0 - load) / (1.0 - load * share)
    theory = (first_h, first_h / (1.0 - load))
    means: tuple[list[float], list[float]] = ([], [])
    for arrivals, waits in emergency_waits(load, hours, with_time_critical(share)):
        counted = (arrivals.came_h >= 2_000.0) & (arrivals.came_h < hours - 500.0)
        means[0].append(float(waits[counted & (arrivals.condition > 0)].mean()))
        means[1].append(float(waits[counted & (arrivals.condition == 0)].mean()))
    for measured_h, known in zip(means, theory, strict=True):
        assert abs(np.mean(measured_h) - known) < 3 * standard_error(measured_h)
        assert 3 * standard_error(measured_h) < 0.15 * known


# ------------------------------------------------------------------------------------------------- Little's law

PLACES = {
    Stream.EMERGENCY_ADULT: 12,
    Stream.EMERGENCY_PAEDIATRIC: 3,
    Stream.CRITICAL_CARE: 8,
    Stream.SURGERY_URGENT: 2,
    Stream.SURGERY_SCHEDULED: 4,
    Stream.MATERNITY: 10,
    Stream.MEDICINE: 20,
}
OCCUPANCY = 0.9
FROM_H, UNTIL_H, END_H = 4_000, 18_000, 24_000
MEASURED = 24
"""Replications: from a dozen, chance leaves three standard errors one time in eighty, and we look thirty times."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one ward of one replication did between two hours, over those hours."""

    in_care: float
    taken_hourly: float
    stay_h: float
    waiting: float
    joined_hourly: float
    wait_h: float
    gave_up: int


def measured(care: Care, arrivals: Arrivals, ward: int) -> Measured:
    """Counts by the hour on one side, each patient's history on the other."""
    record, hours = care.record, UNTIL_H - FROM_H
    mine = (arrivals.ward == ward) & (arrivals.came_h >= 0.0)
    came_h, taken_h, gone_h = (
        arrivals.came_h[mine],
        record.history["taken_h"][mine],
        record.history["left_h"][mine],
    )
    taken = (taken_h >= FROM_H) & (taken_h < UNTIL_H)
    joined = (came_h >= FROM_H) & (came_h < UNTIL_H)
    left_queue_h = np.where(np.isnan(taken_h), gone_h, taken_h)
    return Measured(
        in_care=float(record.in_care[FROM_H:UNTIL_H, ward].mean()),
        taken_hourly=float(taken.sum() / hours),
        stay_h=float((gone_h - taken_h)[taken].mean()),
        waiting=float(record.waiting[FROM_H:UNTIL_H, ward].mean()),
        joined_hourly=float(joined.sum() / hours),
        wait_h=float((left_queue_h - came_h)[joined].mean()),
        gave_up=int(np.isnan(taken_h[joined]).sum()),
    )


@cache
def measured_of_all() -> dict[Stream, list[Measured]]:
    """A site with every queue of care, each as full as its stays make it, in independent replications."""
    stays = stays_of(PARAMETERS)
    queues = [
        Queue(
            stream=stream,
            places=places,
            hourly=OCCUPANCY * places / stays[stream].mean_h,
            present=OCCUPANCY * places,
        )
        for stream, places in PLACES.items()
    ]
    wards = a_site(queues, END_H, stays, patience_h=PARAMETERS.emergency.emergency_patience_h.value)
    found: dict[Stream, list[Measured]] = {stream: [] for stream in PLACES}
    for number in range(MEASURED):
        luck = Luck(7, number)
        arrivals, care = draw_arrivals(wards, PARAMETERS, luck), simulated(wards, PARAMETERS, luck)
        for ward, stream in enumerate(wards.stream):
            found[stream].append(measured(care, arrivals, ward))
    return found


def is_nought(differences: list[float]) -> bool:
    """Within three standard errors, between replications."""
    return abs(float(np.mean(differences))) < 3 * standard_error(differences)


@pytest.mark.parametrize("stream", PLACES)
def test_littles_law_holds_in_every_queue_of_care(stream: Stream) -> None:
    each = measured_of_all()[stream]
    assert is_nought([one.in_care - one.taken_hourly * one.stay_h for one in each])
    assert is_nought([one.waiting - one.joined_hourly * one.wait_h for one in each])
    # Stays are those of the law, and somebody waits, so that there was something to see.
    assert is_nought([one.stay_h - stays_of(PARAMETERS)[stream].mean_h for one in each])
    assert min(one.waiting for one in each) > 0.05
    assert (sum(one.gave_up for one in each) > 0) == (stream in EMERGENCY)


def test_littles_law_holds_of_those_who_wait_for_a_bed_in_the_emergency_department() -> None:
    """A boarder holds a box and waits for a bed, and is one patient: from arrival until they leave medicine."""
    stays, share, beds = stays_of(PARAMETERS), 0.25, 30
    admitted_hourly = 0.93 * beds / stays[Stream.MEDICINE].mean_h
    wards = a_site(
        [
            Queue(
                stream=Stream.EMERGENCY_ADULT,
                places=ceil(admitted_hourly / share * stays[ADMITTED].mean_h) + 4,
                hourly=admitted_hourly / share,
                to_medicine=share,
            ),
            Queue(stream=Stream.MEDICINE, places=beds, hourly=0.0),
        ],
        END_H,
        stays,
    )
    differences, boarding = [], []
    for number in range(REPLICATIONS):
        luck = Luck(8, number)
        arrivals, care = draw_arrivals(wards, PARAMETERS, luck), simulated(wards, PARAMETERS, luck)
        record, window = care.record, slice(FROM_H, UNTIL_H)
        there = (record.waiting[window, 0] + record.in_care[window].sum(axis=1)).mean()
        joined = (arrivals.came_h >= FROM_H) & (arrivals.came_h < UNTIL_H)
        there_h = (record.history["left_h"] - arrivals.came_h)[joined]
        differences.append(float(there - joined.sum() / (UNTIL_H - FROM_H) * there_h.mean()))
        boarding.append(float(record.waiting[window, 1].mean()))
    assert is_nought(differences)
    assert min(boarding) > 0.1
