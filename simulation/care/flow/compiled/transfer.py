"""Transfer: journeys from a ward to a neighbour, and inter-hospital transfers of those who lack a bed."""

from simulation.care.capacity.ward_table import NO_WARD, WardTable
from simulation.care.flow.codes import Where
from simulation.care.flow.compiled.calendar import Event, hour_of, schedule
from simulation.care.flow.compiled.queue import leave_queue
from simulation.care.flow.compiled.state import State
from simulation.care.flow.compiled.stay import count_boarding, fill
from simulation.care.flow.draws import Purpose, draw
from simulation.care.flow.record import Record
from simulation.engine.compiled import inlined
from simulation.inputs.streams import WardKind

NO_VEHICLE = -1


@inlined
def load_of(state: State, ward: int) -> int:
    """Patients who are in a ward or on the road to it."""
    load: int = state.in_care[ward] + state.waiting[ward] + state.inbound[ward]
    return load


@inlined
def send(
    wards: WardTable,
    state: State,
    record: Record,
    patient: int,
    ward: int,
    neighbour: int,
    at_h: float,
    how: Where,
) -> None:
    """The patient is on the road to a neighbour, for up to a minute more than the journey takes at this hour."""
    person, hour = state.patients[patient], hour_of(state)
    target = wards.neighbour_ward[neighbour]
    slowdown = max(
        wards.slowdown[wards.slowdown_row[ward], hour], wards.slowdown[wards.slowdown_row[target], hour]
    )
    journey_h = (
        wards.neighbour_h[neighbour] * slowdown + draw(person.key, Purpose.JOURNEY + person.wards_left) / 60.0
    )
    record.diverted_out[hour, ward] += 1
    if how == Where.DIVERTED:
        record.ambulances_diverted_out[hour, wards.emergency_number[ward]] += 1
    state.inbound[target] += 1
    person.where = how
    person.ward = target
    schedule(state, patient, Event.MOVE, at_h + journey_h)


@inlined
def transfer(wards: WardTable, state: State, record: Record, patient: int, ward: int, at_h: float) -> bool:
    """To the nearest ward with a free place, where there is one, and a vehicle for the critically ill."""
    needs_vehicle = wards.kind[ward] == WardKind.CRITICAL_CARE
    department = wards.department[ward]
    vehicle = _vehicle_there(state, department, at_h) if needs_vehicle else 0
    if vehicle == NO_VEHICLE:
        return False
    for neighbour in range(wards.neighbour_first[ward], wards.neighbour_first[ward + 1]):
        target = wards.neighbour_ward[neighbour]
        if state.on_diversion[target] or load_of(state, target) >= state.open_places[target]:
            continue
        held = state.patients[patient].holds
        count_boarding(wards, state, record, patient, at_h)
        leave_queue(wards, state, record, patient, at_h)
        if needs_vehicle:
            back_h = at_h + 2.0 * wards.neighbour_h[neighbour] + wards.vehicle_handling_h
            state.vehicle_back_h[department, vehicle] = back_h
        state.patients[patient].holds = NO_WARD
        send(wards, state, record, patient, ward, neighbour, at_h, Where.TRANSFERRED)
        if held >= 0:
            state.in_care[held] -= 1
            fill(wards, state, record, held, at_h)
        return True
    return False


@inlined
def _vehicle_there(state: State, department: int, at_h: float) -> int:
    """A vehicle of the department that is not on the road, or `NO_VEHICLE`."""
    for vehicle in range(state.vehicle_back_h.shape[1]):
        if state.vehicle_back_h[department, vehicle] <= at_h:
            return vehicle
    return NO_VEHICLE
