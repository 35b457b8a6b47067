"""Arrive: who comes, whose ambulance is diverted, and who joins a queue."""

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.codes import Where
from simulation.care.flow.compiled.calendar import Event, home_of, hour_of, schedule
from simulation.care.flow.compiled.queue import join_queue
from simulation.care.flow.compiled.state import State
from simulation.care.flow.compiled.stay import fill, take
from simulation.care.flow.compiled.transfer import load_of, send
from simulation.care.flow.draws import Purpose, at_quantile, draw
from simulation.care.flow.record import Record
from simulation.care.homes.home_table import NO_HOME
from simulation.engine.compiled import U4, inlined
from simulation.inputs.streams import WardKind


@inlined
def arrive(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """The patient comes for the first time, or by road from another ward."""
    person = state.patients[patient]
    ward, hour = person.ward, hour_of(state)
    if person.where != Where.ABSENT:
        state.of_ward[ward].inbound -= 1
        record.diverted_in[hour, ward] += 1
        if person.where == Where.DIVERTED:
            record.ambulances_diverted_in[hour, wards.emergency_number[ward]] += 1
        join(wards, state, record, patient, ward, at_h)
        return
    record.demand[hour, ward] += 1
    if person.condition > 0:
        record.by_condition[U4(person.condition - 1)].came += 1.0
    is_diverted = False
    if (
        person.by_ambulance
        and state.of_ward[ward].on_diversion
        and _samu_reaches(wards, state, patient, ward)
    ):
        is_diverted = _divert(wards, state, record, patient, ward, at_h)
    if not is_diverted:
        join(wards, state, record, patient, ward, at_h)


@inlined
def _divert(wards: WardTable, state: State, record: Record, patient: int, ward: int, at_h: float) -> bool:
    """To the site nearest to the patient's home that has room and is within the bound, or no farther than this one."""
    if home_of(state, patient) == NO_HOME:
        return False
    homes, home = wards.homes, U4(home_of(state, patient))
    bound_h, reach = max(homes.bound_h, homes.journey_h[home]), U4(homes.reach[home])
    for place in range(homes.reach_first[reach], homes.reach_first[U4(reach + 1)]):
        if homes.reach_h[place] > bound_h:
            return False
        target = U4(homes.reach_ward[place])
        room = (1.0 + wards.queue_tolerated[target]) * state.of_ward[target].open_places
        if not state.of_ward[target].on_diversion and load_of(state, target) + 1 <= room:
            longer_h = _longer_h(wards, state, home, ward, target, homes.reach_h[place])
            send(wards, state, record, patient, ward, target, longer_h, at_h, Where.DIVERTED)
            return True
    return False


@inlined
def _longer_h(wards: WardTable, state: State, home: int, ward: int, target: int, journey_h: float) -> float:
    """By how much the journey from home is longer than that to the ward, as roads are at this hour."""
    hour, homes = hour_of(state), wards.homes
    at_home = wards.slowdown[homes.slowdown_row[U4(homes.commune[home])], hour]
    there = max(at_home, wards.slowdown[wards.slowdown_row[target], hour])
    here = max(at_home, wards.slowdown[wards.slowdown_row[ward], hour])
    return float(max(0.0, journey_h * there - homes.journey_h[home] * here))


@inlined
def _samu_reaches(wards: WardTable, state: State, patient: int, ward: int) -> bool:
    """The SAMU directs the ambulance, as likely as it still works."""
    samu = wards.samu[ward]
    reach = 1.0 if samu < 0 else state.of_ward[samu].capacity_share
    return draw(state.patients[patient].key, Purpose.REROUTE) < reach


@inlined
def join(wards: WardTable, state: State, record: Record, patient: int, ward: int, at_h: float) -> None:
    """The patient is taken at once, or waits for a place; the department may go on diversion."""
    person = state.patients[patient]
    person.ward = ward
    is_free = (
        state.of_ward[ward].waiting == 0 and state.of_ward[ward].in_care < state.of_ward[ward].open_places
    )
    if is_free and person.holds < 0 and not state.of_ward[ward].on_diversion:
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
    tolerated = wards.queue_tolerated[ward] * state.of_ward[ward].open_places
    if not state.of_ward[ward].on_diversion and state.of_ward[ward].waiting > tolerated:
        state.of_ward[ward].on_diversion = True
        state.of_ward[ward].diversion_since_h = at_h
