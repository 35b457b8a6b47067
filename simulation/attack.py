"""How does the attack come in, take control, move on, and go off?

Per node, a kill chain with MITRE ATT&CK techniques: foothold (T1190, T1566, T1199 over a supplier's access, T1078
over a trusted directory), control of the directory (T1003), theft (T1567), and on the day sabotage of the backups
(T1490) and encryption (T1486). From a controlled node the attack tries each link that leaves it. A node that is cut
off neither receives nor sends the attack, and its payload does not go off.
"""

from functools import partial

from simulation.response import Response
from simulation.scene import Scene
from simulation.theatre import Passage
from topologies.region import LinkKind

TECHNIQUE_OF_PASSAGE = {
    LinkKind.DIRECTORY: "T1078",
    LinkKind.HOSTING: "T1199",
    LinkKind.MAINTENANCE: "T1199",
    LinkKind.EXCHANGE: "T1566",
}


class Attack:
    """The attacker's side of one replication."""

    def __init__(self, scene: Scene, response: Response) -> None:
        theatre, luck, p = scene.theatre, scene.luck, scene.theatre.parameters
        nodes, passages = len(theatre.nodes), len(theatre.passages)
        self.scene = scene
        self.response = response
        self.detonated = False
        self._lands = luck.chances("foothold", nodes)
        self._landing = luck.paces("foothold_pace", nodes, p.foothold_h.log_sd)
        self._controls = luck.chances("control", nodes)
        self._controlling = luck.paces("control_pace", nodes, p.directory_control_h.log_sd)
        self._crosses = luck.chances("crossing", passages)
        self._crossing = luck.paces("crossing_pace", passages, p.crossing_h.log_sd)
        self._steals = luck.chances("theft", nodes)
        self._stealing = luck.paces("theft_pace", nodes, p.exfiltration_h.log_sd)
        self._sabotages = luck.chances("sabotage", nodes)
        share, concentration = p.machines_hit.value, p.machines_hit_concentration.value
        betas = luck.stream("machines").beta(share * concentration, (1 - share) * concentration, nodes)
        self._machines: list[float] = betas.tolist()

    def begin(self) -> None:
        """The attacker tries the scenario's entry points; the payload waits for its hour."""
        theatre = self.scene.theatre
        if theatre.detonation_h is None:
            return
        first = self.scene.journal.note("attack_begins", actor="attacker", cause=None, technique="T1595")
        for node in theatre.entry_points:
            if self._lands[node] < theatre.defences[node].foothold_chance:
                delay_h = theatre.parameters.foothold_h.value * self._landing[node]
                self.scene.after(delay_h, partial(self.set_foot, node, None, first))
        self.scene.after(theatre.detonation_h, self.detonate)

    def set_foot(self, node: int, passage: Passage | None, cause: int | None) -> None:
        """The attacker is in a node, and begins to climb; who is inside may be noticed."""
        fate = self.scene.fates[node]
        if fate.compromised_h is not None or fate.isolated_h is not None:
            return
        fate.compromised_h = self.scene.now_h
        fate.via_link = passage.number if passage else None
        self.scene.note(
            node,
            "foothold",
            actor="attacker",
            cause=cause,
            technique=TECHNIQUE_OF_PASSAGE[passage.kind] if passage else "T1190",
            detail=f"{passage.kind} {self.scene.theatre.nodes[passage.source]}" if passage else "entry point",
        )
        self.response.watch.begin(node)
        self._climb(node, passage)

    def _climb(self, node: int, passage: Passage | None) -> None:
        """The directory falls after a while, or resists; it has already fallen where the attack came by it."""
        parameters = self.scene.theatre.parameters
        if (passage and passage.kind is LinkKind.DIRECTORY) or not self.scene.is_establishment(node):
            delay_h = parameters.breakout_h.value * self._controlling[node]
        elif self._controls[node] < self.scene.theatre.defences[node].control_chance:
            delay_h = parameters.directory_control_h.value * self._controlling[node]
        else:
            return
        self.scene.after(delay_h, partial(self.take_control, node))

    def take_control(self, node: int) -> None:
        """The directory is the attacker's: the attack tries each link, data begin to leave, the payload is laid."""
        fate = self.scene.fates[node]
        if fate.isolated_h is not None:
            return
        fate.controlled_h = self.scene.now_h
        self.scene.note(node, "directory_control", actor="attacker", technique="T1003")
        fate.controlled_by = fate.trail
        parameters = self.scene.theatre.parameters
        for passage in self.scene.theatre.passages_from[node]:
            if self._crosses[passage.number] < passage.chance:
                median = (
                    parameters.breakout_h if passage.kind is LinkKind.DIRECTORY else parameters.crossing_h
                )
                delay_h = median.value * self._crossing[passage.number]
                self.scene.after(delay_h, partial(self.cross, passage))
        if self.scene.is_establishment(node):
            self._prepare_theft(node)
            if self.detonated:
                self.hit(node)

    def _prepare_theft(self, node: int) -> None:
        parameters = self.scene.theatre.parameters
        if self._steals[node] < parameters.exfiltration_success.value:
            self.scene.after(
                parameters.exfiltration_h.value * self._stealing[node], partial(self.steal, node)
            )

    def cross(self, passage: Passage) -> None:
        """The attack arrives by a link, unless one of its ends has been cut off meanwhile."""
        source = self.scene.fates[passage.source]
        if source.isolated_h is None:
            self.set_foot(passage.target, passage, source.controlled_by)

    def steal(self, node: int) -> None:
        """Data have left, unless the establishment was cut off or encrypted before."""
        fate = self.scene.fates[node]
        if fate.isolated_h is None and fate.impact_h is None:
            fate.data_stolen = True
            self.scene.note(node, "data_theft", actor="attacker", cause=fate.controlled_by, technique="T1567")

    def detonate(self) -> None:
        """The payload goes off at once in every establishment whose directory the attacker holds."""
        self.detonated = True
        for node in range(self.scene.theatre.establishments):
            fate = self.scene.fates[node]
            if fate.controlled_h is not None and fate.isolated_h is None:
                self.hit(node)

    def hit(self, node: int) -> None:
        """Machines are encrypted, and the backups with them where nothing kept them apart."""
        fate, defence = self.scene.fates[node], self.scene.theatre.defences[node]
        fate.impact_h = self.scene.now_h
        fate.machines_hit = self._machines[node] * defence.machines_exposed
        fate.backups_destroyed = self._sabotages[node] < defence.backups_lost_chance
        if fate.backups_destroyed:
            self.scene.note(node, "backups_destroyed", actor="attacker", technique="T1490")
        self.scene.note(
            node, "impact", actor="attacker", technique="T1486", detail=f"{fate.machines_hit:.0%} of machines"
        )
        self.response.suffer(node)
