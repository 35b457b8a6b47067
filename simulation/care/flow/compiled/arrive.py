"""Arrive: who comes, whose ambulance is diverted, and who joins a queue."""

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.codes import Where
from simulation.care.flow.compiled.calendar import Event, hour_of, schedule
from simulation.care.flow.compiled.queue import join_queue
from simulation.care.flow.compiled.state import State
from simulation.care.flow.compiled.stay import fill, take
from simulation.care.flow.compiled.transfer import load_of, send
from simulation.care.flow.draws import Purpose, at_quantile, draw
from simulation.care.flow.record import Record
from simulation.engine.compiled import U4, inlined
from simulation.inputs.streams import WardKind


@inlined
def arrive(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """The patient comes for the first time, or by road from another ward."""
    person = state.patients[patient]
    ward, hour = person.ward, hour_of(state)
    if person.where != Where.ABSENT:
        state.inbound[ward] -= 1
        record.diverted_in[hour, ward] += 1
        if person.where == Where.DIVERTED:
            record.ambulances_diverted_in[hour, wards.emergency_number[ward]] += 1
        join(wards, state, record, patient, ward, at_h)
        return
    record.demand[hour, ward] += 1
    if person.condition > 0:
        record.by_condition[U4(person.condition - 1)].came += 1.0
    if person.by_ambulance and state.on_diversion[ward] and _samu_reaches(wards, state, patient, ward):
        for neighbour in range(wards.neighbour_first[ward], wards.neighbour_first[ward + 1]):
            target = wards.neighbour_ward[neighbour]
            room = (1.0 + wards.queue_tolerated[target]) * state.open_places[target]
            if not state.on_diversion[target] and load_of(state, target) + 1 <= room:
                send(wards, state, record, patient, ward, neighbour, at_h, Where.DIVERTED)
                return
    join(wards, state, record, patient, ward, at_h)


@inlined
def _samu_reaches(wards: WardTable, state: State, patient: int, ward: int) -> bool:
    """The SAMU directs the ambulance, as likely as it still works."""
    samu = wards.samu[ward]
    reach = 1.0 if samu < 0 else state.capacity_share[samu]
    return draw(state.patients[patient].key, Purpose.REROUTE) < reach


@inlined
def join(wards: WardTable, state: State, record: Record, patient: int, ward: int, at_h: float) -> None:
    """The patient is taken at once, or waits for a place; the department may go on diversion."""
    person = state.patients[patient]
    person.ward = ward
    is_free = state.waiting[ward] == 0 and state.in_care[ward] < state.open_places[ward]
    if is_free and person.holds < 0 and not state.on_diversion[ward]:
        take(wards, state, record, patient, ward, at_h)
        return
    person.where = Where.WAITING
    state.waits[patient].queued_h = at_h
    join_queue(state, patient, ward)
    fill(wards, state, record, ward, at_h)
    if wards.kind[ward] != WardKind.EMERGENCY:
        return
    if person.where == Where.WAITING and person.condition == 0:
        patience_h = at_quantile(wards.emergency_patience, draw(person.key, Purpose.PATIENCE))
        person.may_renege = schedule(state, patient, Event.RENEGE, at_h + patience_h)
    tolerated = wards.queue_tolerated[ward] * state.open_places[ward]
    if not state.on_diversion[ward] and state.waiting[ward] > tolerated:
        state.on_diversion[ward] = 1
        state.diversion_since_h[ward] = at_h
