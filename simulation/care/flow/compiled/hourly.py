"""Hourly: at each whole hour places open and close, sessions are held, and the round of the beds is made."""

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.codes import ROUND_STEP, Exam
from simulation.care.flow.compiled.calendar import home_asked, home_of, hour_of
from simulation.care.flow.compiled.leave import leave_unmet
from simulation.care.flow.compiled.moving.emptying import move_out
from simulation.care.flow.compiled.moving.transfer import transfer
from simulation.care.flow.compiled.planned import MEDICINE, can_call_in
from simulation.care.flow.compiled.queue import (
    RANKS,
    Rank,
    count_diversion,
    count_doors,
    expect_those_who_renege,
    leave_queue,
)
from simulation.care.flow.compiled.sessions import (
    answer_calls,
    by_appointment,
    hold_sessions,
    wait_for_exam_h,
)
from simulation.care.flow.compiled.stay import fill, take
from simulation.care.flow.record import Record
from simulation.care.flow.state import State
from simulation.care.homes.home_table import NO_HOME
from simulation.engine.array_types import Numbers
from simulation.engine.compiled import U4, compiled, inlined
from simulation.inputs.streams import NUMBER, Stream, WardKind

PLANNED_SURGERY = int(NUMBER[Stream.SURGERY_SCHEDULED])


@inlined
def places_open(wards: WardTable, state: State, ward: int, hour: int) -> int:
    """Places open by the hour of the week, and by what is left of the ward."""
    ordinary = wards.places[ward] * wards.in_use[ward] * wards.opening_profile[wards.stream[ward], hour]
    return int(ordinary * state.of_ward[ward].capacity_share + 0.5)


@inlined
def begin_hour(wards: WardTable, state: State, record: Record, hour: int) -> None:
    """What is done in a basin at a whole hour, before anything else of that instant."""
    at_h, here = float(hour), state.basins
    begins, ends = here.first[state.clock.basin], here.first[state.clock.basin + 1]
    if hour > 0:
        _close_hour(wards, state, record, begins, ends, hour)
    state.clock.hours_begun = hour + 1
    for place in range(begins, ends):
        ward = U4(here.ward[place])
        record.capacity_share[hour, ward] = state.of_ward[ward].capacity_share
        if by_appointment(wards, ward):
            if wards.kind[ward] == WardKind.SESSIONS:
                hold_sessions(wards, state, record, ward, hour)
            continue
        _open(wards, state, record, ward, hour)
    answer_calls(wards, state, record, begins, ends, hour)
    place = _first_from(here.ward, begins, ends, hour * ROUND_STEP % len(wards.stream))
    for _ in range(begins, ends):
        ward = U4(here.ward[place])
        if wards.kind[ward] == WardKind.EMERGENCY:
            _look_at_exams(wards, state, ward)
            expect_those_who_renege(wards, state, ward)
        if state.of_ward[ward].waiting > 0 and not by_appointment(wards, ward):
            _round_of_beds(wards, state, record, ward, at_h)
        if state.of_ward[ward].emptied and not by_appointment(wards, ward):
            move_out(wards, state, record, ward, at_h)
        place = place + 1 if place + 1 < ends else begins


@inlined
def _open(wards: WardTable, state: State, record: Record, ward: int, hour: int) -> None:
    """Places open or close, free ones take, and some of those at home are called in."""
    places, beds = places_open(wards, state, ward, hour_of(state)), wards.stream[ward] == MEDICINE
    is_new = places != state.of_ward[ward].open_places
    state.of_ward[ward].open_places = places
    if state.of_ward[ward].waiting > 0 and (is_new or beds):
        fill(wards, state, record, ward, float(hour))
    if beds and state.planned[ward].put_off > 0:
        _call_in(wards, state, record, ward, hour)


@inlined
def _call_in(wards: WardTable, state: State, record: Record, ward: int, hour: int) -> None:
    """Some of those at home are called in, the first who were put off first, and are there at once."""
    for _ in range(can_call_in(wards, state, ward, hour)):
        patient = U4(state.queue_first[ward, Rank.PUT_OFF])
        leave_queue(wards, state, record, patient, float(hour))
        take(wards, state, record, patient, ward, float(hour))


@inlined
def _first_from(wards: Numbers, begins: int, ends: int, ward: int) -> int:
    """The place of the first of these, in ascending order, that is not before a ward; the first place if all are."""
    low, high = begins, ends
    while low < high:
        middle = (low + high) // 2
        if wards[middle] < ward:
            low = middle + 1
        else:
            high = middle
    return low if low < ends else begins


