"""The regional crisis cell: it opens on a declaration, warns everyone, orders by what is known, and closes.

Once it is open everyone looks harder, and establishments are ordered to close the doors of suppliers and partners to
intruders (customers of one that was attacked cut its link by themselves: `deciding/supplier_links.py`). Those that
share a directory with one that declared get an order by degrees, which rises as more is known of it: where an intruder
was seen, to look for them; where they held the directory, to close the links to partners; where a payload has gone
off, to cut; where it has in several places, to switch off. Those who are no one body are ordered one degree less. An
order ends when nothing is found (`detecting/hunts.py`). While a worm is loose, some cut theirs by precaution.

Every day it looks at where things stand. After some days on which nobody is cut off, dark or shut, nor takes clearly
fewer emergencies, it closes by day, whatever is still to be rebuilt: its common orders end, its requests, and the
vigilance. Who declares later opens it anew.
"""

from collections.abc import Generator
from functools import partial

from simpy import Event

from simulation.engine.delays import HOURS_A_DAY, CommonDelay, Delay
from simulation.engine.event_kinds import EventKind, Order, RegionalOrder
from simulation.engine.nodes import Node
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.clock import until_day_h
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
        """When it opened first."""
        self._open_since_h: float | None = None
        self._opened_by: int | None = None
        """The event by which it opened, while it is open."""
        self._declaration: Event = situation.env.event()
        """The one that opens it."""
        self._known: dict[str, Node] = {}
        """Each directory behind which somebody has declared, and who did at last."""
        self._since_h: dict[str, float] = {}
        """When each wave of attackers was known to whom declared it first."""
        self._given: dict[tuple[Node, str], Order] = {}
        """What each was ordered to do against a wave, the hardest: what has been done is not ordered again."""
        self._cautious = situation.luck.chances("precaution", len(situation.nodes))
        self._precaution_share = p.response.precaution_share.value
        self._calm_days = p.response.cell_calm_days.value
        self._clearly = p.plan_blanc.plan_blanc_1_lost.value
        self._take_fewer: set[Node] = set()
        """Who cannot take clearly so many emergencies as usual."""
        self._concerned: Node | None = None
        """One of those for whom it still sits, when it looked last."""

    def hear(self, node: Node) -> None:
        """An establishment has declared: the cell is about to open, or orders those behind the same directory."""
        self._known[self.prepared.supervision.directory_of[node]] = node
        state = self.situation.states[node]
        if state.wave is not None and state.detected_h is not None:
            self._since_h.setdefault(state.wave, state.detected_h)
        if not self._declaration.triggered:
            self._declaration.succeed(self.situation.last_event(node))
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
        """The cell waits for a declaration, opens, warns everyone, gives its orders, and closes when all is calm."""
        while True:
            cause = yield self._declaration
            yield self.situation.env.timeout(self.opening.hours)
            self._open(cause)
            yield from self._sit()
            self._close()

    def _open(self, cause: int) -> None:
        self._open_since_h = self.situation.now_h
        if self.opened_h is None:
            self.opened_h = self._open_since_h
        self._opened_by = self.situation.timeline.note(EventKind.REGIONAL_CELL, None, cause)
        self.situation.timeline.note(EventKind.SUPPLIER_ORDER, None, self._opened_by)
        self.situation.signals.regional_cell_opened.send(self._opened_by)
        for node in self._known.values():
            self._order_peers(node, self._opened_by)
        if self.prepared.worm:
            self._take_precautions(self._opened_by)

    def _sit(self) -> Generator[Event, int, None]:
        """Day after day, until nobody has been concerned for some days; it closes by day."""
        calm = 0
        while calm < self._calm_days:
            yield self.situation.env.timeout(HOURS_A_DAY)
            calm = 0 if self._is_needed() else calm + 1
        yield self.situation.env.timeout(until_day_h(self.prepared.starts_at_h + self.situation.now_h))

    def _is_needed(self) -> bool:
        """Somebody is concerned: who was on the last day is asked first."""
        if self._concerned is None or not self._is_concerned(self._concerned):
            concerned = (
                Node(node) for node in range(len(self.situation.nodes)) if self._is_concerned(Node(node))
            )
            self._concerned = next(concerned, None)
        return self._concerned is not None

    def _is_concerned(self, node: Node) -> bool:
        """It is cut off, dark, shut or down, about to be, or takes clearly fewer emergencies."""
        state = self.situation.states[node]
        is_shut = state.ed_shut_h is not None and state.ed_reopened_h is None
        is_found = state.detected_h is not None and state.isolated_h is None
        return (
            state.is_cut_off
            or state.is_switched_off
            or state.outage is not None
            or is_shut
            or is_found
            or node in self._take_fewer
        )

    def lose(self, node: Node, share: float) -> None:
        """A site cannot take this share of its emergencies."""
        (self._take_fewer.add if share >= self._clearly else self._take_fewer.discard)(node)

    def _close(self) -> None:
        assert self._opened_by is not None, "it has opened"
        event = self.situation.timeline.note(EventKind.REGIONAL_CELL_CLOSES, None, self._opened_by)
        self._open_since_h = self._opened_by = None
        self._known.clear()
        self._declaration = self.situation.env.event()
        self.situation.signals.regional_cell_closed.send(event)

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
                self.situation.after(
                    self._until_obeyed_h(peer, order), partial(self._carry_out, peer, order, event)
                )

    def _until_obeyed_h(self, node: Node, order: Order) -> float:
        """To close the links to partners waits for the morning, to cut does not."""
        lasts_h = self.order.hours(node)
        if order is not Order.CLOSE_LINKS:
            return lasts_h
        return lasts_h + until_day_h(self.prepared.starts_at_h + self.situation.now_h + lasts_h)

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
        if self._open_since_h is None or kind not in DOORS:
            return False
        return self.situation.now_h >= self._open_since_h + self.order.hours(node)
