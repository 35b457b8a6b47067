"""Emptying: those in the care of a ward that cannot look after them are moved to other hospitals.

Each whole hour, as many as there are vehicles and places in reach. A stay goes on where they are moved to, and ends
when it would have ended; nobody comes back.
"""

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.codes import NOBODY, Where
from simulation.care.flow.compiled.calendar import home_asked, hour_of
from simulation.care.flow.compiled.moving.transfer import (
    NO_NEIGHBOUR,
    NO_VEHICLE,
    count_longer,
    journey_h,
    send_vehicle,
    vehicle_there,
    with_a_place,
)
from simulation.care.flow.compiled.queue import Rank
from simulation.care.flow.compiled.stay import list_in_care, unlist_in_care
from simulation.care.flow.compiled.what_follows import draw_what_follows
from simulation.care.flow.record import Record
from simulation.care.flow.state import State
from simulation.care.homes.home_table import NO_HOME
from simulation.engine.compiled import U4, inlined


@inlined
def move_out(wards: WardTable, state: State, record: Record, ward: int, at_h: float) -> None:
    """Those in care are moved, one with each vehicle that is there, until places in reach are full."""
    while state.of_ward[ward].in_care > 0:
        vehicle = vehicle_there(state, wards.department[ward], at_h)
        neighbour = with_a_place(wards, state, ward) if vehicle != NO_VEHICLE else NO_NEIGHBOUR
        patient = _first_in_care(state, ward) if neighbour != NO_NEIGHBOUR else NOBODY
        if patient == NOBODY:
            return
        send_vehicle(wards, state, ward, vehicle, neighbour, at_h)
        _move(wards, state, record, U4(patient), ward, neighbour)


@inlined
def _first_in_care(state: State, ward: int) -> int:
    """The one with the lowest number, or `NOBODY`; who waits in their bed for another ward is not moved."""
    first = patient = state.queue_first[ward, Rank.IN_CARE]
    while patient != NOBODY:
        if state.patients[U4(patient)].number < state.patients[U4(first)].number:
            first = patient
        patient = state.patients[U4(patient)].behind
    return int(first)


@inlined
def _move(wards: WardTable, state: State, record: Record, patient: int, ward: int, neighbour: int) -> None:
    """The patient asks for a place again, and has one at the neighbour from now on."""
    target, hour = U4(wards.neighbour_ward[neighbour]), hour_of(state)
    record.demand[hour, ward] += 1
    record.diverted_out[hour, ward] += 1
    record.diverted_in[hour, target] += 1
    record.served[hour, target] += 1
    record.totals[0].moved_out += 1
    if home_asked(wards, state, patient, ward) != NO_HOME:
        longer_h = journey_h(wards, state, ward, neighbour)
        count_longer(wards, state, record, patient, ward, longer_h, Where.TRANSFERRED)
    unlist_in_care(wards, state, patient, ward)
    list_in_care(wards, state, patient, target)
    state.of_ward[ward].in_care -= 1
    state.of_ward[target].in_care += 1
    state.patients[patient].ward = target
    state.patients[patient].then = draw_what_follows(wards, state, patient, target)