@inlined
def begin_rows(record: Record, begins: int, ends: int) -> None:
    """Nothing of these hours is counted yet; what is known at an hour's end or its beginning is written then."""
    record.demand[begins:ends] = 0
    record.served[begins:ends] = 0
    record.diverted_out[begins:ends] = 0
    record.diverted_in[begins:ends] = 0
    record.ambulances_diverted_out[begins:ends] = 0
    record.ambulances_diverted_in[begins:ends] = 0
    record.moved_on_out[begins:ends] = 0
    record.moved_on_in[begins:ends] = 0
    record.ambulances_late[begins:ends] = 0
    record.urgent_exams[begins:ends] = 0
    record.late_exams[begins:ends] = 0
    record.unmet[begins:ends] = 0
    record.diversion_h[begins:ends] = 0.0
    record.no_ambulances_h[begins:ends] = 0.0
    record.closed_h[begins:ends] = 0.0
    record.time_critical_min[begins:ends] = 0.0


@inlined
def _look_at_exams(wards: WardTable, state: State, ward: int) -> None:
    """How long emergency patients wait for an image and for a result: as long as the queues of those who make them."""
    imaging, laboratory = wards.imaging[ward], wards.laboratory[ward]
    if imaging >= 0:
        state.exam_h[ward, Exam.IMAGE] = wait_for_exam_h(wards, state, U4(imaging))
    if laboratory >= 0:
        state.exam_h[ward, Exam.ANALYSIS] = wait_for_exam_h(wards, state, U4(laboratory))


@inlined
def _round_of_beds(wards: WardTable, state: State, record: Record, ward: int, at_h: float) -> None:
    """Who is lost for want of a bed, and who is transferred to one."""
    if wards.kind[ward] == WardKind.CRITICAL_CARE:
        _lose_beyond_patience(wards, state, record, ward, at_h)
    after_h = wards.transfer_after_h[wards.stream[ward]]
    if after_h < 0.0:
        return
    # Of an emergency department, only the time-critical are transferred.
    queues = 1 if wards.kind[ward] == WardKind.EMERGENCY else RANKS
    for rank in range(queues):
        patient = state.queue_first[ward, rank]
        while patient >= 0 and at_h - state.patients[patient].queued_h >= after_h:
            behind = state.patients[patient].behind
            if not transfer(wards, state, record, U4(patient), ward, at_h):
                return
            patient = behind


@inlined
def _lose_beyond_patience(wards: WardTable, state: State, record: Record, ward: int, at_h: float) -> None:
    for rank in range(RANKS):
        patient = state.queue_first[ward, rank]
        while patient >= 0 and at_h - state.patients[patient].queued_h > wards.patience_h[ward]:
            behind = state.patients[patient].behind
            leave_unmet(wards, state, record, U4(patient), at_h)
            patient = behind


@compiled
def count_backlog(wards: WardTable, state: State, record: Record) -> None:
    """Planned operations that still wait are counted where their patients live."""
    for number in range(len(wards.stream)):
        ward = U4(number)
        if wards.stream[ward] != PLANNED_SURGERY:
            continue
        for rank in range(RANKS):
            waiting = state.queue_first[ward, rank]
            while waiting >= 0:
                patient = U4(waiting)
                if home_asked(wards, state, patient, ward) != NO_HOME:
                    home = U4(home_of(state, patient))
                    record.by_commune[U4(wards.homes.commune[home])].surgeries_backlog += 1
                waiting = state.patients[patient].behind


@compiled
def close_hour(wards: WardTable, state: State, record: Record, hour: int) -> None:
    """What is counted in all basins at the end of the hour before this one."""
    _close_hour(wards, state, record, state.basins.first[0], state.basins.first[-1], hour)


@inlined
def _close_hour(wards: WardTable, state: State, record: Record, begins: int, ends: int, hour: int) -> None:
    """The same in the wards at these places of the basins."""
    for place in range(begins, ends):
        ward = U4(state.basins.ward[place])
        record.waiting[hour - 1, ward] = state.of_ward[ward].waiting + state.planned[ward].put_off
        if not by_appointment(wards, ward):
            record.in_care[hour - 1, ward] = state.of_ward[ward].in_care + state.in_corridor[ward]
        if wards.emergency_number[ward] >= 0:
            record.in_corridor[hour - 1, wards.emergency_number[ward]] = state.in_corridor[ward]
        if state.of_ward[ward].on_diversion:
            count_diversion(wards, state, record, ward, float(hour))
        count_doors(wards, state, record, ward, float(hour))
