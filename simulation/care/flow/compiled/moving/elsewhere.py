"""Elsewhere: emergency patients who do not join the queue of the department for which they set out."""

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.changes import Doors
from simulation.care.flow.codes import Where
from simulation.care.flow.compiled.calendar import home_of, hour_of
from simulation.care.flow.compiled.moving.transfer import journey_h, load_of, receives, send
from simulation.care.flow.compiled.queue import leave_queue
from simulation.care.flow.compiled.stay import give_up
from simulation.care.flow.draws import Purpose, draw
from simulation.care.flow.record import Record
from simulation.care.flow.state import State
from simulation.care.homes.home_table import NO_HOME, NO_REACH
from simulation.engine.compiled import U4, inlined

NOWHERE = -1
"""In place of a place in a list of sites in reach: there is none."""
WHATEVER_IS_SAID = 1.0
"""A draw by which nobody shuns a department."""


@inlined
def goes_elsewhere(
    wards: WardTable, state: State, record: Record, patient: int, ward: int, at_h: float
) -> bool:
    """The patient, who comes for the first time, does not come to this department after all."""
    if not _turns_away(state, patient, ward):
        return False
    home = home_of(state, patient)
    if home == NO_HOME or wards.homes.reach[U4(home)] == NO_REACH:
        return False
    if state.patients[patient].by_ambulance:
        if _samu_reaches(wards, state, patient, ward):
            return _divert(wards, state, record, patient, ward, at_h)
        return state.of_ward[ward].doors == Doors.CLOSED and _go_on_from_here(
            wards, state, record, patient, ward, at_h, WHATEVER_IS_SAID, Where.DIVERTED
        )
    return _move_on(wards, state, record, patient, ward, at_h)


@inlined
def _turns_away(state: State, patient: int, ward: int) -> bool:
    """The department takes no ambulances; or who would come by themselves finds it closed, or shuns it."""
    here, person = state.of_ward[ward], state.patients[patient]
    if person.by_ambulance:
        return not receives(state, ward)
    shuns = here.shunned > 0.0 and draw(person.key, Purpose.SHUNS) < here.shunned
    return bool(shuns or here.doors == Doors.CLOSED)


@inlined
def _divert(wards: WardTable, state: State, record: Record, patient: int, ward: int, at_h: float) -> bool:
    """To the site nearest to the patient's home that has room and is within the bound, or no farther than this one.

    From a department that takes no ambulances by decision, where none has room, to the nearest that takes some.
    """
    home = U4(home_of(state, patient))
    place = _with_room(wards, state, home)
    if place == NOWHERE and state.of_ward[ward].doors != Doors.OPEN:
        place = _receiving(wards, state, home)
    return _set_out(wards, state, record, patient, ward, place, at_h, Where.DIVERTED)


@inlined
def _with_room(wards: WardTable, state: State, home: int) -> int:
    """The nearest in reach of a home that is not on diversion and has room: its place in the list, or `NOWHERE`."""
    homes = wards.homes
    bound_h, reach = max(homes.bound_h, homes.journey_h[home]), U4(homes.reach[home])
    for place in range(homes.reach_first[reach], homes.reach_first[U4(reach + 1)]):
        if homes.reach_h[place] > bound_h:
            return NOWHERE
        target = U4(homes.reach_ward[place])
        room = (1.0 + wards.queue_tolerated[target]) * state.of_ward[target].open_places
        if receives(state, target) and load_of(state, target) + 1 <= room:
            return int(place)
    return NOWHERE


@inlined
def _receiving(wards: WardTable, state: State, home: int) -> int:
    """The nearest in reach of a home that takes ambulances by decision, however full it is."""
    homes = wards.homes
    bound_h, reach = max(homes.bound_h, homes.journey_h[home]), U4(homes.reach[home])
    for place in range(homes.reach_first[reach], homes.reach_first[U4(reach + 1)]):
        if homes.reach_h[place] > bound_h:
            return NOWHERE
        if state.of_ward[U4(homes.reach_ward[place])].doors == Doors.OPEN:
            return int(place)
    return NOWHERE


