"""Reactions: what attackers see of the defence, and what they do about it.

A cut shows itself: they lose the node. That an establishment knows of them they may see before, in the mails and
tickets by which its crisis cell is called. Then they do nothing; or set off the payload at once, wherever they still
can; or keep still for some days; or remember who threw them out, and come back once it is on the network again.

Those who hide live by not being seen: where they hold what they came for, they wait for their hour in silence.
"""

from collections.abc import Callable
from functools import partial

from simulation.attack.attack_events import AttackersReact
from simulation.engine.delays import HOURS_A_DAY, CommonDelay, Delay
from simulation.engine.nodes import Node
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.reaction import Reaction

TECHNIQUES = {Reaction.HURRIES: "T1053", Reaction.HIDES: "T1070", Reaction.STRIKES_AGAIN: "T1078"}
"""The payload is started from afar; traces are removed; valid accounts are used again."""


class Reactions:
    """What the attackers of one wave do when they see that they are looked for."""

    def __init__(self, situation: Situation, p: Parameters, wave: str, reaction: Reaction) -> None:
        self.thinking = CommonDelay(situation, f"reaction {wave}", p.attack.attacker_reaction_h)
        self.hiding = CommonDelay(situation, f"hiding {wave}", p.attack.hiding_days, unit_h=HOURS_A_DAY)
        self.returning = Delay(situation, f"return {wave}", p.attack.return_days, unit_h=HOURS_A_DAY)
        self.situation = situation
        nodes = len(situation.nodes)
        self._reaction = reaction
        self._reads = situation.luck.chances(f"reads {wave}", nodes)
        self._returns = situation.luck.chances(f"returns {wave}", nodes)
        self._p = p.attack
        self._inside: dict[Node, int] = {}
        """Where they are or were, with the event by which they came."""
        self._quiet: set[Node] = set()
        """Where they hold what they came for, and wait."""
        self._still_until_h = 0.0
        self._is_over = False

    def watch(self, hurry: Callable[[int], None], come_back: Callable[[Node, int], None]) -> None:
        """From now on they see what the defence does; who hurries, or comes back to a node, does so by these."""
        signals = self.situation.signals
        react: dict[Reaction, Callable[[Node], None]] = {
            Reaction.HURRIES: partial(self._hurry, hurry),
            Reaction.HIDES: self._hide,
        }
        if self._reaction in react:
            signals.cell_knows.subscribe(partial(self._read, react[self._reaction]))
            signals.isolated.subscribe(partial(self._lose, react[self._reaction]))
        if self._reaction is Reaction.STRIKES_AGAIN:
            signals.reconnected.subscribe(partial(self._find_again, come_back))

    def enter(self, node: Node, event: int) -> None:
        """They are in a node."""
        self._inside.setdefault(node, event)

    def wait(self, node: Node) -> None:
        """They hold a node, and their hour is set: who hides leaves little to see until then."""
        if self._reaction is Reaction.HIDES and not self._is_over:
            self._quiet.add(node)
            self.situation.signals.hush.send(node, self._p.hiding_noise.value)

    def cease(self) -> None:
        """The payload has gone off: there is nothing left to hurry for, nor to hide."""
        self._is_over = True

    def postpone(self, act: Callable[[], object]) -> bool:
        """While they keep still, the act waits, and this is true."""
        wait_h = self._still_until_h - self.situation.now_h
        if wait_h <= 0.0:
            return False
        self.situation.after(wait_h, partial(_do, act))
        return True

    def _read(self, react: Callable[[Node], None], node: Node) -> None:
        """A crisis cell that knows of them has been called, and they may read of it."""
        if node in self._inside and self._reads[node] < self._p.attacker_reads.value:
            react(node)

    def _lose(self, react: Callable[[Node], None], node: Node) -> None:
        """A node is cut off: that cannot be missed."""
        if node in self._inside:
            react(node)

    def _hurry(self, hurry: Callable[[int], None], node: Node) -> None:
        if not self._is_over:
            self._is_over = True
            self.thinking.then(hurry, self._note(node))

    def _hide(self, node: Node) -> None:
        """They keep still from now on, wherever they are."""
        if self._is_over:
            return
        if self._still_until_h <= self.situation.now_h:
            self._note(node)
        self._still_until_h = self.situation.now_h + self.hiding.hours
        for inside in self._inside:
            self.situation.signals.hush.send(inside, self._p.hiding_noise.value)
        self.hiding.then(self._stir)

    def _stir(self) -> None:
        if self.situation.now_h >= self._still_until_h:
            for inside in self._inside:
                if inside not in self._quiet:
                    self.situation.signals.hush.send(inside, 1.0)

    def _find_again(self, come_back: Callable[[Node, int], None], node: Node) -> None:
        """A node that threw them out is on the network again; where they held the directory it has been rebuilt."""
        state = self.situation.states[node]
        may = node in self._inside and state.impact_h is None and state.directory_held_h is None
        if may and self._returns[node] < self._p.return_success.value:
            del self._inside[node]
            self.returning.then(node, self._return, come_back)

    def _return(self, node: Node, come_back: Callable[[Node, int], None]) -> None:
        """Once, where all is over."""
        if self.situation.states[node].is_over:
            come_back(node, self._note(node))

    def _note(self, node: Node) -> int:
        """What they do is on the timeline, where they saw it."""
        return self.situation.note(node, AttackersReact(self._reaction.value, TECHNIQUES[self._reaction]))


def _do(act: Callable[[], object]) -> None:
    act()
