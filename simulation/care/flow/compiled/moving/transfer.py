"""Transfer: journeys from a ward to a neighbour, and inter-hospital transfers of those who lack a bed."""

import numpy as np

from simulation.care.capacity.ward_table import NO_WARD, WardTable
from simulation.care.flow.changes import Doors
from simulation.care.flow.codes import Where
from simulation.care.flow.compiled.calendar import Event, home_asked, home_of, hour_of, schedule
from simulation.care.flow.compiled.corridor import give_back
from simulation.care.flow.compiled.queue import leave_queue
from simulation.care.flow.compiled.stay import count_boarding, fill
from simulation.care.flow.draws import Purpose, draw
from simulation.care.flow.record import FAR_MIN, VERY_FAR_MIN, Record
from simulation.care.flow.state import State
from simulation.care.homes.home_table import NO_HOME
from simulation.engine.compiled import U4, inlined
from simulation.inputs.streams import NUMBER, Stream, WardKind

NO_VEHICLE = -1
NO_NEIGHBOUR = -1
BIRTHS = int(NUMBER[Stream.MATERNITY])


@inlined
def load_of(state: State, ward: int) -> int:
    """Patients who are in a ward or on the road to it."""
    load: int = state.of_ward[ward].in_care + state.of_ward[ward].waiting + state.of_ward[ward].inbound
    return load


@inlined
def receives(state: State, ward: int) -> bool:
    """Ambulances and transfers are sent to the ward."""
    return not state.of_ward[ward].on_diversion and state.of_ward[ward].doors == Doors.OPEN


@inlined
def send(
    wards: WardTable,
    state: State,
    record: Record,
    patient: int,
    ward: int,
    target: int,
    longer_h: float,
    at_h: float,
    how: Where,
) -> None:
    """The patient is on the road to another ward, for so long and up to a minute more."""
    person, hour = state.patients[patient], hour_of(state)
    road_h = longer_h + draw(person.key, Purpose.JOURNEY + person.wards_left) / 60.0
    record.diverted_out[hour, ward] += 1
    if how == Where.DIVERTED:
        record.ambulances_diverted_out[hour, wards.emergency_number[ward]] += 1
        if person.condition > 0:
            record.by_condition[U4(person.condition - 1)].diverted += 1.0
    elif how == Where.MOVED_ON:
        record.moved_on_out[hour, wards.emergency_number[ward]] += 1
    if home_asked(wards, state, patient, ward) != NO_HOME:
        count_longer(wards, state, record, patient, ward, road_h, how)
    state.of_ward[target].inbound += 1
    person.where = how
    person.ward = target
    schedule(state, patient, Event.MOVE, at_h + road_h)


@inlined
def count_longer(
    wards: WardTable, state: State, record: Record, patient: int, ward: int, road_h: float, how: Where
) -> None:
    """The journey of one who is sent on from a ward is longer, which counts where they live."""
    home = U4(home_of(state, patient))
    before_min = wards.homes.journey_h[home] * 60.0
    if state.patients[patient].journeys > 0:
        before_min += state.seldom[patient].road_h * 60.0
        state.seldom[patient].road_h += np.float32(road_h)
    else:
        state.seldom[patient].road_h = np.float32(road_h)
    state.patients[patient].journeys += 1
    here, after_min = record.by_commune[U4(wards.homes.commune[home])], before_min + road_h * 60.0
    if wards.kind[ward] == WardKind.EMERGENCY:
        if how == Where.DIVERTED:
            here.diverted += 1
        elif how == Where.MOVED_ON:
            here.moved_on += 1
        else:
            here.transferred += 1
        here.added_min += road_h * 60.0
        here.beyond_30 += before_min <= FAR_MIN < after_min
        here.beyond_45 += before_min <= VERY_FAR_MIN < after_min
    elif wards.stream[ward] == BIRTHS:
        here.births_moved += 1
        here.births_added_min += road_h * 60.0
        here.births_beyond_30 += before_min <= FAR_MIN < after_min
        here.births_beyond_45 += before_min <= VERY_FAR_MIN < after_min
    else:
        here.stays_moved += 1
        here.stays_added_min += road_h * 60.0


@inlined
def journey_h(wards: WardTable, state: State, ward: int, neighbour: int) -> float:
    """The journey to a neighbour as roads are at this hour."""
    hour, target = hour_of(state), wards.neighbour_ward[neighbour]
    slowdown = max(
        wards.slowdown[wards.slowdown_row[ward], hour], wards.slowdown[wards.slowdown_row[target], hour]
    )
    return float(wards.neighbour_h[neighbour] * slowdown)


@inlined
def transfer(wards: WardTable, state: State, record: Record, patient: int, ward: int, at_h: float) -> bool:
    """To the nearest ward with a free place, where there is one, and a vehicle for the critically ill."""
    needs_vehicle = wards.kind[ward] == WardKind.CRITICAL_CARE
    vehicle = vehicle_there(state, wards.department[ward], at_h) if needs_vehicle else 0
    neighbour = with_a_place(wards, state, ward) if vehicle != NO_VEHICLE else NO_NEIGHBOUR
    if neighbour == NO_NEIGHBOUR:
        return False
    held, target = state.patients[patient].holds, U4(wards.neighbour_ward[neighbour])
    if held >= 0:
        give_back(state, patient)
    count_boarding(wards, state, record, patient, at_h)
    leave_queue(wards, state, record, patient, at_h)
    if needs_vehicle:
        send_vehicle(wards, state, ward, vehicle, neighbour, at_h)
    state.patients[patient].holds = NO_WARD
    longer_h = journey_h(wards, state, ward, neighbour)
    send(wards, state, record, patient, ward, target, longer_h, at_h, Where.TRANSFERRED)
    if held >= 0:
        fill(wards, state, record, U4(held), at_h)
    return True


@inlined
def with_a_place(wards: WardTable, state: State, ward: int) -> int:
    """The nearest neighbour that has a free place and takes patients, or `NO_NEIGHBOUR`."""
    for neighbour in range(wards.neighbour_first[ward], wards.neighbour_first[ward + 1]):
        target = U4(wards.neighbour_ward[neighbour])
        if receives(state, target) and load_of(state, target) < state.of_ward[target].open_places:
            return int(neighbour)
    return NO_NEIGHBOUR


@inlined
def send_vehicle(
    wards: WardTable, state: State, ward: int, vehicle: int, neighbour: int, at_h: float
) -> None:
    """The vehicle of the ward's department is on the road to a neighbour and back."""
    back_h = at_h + 2.0 * wards.neighbour_h[neighbour] + wards.vehicle_handling_h
    state.vehicle_back_h[wards.department[ward], vehicle] = back_h


@inlined
def vehicle_there(state: State, department: int, at_h: float) -> int:
    """A vehicle of the department that is not on the road, or `NO_VEHICLE`."""
    for vehicle in range(state.vehicle_back_h.shape[1]):
        if state.vehicle_back_h[department, vehicle] <= at_h:
            return vehicle
    return NO_VEHICLE
