"""What happens when a service is denied, a supplier fails, or an update breaks machines, with nobody inside?

A strike hits those whom it names at its hour and lasts as long as it lasts. A faulty update stops machines of all
the vendor's subscribers at once. A denied or broken service takes from those who depend on it what they need of it.
"""

from collections.abc import Callable
from functools import partial

from simulation.engine.situation import Situation
from simulation.inputs.scenarios.wave import Payload, Wave
from simulation.response.decisions import Response

TECHNIQUE_OF_STRIKE = {Payload.DENIAL: "T1498", Payload.OUTAGE: None, Payload.FAULTY_UPDATE: None}


class Strike:
    """One strike of one replication."""

    def __init__(self, situation: Situation, response: Response, wave: Wave) -> None:
        self.situation = situation
        self.response = response
        self.wave = wave
        nodes = len(situation.prepared.nodes)
        log_sd = wave.lasts_h.log_sd if wave.lasts_h else None
        self.on_detonation: list[Callable[[int], None]] = []
        """Waves that follow from this one; called with the event of the strike."""
        self._lasting = situation.luck.paces(f"lasts {wave.name}", nodes, log_sd)

    def begin(self, cause: int | None = None) -> None:
        """Everything named is struck at once."""
        actor = "attacker" if self.wave.payload is Payload.DENIAL else "region"
        technique = TECHNIQUE_OF_STRIKE[self.wave.payload]
        began = self.situation.timeline.note(
            "strike", actor=actor, cause=cause, technique=technique, detail=self.wave.name
        )
        for point in self.wave.entry_points:
            node = self.situation.prepared.number_of[point]
            if self.wave.payload is Payload.FAULTY_UPDATE:
                for subscriber in self.situation.prepared.dependents.get(node, ()):
                    self._strike(
                        subscriber, began, self.situation.prepared.parameters.attack.faulty_update_hit.value
                    )
            else:
                self._strike(node, began, self.situation.prepared.parameters.attack.denial_loss.value)
        for follow in self.on_detonation:
            follow(began)

    def _strike(self, node: int, cause: int, lost: float) -> None:
        """The node is down for a while; a service takes its dependents with it."""
        lasts_h = (self.wave.lasts_h.value if self.wave.lasts_h else 0.0) * self._lasting[node]
        self.situation.note(
            node, "outage", actor="region", cause=cause, technique=TECHNIQUE_OF_STRIKE[self.wave.payload]
        )
        event = self.situation.last_event(node)
        self.response.degraded_mode.strike(node, lost)
        self.situation.after(lasts_h, partial(self._end, node, event))

    def _end(self, node: int, cause: int) -> None:
        self.situation.note(node, "outage_ends", actor="region", cause=cause)
        self.response.degraded_mode.come_up(node)
