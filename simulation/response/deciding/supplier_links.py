"""Supplier links: customers of a supplier that was attacked are told, and each decides to cut its link or not.

A supplier that has found the attack tells its customers itself; where it does not know, CERT Santé does, once the way
in of a first victim has been traced to it. An alert is missed by some. Of those who read it most cut their link, some
hours later, but for what a host that still works holds of theirs; that costs what leans on this supplier
(`continuity/dependence.py`), and no attack comes by it any more. The sites of one body decide as one; who has cut all
links already cuts this one before it opens the others.
Once the supplier is clean, or its outage over, each takes the link up again when it is assured of it. Nothing else that
happens to a customer follows from that, so that its own events keep their causes.
"""

from functools import partial

from simulation.engine.delays import HOURS_A_DAY, Delay
from simulation.engine.event_kinds import Channel, EventKind
from simulation.engine.nodes import Node
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.deciding.supplier_events import SupplierAlert, SupplierBack, SupplierCut, Teller
from simulation.response.prepared import PreparedResponse


class SupplierLinks:
    """Which customers have cut their link to which supplier in one replication."""

    def __init__(self, situation: Situation, prepared: PreparedResponse, p: Parameters) -> None:
        delay = partial(Delay, situation)
        self.telling = delay("supplier_pace", p.response.supplier_tells_h)
        self.tracing = delay("way_in_pace", p.response.way_in_traced_h)
        self.decision = delay("supplier_cut_pace", p.response.supplier_cut_h, shortened_by=prepared.decisions)
        self.assurance = delay("assurance_pace", p.response.assurance_days, unit_h=HOURS_A_DAY)
        self.situation = situation
        self._body_of = prepared.supervision.body_of
        self._customers, self._leans_on = prepared.customers, prepared.stakes.leans_on
        self._p = p.response
        self._misses = situation.luck.chances("supplier alert", len(situation.nodes))
        self._cuts = situation.luck.chances("supplier cut", len(situation.nodes))
        self._told: set[Node] = set()
        self._clean: set[Node] = set()
        self._cut: set[tuple[Node, Node]] = set()
        """Customers with the supplier."""
        self._waiting: dict[Node, list[tuple[Node, int]]] = {}
        """Of each customer that has cut all its links: the suppliers that it will not be back with, and why."""

    def hear(self, node: Node) -> None:
        """A supplier that was attacked knows it; or a victim does, and it is looked for how they came in."""
        via = self.situation.states[node].via
        if node in self._customers:
            self.telling.then(node, self._tell, Teller.SUPPLIER, self.situation.last_event(node))
        elif via is not None and via in self._customers:
            self.tracing.then(via, self._tell, Teller.CERT, self.situation.last_event(node))

    def _tell(self, supplier: Node, teller: Teller, cause: int) -> None:
        """All customers are told, once; a supplier that does not know yet is told too."""
        if supplier in self._told or supplier in self._clean:
            return
        self._told.add(supplier)
        event = self.situation.timeline.note(SupplierAlert(teller), supplier, cause)
        if teller is Teller.CERT:
            self.situation.signals.recognised.send(supplier, Channel.CERT)
        works = not self.situation.states[supplier].is_down
        kept = 1.0 - self._leans_on.get(supplier, 0.0) if works else 1.0
        for customer in self._customers[supplier]:
            first = self._body_of(customer)[0]
            if self._misses[first] < self._p.supplier_alert_missed.value:
                self.situation.timeline.note(EventKind.SUPPLIER_ALERT_MISSED, customer, event)
            elif self._cuts[first] < self._p.supplier_cut_share.value * kept:
                decided_h = self.decision.hours(first)
                self.situation.after(decided_h, partial(self._cut_link, customer, supplier, event))

    def cut_before_opening(self, customer: Node) -> None:
        """It is about to be back on its links, but for those to suppliers that are not clean."""
        for supplier, cause in self._waiting.pop(customer, ()):
            self._cut_link(customer, supplier, cause)

    def _cut_link(self, customer: Node, supplier: Node, cause: int) -> None:
        """The link is cut, unless the supplier is clean by now."""
        if supplier in self._clean:
            return
        if self.situation.states[customer].is_cut_off:
            self._waiting.setdefault(customer, []).append((supplier, cause))
        else:
            self._cut.add((customer, supplier))
            what = SupplierCut(self.situation.nodes.names[supplier])
            event = self.situation.timeline.note(what, customer, cause)
            self.situation.signals.supplier_cut.send(customer, supplier, event)

    def forget(self, supplier: Node) -> None:
        """All is over there, and may happen once more: its customers may be told once more."""
        self._told.discard(supplier)
        self._clean.discard(supplier)

    def assure(self, supplier: Node) -> None:
        """The supplier is clean, or its outage over: its customers take up their links when they are assured of it."""
        if supplier not in self._customers or supplier in self._clean:
            return
        self._clean.add(supplier)
        for customer in self._customers[supplier]:
            if (customer, supplier) in self._cut:
                self.assurance.then(customer, self._take_up, supplier, self.situation.last_event(supplier))

    def _take_up(self, customer: Node, supplier: Node, cause: int) -> None:
        self._cut.remove((customer, supplier))
        what = SupplierBack(self.situation.nodes.names[supplier])
        event = self.situation.timeline.note(what, customer, cause)
        self.situation.signals.supplier_back.send(customer, supplier, event)

    def has_cut(self, one: Node, other: Node) -> bool:
        """One of the two is a customer that has cut its link to the other."""
        return (one, other) in self._cut or (other, one) in self._cut
