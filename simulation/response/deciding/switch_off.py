"""Everything off: an establishment switches all its systems off by decision, and on again piece by piece.

Whoever cuts the links decides at the same time whether what is inside goes on, or everything is switched off: nearly
always where the payload has gone off, often where it has not. One that had only cut its links decides again when a
payload that was laid there before goes off. Those behind one directory are run by one team, and decide alike. A
rehearsed plan knows what can be cut apart and left on.

Where nothing was hit, and no directory held of those who share one, all is checked, then switched on group by group.
Elsewhere that begins once the attacker is out and the directory is clean (`recovery.py`), for those who share it with
the first of them. What the attack spared is then used again, what it took is rebuilt.
"""

from functools import partial

from simulation.engine.delays import HOURS_A_DAY, Delay
from simulation.engine.nodes import Node
from simulation.engine.recovery_events import Stage
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.deciding.site_events import SwitchedOff, SwitchedOn
from simulation.response.prepared import PreparedResponse

GROUPS = (
    Stage.CORE_SERVERS,
    Stage.VITAL_APPLICATIONS,
    Stage.CARE_APPLICATIONS,
    Stage.WORKSTATIONS,
    Stage.OTHER_APPLICATIONS,
)
"""In which order applications are switched on again: that in which they would be rebuilt."""


class SwitchOff:
    """What is switched off by decision in one replication."""

    def __init__(self, situation: Situation, prepared: PreparedResponse, p: Parameters) -> None:
        delay = partial(Delay, situation)
        work = [defence.work for defence in prepared.defences]
        self.decision = delay("isolation_pace", p.response.isolation_h, shortened_by=prepared.decisions)
        self.first_check = delay(
            "first_check_pace", p.site.first_check_days, unit_h=HOURS_A_DAY, shortened_by=work
        )
        self.next_check = delay(
            "next_check_pace", p.site.next_check_days, unit_h=HOURS_A_DAY, shortened_by=work
        )
        self.situation = situation
        self.prepared = prepared
        self._p = p
        self._decides = situation.luck.chances("switch off", len(situation.nodes))
        self._checked: set[Node] = set()
        """Those whose checks have begun once the attacker was out."""

    def decide(self, node: Node) -> None:
        """The links are being cut: everything goes off, or only they."""
        state = self.situation.states[node]
        if state.switched_off_h is not None or state.restored_h is not None or not self._wants_all_off(node):
            return
        state.switched_off_h = self.situation.now_h
        self.situation.note(node, SwitchedOff(self._reason(node)))
        self.situation.signals.switched_off.send(node)
        if self._is_clean(node) and all(map(self._is_clean, self.prepared.supervision.peers_of(node))):
            self.first_check.then(node, self._switch_on, GROUPS)

    def decide_behind_the_cut(self, hit: Hit) -> None:
        """A payload laid before the cut goes off behind it: those who had left all on decide again."""
        if self.situation.states[hit.node].is_cut_off:
            self.decision.then(hit.node, self.decide)

    def _wants_all_off(self, node: Node) -> bool:
        is_hit = self.situation.states[node].impact_h is not None
        if not is_hit and not self.situation.nodes.is_establishment(node):
            return False
        p = self._p.site
        chance = (p.switches_off_hit if is_hit else p.switches_off_spared).value
        left = 1.0 - self._p.protection.plan_keeps_on.value * self.prepared.defences[node].rehearsed
        decider = self.prepared.supervision.peers_of(node)[0]
        return self._decides[decider] < chance * left

    def _reason(self, node: Node) -> str:
        state = self.situation.states[node]
        if state.impact_h is not None:
            return "hit"
        if state.detected_h is not None:
            return "intruder"
        return "order" if state.ordered else "precaution"

    def begin_checks(self, node: Node, stage: Stage) -> None:
        """The attacker is out and the directory clean: what was spared is checked."""
        held = self.situation.states[node].directory_held_h is not None
        if stage is not (Stage.DIRECTORY if held else Stage.INVESTIGATE):
            return
        for peer in self.prepared.supervision.peers_of(node):
            waits = self.situation.states[peer].is_switched_off and peer not in self._checked
            if waits and (peer == node or self._is_clean(peer)):
                self._checked.add(peer)
                self.next_check.then(peer, self._switch_on, GROUPS)

    def _is_clean(self, node: Node) -> bool:
        """Nothing went off there, and nobody held its directory."""
        state = self.situation.states[node]
        return state.impact_h is None and state.directory_held_h is None

    def _switch_on(self, node: Node, groups: tuple[Stage, ...]) -> None:
        """The first of these groups of applications is on again; the next is checked."""
        state = self.situation.states[node]
        if not state.is_switched_off:
            return
        group, *others = groups
        if others:
            self.next_check.then(node, self._switch_on, tuple(others))
        else:
            state.switched_on_h = self.situation.now_h
        self.situation.note(node, SwitchedOn(group))
        self.situation.signals.switched_on.send(node, group)
        if not others and state.impact_h is None and state.is_cut_off:
            self.situation.signals.checked.send(node)

    def finish(self, node: Node) -> None:
        """All is rebuilt: nothing is left to check."""
        state = self.situation.states[node]
        if state.is_switched_off:
            state.switched_on_h = self.situation.now_h
