"""Who decides, when are links cut, and when does the region wake?

An establishment that notices the attacker inside (or the payload, soon) opens its crisis cell, cuts its links, and
declares. On the first declaration the ARS opens a regional cell: everyone looks harder, and those that share a
directory with one that declared are ordered to cut their links too. Cutting has its price, and an end.
"""

from collections.abc import Callable, Generator
from functools import partial

from simpy import Event

from simulation.recovery import Recovery
from simulation.scene import Scene
from simulation.watch import Watch

HOURS_A_DAY = 24.0


class Response:
    """The defenders' decisions of one replication, until recovery takes over."""

    def __init__(self, scene: Scene, recovery: Recovery) -> None:
        luck, p, nodes = scene.luck, scene.theatre.parameters, len(scene.theatre.nodes)
        self.scene = scene
        self.recovery = recovery
        self.watch = Watch(scene, self.notice)
        self.regional_cell_h: float | None = None
        self._regional_cell: int | None = None
        self._first_declaration: Event = scene.env.event()
        self._declared: list[int] = []
        self._noticing = luck.paces("notice_pace", nodes, p.impact_notice_h.log_sd)
        self._gathering = luck.paces("cell_pace", nodes, p.crisis_cell_h.log_sd)
        self._cutting = luck.paces("isolation_pace", nodes, p.isolation_h.log_sd)
        self._declaring = luck.paces("declaration_pace", nodes, p.declaration_h.log_sd)
        self._obeying = luck.paces("order_pace", nodes, p.order_h.log_sd)
        self._opening = luck.paces("regional_pace", 1, p.regional_cell_h.log_sd)[0]

    def suffer(self, node: int) -> None:
        """The payload is seen soon: notes are printed, screens go dark."""
        self.recovery.impair(node)
        if self.scene.fates[node].detected_h is not None:
            self.recovery.begin(node)
        else:
            delay_h = self.scene.theatre.parameters.impact_notice_h.value * self._noticing[node]
            self.scene.after(delay_h, partial(self.notice, node))

    def notice(self, node: int) -> None:
        """The establishment knows: it gathers its crisis cell and prepares to cut its links."""
        fate = self.scene.fates[node]
        if fate.detected_h is not None:
            return
        fate.detected_h = self.scene.now_h
        self.scene.note(node, "detection", actor="establishment")
        p = self.scene.theatre.parameters
        self._decide(node, p.crisis_cell_h.value * self._gathering[node], self.open_cell)
        self._decide(node, p.isolation_h.value * self._cutting[node], self.cut_off)

    def _decide(self, node: int, delay_h: float, act: Callable[[int, int | None], None]) -> None:
        """The act follows from what has just happened, after a delay that exercises shorten."""
        delay_h *= self.scene.theatre.defences[node].decisions
        self.scene.after(delay_h, partial(act, node, self.scene.fates[node].trail))

    def open_cell(self, node: int, cause: int | None) -> None:
        """The crisis cell is open; it will declare, and call for teams where the payload went off."""
        self.scene.note(node, "crisis_cell", actor="establishment", cause=cause)
        delay_h = self.scene.theatre.parameters.declaration_h.value * self._declaring[node]
        self._decide(node, delay_h, self.declare)
        if self.scene.fates[node].impact_h is not None:
            self.recovery.begin(node)

    def cut_off(self, node: int, cause: int | None) -> None:
        """Links are cut: the attack neither comes nor goes, and the establishment works without its partners."""
        fate = self.scene.fates[node]
        if fate.isolated_h is not None:
            return
        fate.isolated_h = self.scene.now_h
        self.scene.note(node, "isolation", actor="establishment", cause=cause)
        if fate.impact_h is None:
            self.recovery.isolate(node)
            delay_h = self.scene.theatre.parameters.isolation_days.value * HOURS_A_DAY
            self.scene.after(delay_h, partial(self.reconnect, node))

    def reconnect(self, node: int) -> None:
        """Checked and cleaned, the establishment is back on its links; the attacker has lost it for good."""
        self.scene.note(node, "reconnection", actor="establishment")
        self.recovery.reconnect(node)

    def declare(self, node: int, cause: int | None) -> None:
        """CERT Santé and the ARS know; the first declaration wakes the region and calls the contracted firms."""
        fate = self.scene.fates[node]
        fate.declared_h = self.scene.now_h
        self.scene.note(node, "declaration", actor="establishment", cause=cause)
        self._declared.append(node)
        if not self._first_declaration.triggered:
            self._first_declaration.succeed(fate.trail)
            self.recovery.call_contractors(fate.trail)
        elif self._regional_cell is not None:
            self._order_peers(node, self._regional_cell)

    def run_regional_cell(self) -> Generator[Event, int, None]:
        """The regional cell waits for the first declaration, opens, warns everyone, and gives its orders."""
        cause = yield self._first_declaration
        p, levers = self.scene.theatre.parameters, self.scene.theatre.posture.levers
        shortened = 1.0 - p.exercises_shorten.value * levers.exercises.value
        yield self.scene.env.timeout(p.regional_cell_h.value * self._opening * shortened)
        self.regional_cell_h = self.scene.now_h
        self._regional_cell = self.scene.journal.note("regional_cell", actor="region", cause=cause)
        self.watch.sharpen(p.vigilance_gain.value)
        for node in self._declared:
            self._order_peers(node, self._regional_cell)

    def _order_peers(self, node: int, regional_cell: int) -> None:
        """Those that share a directory with one that declared are ordered to cut their links."""
        theatre, delay_h = self.scene.theatre, self.scene.theatre.parameters.order_h.value
        for peer in theatre.it_groups[theatre.it_group_of[node]].members:
            fate = self.scene.fates[peer]
            if fate.isolated_h is None and fate.impact_h is None and not fate.ordered:
                fate.ordered = True
                self.scene.note(peer, "isolation_order", actor="region", cause=regional_cell)
                self._decide(peer, delay_h * self._obeying[peer], self.cut_off)
