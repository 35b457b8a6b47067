"""Leave: stays end, patience ends, and seats are free again."""

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.codes import Exit, Where
from simulation.care.flow.compiled.arrive import join
from simulation.care.flow.compiled.calendar import free_seat, home_of, hour_of
from simulation.care.flow.compiled.queue import leave_queue
from simulation.care.flow.compiled.state import State
from simulation.care.flow.compiled.stay import fill
from simulation.care.flow.record import Record
from simulation.care.homes.home_table import NO_HOME
from simulation.engine.compiled import U4, inlined
from simulation.inputs.streams import WardKind


@inlined
def end_stay(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """The patient leaves for good, or asks for their next place and boards in this one meanwhile."""
    person = state.patients[patient]
    ward, goal = person.ward, person.then
    if goal < 0:
        _leave_for_good(state, record, patient, at_h, goal)
        state.of_ward[ward].in_care -= 1
        fill(wards, state, record, ward, at_h)
        return
    person.wards_left += 1
    person.holds = ward
    record.demand[hour_of(state), U4(goal)] += 1
    join(wards, state, record, patient, U4(goal), at_h)


@inlined
def renege(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """Patience ends: who still waits for emergency care leaves without being seen."""
    person = state.patients[patient]
    person.may_renege = False
    if person.where == Where.WAITING and person.wards_left == 0:
        leave_unmet(wards, state, record, patient, at_h)
    elif person.where == Where.GONE:
        free_seat(state, patient)


@inlined
def leave_unmet(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """The patient is not cared for; the place in which they boarded is free."""
    ward, held = state.patients[patient].ward, state.patients[patient].holds
    leave_queue(wards, state, record, patient, at_h)
    record.unmet[hour_of(state), ward] += 1
    if wards.kind[ward] == WardKind.EMERGENCY and home_of(state, patient) != NO_HOME:
        home = U4(home_of(state, patient))
        record.by_commune[U4(wards.homes.commune[home])].unmet += 1
    _leave_for_good(state, record, patient, at_h, Exit.UNMET)
    if held >= 0:
        state.of_ward[held].in_care -= 1
        fill(wards, state, record, held, at_h)


@inlined
def _leave_for_good(state: State, record: Record, patient: int, at_h: float, how: int) -> None:
    """The patient is gone, and their seat is free once nothing more is planned for them."""
    state.patients[patient].where = Where.GONE
    if len(record.history):
        record.history[state.patients[patient].number].left_h = at_h
        record.history[state.patients[patient].number].exit = how
    if not state.patients[patient].may_renege:
        free_seat(state, patient)
