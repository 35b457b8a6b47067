"""What follows: where a patient goes after their stay in a ward; known from their own draw at any time."""

from simulation.care.capacity.ward_table import ELSEWHERE, Urgency, WardTable
from simulation.care.flow.codes import Exit
from simulation.care.flow.draws import Purpose, draw
from simulation.care.flow.state import State
from simulation.engine.compiled import U4, inlined
from simulation.inputs.streams import WardKind


@inlined
def draw_what_follows(wards: WardTable, state: State, patient: int, ward: int) -> int:
    """The number of the next ward, or an `Exit`."""
    person = state.patients[patient]
    chance = draw(person.key, Purpose.ROUTE + person.wards_left)
    in_emergency = wards.kind[ward] == WardKind.EMERGENCY
    urgency = U4(Urgency.TIME_CRITICAL if person.condition > 0 and in_emergency else Urgency.ORDINARY)
    for way in range(ELSEWHERE):
        if chance < wards.routes[ward, urgency, U4(way)]:
            goal = wards.next_ward[ward, U4(way)]
            return int(goal) if goal >= 0 else Exit.HOSPITALISED_ELSEWHERE
    return Exit.HOSPITALISED_ELSEWHERE if chance < wards.routes[ward, urgency, ELSEWHERE] else Exit.DISCHARGED


@inlined
def will_need_critical_care(wards: WardTable, state: State, patient: int) -> bool:
    """Critical care of the site follows the stay for which the patient waits."""
    goal = draw_what_follows(wards, state, patient, U4(state.patients[patient].ward))
    return bool(goal >= 0 and wards.kind[U4(goal)] == WardKind.CRITICAL_CARE)
