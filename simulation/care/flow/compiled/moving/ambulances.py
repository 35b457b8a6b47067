"""Ambulances: who finds none free, and those that a full department keeps at its door.

Counted by department, not one by one: how many are out, and how many will be back in each part of an hour.
"""

import numpy as np

from simulation.care.capacity.ward_table import PARTS_AN_HOUR, WardTable
from simulation.care.flow.compiled.calendar import hour_of
from simulation.care.flow.record import Record
from simulation.care.flow.state import State
from simulation.engine.compiled import U4, inlined

AHEAD = 64
"""Parts of an hour that are kept: nobody is longer on the road, and the first comes after the last."""
HANDED_OVER = -1
"""In place of the department whose ambulance is still with a patient."""


@inlined
def call_ambulance(
    wards: WardTable, state: State, record: Record, patient: int, ward: int, at_h: float
) -> None:
    """One that is free has brought the patient; or the first to be back will, so much later.

    What is late delays the care of the time-critical; nobody joins a queue later for it.
    """
    department, part = U4(wards.department[ward]), _come_back(state, U4(wards.department[ward]), at_h)
    late = 0
    if state.ambulances_out[department] < wards.ambulances[department]:
        state.ambulances_out[department] += 1
    else:
        late = 1
        while (
            late < wards.ambulance_late_most and state.ambulances_back[department, (part + late) % AHEAD] == 0
        ):
            late += 1
        if state.ambulances_back[department, (part + late) % AHEAD] > 0:
            state.ambulances_back[department, (part + late) % AHEAD] -= 1
        else:
            # It comes from elsewhere.
            state.ambulances_out[department] += 1
        record.ambulances_late[hour_of(state), wards.emergency_number[ward]] += 1
        record.totals[0].ambulance_late_h += late / PARTS_AN_HOUR
        if state.patients[patient].condition > 0:
            state.seldom[patient].came_h -= late / PARTS_AN_HOUR
    state.patients[patient].ambulance_of = department
    state.patients[patient].late = late


@inlined
def hand_over(wards: WardTable, state: State, patient: int, at_h: float) -> None:
    """The patient, who waits for nothing, has left the ambulance: it will be back."""
    person = state.patients[patient]
    if person.ambulance_of != HANDED_OVER:
        part = _come_back(state, U4(person.ambulance_of), at_h)
        _add(state, U4(person.ambulance_of), part, person.late + wards.ambulance_mission)
        person.ambulance_of = HANDED_OVER


@inlined
def keep_at_the_door(wards: WardTable, state: State, patient: int, at_h: float) -> None:
    """The patient waits in the queue, and the crew with them, for so long at most."""
    person = state.patients[patient]
    if person.ambulance_of != HANDED_OVER:
        part = _come_back(state, U4(person.ambulance_of), at_h)
        _add(
            state, U4(person.ambulance_of), part, person.late + wards.ambulance_mission + wards.handover_most
        )


@inlined
def leave_the_door(wards: WardTable, state: State, patient: int, at_h: float) -> None:
    """The patient no longer waits: a crew that is still there goes."""
    person = state.patients[patient]
    if person.ambulance_of == HANDED_OVER:
        return
    department = U4(person.ambulance_of)
    part = _come_back(state, department, at_h)
    person.ambulance_of = HANDED_OVER
    later = U4(person.queued_h * PARTS_AN_HOUR) + person.late + wards.ambulance_mission + wards.handover_most
    sooner = part + person.late + wards.ambulance_mission
    # Somebody else may already count on this one.
    if sooner < later and state.ambulances_back[department, later % AHEAD] > 0:
        state.ambulances_back[department, later % AHEAD] -= 1
        state.ambulances_back[department, sooner % AHEAD] += 1


@inlined
def _add(state: State, department: int, part: int, parts: int) -> None:
    """One will be back after so many parts of an hour."""
    state.ambulances_back[department, (part + min(parts, AHEAD - 1)) % AHEAD] += 1


@inlined
def _come_back(state: State, department: int, at_h: float) -> int:
    """Those that are back by now are free; the part of an hour that has begun is returned."""
    part = np.int64(at_h * PARTS_AN_HOUR)
    while state.ambulances_seen[department] < part:
        state.ambulances_seen[department] += 1
        place = state.ambulances_seen[department] % AHEAD
        state.ambulances_out[department] -= state.ambulances_back[department, place]
        state.ambulances_back[department, place] = 0
    return int(part)
