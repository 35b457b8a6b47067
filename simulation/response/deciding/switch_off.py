"""Everything off: an establishment switches all its systems off by decision, and on again piece by piece.

Whoever cuts the links decides at the same time whether what is inside goes on, or everything is switched off: nearly
always where the payload has gone off, often where it has behind the same directory, seldom where nothing has, or where
the regional cell orders to cut and no more. One that had only cut its links decides again when a payload that was laid
there before goes off. Those behind one directory are run by one team, and decide alike; what a body has decided for
those of its sites that were cut holds for those that are ordered to cut later. A rehearsed plan knows what can be cut
apart and left on.

Where nothing was hit, and no directory held of those who share one, all is checked, then switched on group by group
(`checks.py`). Elsewhere that begins once the attacker is out and the directory is clean (`recovery.py`). Those who
share a directory that was held wait until it is rebuilt, unless they leave it before (`leaving_trust.py`); where it was
not held, until somebody has been investigated. What the attack spared is then used again, what it took is rebuilt.
"""

from functools import partial

from simulation.engine.delays import Delay
from simulation.engine.event_kinds import Order
from simulation.engine.nodes import Node, NodeState
from simulation.engine.recovery_events import Stage
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.deciding.checks import Checks
from simulation.response.deciding.leaving_trust import LeavingTrust
from simulation.response.deciding.site_events import SwitchedOff
from simulation.response.prepared import PreparedResponse


class SwitchOff:
    """What is switched off by decision in one replication."""

    def __init__(
        self,
        situation: Situation,
        prepared: PreparedResponse,
        p: Parameters,
        checks: Checks,
        leaving_trust: LeavingTrust,
    ) -> None:
        self.decision = Delay(
            situation, "isolation_pace", p.response.isolation_h, shortened_by=prepared.decisions
        )
        self.notice = Delay(situation, "notice_pace", p.detection.impact_notice_h)
        self.checks = checks
        self.leaving_trust = leaving_trust
        self.situation = situation
        self.prepared = prepared
        self._p = p
        self._decides = situation.luck.chances("switch off", len(situation.nodes))
        self._investigated: dict[Node, NodeState] = {}
        """Who was investigated, as it was struck then."""

    def decide(self, node: Node) -> None:
        """The links are being cut: everything goes off, or only they."""
        state = self.situation.states[node]
        if state.switched_off_h is not None or state.restored_h is not None or not self._wants_all_off(node):
            return
        state.switched_off_h = self.situation.now_h
        event = self.situation.note(node, SwitchedOff(self._reason(node)))
        self.situation.signals.switched_off.send(node)
        if not self._is_clean(node):
            return
        if self._waits_for_directory(node):
            self.leaving_trust.consider(node, event)
        elif not any(map(self._is_in_question, self.prepared.supervision.peers_of(node))):
            self.checks.begin(node, self.checks.first, event)

    def decide_behind_the_cut(self, hit: Hit) -> None:
        """A payload laid before the cut goes off behind it: those who had left all on see it, and decide again."""
        node = hit.node
        if self.situation.states[node].is_cut_off:
            self.situation.after(
                self.notice.hours(node) + self.decision.hours(node), partial(self.decide, node)
            )

    def _wants_all_off(self, node: Node) -> bool:
        is_hit = self.situation.states[node].impact_h is not None
        if not is_hit and not self.situation.nodes.is_establishment(node):
            return False
        peers = self.prepared.supervision.peers_of(node)
        left = 1.0 - self._p.protection.plan_keeps_on.value * self.prepared.defences[node].rehearsed
        is_asked = self._is_ordered(node, Order.SWITCH_OFF) and not self._is_left_on(node)
        asked = is_hit or is_asked
        chance = self._switches_off(peers, asked=asked, told_to_cut=self._is_ordered(node, Order.CUT))
        return self._decides[peers[0]] < chance * left

    def _is_left_on(self, node: Node) -> bool:
        """The body has decided already: a site of it that was cut, and not hit, is left on."""
        others = map(self.situation.states.__getitem__, self.prepared.supervision.body_of(node))
        return any(
            state.is_cut_off and state.impact_h is None and state.switched_off_h is None
            for state in others
            if state is not self.situation.states[node]
        )

    def _switches_off(self, peers: tuple[Node, ...], *, asked: bool, told_to_cut: bool) -> float:
        """The chance without a plan: by what has gone off here, or is ordered, or has behind the same directory."""
        p = self._p.site
        if asked:
            return p.switches_off_hit.value
        if told_to_cut:
            return p.switches_off_quiet.value
        states = map(self.situation.states.__getitem__, peers)
        is_near = any(state.impact_h is not None and not state.is_over for state in states)
        return (p.switches_off_spared if is_near else p.switches_off_quiet).value

    def _reason(self, node: Node) -> str:
        state = self.situation.states[node]
        if state.impact_h is not None:
            return "hit"
        if state.detected_h is not None:
            return "intruder"
        return "order" if self._is_ordered(node, Order.CUT) else "precaution"

    def _is_ordered(self, node: Node, order: Order) -> bool:
        ordered = self.situation.states[node].ordered
        return ordered is not None and ordered >= order

    def begin_checks(self, node: Node, stage: Stage) -> None:
        """The attacker is out, and the directory clean that they wait for: what was spared is checked."""
        if stage not in {Stage.INVESTIGATE, Stage.DIRECTORY}:
            return
        state, supervision = self.situation.states[node], self.prepared.supervision
        self._investigated[node] = state
        is_over = stage is (Stage.INVESTIGATE if state.directory_held_h is None else Stage.DIRECTORY)
        ends_wait = is_over if supervision.is_shared(node) else not self._waits_for_directory(node)
        cause = self.situation.last_event(node)
        for peer in supervision.peers_of(node):
            may_begin = is_over if peer == node else ends_wait and self._is_clean(peer)
            if may_begin and self.situation.states[peer].is_switched_off:
                self.checks.begin(peer, self.checks.next, cause)

    def _waits_for_directory(self, node: Node) -> bool:
        """It shares a directory that was held and is not rebuilt."""
        shared = self.prepared.supervision.shared_of[node]
        return shared is not None and not self._is_clean(shared)

    def _is_in_question(self, node: Node) -> bool:
        """It was struck, and nobody knows yet by what."""
        return not self._is_clean(node) and self._investigated.get(node) is not self.situation.states[node]

    def _is_clean(self, node: Node) -> bool:
        """Nothing went off there, and nobody held its directory; or all of that is over."""
        return not self.situation.states[node].is_struck

    def finish(self, node: Node) -> None:
        """All is rebuilt: nothing is left to check."""
        state = self.situation.states[node]
        if state.is_switched_off:
            state.switched_on_h = self.situation.now_h