@inlined
def tries_the_next_door(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> bool:
    """Who has waited beyond patience goes to another department, once: some do."""
    person = state.patients[patient]
    if person.journeys > 0 or draw(person.key, Purpose.TRIES_NEXT) >= wards.tries_next_share:
        return False
    shuns = draw(person.key, Purpose.SHUNS)
    return _go_on_from_here(wards, state, record, patient, U4(person.ward), at_h, shuns, Where.MOVED_ON)


@inlined
def _go_on_from_here(
    wards: WardTable,
    state: State,
    record: Record,
    patient: int,
    ward: int,
    at_h: float,
    shuns: float,
    how: Where,
) -> bool:
    """From the door of a department to the nearest that is not closed, nor shunned by one with this draw."""
    for neighbour in range(wards.neighbour_first[ward], wards.neighbour_first[ward + 1]):
        target = U4(wards.neighbour_ward[neighbour])
        if state.of_ward[target].doors != Doors.CLOSED and shuns >= state.of_ward[target].shunned:
            if state.patients[patient].where == Where.WAITING:
                leave_queue(wards, state, record, patient, at_h)
            road_h = journey_h(wards, state, ward, neighbour)
            send(wards, state, record, patient, ward, target, road_h, at_h, how)
            return True
    return False


@inlined
def _move_on(wards: WardTable, state: State, record: Record, patient: int, ward: int, at_h: float) -> bool:
    """Who would have come by themselves goes to the next department, or to none; where none is open, to this one."""
    person, home = state.patients[patient], U4(home_of(state, patient))
    place = _open_to_all(wards, state, home, ward, draw(person.key, Purpose.SHUNS))
    if place == NOWHERE and state.of_ward[ward].doors == Doors.CLOSED:
        place = _open_to_all(wards, state, home, ward, WHATEVER_IS_SAID)
    if place == NOWHERE:
        return False
    if draw(person.key, Purpose.STAYS_AWAY) < wards.stays_away_share:
        record.totals[0].stayed_away += 1
        give_up(wards, state, record, patient, at_h)
        return True
    return _set_out(wards, state, record, patient, ward, place, at_h, Where.MOVED_ON)


@inlined
def _open_to_all(wards: WardTable, state: State, home: int, ward: int, shuns: float) -> int:
    """The nearest other department in reach of a home that is open to all and not shunned, by the draw of one who may.

    Nobody who comes by themselves knows how full it is.
    """
    homes = wards.homes
    bound_h, reach = max(homes.bound_h, homes.journey_h[home]), U4(homes.reach[home])
    for place in range(homes.reach_first[reach], homes.reach_first[U4(reach + 1)]):
        if homes.reach_h[place] > bound_h:
            return NOWHERE
        target = U4(homes.reach_ward[place])
        there = state.of_ward[target]
        if target != ward and there.doors != Doors.CLOSED and shuns >= there.shunned:
            return int(place)
    return NOWHERE


@inlined
def _set_out(
    wards: WardTable,
    state: State,
    record: Record,
    patient: int,
    ward: int,
    place: int,
    at_h: float,
    how: Where,
) -> bool:
    """The patient is on the road to a place in the list of the sites in reach of their home, if there is one."""
    if place == NOWHERE:
        return False
    homes, home = wards.homes, U4(home_of(state, patient))
    target = U4(homes.reach_ward[U4(place)])
    longer_h = _longer_h(wards, state, home, ward, target, homes.reach_h[U4(place)])
    send(wards, state, record, patient, ward, target, longer_h, at_h, how)
    return True


@inlined
def _longer_h(wards: WardTable, state: State, home: int, ward: int, target: int, there_h: float) -> float:
    """By how much the journey from home is longer than that to the ward, as roads are at this hour."""
    hour, homes = hour_of(state), wards.homes
    at_home = wards.slowdown[homes.slowdown_row[U4(homes.commune[home])], hour]
    there = max(at_home, wards.slowdown[wards.slowdown_row[target], hour])
    here = max(at_home, wards.slowdown[wards.slowdown_row[ward], hour])
    return float(max(0.0, there_h * there - homes.journey_h[home] * here))


@inlined
def _samu_reaches(wards: WardTable, state: State, patient: int, ward: int) -> bool:
    """The SAMU directs the ambulance, as likely as it still works."""
    samu = wards.samu[ward]
    reach = 1.0 if samu < 0 else state.of_ward[samu].capacity_share
    return draw(state.patients[patient].key, Purpose.REROUTE) < reach
