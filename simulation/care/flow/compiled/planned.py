"""Planned stays in medicine: put off before emergencies lack a bed, and called in again as fast as is planned.

What outages leave of a ward is left to emergencies first: they lack beds only so far as less is left than they
ordinarily need. Where fewer beds are left than are taken nobody is put out, emergencies take those that others leave,
and who comes for a planned stay has a bed when there is one over. A hospital that calls in only a share puts the others
off: they wait at home.
"""

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.changes import STAYS
from simulation.care.flow.codes import Where
from simulation.care.flow.compiled.calendar import hour_of
from simulation.care.flow.compiled.queue import Rank, join_queue
from simulation.care.flow.draws import Purpose, draw
from simulation.care.flow.record import Record
from simulation.care.flow.state import State
from simulation.engine.compiled import inlined

MEDICINE = int(STAYS)
HOURS_A_DAY = 24


@inlined
def has_place(wards: WardTable, state: State, ward: int) -> bool:
    """The first who waits there can be taken; somebody waits."""
    here = state.of_ward[ward]
    if here.in_care < here.open_places:
        return True
    is_struck = wards.stream[ward] == MEDICINE and here.capacity_share < 1.0
    if not is_struck or state.queue_first[ward, Rank.FIRST] < 0:
        return False
    planned, in_care = state.planned[ward].in_care, here.in_care
    opening = wards.opening_profile[wards.stream[ward], hour_of(state)]
    ordinary = wards.places[ward] * wards.in_use[ward] * opening
    theirs = ordinary * min(1.0, here.capacity_share / wards.unplanned_part[ward])
    return bool(in_care - planned < int(theirs + 0.5) and in_care < int(ordinary + 0.5))


@inlined
def count_planned(wards: WardTable, state: State, patient: int, ward: int, more: int) -> None:
    """One more, or one fewer, is in a bed whose stay was planned, if theirs was."""
    if wards.stream[ward] == MEDICINE and state.patients[patient].wards_left == 0:
        state.planned[ward].in_care += more


@inlined
def is_put_off(wards: WardTable, state: State, record: Record, patient: int, ward: int, at_h: float) -> bool:
    """Who was to come for a planned stay waits at home until it is their turn, unless their stay cannot be put off."""
    if wards.stream[ward] != MEDICINE:
        return False
    there = state.planned[ward]
    if there.share >= 1.0 and there.put_off == 0:
        return False
    if draw(state.patients[patient].key, Purpose.PLANNED) < wards.cannot_wait_share:
        return False
    record.totals[0].stays_put_off += 1
    state.patients[patient].where = Where.PUT_OFF
    state.patients[patient].queued_h = at_h
    join_queue(state, patient, ward)
    return True


@inlined
def can_call_in(wards: WardTable, state: State, ward: int, hour: int) -> int:
    """How many of those at home are called in at a whole hour: as many as are planned by now, and some to catch up.

    Those of a day have a bed when one is free, at night too; what is not used within a day is lost.
    """
    there, here = state.planned[ward], state.of_ward[ward]
    state.session_credit[ward] += called_hourly(wards, ward, hour, there.share)
    free_places: int = here.open_places - here.in_care
    called = max(0, min(int(there.put_off), int(state.session_credit[ward]), free_places))
    state.session_credit[ward] = min(at_most(wards, ward), state.session_credit[ward] - called)
    return called


@inlined
def at_most(wards: WardTable, ward: int) -> float:
    """Planned stays for which patients could have been called in and were not: those of a day."""
    return float(max(1.0, HOURS_A_DAY * wards.hourly[ward]))


@inlined
def called_hourly(wards: WardTable, ward: int, hour: int, share: float) -> float:
    """Planned stays for which patients are called in within an hour; once all are called in, some above the plan."""
    return float(planned_hourly(wards, ward, hour) * share * (wards.planned_margin if share >= 1.0 else 1.0))


@inlined
def planned_hourly(wards: WardTable, ward: int, hour: int) -> float:
    """Direct admissions to expect within an hour that can be put off."""
    hourly = wards.hourly[ward] * wards.arrival_profile[wards.stream[ward], hour]
    return float(hourly * (1.0 - wards.cannot_wait_share))
