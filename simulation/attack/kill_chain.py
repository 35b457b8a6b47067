"""How does an intruder come in, climb, move on, and set off his payload?

Per node a kill chain with MITRE ATT&CK techniques: foothold (T1190 exploit, T1566 mail, T1078 credentials, T1199 a
supplier's access), privilege (T1068), control of the directory (T1003), sabotage of the backups (T1490), theft
(T1567), and impact (T1486 encryption, T1485 destruction, T1657 publication). From control the attack follows the
links that leave the node (`attack_graph.py`: how likely and how fast; `spread.py`: when). A node cut off neither
receives nor sends the attack, and its payload does not go off. One object a wave: attackers do not know one another.
"""

from collections.abc import Callable
from functools import partial

from simulation.attack.attack_graph import STEPS, AttackLink, Step, vertex_of, with_skill
from simulation.attack.spread import Spread
from simulation.engine.situation import Situation
from simulation.inputs.scenarios.wave import Movement, Payload, Wave, WayIn
from simulation.response.decisions import Response
from topologies.region import LinkKind

TECHNIQUE_OF_WAY_IN = {
    WayIn.EXPLOIT: "T1190",
    WayIn.MAIL: "T1566",
    WayIn.CREDENTIALS: "T1078",
    WayIn.SUPPLIER: "T1199",
}
TECHNIQUE_OF_PASSAGE = {
    LinkKind.DIRECTORY: "T1078",
    LinkKind.HOSTING: "T1199",
    LinkKind.MAINTENANCE: "T1199",
    LinkKind.EXCHANGE: "T1566",
}
WORM_HOPS = "T1210"
TECHNIQUE_OF_STEP = {Step.PRIVILEGE: "T1068", Step.CONTROL: "T1003"}
KIND_OF_STEP = {Step.PRIVILEGE: "privilege", Step.CONTROL: "directory_control"}
TECHNIQUE_OF_PAYLOAD = {Payload.RANSOMWARE: "T1486", Payload.WIPER: "T1485", Payload.THEFT: "T1657"}
HOURS_A_DAY = 24.0


