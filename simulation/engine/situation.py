"""What do the mechanisms of one replication share? The clock, the luck, and what has happened to each node."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from simpy import Environment, Event

from simulation.engine.random_streams import Luck
from simulation.engine.timeline import NodeState, Timeline
from simulation.prepared import PreparedCampaign


@dataclass(frozen=True, slots=True)
class Situation:
    """One replication under way. Nodes are numbers; establishments come before shared services."""

    env: Environment
    prepared: PreparedCampaign
    luck: Luck
    timeline: Timeline
    states: list[NodeState]

    @property
    def now_h(self) -> float:
        """Hours since the scenario's start."""
        return float(self.env.now)

    def after(self, delay_h: float, act: Callable[[], None]) -> None:
        """The act happens after the delay, as a callback on SimPy's own queue: a process would cost ten times more."""
        callbacks = self.env.timeout(delay_h).callbacks
        if callbacks is not None:
            callbacks.append(partial(_run, act))

    def last_event(self, node: int) -> int:
        """The number of what happened last to the node."""
        event = self.states[node].last_event
        assert event is not None, "asked only of a node to which something has happened"
        return event

    def is_establishment(self, node: int) -> bool:
        """It cares for patients; a shared service does not."""
        return node < self.prepared.establishments

    def note(
        self,
        node: int,
        kind: str,
        *,
        actor: str,
        cause: int | None = None,
        technique: str | None = None,
        detail: str = "",
    ) -> None:
        """What happens to a node is on the timeline, and is the cause of what follows there.

        Without a cause of its own it follows from what happened last to the node.
        """
        state = self.states[node]
        name = self.prepared.nodes[node]
        state.last_event = self.timeline.note(
            kind,
            actor=actor,
            cause=state.last_event if cause is None else cause,
            finess=name if self.is_establishment(node) else None,
            technique=technique,
            detail=detail if self.is_establishment(node) else " ".join(filter(None, (name, detail))),
        )


def _run(act: Callable[[], None], _: Event) -> None:
    act()
