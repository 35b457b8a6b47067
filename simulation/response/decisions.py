"""Who decides, when are links cut, and when does the region wake?

An alert is triaged; an establishment that then knows of the attacker inside (or sees his note, soon after the payload)
opens its crisis cell, cuts its links, and declares. The first declaration calls the responders. Where there is a
regional cell, it opens on that declaration: everyone looks harder, closes suppliers' and partners' doors, and
those that share a directory with one that declared are ordered to cut their links too. While a worm is loose, some cut
theirs by precaution. Cutting has its price, and an end.
"""

from collections.abc import Callable, Generator
from functools import partial

from simpy import Event

from simulation.engine.situation import Situation
from simulation.inputs.scenarios.wave import Movement
from simulation.response.detection import Detection
from simulation.response.plan_blanc import PlanBlancCalls
from simulation.response.recovery import Recovery
from topologies.region import LinkKind

HOURS_A_DAY = 24.0
ENCRYPTION = "T1486"
"""The technique whose victims are sent a note."""
GATES = frozenset({LinkKind.MAINTENANCE, LinkKind.EXCHANGE})
"""What the common orders of a regional cell close to an attack."""


class Response:
    """The defenders' decisions of one replication, until recovery takes over."""

    def __init__(self, situation: Situation, recovery: Recovery, plan_blanc_calls: PlanBlancCalls) -> None:
        luck, p, nodes = situation.luck, situation.prepared.parameters, len(situation.prepared.nodes)
        self.situation = situation
        self.recovery = recovery
        self.degraded_mode = recovery.degraded_mode
        self.plan_blanc_calls = plan_blanc_calls
        self.detection = Detection(situation, self.alert)
        self.on_detection: list[Callable[[int], None]] = []
        """Attackers who watch whether they are noticed; called with the node."""
        self.regional_cell_h: float | None = None
        self._regional_cell: int | None = None
        self._first_declaration: Event = situation.env.event()
        self._declared: list[int] = []
        self._cells: set[int] = set()
        self._triaging = luck.paces("triage_pace", nodes, p.response.triage_h.log_sd)
        self._noticing = luck.paces("notice_pace", nodes, p.detection.impact_notice_h.log_sd)
        self._gathering = luck.paces("cell_pace", nodes, p.response.crisis_cell_h.log_sd)
        self._cutting = luck.paces("isolation_pace", nodes, p.response.isolation_h.log_sd)
        self._declaring = luck.paces("declaration_pace", nodes, p.response.declaration_h.log_sd)
        self._obeying = luck.paces("order_pace", nodes, p.response.order_h.log_sd)
        self._cautious = luck.chances("precaution", nodes)
        self._opening = luck.paces("regional_pace", 1, p.response.regional_cell_h.log_sd)[0]

    def suffer(self, node: int, machines: float, technique: str, key_h: float | None) -> None:
        """The payload has gone off; it is seen soon: notes are printed, screens go dark."""
        state = self.situation.states[node]
        state.impact_h = self.situation.now_h
        state.key_h = key_h
        self.recovery.impair(node, machines)
        self.situation.note(
            node,
            "impact",
            actor="attacker",
            technique=technique,
            detail=f"{machines:.0%} of machines at most",
        )
        if state.detected_h is not None:
            self.recovery.begin(node)
            if node in self._cells:
                self.plan_blanc_calls.call(node, self.situation.last_event(node))
        else:
            delay_h = (
                self.situation.prepared.parameters.detection.impact_notice_h.value * self._noticing[node]
            )
            self.situation.after(delay_h, partial(self._read_note, node, technique))

    def _read_note(self, node: int, technique: str) -> None:
        """Printers put out a note, or screens go dark: the attacker himself tells."""
        if self.situation.states[node].detected_h is None:
            kind = "ransom_note" if technique == ENCRYPTION else "screens_dark"
            self.situation.note(node, kind, actor="attacker", technique=technique)
            self.notice(node, "attacker")

    def alert(self, node: int, channel: str) -> None:
        """Something is reported; it takes a triage to know what it is."""
        if self.situation.states[node].detected_h is None:
            self.situation.note(node, "alert", actor="establishment", detail=channel)
            delay_h = self.situation.prepared.parameters.response.triage_h.value * self._triaging[node]
            delay_h *= self.situation.prepared.defences[node].decisions
            self.situation.after(delay_h, partial(self.notice, node, channel))

    def notice(self, node: int, channel: str) -> None:
        """The establishment knows: it gathers its crisis cell and prepares to cut its links."""
        state = self.situation.states[node]
        if state.detected_h is not None:
            return
        state.detected_h = self.situation.now_h
        state.detected_by = channel
        self.situation.note(node, "detection", actor="establishment", detail=channel)
        p = self.situation.prepared.parameters
        self._decide(node, p.response.crisis_cell_h.value * self._gathering[node], self.open_cell)
        self._decide(node, p.response.isolation_h.value * self._cutting[node], self.cut_off)
        for watching in self.on_detection:
            watching(node)

    def _decide(self, node: int, delay_h: float, act: Callable[[int, int | None], None]) -> None:
        """The act follows from what has just happened, after a delay that exercises shorten."""
        delay_h *= self.situation.prepared.defences[node].decisions
        self.situation.after(delay_h, partial(act, node, self.situation.states[node].last_event))

    def open_cell(self, node: int, cause: int | None) -> None:
        """The crisis cell is open; it will declare, and call for teams where the payload went off."""
        self._cells.add(node)
        self.situation.note(node, "crisis_cell", actor="establishment", cause=cause)
        delay_h = self.situation.prepared.parameters.response.declaration_h.value * self._declaring[node]
        self._decide(node, delay_h, self.declare)
        if self.situation.states[node].impact_h is not None:
            self.recovery.begin(node)
            self.plan_blanc_calls.call(node, self.situation.last_event(node))

    def cut_off(self, node: int, cause: int | None) -> None:
        """Links are cut: the attack neither comes nor goes, and the establishment works without its partners."""
        state = self.situation.states[node]
        if state.isolated_h is not None:
            return
        state.isolated_h = self.situation.now_h
        self.situation.note(node, "isolation", actor="establishment", cause=cause)
        if state.impact_h is not None:
            self.recovery.stop_loss(node)
        else:
            self.degraded_mode.cut_off(node)
            delay_h = self.situation.prepared.parameters.response.isolation_days.value * HOURS_A_DAY
            self.situation.after(delay_h, partial(self.reconnect, node))

    def reconnect(self, node: int) -> None:
        """Checked and cleaned, the establishment is back on its links; the attacker has lost it for good."""
        self.situation.note(node, "reconnection", actor="establishment")
        self.degraded_mode.reconnect(node)

    def declare(self, node: int, cause: int | None) -> None:
        """CERT Santé and the ARS know; the first declaration wakes the region and calls the contracted firms."""
        state = self.situation.states[node]
        state.declared_h = self.situation.now_h
        self.situation.note(node, "declaration", actor="establishment", cause=cause)
        self._declared.append(node)
        if not self._first_declaration.triggered:
            self._first_declaration.succeed(state.last_event)
            self.recovery.responders.call()
        elif self._regional_cell is not None:
            self._order_peers(node, self._regional_cell)

    def run_regional_cell(self) -> Generator[Event, int, None]:
        """The regional cell waits for the first declaration, opens, warns everyone, and gives its orders."""
        cause = yield self._first_declaration
        p, levers = self.situation.prepared.parameters, self.situation.prepared.posture.levers
        shortened = 1.0 - p.protection.exercises_shorten.value * levers.exercises.value
        yield self.situation.env.timeout(p.response.regional_cell_h.value * self._opening * shortened)
        self.regional_cell_h = self.situation.now_h
        self._regional_cell = self.situation.timeline.note("regional_cell", actor="region", cause=cause)
        self.detection.raise_vigilance(p.detection.vigilance_gain.value)
        self.plan_blanc_calls.call_region(self._regional_cell)
        for node in self._declared:
            self._order_peers(node, self._regional_cell)
        if any(wave.movement is Movement.WORM for wave in self.situation.prepared.scenario.waves):
            self._take_precautions(self._regional_cell)

    def _order_peers(self, node: int, regional_cell: int) -> None:
        """Those that share a directory with one that declared are ordered to cut their links."""
        prepared, delay_h = self.situation.prepared, self.situation.prepared.parameters.response.order_h.value
        for peer in prepared.behind[prepared.directory_of[node]]:
            state = self.situation.states[peer]
            if state.isolated_h is None and state.impact_h is None and not state.ordered:
                state.ordered = True
                self.situation.note(peer, "isolation_order", actor="region", cause=regional_cell)
                self._decide(peer, delay_h * self._obeying[peer], self.cut_off)

    def _take_precautions(self, regional_cell: int) -> None:
        """While a worm is loose, some of those not hit cut their links without being told."""
        p = self.situation.prepared.parameters
        for node in range(self.situation.prepared.establishments):
            state = self.situation.states[node]
            spared = state.isolated_h is None and state.impact_h is None and not state.ordered
            if spared and self._cautious[node] < p.response.precaution_share.value:
                delay_h = p.response.order_h.value * self._obeying[node]
                delay_h *= self.situation.prepared.defences[node].decisions
                self.situation.after(delay_h, partial(self.cut_off, node, regional_cell))

    def gates_closed(self, node: int, kind: LinkKind) -> bool:
        """By order of the regional cell, suppliers and partners no longer come into this node."""
        if self.regional_cell_h is None or kind not in GATES:
            return False
        delay_h = self.situation.prepared.parameters.response.order_h.value * self._obeying[node]
        delay_h *= self.situation.prepared.defences[node].decisions
        return self.situation.now_h >= self.regional_cell_h + delay_h
