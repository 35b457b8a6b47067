"""Arrive: who comes, and who joins a queue."""

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.codes import Where
from simulation.care.flow.compiled.calendar import hour_of
from simulation.care.flow.compiled.moving.ambulances import call_ambulance, hand_over, keep_at_the_door
from simulation.care.flow.compiled.moving.elsewhere import goes_elsewhere
from simulation.care.flow.compiled.planned import is_put_off
from simulation.care.flow.compiled.queue import expect_reneging, join_queue
from simulation.care.flow.compiled.stay import fill, take
from simulation.care.flow.draws import Purpose, at_quantile, draw
from simulation.care.flow.record import Record
from simulation.care.flow.state import State
from simulation.engine.compiled import U4, inlined
from simulation.inputs.streams import WardKind


@inlined
def arrive(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """The patient comes for the first time, or by road from another ward."""
    person = state.patients[patient]
    ward, hour = U4(person.ward), hour_of(state)
    if person.where != Where.ABSENT:
        state.of_ward[ward].inbound -= 1
        record.diverted_in[hour, ward] += 1
        if person.where == Where.DIVERTED:
            record.ambulances_diverted_in[hour, wards.emergency_number[ward]] += 1
        elif person.where == Where.MOVED_ON:
            record.moved_on_in[hour, wards.emergency_number[ward]] += 1
        join(wards, state, record, patient, ward, at_h)
        return
    record.demand[hour, ward] += 1
    if person.condition > 0:
        record.by_condition[U4(person.condition - 1)].came += 1.0
    if person.by_ambulance:
        call_ambulance(wards, state, record, patient, ward, at_h)
    if goes_elsewhere(wards, state, record, patient, ward, at_h):
        return
    if not is_put_off(wards, state, record, patient, ward, at_h):
        join(wards, state, record, patient, ward, at_h)


@inlined
def join(wards: WardTable, state: State, record: Record, patient: int, ward: int, at_h: float) -> None:
    """The patient is taken at once, or waits for a place; the department may go on diversion."""
    person = state.patients[patient]
    person.ward = ward
    is_free = (
        state.of_ward[ward].waiting == 0 and state.of_ward[ward].in_care < state.of_ward[ward].open_places
    )
    if is_free and person.holds < 0 and not state.of_ward[ward].on_diversion:
        if person.by_ambulance and person.wards_left == 0:
            hand_over(wards, state, patient, at_h)
        take(wards, state, record, patient, ward, at_h)
        return
    person.where = Where.WAITING
    person.queued_h = at_h
    if person.by_ambulance and person.wards_left == 0:
        keep_at_the_door(wards, state, patient, at_h)
    join_queue(state, patient, ward)
    fill(wards, state, record, ward, at_h)
    if wards.kind[ward] != WardKind.EMERGENCY:
        return
    if person.where == Where.WAITING and person.condition == 0:
        patience_h = at_quantile(wards.emergency_patience, draw(person.key, Purpose.PATIENCE))
        person.reneges_h = at_h + patience_h
        expect_reneging(wards, state, patient)
    tolerated = wards.queue_tolerated[ward] * state.of_ward[ward].open_places
    if not state.of_ward[ward].on_diversion and state.of_ward[ward].waiting > tolerated:
        state.of_ward[ward].on_diversion = True
        state.of_ward[ward].diversion_since_h = at_h
