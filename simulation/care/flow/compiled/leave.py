"""Leave: stays end, patience ends, and seats are free again."""

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.codes import Where
from simulation.care.flow.compiled.arrive import join
from simulation.care.flow.compiled.calendar import Event, free_seat, hour_of, schedule
from simulation.care.flow.compiled.corridor import boards_in_corridor, give_back, leave_box
from simulation.care.flow.compiled.moving.elsewhere import tries_the_next_door
from simulation.care.flow.compiled.planned import count_planned
from simulation.care.flow.compiled.queue import leave_queue
from simulation.care.flow.compiled.stay import fill, give_up, leave_for_good, unlist_in_care
from simulation.care.flow.record import Record
from simulation.care.flow.state import State
from simulation.engine.compiled import U4, inlined


@inlined
def end_stay(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """The patient leaves for good, or asks for their next place and boards in this one meanwhile."""
    person = state.patients[patient]
    ward, goal = U4(person.ward), person.then
    unlist_in_care(wards, state, patient, ward)
    if goal < 0:
        leave_for_good(state, record, patient, at_h, goal)
        state.of_ward[ward].in_care -= 1
        count_planned(wards, state, patient, ward, -1)
        fill(wards, state, record, ward, at_h)
        return
    if not boards_in_corridor(wards, state, patient, ward):
        state.boarding[ward] += 1
        state.patients[patient].in_corridor = False
        _board(wards, state, record, patient, at_h)
        return
    leave_box(state, ward)
    state.patients[patient].in_corridor = True
    _board(wards, state, record, patient, at_h)
    fill(wards, state, record, ward, at_h)


@inlined
def _board(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """The patient keeps the box, or the place in the corridor, until there is a bed."""
    person, goal = state.patients[patient], U4(state.patients[patient].then)
    person.wards_left += 1
    person.holds = person.ward
    record.demand[hour_of(state), goal] += 1
    join(wards, state, record, patient, goal, at_h)


@inlined
def sit_down(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """Who has waited in a box for too long waits for the results in a chair."""
    ward = U4(state.patients[patient].ward)
    state.patients[patient].where = Where.IN_CHAIR
    leave_box(state, ward)
    schedule(state, patient, Event.MOVE, state.seldom[patient].results_h)
    fill(wards, state, record, ward, at_h)


@inlined
def have_results(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """The results are there, or one decides without them: the patient leaves for good, or waits for a bed."""
    goal = state.patients[patient].then
    if goal >= 0:
        state.patients[patient].in_corridor = True
        _board(wards, state, record, patient, at_h)
        return
    state.in_corridor[U4(state.patients[patient].ward)] -= 1
    leave_for_good(state, record, patient, at_h, goal)


@inlined
def renege(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """Patience ends: who still waits for emergency care leaves without being seen, some for the next department."""
    person = state.patients[patient]
    person.may_renege = False
    if person.where == Where.WAITING and person.wards_left == 0:
        record.totals[0].left_unseen += 1
        if not tries_the_next_door(wards, state, record, patient, at_h):
            leave_unmet(wards, state, record, patient, at_h)
    elif person.where == Where.GONE:
        free_seat(state, patient)


@inlined
def leave_unmet(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """The patient is not cared for; the place in which they boarded is free."""
    leave_queue(wards, state, record, patient, at_h)
    give_up(wards, state, record, patient, at_h)
    if state.patients[patient].holds >= 0:
        fill(wards, state, record, give_back(state, patient), at_h)
