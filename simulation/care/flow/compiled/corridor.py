"""Corridor: patients of an emergency department in a chair or on a trolley, who take no box."""

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.state import State
from simulation.engine.compiled import U4, inlined
from simulation.inputs.streams import WardKind


@inlined
def leave_box(state: State, ward: int) -> None:
    """One more is in the corridor, and a box is free; nobody has been taken there yet."""
    state.of_ward[ward].in_care -= 1
    state.in_corridor[ward] += 1


@inlined
def boards_in_corridor(wards: WardTable, state: State, patient: int, ward: int) -> bool:
    """Enough boxes are taken by those who wait for a bed: who is not time-critical waits for theirs on a trolley."""
    if wards.kind[ward] != WardKind.EMERGENCY or state.patients[patient].condition > 0:
        return False
    return bool(state.boarding[ward] >= wards.boarders_in_boxes_share * state.of_ward[ward].open_places)


@inlined
def give_back(state: State, patient: int) -> int:
    """The place that a boarder keeps is free; the ward where it is."""
    held = U4(state.patients[patient].holds)
    if state.patients[patient].in_corridor:
        state.in_corridor[held] -= 1
    else:
        state.of_ward[held].in_care -= 1
        state.boarding[held] -= 1
    return held
