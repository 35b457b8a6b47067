"""Leave: stays end, patience ends, and seats are free again."""

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.codes import Where
from simulation.care.flow.compiled.arrive import join
from simulation.care.flow.compiled.calendar import free_seat, hour_of
from simulation.care.flow.compiled.moving.elsewhere import tries_the_next_door
from simulation.care.flow.compiled.planned import count_planned
from simulation.care.flow.compiled.queue import leave_queue
from simulation.care.flow.compiled.stay import fill, give_up, leave_for_good
from simulation.care.flow.record import Record
from simulation.care.flow.state import State
from simulation.engine.compiled import U4, inlined


@inlined
def end_stay(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """The patient leaves for good, or asks for their next place and boards in this one meanwhile."""
    person = state.patients[patient]
    ward, goal = U4(person.ward), person.then
    if goal < 0:
        leave_for_good(state, record, patient, at_h, goal)
        state.of_ward[ward].in_care -= 1
        count_planned(wards, state, patient, ward, -1)
        fill(wards, state, record, ward, at_h)
        return
    person.wards_left += 1
    person.holds = ward
    record.demand[hour_of(state), U4(goal)] += 1
    join(wards, state, record, patient, U4(goal), at_h)


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
    held = state.patients[patient].holds
    leave_queue(wards, state, record, patient, at_h)
    give_up(wards, state, record, patient, at_h)
    if held >= 0:
        state.of_ward[U4(held)].in_care -= 1
        fill(wards, state, record, U4(held), at_h)