class Attack:
    """One intrusion of one replication."""

    def __init__(self, situation: Situation, response: Response, wave: Wave, number: int) -> None:
        prepared, luck, p = situation.prepared, situation.luck, situation.prepared.parameters
        nodes, name = len(prepared.nodes), wave.name
        self.situation = situation
        self.response = response
        self.wave = wave
        self.graph = prepared.attack_graphs[number]
        self.spread = Spread(situation.env, self.graph.edges, self.graph.delays_h(luck, name), self._arrive)
        self.detonated = False
        self.on_detonation: list[Callable[[int], None]] = []
        """Other waves that follow from this one; called with the event of the payload."""
        self._ends_h = prepared.scenario.hours_of(wave.ends) if wave.ends else float("inf")
        self._began: int | None = None
        self._reached: dict[int, int] = {}
        """The event by which each vertex was reached."""
        self._controlled: list[int] = []
        self._lands = luck.chances(f"foothold {name}", nodes)
        self._landing = luck.paces(f"foothold_pace {name}", nodes, p.attack.foothold_h.log_sd)
        self._steals = luck.chances(f"theft {name}", nodes)
        self._stealing = luck.paces(f"theft_pace {name}", nodes, p.attack.exfiltration_h.log_sd)
        self._sabotages = luck.chances(f"sabotage {name}", nodes)
        self._sabotaging = luck.paces(f"sabotage_pace {name}", nodes, p.attack.sabotage_h.log_sd)
        self._leaking = luck.paces(f"leak_pace {name}", nodes, p.attack.leak_days.log_sd)
        share, concentration = p.attack.machines_hit.value, p.attack.machines_hit_concentration.value
        betas = luck.stream(f"machines {name}").beta(
            share * concentration, (1 - share) * concentration, nodes
        )
        self._machines: list[float] = betas.tolist()

    def begin(self, cause: int | None = None) -> None:
        """The attacker tries the entry points; the payload waits for its hour, or its occasion."""
        prepared, wave, p = self.situation.prepared, self.wave, self.situation.prepared.parameters
        self._began = self.situation.timeline.note(
            "attack_begins", actor="attacker", cause=cause, technique="T1595", detail=wave.name
        )
        skill = wave.skill.value if wave.skill else 0.0
        for point in wave.entry_points:
            node = prepared.number_of[point]
            chance = prepared.defences[node].foothold_chance[wave.way_in]
            if self._lands[node] < with_skill(chance, skill, p):
                delay_h = p.attack.foothold_h.value * self._landing[node]
                self.situation.after(delay_h, partial(self._enter, node))
        if wave.detonation and wave.detonation.at:
            at_h = prepared.scenario.hours_of(wave.detonation.at)
            self.situation.after(max(0.0, at_h - self.situation.now_h), self.detonate)
        if wave.detonation and wave.detonation.detected:
            self.response.on_detection.append(self._seen)

    def _enter(self, node: int) -> None:
        """An entry point opens, unless it is closed or the attacker is in already."""
        vertex = vertex_of(node, Step.FOOTHOLD)
        if vertex not in self._reached and self._open(node):
            self.spread.settle(vertex)
            technique = TECHNIQUE_OF_WAY_IN[self.wave.way_in]
            self._set_foot(node, None, self._began, technique, "entry point")

    def _open(self, node: int) -> bool:
        return self.situation.states[node].isolated_h is None and self.situation.now_h < self._ends_h

    def _arrive(self, vertex: int, edge: int) -> bool:
        """An attempt arrives at a vertex; false when it has failed on its way, and another may come."""
        node, step = divmod(vertex, STEPS)
        link = self.graph.links[edge]
        if not self._open(node):
            return True
        if link is None:
            self._climb(node, Step(step))
        elif self.situation.states[link.source].isolated_h is not None or self.response.gates_closed(
            node, link.kind
        ):
            return False
        else:
            self._cross(link, Step(step))
        return True

    def _cross(self, link: AttackLink, step: Step) -> None:
        """The attack has come over a link: to a foothold, or straight to control of a directory that trusts."""
        node, source = link.target, link.source
        worm = self.wave.movement is Movement.WORM
        cause = self._reached[vertex_of(source, Step.FOOTHOLD if worm else Step.CONTROL)]
        if vertex_of(node, Step.FOOTHOLD) not in self._reached:
            technique = WORM_HOPS if worm else TECHNIQUE_OF_PASSAGE[link.kind]
            detail = f"{link.kind} {self.situation.prepared.nodes[source]}"
            self.spread.settle(vertex_of(node, Step.FOOTHOLD))
            self._set_foot(node, link, cause, technique, detail)
        if step is Step.CONTROL:
            self._take_control(node, cause)

    def _set_foot(
        self, node: int, link: AttackLink | None, cause: int | None, technique: str, detail: str
    ) -> None:
        """The attacker is in a node, and begins to climb; who is inside may be noticed."""
        situation, state = self.situation, self.situation.states[node]
        situation.note(node, "foothold", actor="attacker", cause=cause, technique=technique, detail=detail)
        self._reached[vertex_of(node, Step.FOOTHOLD)] = situation.last_event(node)
        if state.compromised_h is None:
            state.compromised_h = situation.now_h
            state.wave = self.wave.name
            state.via_link = link.number if link else None
        self.response.detection.raise_noise(
            node, situation.prepared.parameters.detection.foothold_noise.value
        )
        self.spread.leave(vertex_of(node, Step.FOOTHOLD))
        detonation = self.wave.detonation
        if detonation and detonation.after_h and len(self._reached) == 1:
            luck = situation.luck.paces(f"dwell {self.wave.name}", 1, detonation.after_h.log_sd)[0]
            situation.after(detonation.after_h.value * luck, self.detonate)
        if self.wave.movement is Movement.WORM:
            self._controlled.append(node)
            self._try_payload(node)

    def _climb(self, node: int, step: Step) -> None:
        if step is Step.CONTROL:
            self._take_control(node, self._reached[vertex_of(node, Step.PRIVILEGE)])
            return
        cause = self._reached[vertex_of(node, Step.FOOTHOLD)]
        self.situation.note(
            node, KIND_OF_STEP[step], actor="attacker", cause=cause, technique=TECHNIQUE_OF_STEP[step]
        )
        self._reached[vertex_of(node, step)] = self.situation.last_event(node)
        self.response.detection.raise_noise(
            node, self.situation.prepared.parameters.detection.privilege_noise.value
        )
        self.spread.leave(vertex_of(node, step))

    def _take_control(self, node: int, cause: int) -> None:
        """The directory is the attacker's: each link is tried, backups and data are next, the payload is laid."""
        situation, p, step = self.situation, self.situation.prepared.parameters, Step.CONTROL
        situation.note(
            node, KIND_OF_STEP[step], actor="attacker", cause=cause, technique=TECHNIQUE_OF_STEP[step]
        )
        event = situation.last_event(node)
        self._reached[vertex_of(node, step)] = event
        self._controlled.append(node)
        self.response.detection.raise_noise(node, 1.0)
        self.spread.leave(vertex_of(node, step))
        if situation.is_establishment(node):
            if self.wave.payload is not Payload.THEFT:
                delay_h = p.attack.sabotage_h.value * self._sabotaging[node]
                situation.after(delay_h, partial(self._sabotage, node, event))
            if self.wave.steals and self._steals[node] < p.attack.exfiltration_success.value:
                delay_h = p.attack.exfiltration_h.value * self._stealing[node]
                situation.after(delay_h, partial(self._steal, node, event))
        self._try_payload(node)

    def _sabotage(self, node: int, cause: int) -> None:
        """The backups are attacked, which is loud; they are gone where nothing kept them apart."""
        state, prepared = self.situation.states[node], self.situation.prepared
        if state.isolated_h is not None or state.backups_destroyed:
            return
        if self._sabotages[node] < prepared.defences[node].backups_lost_chance:
            state.backups_destroyed = True
            self.situation.note(node, "backups_destroyed", actor="attacker", cause=cause, technique="T1490")
        self.response.detection.raise_noise(node, prepared.parameters.detection.sabotage_noise.value)

    def _steal(self, node: int, cause: int) -> None:
        """Data have left, unless the establishment was cut off or hit before."""
        state = self.situation.states[node]
        if state.isolated_h is None and state.impact_h is None and not state.data_stolen:
            state.data_stolen = True
            self.situation.note(node, "data_theft", actor="attacker", cause=cause, technique="T1567")
            self.response.detection.raise_noise(
                node, self.situation.prepared.parameters.detection.theft_noise.value
            )

    def _try_payload(self, node: int) -> None:
        """What control of one more node sets off."""
        detonation = self.wave.detonation
        if detonation is None:
            return
        if self.detonated or detonation.arrival:
            self.hit(node)
        else:
            held = sum(map(self.situation.is_establishment, self._controlled))
            enough = detonation.sites is not None and held >= detonation.sites
            if enough or detonation.target == self.situation.prepared.nodes[node]:
                self.detonate()

    def _seen(self, node: int) -> None:
        """He sees that he has been noticed in a node that he holds, and hurries."""
        if vertex_of(node, Step.FOOTHOLD) in self._reached:
            p = self.situation.prepared.parameters.attack.attacker_reaction_h
            pace = self.situation.luck.paces(f"reaction {self.wave.name}", 1, p.log_sd)[0]
            self.situation.after(p.value * pace, self.detonate)

    def detonate(self) -> None:
        """The payload goes off at once wherever the attacker is in control."""
        if self.detonated:
            return
        self.detonated = True
        for node in self._controlled:
            self.hit(node)
        for follow in self.on_detonation:
            follow(self._began or 0)

    def hit(self, node: int) -> None:
        """Machines are lost, and the backups with them where nothing kept them apart; or data are published."""
        state, prepared = self.situation.states[node], self.situation.prepared
        if state.isolated_h is not None or state.impact_h is not None or not prepared.can_be_hit(node):
            return
        if self.wave.payload is Payload.THEFT:
            self._publish(node)
            return
        self._sabotage(node, self.situation.last_event(node))
        machines = self._machines[node] * prepared.defences[node].machines_exposed
        technique = TECHNIQUE_OF_PAYLOAD[self.wave.payload]
        key_h = self.wave.key_h.value if self.wave.key_h else None
        self.response.suffer(
            node, machines, technique, None if key_h is None else self.situation.now_h + key_h
        )
        if state.data_stolen:
            delay_h = prepared.parameters.attack.leak_days.value * HOURS_A_DAY * self._leaking[node]
            self.situation.after(delay_h, partial(self._leak, node, self.situation.last_event(node)))

    def _publish(self, node: int) -> None:
        """Stolen data are for sale: the victim learns of it from the attacker."""
        if self.situation.states[node].data_stolen:
            self._leak(node, self.situation.last_event(node))
            self.response.notice(node, "attacker")

    def _leak(self, node: int, cause: int) -> None:
        technique = TECHNIQUE_OF_PAYLOAD[Payload.THEFT]
        self.situation.note(node, "data_leak", actor="attacker", cause=cause, technique=technique)
