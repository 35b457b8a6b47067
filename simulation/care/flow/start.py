"""The start: the state before the first hour, when those present have their places and the others are expected."""

from typing import cast

import numpy as np

from simulation.care.capacity.wards import Wards
from simulation.care.flow.arrivals import Arrivals
from simulation.care.flow.codes import NOBODY, Exam, Where
from simulation.care.flow.compiled.calendar import NO_EVENT, buckets_an_hour
from simulation.care.flow.compiled.loop import settle_in
from simulation.care.flow.compiled.moving.ambulances import AHEAD
from simulation.care.flow.compiled.queue import Rank
from simulation.care.flow.state import (
    CLOCK,
    PLANNED_STAYS,
    SELDOM,
    WARD,
    Clock,
    State,
    expected_type,
    patient_type,
)
from simulation.engine.buffers import Buffers, in_lines
from simulation.engine.random_streams import Luck
from simulation.inputs.streams import Stream

MOST_TO_FILL = 64
"""Wards whose places wait to be taken at once: a patient boards in one ward at a time, and a site has fewer."""


def state_at_start(wards: Wards, buffers: Buffers, arrivals: Arrivals, luck: Luck) -> State:
    """Where everyone is before the first hour."""
    state = _seated(buffers, _empty(wards, buffers, arrivals, luck), len(arrivals.leaves_h))
    settle_in(wards.table, state, arrivals)
    return state


def more_seats(buffers: Buffers, state: State, lacking: int) -> State:
    """The same state with so many more seats, and some to spare."""
    seats = len(state.free)
    wider = _seated(buffers, state, seats + lacking + seats // 8)
    there, added = int(state.clock.free_seats), len(wider.free) - seats
    wider.free[there : there + added] = np.arange(seats, len(wider.free))
    wider.patients["where"][seats:] = Where.GONE
    wider.clock.free_seats += added
    return wider


def _empty(wards: Wards, buffers: Buffers, arrivals: Arrivals, luck: Luck) -> State:
    """Wards without patients, and no seats yet."""
    count = len(wards.finess)
    vehicles = wards.table.vehicles
    clock = cast(Clock, np.zeros(1, CLOCK).view(np.recarray)[0])
    basins = wards.basins
    an_hour = np.array([buckets_an_hour(size) for size in np.diff(basins.first).tolist()], dtype=np.int64)
    of_ward = in_lines(count, WARD)
    of_ward["capacity_share"] = of_ward["stay_factor"] = 1.0
    stays = np.zeros(count, PLANNED_STAYS)
    stays["share"] = 1.0
    planned = luck.stream("planned").random(count)
    makes_exams = wards.of(Stream.IMAGING, Stream.LABORATORY)
    exams = int(makes_exams.sum())
    return State(
        clock=clock,
        basins=basins,
        buckets_an_hour=an_hour,
        first_of_hour=np.full((len(an_hour), wards.hours), NO_EVENT, np.int32),
        first_event=np.full(an_hour.max(initial=0), NO_EVENT, np.int32),
        after_move=np.empty(0, np.int32),
        now=np.empty(0, np.uint32),
        now_h=np.empty(0),
        found=np.empty(0, np.uint32),
        found_h=np.empty(0),
        patients=np.empty(0, patient_type(count)),
        seldom=np.empty(0, SELDOM),
        free=np.empty(0, np.uint32),
        expected=buffers.kept("expected", len(arrivals.ward), expected_type(count))[: len(arrivals.ward)],
        home=arrivals.home,
        come_by=np.zeros((len(an_hour), wards.hours + 1), np.int64),
        queue_first=np.full((count, len(Rank)), NOBODY, np.int32),
        queue_last=np.full((count, len(Rank)), NOBODY, np.int32),
        of_ward=of_ward,
        planned=stays,
        exam_h=np.zeros((count, len(Exam))),
        session_credit=np.zeros(count),
        session_planned=planned,
        within_patience=np.zeros(count, np.int64),
        asked=np.ones(exams),
        urgent_planned=planned[makes_exams],
        urgent_waiting=np.zeros(exams, np.int64),
        urgent_within=np.zeros(exams, np.int64),
        in_corridor=np.zeros(count, np.int64),
        boarding=np.zeros(count, np.int64),
        samu_unanswered=np.zeros(count),
        ambulances_out=np.zeros(len(vehicles), np.int64),
        ambulances_seen=np.zeros(len(vehicles), np.int64),
        ambulances_back=np.zeros((len(vehicles), AHEAD), np.int64),
        vehicle_back_h=np.where(np.arange(vehicles.max(initial=1)) < vehicles[:, None], 0.0, np.inf),
        calls=arrivals.calls,
        call_column=(np.cumsum(wards.of(Stream.SAMU)) - 1).astype(np.int64),
        to_fill=np.zeros(MOST_TO_FILL, np.uint32),
    )


def _seated(buffers: Buffers, state: State, seats: int) -> State:
    """The same state with at least so many seats; patients keep theirs."""
    free = buffers.kept("free", seats, np.dtype(np.uint32))
    return state._replace(
        free=free,
        patients=buffers.kept("patients", len(free), state.patients.dtype),
        seldom=buffers.kept("seldom", len(free), SELDOM),
        after_move=buffers.kept("after_move", len(free), np.dtype(np.int32)),
        now=buffers.kept("now", 2 * len(free), np.dtype(np.uint32)),
        now_h=buffers.kept("now_h", 2 * len(free), np.dtype(np.float64)),
        found=buffers.kept("found", 2 * len(free), np.dtype(np.uint32)),
        found_h=buffers.kept("found_h", 2 * len(free), np.dtype(np.float64)),
    )
