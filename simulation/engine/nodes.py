"""Nodes: the establishments and shared services of a region by their numbers, and what has happened to each."""

from dataclasses import dataclass
from typing import NewType, Self

from simulation.engine.event_kinds import Order
from topologies.region import Region

Node = NewType("Node", int)
"""The number of an establishment or of a shared service."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """Establishments are the first nodes, shared services the others."""

    names: tuple[str, ...]
    """The FINESS number of an establishment, the identifier of a shared service; by node."""
    establishments: int
    number_of: dict[str, Node]

    @classmethod
    def of(cls, region: Region) -> Self:
        """The nodes of a region, in the order in which it names them."""
        names = (*region.establishments, *region.services)
        numbers = {name: Node(number) for number, name in enumerate(names)}
        return cls(names, len(region.establishments), numbers)

    def __len__(self) -> int:
        return len(self.names)

    @property
    def sites(self) -> list[Node]:
        """The establishments."""
        return [Node(number) for number in range(self.establishments)]

    def is_establishment(self, node: Node) -> bool:
        """It cares for patients; a shared service does not."""
        return node < self.establishments


@dataclass(slots=True)
class NodeState:
    """What has happened to one node; the hour of what has not happened is `None`."""

    compromised_h: float | None = None
    via_link: int | None = None
    """Number of the link by which the attacker came; `None` at an entry point."""
    via: Node | None = None
    """Where they came from by that link."""
    wave: str | None = None
    """The wave that compromised it first."""
    directory_held_h: float | None = None
    """When an attacker first held its directory; one that establishments share is rebuilt by them."""
    detected_h: float | None = None
    detected_by: str | None = None
    crisis_cell_h: float | None = None
    """When its crisis cell opened."""
    isolated_h: float | None = None
    """When it cut its links."""
    reconnected_h: float | None = None
    """When it was back on them."""
    ordered: Order | None = None
    """What the regional cell has ordered it to do, until nothing is found there."""
    switched_off_h: float | None = None
    """When everything was switched off by decision."""
    switched_on_h: float | None = None
    """When all of that could be used again, or was rebuilt."""
    left_trust_h: float | None = None
    """When it cut its trust in a directory that it shared, for good."""
    ed_shut_h: float | None = None
    """When its emergency department first took no ambulances, or closed, by decision."""
    ed_reopened_h: float | None = None
    """When it was open to all again."""
    planned_stopped_h: float | None = None
    """When planned care was first stopped by decision."""
    planned_resumed_h: float | None = None
    """When all of it had resumed."""
    declared_h: float | None = None
    impact_h: float | None = None
    machines_hit: float = 0.0
    key_h: float | None = None
    """When a key that decrypts is there."""
    outage: float | None = None
    """Share of its applications that an outage takes at present; `None` without one."""
    backups_destroyed: bool = False
    data_stolen: bool = False
    responders_asked_h: float | None = None
    responders_came_h: float | None = None
    restored_h: float | None = None
    last_event: int | None = None
    """The timeline event from which what comes next follows."""
    earlier: "NodeState | None" = None
    """What had happened to it before, where it was attacked or cut off once more."""

    @property
    def is_cut_off(self) -> bool:
        """It has cut its links and is not back on them."""
        return self.isolated_h is not None and self.reconnected_h is None

    @property
    def is_switched_off(self) -> bool:
        """Not all that was switched off by decision is on again."""
        return self.switched_off_h is not None and self.switched_on_h is None

    @property
    def is_down(self) -> bool:
        """Not all of it works: it has been hit and is not restored, or an outage has not ended."""
        hit = self.impact_h is not None and self.restored_h is None
        return hit or self.outage is not None

    @property
    def is_struck(self) -> bool:
        """A payload has gone off there, or its directory was held, and not all of that is over."""
        return (self.impact_h is not None or self.directory_held_h is not None) and not self.is_over

    @property
    def is_over(self) -> bool:
        """It was attacked or cut off, and is on its links again, with nothing off or lost."""
        is_whole = self.impact_h is None or self.restored_h is not None
        return self.reconnected_h is not None and is_whole and not self.is_switched_off

    def once_more(self) -> "NodeState":
        """It begins anew, with what lasts: an outage, and a trust that was cut for good."""
        return NodeState(
            outage=self.outage, left_trust_h=self.left_trust_h, last_event=self.last_event, earlier=self
        )

    @property
    def responder_wait_h(self) -> float | None:
        """How long it waited for a team of responders, once one came."""
        return None if self.responders_came_h is None else self.waited_h(self.responders_came_h)

    def waited_h(self, until_h: float) -> float | None:
        """How long it has waited for a team of responders by this hour; `None` when it never asked."""
        if self.responders_asked_h is None:
            return None
        return (
            until_h if self.responders_came_h is None else self.responders_came_h
        ) - self.responders_asked_h
