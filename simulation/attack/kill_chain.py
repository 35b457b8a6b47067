"""The kill chain: how an intruder gets in, climbs, moves on, and sets off the payload.

In each node, with MITRE ATT&CK techniques: foothold (T1190 exploit, T1566 mail, T1078 credentials, T1199 a supplier's
access), privilege (T1068), control of the directory (T1003), theft of data (T1567), then what the payload does
(`payloads.py`). From control the attack follows the links that leave the node (`attack_graph.py`: how likely and how
fast; `spread.py`: when). A node that is cut off neither receives nor sends the attack; a payload laid there before may
still go off, unless everything is switched off. Once all is over there and it is on its links again, attackers who
begin later may come in, and it all happens once more.
Who sees that they are looked for may hurry, hide or come back (`reactions.py`). Waves do not know one another.
"""

from collections.abc import Callable
from functools import partial

from simulation.attack.attack_events import AttackBegins, Foothold
from simulation.attack.attack_graph import STEPS, AttackLink, Step, vertex_of
from simulation.attack.laid import LaidPayload
from simulation.attack.night import until_night_h
from simulation.attack.payloads import OF_INTRUSIONS
from simulation.attack.prepared import PreparedAttack
from simulation.attack.reactions import Reactions
from simulation.attack.spread import Spread
from simulation.engine.delays import CommonDelay, Delay
from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node, NodeState
from simulation.engine.signals import Signal
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.wave import Detonation, Movement, Payload, WayIn
from topologies.region import LinkKind

TECHNIQUE_OF_WAY_IN = {
    WayIn.EXPLOIT: "T1190",
    WayIn.MAIL: "T1566",
    WayIn.CREDENTIALS: "T1078",
    WayIn.SUPPLIER: "T1199",
}
TECHNIQUE_OF_LINK = {
    LinkKind.DIRECTORY: "T1078",
    LinkKind.HOSTING: "T1199",
    LinkKind.MAINTENANCE: "T1199",
    LinkKind.EXCHANGE: "T1566",
}
WORM_HOPS = "T1210"
KIND_OF_STEP = {Step.PRIVILEGE: EventKind.PRIVILEGE, Step.CONTROL: EventKind.DIRECTORY_CONTROL}
CONTROL_NOISE = 1.0
"""By definition: hazards of detection are stated for an attacker who holds the directory."""


