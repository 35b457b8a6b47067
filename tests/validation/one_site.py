"""One site of care as queueing theory knows it: a few wards, stays without memory, no day or night."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

import simulation
from simulation.care.capacity.length_of_stay import ADMITTED, QUANTILES, Stays
from simulation.care.capacity.season_table import season_table_of
from simulation.care.capacity.tabulation import arrival_hours
from simulation.care.capacity.ward_table import NO_WARD, WardNumber, WardTable
from simulation.care.capacity.wards import Wards
from simulation.care.demand.followed import Followed
from simulation.care.demand.seasons import Spells
from simulation.care.flow.codes import CONDITIONS
from simulation.care.homes.guests import NOBODY
from simulation.care.homes.home_rows import home_table_of
from simulation.care.homes.homes import homes_of
from simulation.care.homes.session_homes import session_homes_of
from simulation.inputs.parameters.parameters import Parameters, load_parameters
from simulation.inputs.streams import EMERGENCY, NUMBER, STREAMS, Stream
from tests.regions import FIRST, small_region
from topologies.building.assumptions import assumptions

REPLICATIONS = 12
PARAMETERS = load_parameters()
ENDLESS_H = 1e9
DRAW = st.integers(0, 2**32 - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One ward of a site, as theory knows it."""

    stream: Stream
    places: float
    hourly: float
    present: float = 0.0
    to_medicine: float = 0.0
    """The share of its patients who then ask for a bed of medicine."""


def a_site(
    queues: Sequence[Queue], hours: int, stays: Mapping[str, Stays], *, patience_h: float | None = None
) -> Wards:
    """A single site in a world without days or nights: nobody is sent on; emergency patients have this patience."""
    count, always = len(queues), np.ones((len(STREAMS), hours))
    number_of = {queue.stream: WardNumber(number) for number, queue in enumerate(queues)}
    no_ward = np.full(count, -1, dtype=np.int64)
    patience = np.full(QUANTILES + 1, ENDLESS_H)
    if patience_h is not None:
        patience = patience_h * 2.0 * np.arange(QUANTILES + 1) / QUANTILES
    places = np.array([queue.places for queue in queues], np.float64)  # as a region: compiled once for both
    hourly = np.array([queue.hourly for queue in queues])
    routes = np.array([queue.to_medicine for queue in queues])
    is_emergency = np.array([queue.stream in EMERGENCY for queue in queues])
    empty, month = replace(small_region(), establishments={}), simulation.load_scenario("ordinary-month")
    nowhere = homes_of(empty, [], month, assumptions(), PARAMETERS)
    one_spell = Spells(begins=np.array([0, hours]), presence=np.ones((1, 0)))
    return Wards(
        finess=(FIRST,) * count,
        stream=tuple(queue.stream for queue in queues),
        of_site={FIRST: number_of},
        groups=(),
        group_starts=np.zeros(1, np.intp),
        visits={},
        casualties=(),
        homes=nowhere,
        sessions=session_homes_of(nowhere, count),
        followed=Followed.every(hours),
        stays=stays,
        table=WardTable(
            stream=np.array([NUMBER[queue.stream] for queue in queues], dtype=np.int64),
            kind=np.array([queue.stream.kind for queue in queues], dtype=np.int8),
            places=places,
            in_use=np.ones(count),
            hourly=hourly,
            present=np.array([queue.present for queue in queues]),
            planned_part=np.ones(count),
            unplanned_part=np.ones(count),
            arrival_profile=always,
            arrival_hour=arrival_hours(always),
            season=season_table_of(one_spell, np.ones((1, count)), always),
            opening_profile=always,
            stays=np.stack([one.of_new for one in stays.values()]).astype(np.float32),
            remaining=np.stack([one.of_present for one in stays.values()]).astype(np.float32),
            leaving_h=np.arange(hours + 1.0),
            stay_class=_stay_classes([queue.stream for queue in queues], list(stays)),
            longer=np.ones((count, 2)),
            emergency_patience=patience.astype(np.float32),
            routes=np.broadcast_to(routes[:, None, None], (count, 2, 4)).copy(),
            next_ward=np.tile(np.array([number_of.get(Stream.MEDICINE, -1), -1, -1]), (count, 1)),
            neighbour_first=np.zeros(count + 1, dtype=np.int64),
            neighbour_ward=no_ward[:0],
            neighbour_h=np.empty(0),
            slowdown=np.ones((1, hours)),
            slowdown_row=np.zeros(count, dtype=np.int64),
            queue_tolerated=np.full(count, 1.0),
            queue_to_reopen=np.full(count, 0.5),
            patience_h=np.full(count, hours + 1.0),
            transfer_after_h=np.full(len(STREAMS), -1.0),
            emergency_number=np.where(is_emergency, np.cumsum(is_emergency) - 1, NO_WARD),
            samu=no_ward,
            imaging=no_ward,
            exam_number=no_ward,
            urgent_exams=np.zeros(hours),
            laboratory=no_ward,
            homes=home_table_of(
                nowhere,
                NOBODY,
                NOBODY,
                points=np.zeros((count, 3)),
                takes_others=np.ones(count, np.bool_),
                slowdown_row_of={},
                bound_min=0.0,
            ),
            department=np.zeros(count, dtype=np.int64),
            vehicles=np.ones(1, dtype=np.int64),
            ambulances=np.full(1, 1_000_000),
            answers=np.zeros((hours, 0)),
            ambulance_mission=1,
            handover_most=0,
            ambulance_late_most=1,
            samu_help_share=0.0,
            rings_again_share=0.0,
            tries_next_share=0.0,
            stays_away_share=0.0,
            imaging_share=0.0,
            laboratory_share=0.0,
            laboratory_lengthens=1.0,
            exam_wait_most_h=0.0,
            result_h=0.0,
            asked_least=1.0,
            asked_pace=1.0,
            chair_after_h=0.0,
            boarders_in_boxes_share=1.0,
            vehicle_handling_h=0.0,
            cannot_wait_share=1.0,
            planned_margin=1.0,
            samu_delay_min=0.0,
            long_boarding_h=0.0,
        ),
    )


def _stay_classes(streams: Sequence[Stream], classes: Sequence[str]) -> NDArray[np.int64]:
    """See `WardTable.stay_class`."""
    home = [classes.index(one) if one in classes else 0 for one in streams]
    on = [
        classes.index(ADMITTED) if one in EMERGENCY else row for one, row in zip(streams, home, strict=True)
    ]
    return np.array([home, on]).T.copy()


def exponential_stays(mean_h: float) -> Stays:
    """Stays without memory; the last step of the table is as long as what it stands for, on the mean."""
    table = -np.log1p(-np.arange(QUANTILES) / QUANTILES)
    table = np.append(table, table[-1] + 2.0)
    table *= mean_h / ((table[1:] + table[:-1]) / 2).mean()
    return Stays(of_new=table, of_present=table, mean_h=mean_h)


def with_time_critical(share: float) -> Parameters:
    """So many emergency patients have a condition whose minutes count."""
    update = {
        f"{name}_share": PARAMETERS.quantities[f"{name}_share"].model_copy(update={"value": value})
        for name, value in zip(CONDITIONS, [share] + [0.0] * (len(CONDITIONS) - 1), strict=True)
    }
    return PARAMETERS.changed(update)
