"""Partner links: who has closed the links to those behind the same directory and to partners, by order, and until when.

It keeps its own systems and the internet, and loses a part of what a cut from outside costs. No attack comes over these
links meanwhile. They are opened again when nothing is found, or closed with all others when the establishment is cut.
"""

from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node
from simulation.engine.situation import Situation


class PartnerLinks:
    """The links to partners in one replication."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self._closed: set[Node] = set()

    def close(self, node: Node, cause: int) -> None:
        """The order is carried out, unless more has been done."""
        if self.situation.states[node].isolated_h is None and node not in self._closed:
            self._closed.add(node)
            self.situation.note(node, EventKind.PARTNERS_CLOSED, cause)
            self.situation.signals.partners_closed.send(node)

    def give_way(self, node: Node) -> None:
        """All links are cut."""
        self._closed.discard(node)

    def reopen(self, node: Node) -> None:
        """Nothing was found."""
        if node in self._closed:
            self._closed.remove(node)
            self.situation.note(node, EventKind.PARTNERS_BACK)
            self.situation.signals.partners_back.send(node)

    def has_closed(self, one: Node, other: Node) -> bool:
        """One of the two has closed its links to the other."""
        return one in self._closed or other in self._closed
