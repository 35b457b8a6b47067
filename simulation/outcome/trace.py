"""The trace of a replication: all that it leaves behind at its horizon, not yet counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from simulation.attack.attack_graph import AttackLink
from simulation.care.capacity.wards import Wards
from simulation.care.flow.record import Record
from simulation.engine.array_types import Numbers, ShortNumbers
from simulation.engine.nodes import Node, Nodes, NodeState
from simulation.engine.random_streams import Luck
from simulation.engine.timeline import TimelineEvent
from simulation.inputs.campaign import Campaign
from simulation.inputs.streams import Stream
from simulation.outcome.care_events.spells import Spells, spells_of
from simulation.outcome.communes import CommuneTotals, communes_of
from simulation.outcome.hours import hours_of
from simulation.outcome.indicators.surgery import postponed
from simulation.outcome.records import Hours

T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What happened in a replication, to each node, each ward and each hour."""

    campaign: Campaign
    nodes: Nodes
    links: tuple[AttackLink, ...]
    """The links that an attack can follow, by their numbers."""
    wards: Wards
    replication: int
    drawn: Mapping[str, float]
    """The values of the parameters that are drawn for each replication, by name."""
    states: tuple[NodeState, ...]
    """What happened to each node."""
    timeline: tuple[TimelineEvent, ...]
    care: Record
    """Of the followed hours."""
    luck: Luck
    bed_capacity: dict[Node, list[tuple[float, float]]]
    """For each establishment whose capacity changed: from which hour, which share of its beds."""
    emergency_lost: dict[Node, list[tuple[float, float]]]
    """The same of its emergency patients: the share that it cannot take as usual."""
    regional_cell_h: float | None
    service_lost_h: dict[Node, float]
    """For each establishment that lost a shared service: the first hour."""

    def added_up(self, counts: ShortNumbers) -> Numbers:
        """The sums of the columns of `counts`, each times the hours for which its own stands."""
        return self.wards.followed.added_up(counts)

    @cached_property
    def unmet(self) -> Numbers:
        """Patients not taken into care, by ward, added up once."""
        return self.added_up(self.care.unmet)

    @cached_property
    def node_of(self) -> list[Node]:
        """The node of each ward."""
        return [self.nodes.number_of[finess] for finess in self.wards.finess]

    def for_all(self, values: NDArray[T]) -> NDArray[T]:
        """Counts of followed hours times the hours for which each stands; of shape (followed hours, …)."""
        return self.wards.followed.for_all(values)

    @cached_property
    def hours(self) -> Hours:
        """Its care by territory and stream, added up once."""
        return hours_of(self.wards, self.care)

    @cached_property
    def communes(self) -> CommuneTotals:
        """Its care by commune, added up once."""
        return communes_of(self.wards, self.care, self.unmet, self.luck)

    @cached_property
    def postponed(self) -> NDArray[np.int32]:
        """Operations that were not done on their day, of shape (hours, theatres of planned operations)."""
        return postponed(self, np.flatnonzero(self.wards.of(Stream.SURGERY_SCHEDULED)))

    @cached_property
    def spells(self) -> Spells:
        """When wards were full, overloaded or overdue, found once."""
        return spells_of(self)

    @property
    def sites(self) -> tuple[NodeState, ...]:
        """The states of the establishments, which are the first nodes."""
        return self.states[: self.nodes.establishments]

    @cached_property
    def first_impact_h(self) -> float | None:
        """When the payload first went off in an establishment."""
        return min((state.impact_h for state in self.sites if state.impact_h is not None), default=None)

    def since_first_impact(self, at_h: float | None) -> float | None:
        """Hours from the first impact to this one; `None` where one of the two never came."""
        return None if self.first_impact_h is None or at_h is None else at_h - self.first_impact_h
