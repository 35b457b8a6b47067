"""Queue: two classes in each ward, each first come, first served; other lists; who is on diversion by the queues."""

from enum import IntEnum

import numpy as np

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.changes import Doors
from simulation.care.flow.codes import NOBODY, Where
from simulation.care.flow.compiled.calendar import Event, hour_of, schedule
from simulation.care.flow.compiled.moving.ambulances import leave_the_door
from simulation.care.flow.compiled.what_follows import will_need_critical_care
from simulation.care.flow.record import Record
from simulation.care.flow.state import State
from simulation.engine.compiled import U4, inlined


class Rank(IntEnum):
    """The lists of a ward: the columns of `State.queue_first`."""

    FIRST = 0
    """Time-critical patients, and those who have passed through another ward of the site."""
    SECOND = 1
    PUT_OFF = 2
    """Those at home whose stay was put off: they wait to be called in, and are no patients of the ward."""
    IN_CARE = 3
    """Of critical care, which may be emptied: those in care, but for those who board."""


RANKS = 2
"""The queues of those who are there."""


@inlined
def rank_of(state: State, patient: int) -> int:
    """The queue in which the patient waits."""
    person = state.patients[patient]
    if person.where == Where.PUT_OFF:
        return Rank.PUT_OFF
    return Rank.FIRST if person.wards_left > 0 or person.condition > 0 else Rank.SECOND


@inlined
def join_list(state: State, patient: int, ward: int, rank: int) -> None:
    """The patient is the last of a list of the ward."""
    last = state.queue_last[ward, rank]
    state.patients[patient].ahead = last
    state.patients[patient].behind = NOBODY
    if last >= 0:
        state.patients[U4(last)].behind = patient
    else:
        state.queue_first[ward, rank] = patient
    state.queue_last[ward, rank] = patient


@inlined
def leave_list(state: State, patient: int, ward: int, rank: int) -> None:
    """The patient is no longer on a list of the ward."""
    ahead, behind = state.patients[patient].ahead, state.patients[patient].behind
    if ahead >= 0:
        state.patients[U4(ahead)].behind = behind
    else:
        state.queue_first[ward, rank] = behind
    if behind >= 0:
        state.patients[U4(behind)].ahead = ahead
    else:
        state.queue_last[ward, rank] = ahead


@inlined
def join_queue(state: State, patient: int, ward: int) -> None:
    """The patient is the last of their queue."""
    rank = U4(rank_of(state, patient))
    join_list(state, patient, ward, rank)
    if rank == Rank.PUT_OFF:
        state.planned[ward].put_off += 1
    else:
        state.of_ward[ward].waiting += 1


@inlined
def expect_reneging(wards: WardTable, state: State, patient: int) -> None:
    """The end of their patience is in the calendar if it falls into this hour: few wait for longer than their hour.

    Who will need critical care does not leave: this is asked of the few alone.
    """
    person = state.patients[patient]
    if person.reneges_h >= state.clock.hours_begun or person.may_renege:
        return
    if will_need_critical_care(wards, state, patient):
        person.reneges_h = np.inf
    else:
        person.may_renege = schedule(state, patient, Event.RENEGE, person.reneges_h)


@inlined
def expect_those_who_renege(wards: WardTable, state: State, ward: int) -> None:
    """Of those who wait in an emergency department, the ones whose patience ends in the hour that has begun."""
    patient = state.queue_first[ward, Rank.SECOND]
    while patient >= 0:
        expect_reneging(wards, state, U4(patient))
        patient = state.patients[U4(patient)].behind


@inlined
def next_in_queue(state: State, ward: int) -> int:
    """The first who will be taken; somebody waits."""
    first = state.queue_first[ward, Rank.FIRST]
    return U4(first if first >= 0 else state.queue_first[ward, Rank.SECOND])


@inlined
def leave_queue(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """The patient waits no longer; a department on diversion may come off it."""
    ward, rank = U4(state.patients[patient].ward), U4(rank_of(state, patient))
    leave_list(state, patient, ward, rank)
    if rank == Rank.PUT_OFF:
        state.planned[ward].put_off -= 1
        return
    state.of_ward[ward].waiting -= 1
    if state.patients[patient].by_ambulance and state.patients[patient].wards_left == 0:
        leave_the_door(wards, state, patient, at_h)
    if not state.of_ward[ward].on_diversion:
        return
    open_places = state.of_ward[ward].open_places
    if open_places > 0 and state.of_ward[ward].waiting <= wards.queue_to_reopen[ward] * open_places:
        state.of_ward[ward].on_diversion = False
        count_diversion(wards, state, record, ward, at_h)


@inlined
def count_diversion(wards: WardTable, state: State, record: Record, ward: int, at_h: float) -> None:
    """The time for which a department has been on diversion, since it was last counted."""
    department, hours = wards.emergency_number[ward], np.float32(at_h - state.of_ward[ward].diversion_since_h)
    record.diversion_h[hour_of(state), department] += hours
    state.of_ward[ward].diversion_since_h = at_h


@inlined
def count_doors(wards: WardTable, state: State, record: Record, ward: int, at_h: float) -> None:
    """The time for which a department has taken no ambulances, or nobody, since it was last counted."""
    department, hours = wards.emergency_number[ward], np.float32(at_h - state.of_ward[ward].doors_since_h)
    if department < 0 or state.of_ward[ward].doors == Doors.OPEN:
        return
    if state.of_ward[ward].doors == Doors.CLOSED:
        record.closed_h[hour_of(state), department] += hours
    else:
        record.no_ambulances_h[hour_of(state), department] += hours
    state.of_ward[ward].doors_since_h = at_h
