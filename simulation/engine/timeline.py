"""The timeline: what has happened in one replication, in order, each event with the one that led to it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from simpy import Environment

from simulation.engine.event_kinds import Happening
from simulation.engine.nodes import Node


class TimelineEvent(NamedTuple):
    """One thing that happened, at a node or to the whole region."""

    at_h: float
    node: Node | None
    what: Happening
    cause: int | None
    """Number of the event that led to it; `None` of a first act."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of one replication in the order in which they happened; an event's number is its position."""

    env: Environment
    events: list[TimelineEvent] = field(default_factory=list)

    def note(self, what: Happening, node: Node | None, cause: int | None) -> int:
        """The event is on the timeline; its number is returned, for what it will lead to."""
        number = len(self.events)
        self.events.append(TimelineEvent(float(self.env.now), node, what, cause))
        return number
