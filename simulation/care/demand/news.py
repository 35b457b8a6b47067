"""News: people hear that an emergency department can take clearly fewer, and some of them shun it.

They hear of it some hours after it began, and as long after it is over. Whoever comes by ambulance is not asked.
"""

from simulation.engine.delays import Delay
from simulation.engine.nodes import Node
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters


class News:
    """What people hear in one replication."""

    def __init__(self, situation: Situation, p: Parameters) -> None:
        self.spread = Delay(situation, "news_pace", p.doors.news_h)
        """From what happens until people know."""
        self.situation = situation
        self._p = p
        self._is_struck: dict[Node, bool] = {}
        self._is_known: dict[Node, bool] = {}

    def happen(self, node: Node, lost: float) -> None:
        """An establishment cannot take this share of its emergency patients as usual."""
        is_struck = lost >= self._p.plan_blanc.plan_blanc_1_lost.value
        if is_struck != self._is_struck.get(node, False):
            self._is_struck[node] = is_struck
            self.spread.then(node, self._tell)

    def _tell(self, node: Node) -> None:
        """People know how it is now."""
        is_struck = self._is_struck[node]
        if is_struck != self._is_known.get(node, False):
            self._is_known[node] = is_struck
            self.situation.signals.shunned.send(node, self._p.doors.shunned_share.value if is_struck else 0.0)
