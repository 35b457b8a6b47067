"""The regional crisis cell: it opens on the first declaration, warns everyone, and orders by what is known.

Once it is open everyone looks harder, and establishments are ordered to close the doors of suppliers and partners to
intruders (customers of one that was attacked cut its link by themselves: `deciding/supplier_links.py`). Those that
share a directory with one that declared get an order by degrees, which rises as more is known of it: where an intruder
was seen, to look for them; where they held the directory, to close the links to partners; where a payload has gone
off, to cut; where it has in several places, to switch off. Those who are no one body are ordered one degree less. An
order ends when nothing is found (`detecting/hunts.py`). While a worm is loose, some cut theirs by precaution.
"""

from collections.abc import Generator

from simpy import Event

from simulation.engine.delays import CommonDelay, Delay
from simulation.engine.event_kinds import EventKind, Order, RegionalOrder
from simulation.engine.nodes import Node
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.deciding.partner_links import PartnerLinks
from simulation.response.prepared import PreparedResponse
from topologies.region import LinkKind

DOORS = frozenset({LinkKind.MAINTENANCE, LinkKind.EXCHANGE})
"""The links that its common orders close to an attack: those of suppliers and partners."""


class RegionalCell:
    """The regional cell of one replication; it stays shut where the posture has none."""

    def __init__(
        self, situation: Situation, prepared: PreparedResponse, p: Parameters, partner_links: PartnerLinks
    ) -> None:
        self.opening = CommonDelay(
            situation,
            "regional_pace",
            p.response.regional_cell_h,
            shortened_by=prepared.regional_decisions,
        )
        self.order = Delay(situation, "order_pace", p.response.order_h, shortened_by=prepared.decisions)
        self.notice = Delay(situation, "notice_pace", p.detection.impact_notice_h)
        self.situation = situation
        self.prepared = prepared
        self.partner_links = partner_links
        self.opened_h: float | None = None
        self._opened_by: int | None = None
        self._first_declaration: Event = situation.env.event()
        self._known: dict[str, Node] = {}
        """Each directory behind which somebody has declared, and who did at last."""
        self._since_h: dict[str, float] = {}
        """When each wave of attackers was known to whom declared it first."""
        self._given: dict[tuple[Node, str], Order] = {}
        """What each was ordered to do against a wave, the hardest: what has been done is not ordered again."""
        self._cautious = situation.luck.chances("precaution", len(situation.nodes))
        self._precaution_share = p.response.precaution_share.value

    def hear(self, node: Node) -> None:
        """An establishment has declared: the cell is about to open, or orders those behind the same directory."""
        self._known[self.prepared.supervision.directory_of[node]] = node
        state = self.situation.states[node]
        if state.wave is not None and state.detected_h is not None:
            self._since_h.setdefault(state.wave, state.detected_h)
        if not self._first_declaration.triggered:
            self._first_declaration.succeed(self.situation.last_event(node))
        elif self._opened_by is not None:
            self._order_peers(node, self._opened_by)

    def learn(self, node: Node) -> None:
        """The crisis cell of one more, behind a directory that is known, tells of an attack: the order may rise."""
        declared = self._known.get(self.prepared.supervision.directory_of[node])
        if self._opened_by is not None and declared is not None:
            self._order_peers(declared, self.situation.last_event(node))

    def learn_hit(self, hit: Hit) -> None:
        """A payload goes off where a crisis cell sits that knows of the attack: it tells of it once it is seen."""
        state = self.situation.states[hit.node]
        if state.detected_h is not None and state.crisis_cell_h is not None:
            self.notice.then(hit.node, self.learn)

    def run(self) -> Generator[Event, int, None]:
        """The cell waits for the first declaration, opens, warns everyone, and gives its orders."""
        cause = yield self._first_declaration
        yield self.situation.env.timeout(self.opening.hours)
        self.opened_h = self.situation.now_h
        self._opened_by = self.situation.timeline.note(EventKind.REGIONAL_CELL, None, cause)
        self.situation.timeline.note(EventKind.SUPPLIER_ORDER, None, self._opened_by)
        self.situation.signals.regional_cell_opened.send(self._opened_by)
        for node in self._known.values():
            self._order_peers(node, self._opened_by)
        if self.prepared.worm:
            self._take_precautions(self._opened_by)

    def _order_peers(self, node: Node, cause: int) -> None:
        """Those that share a directory with one that declared get the order that what is known calls for."""
        order, wave = self._due(node), self.situation.states[node].wave
        for peer in self.prepared.supervision.peers_of(node):
            # A directory that they share is nobody whom one could order.
            if wave is None or not self.situation.nodes.is_establishment(peer):
                continue
            if not self._is_spared(peer, self._since_h.get(wave, self.situation.now_h)):
                continue
            state = self.situation.begin_anew(peer)
            given = self._given.get((peer, wave)) if state.ordered is None else state.ordered
            if given is not None and given >= order:
                continue
            is_first, state.ordered = state.ordered is None, order
            self._given[peer, wave] = order
            event = self.situation.note(peer, RegionalOrder(order), cause)
            if is_first:
                self.situation.signals.warned.send(peer, wave, event)
            if order >= Order.CLOSE_LINKS:
                self.order.then(peer, self._carry_out, order, event)

    def _carry_out(self, node: Node, order: Order, cause: int) -> None:
        """Unless the order has ended meanwhile, since nothing was found."""
        ordered = self.situation.states[node].ordered
        if ordered is None or ordered < order:
            return
        if order is Order.CLOSE_LINKS:
            self.partner_links.close(node, cause)
        else:
            self.situation.signals.order_reached.send(node, cause)

    def _due(self, node: Node) -> Order:
        """By what is known of all behind the directory, and by whether they are one body."""
        supervision = self.prepared.supervision
        states = [self.situation.states[peer] for peer in supervision.peers_of(node)]
        known = [state for state in states if state.detected_h is not None and state.is_struck]
        struck = sum(state.impact_h is not None for state in known)
        degree = Order.CLOSE_LINKS + min(struck, 2) if known else Order.WATCH
        is_one = supervision.directory_of[node] in supervision.run_as_one
        return Order(max(Order.WATCH, degree if is_one else degree - 1))

    def _take_precautions(self, cause: int) -> None:
        """While a worm is loose, some of those not hit cut their links without an order."""
        for node in self.situation.nodes.sites:
            if self._is_spared(node, self.situation.now_h) and self._cautious[node] < self._precaution_share:
                self.order.then(node, self.situation.signals.order_reached.send, cause)

    def _is_spared(self, node: Node, known_h: float) -> bool:
        """Neither cut off nor hit, and not known to be attacked; or all of that was over another attack than this."""
        state = self.situation.states[node]
        if state.isolated_h is not None:
            return state.is_over and state.isolated_h < known_h
        return state.impact_h is None and state.detected_h is None

    def has_closed(self, node: Node, kind: LinkKind) -> bool:
        """By its orders, suppliers and partners no longer come into this node."""
        if self.opened_h is None or kind not in DOORS:
            return False
        return self.situation.now_h >= self.opened_h + self.order.hours(node)
