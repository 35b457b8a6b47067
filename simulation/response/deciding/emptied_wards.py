"""Emptied wards: critical care that a hospital cannot give, so that its patients are moved; and when it opens again.

Where the payload has gone off and everything is off, the crisis cell looks at its critical care some time later. Most
go on with sheets at the bedside; some decide that it is not safe, and empty it: patients are moved one by one to units
with a free bed, as vehicles for the critically ill allow (`care/flow/compiled/moving/emptying.py`), and who needs one
meanwhile goes there too. A rehearsed plan makes it rarer and shorter. The unit opens again once it has organised its
work on paper, or when enough of its systems is back; those who were moved stay where they are.
"""

from collections.abc import Collection
from functools import partial

from simulation.care.flow.changes import CRITICAL
from simulation.continuity.degraded_mode import DegradedMode
from simulation.engine.delays import HOURS_A_DAY, Delay
from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.prepared import PreparedResponse


class EmptiedWards:
    """Critical care that is emptied by decision in one replication."""

    def __init__(
        self,
        situation: Situation,
        prepared: PreparedResponse,
        p: Parameters,
        units: Collection[Node],
        degraded_mode: DegradedMode,
    ) -> None:
        delay = partial(Delay, situation)
        self._left = [
            1.0 - p.protection.plan_keeps_open.value * defence.rehearsed for defence in prepared.defences
        ]
        """What a plan leaves of the chance and of the duration, by node."""
        self.decision = delay("emptying_pace", p.site.empties_h, shortened_by=prepared.decisions)
        self.organising = delay(
            "unit_reopens_pace", p.site.emptied_days, unit_h=HOURS_A_DAY, shortened_by=self._left
        )
        self.situation = situation
        self._p = p.site
        self._units = units
        """Establishments that have critical care."""
        self._degraded_mode = degraded_mode
        self._decides = situation.luck.chances("empties", len(situation.nodes))
        self._emptied: dict[Node, bool] = {}
        """Of those on whose critical care somebody has decided: whether it is emptied now."""

    def consider(self, node: Node) -> None:
        """Everything is off, or the crisis cell is open, or the payload has gone off: once all are, it will decide."""
        state = self.situation.states[node]
        is_struck = state.impact_h is not None and state.is_switched_off
        if node in self._units and is_struck and state.crisis_cell_h is not None:
            self.decision.then(node, self._decide)

    def consider_hit(self, hit: Hit) -> None:
        """The payload has gone off."""
        self.consider(hit.node)

    def _decide(self, node: Node) -> None:
        if node in self._emptied or self._is_fit(node):
            return
        self._emptied[node] = self._decides[node] < self._p.empties_critical.value * self._left[node]
        if self._emptied[node]:
            event = self.situation.note_beside(node, EventKind.CRITICAL_CARE_EMPTIED)
            self._degraded_mode.set_emptied(node, emptied=True)
            self.organising.then(node, self._reopen, event)

    def _is_fit(self, node: Node) -> bool:
        """What systems it misses costs its critical care next to nothing."""
        lost = self._degraded_mode.lost(node)
        return lost is None or 1.0 - float(lost[CRITICAL]) >= self._p.unit_reopens_at.value

    def forget(self, node: Node) -> None:
        """All is over there, and may happen once more: the cell may decide once more."""
        if not self._emptied.get(node):
            self._emptied.pop(node, None)

    def look(self, node: Node, _what: str = "") -> None:
        """Something is back: when enough is, the unit opens again."""
        if self._emptied.get(node) and self._is_fit(node):
            self._reopen(node, self.situation.last_event(node))

    def _reopen(self, node: Node, cause: int) -> None:
        if self._emptied.get(node):
            self._emptied[node] = False
            self.situation.note_beside(node, EventKind.CRITICAL_CARE_REOPENS, cause)
            self._degraded_mode.set_emptied(node, emptied=False)