class KillChain:
    """One intrusion of one replication."""

    def __init__(
        self,
        situation: Situation,
        prepared: PreparedAttack,
        p: Parameters,
        number: int,
        is_closed: Callable[[AttackLink], bool],
    ) -> None:
        """`is_closed` says whether the defenders have closed a link, though neither end is cut off."""
        here = prepared.waves[number]
        wave, luck, nodes = here.wave, situation.luck, len(situation.nodes)
        assert wave.detonation is not None, "an intrusion that never goes off is refused with its scenario"
        # A worm knocks at all doors at once.
        opens_h = p.attack.worm_hop_h if wave.movement is Movement.WORM else p.attack.foothold_h
        self.foothold = Delay(situation, f"foothold_pace {wave.name}", opens_h)
        self.exfiltration = Delay(situation, f"theft_pace {wave.name}", p.attack.exfiltration_h)
        self.preparation = Delay(situation, f"sabotage_pace {wave.name}", p.attack.sabotage_h)
        self.lead = Delay(situation, f"sabotage_lead {wave.name}", p.attack.sabotage_lead_h)
        self.climb_again = Delay(situation, f"climb_again {wave.name}", p.attack.directory_control_h)
        self.laid = LaidPayload(situation, prepared, p, wave.name)
        self.reactions = Reactions(situation, p, wave.name, wave.reaction)
        self.situation = situation
        self.prepared = prepared
        self.is_closed = is_closed
        self.here = here
        self.wave = wave
        self.payload = OF_INTRUSIONS[wave.payload](situation, prepared, p, wave)
        self.spread = Spread(
            situation.env, here.graph.edges, here.graph.delays_h(luck, wave.name, nodes), self._arrive
        )
        self.detonated = False
        self.gone_off: Signal[[int | None]] = Signal()
        """Waves that follow from this one begin; sent with the event by which this one began."""
        self._p = p
        self._detonation: Detonation = wave.detonation
        self._entry_points = prepared.entry_points(number, luck)
        self._began: int | None = None
        self._begins_h = 0.0
        self._due_h = here.detonates_h
        """When the payload is to go off, once that is known."""
        self._reached: dict[int, int] = {}
        """The event by which each vertex was reached."""
        self._controlled: dict[Node, int] = {}
        """Where the payload can go off, with the event by which that came."""
        self._inside: dict[Node, NodeState] = {}
        """Where they have been, with what the node was then: it is another once it has begun anew."""
        self._lands = luck.chances(f"foothold {wave.name}", nodes)
        self._prefers_night, self._into_night = luck.stream(f"night {wave.name}").random(2).tolist()
        self._stolen: dict[Node, int] = {}
        """Whose data they have, with the event by which that came."""
        self._steals = luck.chances(f"theft {wave.name}", nodes)

    def begin(self, cause: int | None = None) -> None:
        """The attacker tries the entry points; the payload waits for its hour, or its occasion."""
        self._begins_h = self.situation.now_h
        self._began = self.situation.timeline.note(AttackBegins(self.wave.name), None, cause)
        for node in self._entry_points:
            if self.wave.inside:
                self._hold(node)
            elif self._lands[node] < self.here.entry_chances[node]:
                self.foothold.then(node, self._enter)
        if self.here.detonates_h is not None:
            self.situation.after(max(0.0, self.here.detonates_h - self.situation.now_h), self.detonate)
        self.reactions.watch(self.detonate, self._come_back)

    def _enter(self, node: Node) -> None:
        """An entry point opens, unless it is cut off or the attacker is in already."""
        vertex = vertex_of(node, Step.FOOTHOLD)
        if vertex not in self._reached and self._is_open(node):
            self.spread.settle(vertex)
            self._set_foot(node, None, self._began, Foothold(TECHNIQUE_OF_WAY_IN[self.wave.way_in]))

    def _hold(self, node: Node) -> None:
        """An entry point is under control already: how the attacker came in is not told."""
        for step in Step:
            self.spread.settle(vertex_of(node, step))
        self._set_foot(node, None, self._began, Foothold(TECHNIQUE_OF_WAY_IN[self.wave.way_in]))
        self._take_control(node, self._reached[vertex_of(node, Step.FOOTHOLD)])

    def _is_open(self, node: Node) -> bool:
        """It is on its links; who was under way when it cut them finds it warned for good."""
        state = self.situation.states[node]
        is_open = state.isolated_h is None or (state.is_over and state.isolated_h < self._begins_h)
        return is_open and self.situation.now_h < self.here.ends_h

    def _is_theirs(self, node: Node) -> bool:
        """They are inside, and nobody has thrown them out."""
        state = self.situation.states[node]
        return state is self._inside.get(node) and state.isolated_h is None

    def _arrive(self, vertex: int, edge: int) -> bool:
        """An attempt arrives at a vertex, unless they keep still; false when it has failed, and another may come."""
        return self.reactions.postpone(partial(self._come, vertex, edge)) or self._come(vertex, edge)

    def _come(self, vertex: int, edge: int) -> bool:
        number, step = divmod(vertex, STEPS)
        node, link = Node(number), self.here.graph.links[edge]
        if not self._is_open(node):
            return True
        if link is None:
            if self._is_theirs(node):
                self._climb(node, Step(step))
            return True
        if not self._is_theirs(link.source) or self.is_closed(link):
            return False
        self._cross(link, Step(step))
        return True

    def _cross(self, link: AttackLink, step: Step) -> None:
        """The attack has come over a link: to a foothold, or straight to control of a directory that trusts."""
        node, source = link.target, link.source
        worm = self.wave.movement is Movement.WORM
        cause = self._reached[vertex_of(source, Step.FOOTHOLD if worm else Step.CONTROL)]
        if not self._is_theirs(node):
            technique = WORM_HOPS if worm else TECHNIQUE_OF_LINK[link.kind]
            self.spread.settle(vertex_of(node, Step.FOOTHOLD))
            what = Foothold(technique, link.kind, self.situation.nodes.names[source])
            self._set_foot(node, link, cause, what)
        if step is Step.CONTROL:
            self._take_control(node, cause)

    def _set_foot(self, node: Node, link: AttackLink | None, cause: int | None, what: Foothold) -> None:
        """The attacker is in a node, and begins to climb."""
        situation = self.situation
        event = self._get_inside(node, link, cause, what)
        self.reactions.enter(node, event)
        self.spread.leave(vertex_of(node, Step.FOOTHOLD))
        if self._detonation.after_h and len(self._reached) == 1:
            dwell = CommonDelay(situation, f"dwell {self.wave.name}", self._detonation.after_h)
            self._choose_hour(situation.now_h + dwell.hours)
        if self.wave.movement is Movement.WORM:
            self._controlled[node] = event
            self._try_payload(node)

    def _get_inside(self, node: Node, link: AttackLink | None, cause: int | None, what: Foothold) -> int:
        """Who is inside may be noticed; the event is returned."""
        state = self._inside[node] = self.situation.begin_anew(node)
        event = self._reached[vertex_of(node, Step.FOOTHOLD)] = self.situation.note(node, what, cause)
        if state.compromised_h is None:
            state.compromised_h = self.situation.now_h
            state.wave = self.wave.name
            if link is not None:
                state.via_link, state.via = link.number, link.source
        self.situation.signals.noise.send(node, self._p.detection.foothold_noise.value)
        return event

    def _climb(self, node: Node, step: Step) -> None:
        if step is Step.CONTROL:
            self._take_control(node, self._reached[vertex_of(node, Step.PRIVILEGE)])
            return
        if vertex_of(node, Step.CONTROL) in self._reached:
            return
        cause = self._reached[vertex_of(node, Step.FOOTHOLD)]
        self._reached[vertex_of(node, step)] = self.situation.note(node, KIND_OF_STEP[step], cause)
        self.situation.signals.noise.send(node, self._p.detection.privilege_noise.value)
        self.spread.leave(vertex_of(node, step))

    def _take_control(self, node: Node, cause: int) -> None:
        """The directory is the attacker's: each link is tried, data are next, the payload is prepared."""
        event = self.situation.note(node, KIND_OF_STEP[Step.CONTROL], cause)
        self._reached[vertex_of(node, Step.CONTROL)] = event
        state = self.situation.states[node]
        if state.directory_held_h is None and self.prepared.has_directory(node):
            state.directory_held_h = self.situation.now_h
        self._controlled[node] = event
        self.situation.signals.noise.send(node, CONTROL_NOISE)
        self.spread.leave(vertex_of(node, Step.CONTROL))
        if self._due_h is not None:
            self.reactions.wait(node)
        if self.situation.nodes.is_establishment(node):
            self.situation.after(self._until_prepared_h(node), partial(self._prepare, node, event))
            if self.wave.steals and self._steals[node] < self._p.attack.exfiltration_success.value:
                self.exfiltration.then(node, self._steal, event)
        self._try_payload(node)

    def _until_prepared_h(self, node: Node) -> float:
        """Loud acts are kept for the last hours where the payload has its hour."""
        if self._due_h is None:
            return self.preparation.hours(node)
        return max(0.0, self._due_h - self.lead.hours(node) - self.situation.now_h)

    def _prepare(self, node: Node, cause: int) -> None:
        if not self.reactions.postpone(partial(self._prepare, node, cause)) and self._is_theirs(node):
            self.payload.prepare(node, cause)

    def _steal(self, node: Node, cause: int) -> None:
        """Data have left, unless the establishment was cut off or hit before."""
        if self.reactions.postpone(partial(self._steal, node, cause)):
            return
        state = self.situation.states[node]
        if self._is_theirs(node) and state.impact_h is None and not state.data_stolen:
            state.data_stolen = True
            theft = self._stolen[node] = self.situation.note(node, EventKind.DATA_THEFT, cause)
            if self.detonated:
                self.payload.publish(node, theft)
            self.situation.signals.loud.send(node, EventKind.DATA_THEFT)

    def _try_payload(self, node: Node) -> None:
        """Control of one more node may be what sets off the payload."""
        if self.detonated or self._detonation.arrival:
            self._go_off(node)
            return
        held = sum(map(self.situation.nodes.is_establishment, self._controlled))
        enough = self._detonation.sites is not None and held >= self._detonation.sites
        if enough or node == self.here.target:
            self._choose_hour(self.situation.now_h)

    def _choose_hour(self, ready_h: float) -> None:
        """The payload may go off from this hour on; most wait for the night, and nobody beyond an hour named before."""
        stops = self.wave.payload is not Payload.THEFT
        if stops and self._prefers_night < self._p.attack.goes_off_at_night.value:
            ready_h += until_night_h(self.here.starts_at_h + ready_h, self._into_night)
        if self._due_h is None or ready_h < self._due_h:
            self._due_h = ready_h
            self.situation.after(ready_h - self.situation.now_h, self.detonate)

    def _come_back(self, node: Node, cause: int) -> None:
        """They are in again where they were thrown out, and climb."""
        what = Foothold(TECHNIQUE_OF_WAY_IN[WayIn.CREDENTIALS])
        self.climb_again.then(node, self._take_again, self._get_inside(node, None, cause, what))

    def _take_again(self, node: Node, cause: int) -> None:
        """The directory is theirs; the payload goes off there, if it has gone off elsewhere, or with the others."""
        if self._is_theirs(node):
            if self.prepared.has_directory(node):
                self.situation.states[node].directory_held_h = self.situation.now_h
            self._controlled[node] = self.situation.note(node, KIND_OF_STEP[Step.CONTROL], cause)
            self.situation.signals.noise.send(node, CONTROL_NOISE)
            self._try_payload(node)

    def detonate(self, cause: int | None = None) -> None:
        """The payload goes off at once wherever the attacker is in control."""
        if self.detonated:
            return
        self.detonated = True
        self.reactions.cease()
        for node in self._controlled:
            self._go_off(node, cause)
        for node, theft in self._stolen.items():
            self.payload.publish(node, theft)
        self.gone_off.send(self._began)

    def _go_off(self, node: Node, cause: int | None = None) -> None:
        """The payload goes off once: in what is on its links, or, laid before, behind the cut."""
        state = self.situation.states[node]
        laid = state is self._inside[node] and self.laid.works(node, state)
        if (self._is_theirs(node) or laid) and state.impact_h is None and self.prepared.can_be_hit(node):
            self.payload.go_off(node, self._controlled[node] if cause is None else cause)
