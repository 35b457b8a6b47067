"""The situation: what the mechanisms of one replication share; its clock, its luck and what has happened so far."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Self

from simpy import Environment, Event

from simulation.engine.event_kinds import Happening
from simulation.engine.nodes import Node, Nodes, NodeState
from simulation.engine.random_streams import Luck
from simulation.engine.signals import Signals
from simulation.engine.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Situation:
    """One replication under way."""

    env: Environment
    horizon_h: float
    nodes: Nodes
    luck: Luck
    timeline: Timeline
    states: list[NodeState]
    """By node: what has happened to each, since it began anew where it did."""
    signals: Signals

    @classmethod
    def at_start(cls, nodes: Nodes, luck: Luck, horizon_h: float) -> Self:
        """Nothing has happened yet."""
        env = Environment()
        states = [NodeState() for _ in nodes.names]
        return cls(env, horizon_h, nodes, luck, Timeline(env), states, Signals())

    @property
    def now_h(self) -> float:
        """Hours since the scenario's start."""
        return float(self.env.now)

    def after(self, delay_h: float, act: Callable[[], None]) -> None:
        """The act happens after the delay, as a callback on SimPy's own queue: a process would cost ten times more."""
        callbacks = self.env.timeout(delay_h).callbacks
        if callbacks is not None:
            callbacks.append(partial(_run, act))

    def begin_anew(self, node: Node) -> NodeState:
        """What happened to the node is over: it can be attacked, and can decide, once more; its state is returned."""
        if self.states[node].is_over:
            self.states[node] = self.states[node].once_more()
            self.signals.anew.send(node)
        return self.states[node]

    def last_event(self, node: Node) -> int:
        """The number of what happened last to the node."""
        event = self.states[node].last_event
        assert event is not None, "asked only of a node to which something has happened"
        return event

    def note(self, node: Node, what: Happening, cause: int | None = None) -> int:
        """What happens to a node is on the timeline, and is the cause of what follows there; its number is returned.

        Without a cause of its own it follows from what happened last to the node.
        """
        event = self.note_beside(node, what, cause)
        self.states[node].last_event = event
        return event

    def note_beside(self, node: Node, what: Happening, cause: int | None = None) -> int:
        """The same, but what follows at the node does not follow from it: it leads only to what names it."""
        return self.timeline.note(what, node, self.states[node].last_event if cause is None else cause)


def _run(act: Callable[[], None], _: Event) -> None:
    act()
