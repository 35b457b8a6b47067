"""Partner links: who has closed the links to those behind the same directory and to partners, by order, and until when.

It keeps its own systems and the internet, and loses a part of what a cut from outside costs. No attack comes over these
links meanwhile. They are opened again when nothing is found, or closed with all others when the establishment is cut.
"""

from functools import partial

from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node
from simulation.engine.situation import Situation
from simulation.inputs.clock import until_working_hours_h
from simulation.response.prepared import PreparedResponse


class PartnerLinks:
    """The links to partners in one replication."""

    def __init__(self, situation: Situation, prepared: PreparedResponse) -> None:
        self.situation = situation
        self._starts_at_h = prepared.starts_at_h
        self._closed: dict[Node, float] = {}
        """Whose are closed, since when."""

    def close(self, node: Node, cause: int) -> None:
        """The order is carried out, unless more has been done."""
        if self.situation.states[node].isolated_h is None and node not in self._closed:
            self._closed[node] = self.situation.now_h
            self.situation.note(node, EventKind.PARTNERS_CLOSED, cause)
            self.situation.signals.partners_closed.send(node)

    def give_way(self, node: Node) -> None:
        """All links are cut."""
        self._closed.pop(node, None)

    def reopen(self, node: Node) -> None:
        """Nothing was found: they are opened in working hours, when those at the other end can be asked."""
        if node in self._closed:
            wait_h = until_working_hours_h(self._starts_at_h + self.situation.now_h)
            cause = self.situation.last_event(node)
            self.situation.after(wait_h, partial(self._open, node, self._closed[node], cause))

    def _open(self, node: Node, closed_h: float, cause: int) -> None:
        """Unless there is another order meanwhile, or they have been closed anew."""
        if self._closed.get(node) == closed_h and self.situation.states[node].ordered is None:
            del self._closed[node]
            self.situation.note(node, EventKind.PARTNERS_BACK, cause)
            self.situation.signals.partners_back.send(node)

    def has_closed(self, one: Node, other: Node) -> bool:
        """One of the two has closed its links to the other."""
        return one in self._closed or other in self._closed
