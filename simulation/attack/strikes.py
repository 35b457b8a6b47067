"""Strikes: a service is denied, a supplier fails, or an update breaks machines, with nobody inside.

A strike hits its entry points at its hour and lasts as long as it lasts. A faulty update stops machines of all
the vendor's subscribers at once. A denied or broken service takes from those who depend on it what they need of it. It
comes back at once when the strike ends, or by degrees before (`return_curve.py`). Where an outage is the work of
attackers (`attacked`), the customers of what was struck are told to cut their links to it (`supplier_links.py`).
"""

from functools import partial

from simulation.attack.attack_events import Outage, OutageEases, StrikeBegins
from simulation.attack.payloads import OF_STRIKES
from simulation.attack.prepared import PreparedAttack
from simulation.attack.return_curve import Step, curve_of
from simulation.engine.delays import Delay
from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node
from simulation.engine.signals import Signal
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters


class Strike:
    """One strike of one replication."""

    def __init__(self, situation: Situation, prepared: PreparedAttack, p: Parameters, number: int) -> None:
        here = prepared.waves[number]
        assert here.wave.lasts_h is not None, "a strike without an end is refused with its scenario"
        self.lasts = Delay(situation, f"lasts {here.wave.name}", here.wave.lasts_h)
        self.situation = situation
        self.payload = OF_STRIKES[here.wave.payload]
        self.gone_off: Signal[[int | None]] = Signal()
        """Waves that follow from this one begin; sent with the event of the strike."""
        self._name = here.wave.name
        self._entry_points = prepared.entry_points(number, situation.luck)
        self._subscribers = prepared.dependents
        self._lost = self.payload.lost(p)
        self._attacked = here.wave.attacked
        self._curve = curve_of(here.wave.returns, here.wave.lasts_h.value)

    def begin(self, cause: int | None = None) -> None:
        """Its entry points are struck at once."""
        what = StrikeBegins(self.payload.actor, self.payload.technique, self._name)
        began = self.situation.timeline.note(what, None, cause)
        for node in self._entry_points:
            for struck in self._subscribers.get(node, ()) if self.payload.on_subscribers else (node,):
                self._strike(struck, began)
        self.gone_off.send(began)

    def _strike(self, node: Node, cause: int) -> None:
        """The node is down for a while; a service takes its dependents with it."""
        event = self.situation.note(node, Outage(self.payload.technique), cause)
        self._leave(node, self._curve[0].share)
        if self._attacked:
            self.situation.signals.supplier_struck.send(node)
        hours = self.lasts.hours(node)
        for step in self._curve[1:]:
            self.situation.after(step.at * hours, partial(self._come_back, node, step, event))
        self.lasts.then(node, self._end, event)

    def _leave(self, node: Node, share: float) -> None:
        """So much of it works."""
        self.situation.states[node].outage = self._lost * (1.0 - share)
        self.situation.signals.down.send(node)

    def _come_back(self, node: Node, step: Step, cause: int) -> None:
        """A little more of it works; the points that the scenario names are on the timeline."""
        if step.named:
            self.situation.note(node, OutageEases(step.named), cause)
        self._leave(node, step.share)

    def _end(self, node: Node, cause: int) -> None:
        self.situation.note(node, EventKind.OUTAGE_ENDS, cause)
        self.situation.states[node].outage = None
        self.situation.signals.up_again.send(node)
