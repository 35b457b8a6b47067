"""Strikes: a service is denied, a supplier fails, or an update breaks machines, with nobody inside.

A strike hits its entry points at its hour and lasts as long as it lasts. A faulty update stops machines of all
the vendor's subscribers at once. A denied or broken service takes from those who depend on it what they need of it.
"""

from simulation.attack.attack_events import Outage, StrikeBegins
from simulation.attack.payloads import OF_STRIKES
from simulation.attack.prepared import PreparedAttack
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
        self._lost = self.payload.lost(p).value

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
        self.situation.states[node].outage = self._lost
        self.situation.signals.down.send(node)
        self.lasts.then(node, self._end, event)

    def _end(self, node: Node, cause: int) -> None:
        self.situation.note(node, EventKind.OUTAGE_ENDS, cause)
        self.situation.states[node].outage = None
        self.situation.signals.up_again.send(node)
