"""Payloads: what each does when it goes off, and what it strikes.

An intrusion prepares its payload in every node that it controls, and sets it off later (`kill_chain.py`); a strike
needs nobody inside (`strikes.py`). A new payload is a member of `Payload` (`simulation/inputs/scenarios/wave.py`) and
an entry of one of the two tables here: docs/contributors/adding-a-payload.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from simulation.attack.attack_events import Impact, RansomNote, ScreensDark
from simulation.attack.prepared import PreparedAttack
from simulation.engine.delays import HOURS_A_DAY, Delay
from simulation.engine.event_kinds import Actor, Channel, EventKind, Happening
from simulation.engine.nodes import Node
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.wave import Payload, Wave


class IntrusionPayload(Protocol):
    """What an intruder brings."""

    def prepare(self, node: Node, cause: int) -> None:
        """The payload is near: what it needs in an establishment under control is done."""

    def go_off(self, node: Node, cause: int) -> None:
        """The payload goes off in a node under control."""

    def publish(self, node: Node, theft: int) -> None:
        """The hour has come: what was stolen there will be known, whoever has been thrown out since."""


class StopMachines:
    """Machines are encrypted or destroyed, and the backups with them where nothing keeps them apart."""

    def __init__(
        self,
        technique: str,
        first_sign: Callable[[str], Happening],
        situation: Situation,
        prepared: PreparedAttack,
        p: Parameters,
        wave: Wave,
    ) -> None:
        nodes, name = len(situation.nodes), wave.name
        delay = partial(Delay, situation)
        self.leak = delay(f"leak_pace {name}", p.attack.leak_days, unit_h=HOURS_A_DAY)
        self.situation = situation
        self.technique = technique
        self.first_sign = first_sign(technique)
        self._defences = prepared.defences
        self._bodies = prepared.bodies
        self._key_h = wave.key_h.value if wave.key_h else None
        self._sabotages = situation.luck.chances(f"sabotage {name}", nodes)
        share, concentration = p.attack.machines_hit.value, p.attack.machines_hit_concentration.value
        betas = situation.luck.stream(f"machines {name}").beta(
            share * concentration, (1 - share) * concentration, nodes
        )
        self._machines: list[float] = betas.tolist()
        """Share of the machines that the payload would hit without protection, by node."""

    def prepare(self, node: Node, cause: int) -> None:
        """The backups are attacked, which is loud."""
        if self.situation.states[node].impact_h is None:
            self._destroy_backups(node, cause)
            self.situation.signals.loud.send(node, EventKind.BACKUPS_DESTROYED)

    def _destroy_backups(self, node: Node, cause: int) -> None:
        """They are gone where nothing keeps them apart."""
        state = self.situation.states[node]
        if not state.backups_destroyed and self._sabotages[node] < self._defences[node].backups_lost_chance:
            state.backups_destroyed = True
            self.situation.note(node, EventKind.BACKUPS_DESTROYED, cause)

    def go_off(self, node: Node, cause: int) -> None:
        """Backups and machines are lost."""
        situation, state = self.situation, self.situation.states[node]
        self._destroy_backups(node, cause)
        machines = self._machines[node] * self._defences[node].machines_exposed
        state.impact_h = situation.now_h
        state.key_h = None if self._key_h is None else situation.now_h + self._key_h
        situation.note(node, Impact(self.technique, machines), cause)
        situation.signals.hit.send(Hit(node=node, machines=machines, first_sign=self.first_sign))

    def publish(self, node: Node, theft: int) -> None:
        """Those who do not pay see it on the market some days or weeks later, all sites of a body at once."""
        self.situation.after(self.leak.hours(self._bodies[node][0]), partial(self._publish, node, theft))

    def _publish(self, node: Node, theft: int) -> None:
        self.situation.note_beside(node, EventKind.DATA_LEAK, theft)


class PublishData:
    """Stolen data are for sale: the victim learns of the attack from the attacker. Nothing stops working."""

    def __init__(self, situation: Situation, prepared: PreparedAttack, p: Parameters, wave: Wave) -> None:
        self.situation = situation

    def prepare(self, node: Node, cause: int) -> None:
        """Nothing more than the theft itself."""

    def go_off(self, node: Node, cause: int) -> None:
        """Nothing stops working."""

    def publish(self, node: Node, theft: int) -> None:
        """It is for sale at once."""
        self.situation.note(node, EventKind.DATA_LEAK, theft)
        self.situation.signals.recognised.send(node, Channel.ATTACKER)


Bring = Callable[[Situation, PreparedAttack, Parameters, Wave], IntrusionPayload]

OF_INTRUSIONS: Mapping[Payload, Bring] = {
    Payload.RANSOMWARE: partial(StopMachines, "T1486", RansomNote),
    Payload.WIPER: partial(StopMachines, "T1485", ScreensDark),
    Payload.THEFT: PublishData,
}
"""What intruders bring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikePayload:
    """What strikes without anyone inside."""

    actor: Actor = Actor.REGION
    technique: str | None = None
    lost: Callable[[Parameters], float]
    """Share of the applications that it takes at first."""
    on_subscribers: bool = False
    """It strikes the subscribers of a service instead of the service."""


OF_STRIKES: Mapping[Payload, StrikePayload] = {
    Payload.DENIAL: StrikePayload(
        actor=Actor.ATTACKER, technique="T1498", lost=lambda p: p.attack.denial_loss.value
    ),
    Payload.OUTAGE: StrikePayload(lost=lambda _: 1.0),
    Payload.FAULTY_UPDATE: StrikePayload(
        lost=lambda p: p.attack.faulty_update_hit.value, on_subscribers=True
    ),
}
"""What strikes: a flood of requests, a supplier's failure, a broken update."""
