"""The regional crisis cell: it opens on the first declaration, warns everyone, and orders.

Once it is open everyone looks harder, and establishments are ordered to close the doors of suppliers and partners to
intruders (customers of one that was attacked cut its link by themselves: `deciding/supplier_links.py`). Those that
share a directory with one that declared are ordered to cut their links. While a worm is loose, some cut theirs by
precaution.
"""

from collections.abc import Generator

from simpy import Event

from simulation.engine.delays import CommonDelay, Delay
from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.prepared import PreparedResponse
from topologies.region import LinkKind

DOORS = frozenset({LinkKind.MAINTENANCE, LinkKind.EXCHANGE})
"""The links that its common orders close to an attack: those of suppliers and partners."""


class RegionalCell:
    """The regional cell of one replication; it stays shut where the posture has none."""

    def __init__(self, situation: Situation, prepared: PreparedResponse, p: Parameters) -> None:
        self.opening = CommonDelay(
            situation,
            "regional_pace",
            p.response.regional_cell_h,
            shortened_by=prepared.regional_decisions,
        )
        self.order = Delay(situation, "order_pace", p.response.order_h, shortened_by=prepared.decisions)
        self.situation = situation
        self.prepared = prepared
        self.opened_h: float | None = None
        self._opened_by: int | None = None
        self._first_declaration: Event = situation.env.event()
        self._declared: list[Node] = []
        self._cautious = situation.luck.chances("precaution", len(situation.nodes))
        self._precaution_share = p.response.precaution_share.value

    def hear(self, node: Node) -> None:
        """An establishment has declared: the cell is about to open, or orders those behind the same directory."""
        self._declared.append(node)
        if not self._first_declaration.triggered:
            self._first_declaration.succeed(self.situation.last_event(node))
        elif self._opened_by is not None:
            self._order_peers(node, self._opened_by)

    def run(self) -> Generator[Event, int, None]:
        """The cell waits for the first declaration, opens, warns everyone, and gives its orders."""
        cause = yield self._first_declaration
        yield self.situation.env.timeout(self.opening.hours)
        self.opened_h = self.situation.now_h
        self._opened_by = self.situation.timeline.note(EventKind.REGIONAL_CELL, None, cause)
        self.situation.timeline.note(EventKind.SUPPLIER_ORDER, None, self._opened_by)
        self.situation.signals.regional_cell_opened.send(self._opened_by)
        for node in self._declared:
            self._order_peers(node, self._opened_by)
        if self.prepared.worm:
            self._take_precautions(self._opened_by)

    def _order_peers(self, node: Node, cause: int) -> None:
        """Those that share a directory with one that declared are ordered to cut their links."""
        for peer in self.prepared.supervision.peers_of(node):
            state = self.situation.states[peer]
            if self._is_spared(peer):
                state.ordered = True
                event = self.situation.note(peer, EventKind.ISOLATION_ORDER, cause)
                self.order.then(peer, self.situation.signals.order_reached.send, event)

    def _take_precautions(self, cause: int) -> None:
        """While a worm is loose, some of those not hit cut their links without an order."""
        for node in self.situation.nodes.sites:
            if self._is_spared(node) and self._cautious[node] < self._precaution_share:
                self.order.then(node, self.situation.signals.order_reached.send, cause)

    def _is_spared(self, node: Node) -> bool:
        """Neither cut off nor hit nor ordered to cut its links."""
        state = self.situation.states[node]
        return state.isolated_h is None and state.impact_h is None and not state.ordered

    def has_closed(self, node: Node, kind: LinkKind) -> bool:
        """By its orders, suppliers and partners no longer come into this node."""
        if self.opened_h is None or kind not in DOORS:
            return False
        return self.situation.now_h >= self.opened_h + self.order.hours(node)
