"""Doors of emergency departments: whether ambulances, or all, are sent elsewhere by decision, and until when.

Where everything is switched off, the crisis cell decides some hours later: to go on, to take no more ambulances, or to
close. A rehearsed plan makes it rarer and shorter. A closed department opens to those who come by themselves once it
works on paper, and to ambulances when that runs well, which is decided by day; or as soon as enough of its systems is
back; it does not wait for the record. What patients then do: `care/flow/compiled/moving/elsewhere.py`.
"""

from collections.abc import Collection
from functools import partial

from simulation.care.flow.changes import Doors
from simulation.continuity.degraded_mode import DegradedMode
from simulation.continuity.left_by_systems import CAPACITY
from simulation.engine.delays import HOURS_A_DAY, Delay
from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node
from simulation.engine.situation import Situation
from simulation.inputs.clock import until_day_h
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import NUMBER, Stream
from simulation.response.prepared import PreparedResponse

ADULTS = NUMBER[Stream.EMERGENCY_ADULT]
"""The stream by which the whole department is judged."""
KIND = {
    Doors.OPEN: EventKind.ED_REOPENS,
    Doors.NO_AMBULANCES: EventKind.ED_REFUSES_AMBULANCES,
    Doors.CLOSED: EventKind.ED_CLOSES,
}


class EmergencyDoors:
    """The doors of all emergency departments in one replication."""

    def __init__(
        self,
        situation: Situation,
        prepared: PreparedResponse,
        p: Parameters,
        departments: Collection[Node],
        degraded_mode: DegradedMode,
    ) -> None:
        delay = partial(Delay, situation)
        self._left = [
            1.0 - p.protection.plan_keeps_open.value * defence.rehearsed for defence in prepared.defences
        ]
        """What a plan leaves of the chance and of the duration, by node."""
        self.decision = delay("doors_pace", p.site.doors_h, shortened_by=prepared.decisions)
        self.closing = delay("closing_pace", p.site.ed_closed_h, shortened_by=self._left)
        self.refusing = delay(
            "refusing_pace", p.site.ed_refuses_days, unit_h=HOURS_A_DAY, shortened_by=self._left
        )
        self.situation = situation
        self._p = p.site
        self._starts_at_h = prepared.starts_at_h
        self._departments = departments
        self._degraded_mode = degraded_mode
        self._decides = situation.luck.chances("doors", len(situation.nodes))
        self._doors: dict[Node, Doors] = {}
        """Of the departments on which somebody has decided."""

    def consider(self, node: Node) -> None:
        """Everything is off, or the crisis cell is open: once both are, it decides on the doors."""
        state = self.situation.states[node]
        if node in self._departments and state.is_switched_off and state.crisis_cell_h is not None:
            self.decision.then(node, self._decide)

    def _decide(self, node: Node) -> None:
        if node in self._doors or not self.situation.states[node].is_switched_off:
            return
        self._doors[node] = Doors.OPEN
        p = self._p
        is_hit = self.situation.states[node].impact_h is not None
        chance = (p.ed_refuses_hit if is_hit else p.ed_refuses_spared).value * self._left[node]
        if self._decides[node] >= chance:
            return
        cause = self.situation.last_event(node)
        if self._decides[node] < chance * p.ed_closes_share.value:
            event = self._set(node, Doors.CLOSED, cause)
            self.closing.then(node, self._open_by_day, Doors.NO_AMBULANCES, event)
        else:
            event = self._set(node, Doors.NO_AMBULANCES, cause)
        self.refusing.then(node, self._open_by_day, Doors.OPEN, event)

    def _open_by_day(self, node: Node, doors: Doors, cause: int) -> None:
        """Paper has been organised since they were shut: those who decide on it sit by day."""
        wait_h = until_day_h(self._starts_at_h + self.situation.now_h)
        self.situation.after(wait_h, partial(self._open, node, doors, cause))

    def _open(self, node: Node, doors: Doors, cause: int) -> None:
        """They open so far, unless they have opened already."""
        if self._doors.get(node, Doors.OPEN) > doors:
            self._set(node, doors, cause)

    def forget(self, node: Node) -> None:
        """All is over there, and may happen once more: the cell may decide once more."""
        if self._doors.get(node) is Doors.OPEN:
            del self._doors[node]

    def look(self, node: Node, _what: str = "") -> None:
        """Something is back: when enough is, the doors open."""
        is_open = self._doors.get(node, Doors.OPEN) is Doors.OPEN
        if not is_open and self._degraded_mode.left.at(node)[ADULTS, CAPACITY] >= self._p.ed_reopens_at.value:
            self._set(node, Doors.OPEN, self.situation.last_event(node))

    def _set(self, node: Node, doors: Doors, cause: int) -> int:
        self._doors[node] = doors
        state, now_h = self.situation.states[node], self.situation.now_h
        if doors is Doors.OPEN:
            state.ed_reopened_h = now_h
        elif state.ed_shut_h is None:
            state.ed_shut_h = now_h
        self._degraded_mode.set_doors(node, doors)
        return self.situation.note_beside(node, KIND[doors], cause)
