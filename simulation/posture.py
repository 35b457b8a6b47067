"""How prepared are the establishments and the region? The levers of the national programme, as a type."""

from typing import Annotated

from pydantic import Field

from simulation.scenario import Title
from topologies.identifiers import Finess, Slug
from topologies.quantity import Input, Quantity, Share

Level = Annotated[float, Field(ge=0, le=1)]


class Levers(Input):
    """The regional levels, each 0 (nothing done) to 1 (all that the programme asks), with unit, range and source."""

    internet_exposure: Share
    directory: Share
    workstations: Share
    detection: Share
    remote_maintenance: Share
    backups: Share
    continuity_plan: Share
    exercises: Share
    awareness: Share
    it_budget_share: Share
    """Share of the operating budget, target 0.02; it sizes the computer teams."""


class OwnLevers(Input):
    """Where an establishment differs from its region; what it does not say is as in the region."""

    internet_exposure: Level | None = None
    directory: Level | None = None
    workstations: Level | None = None
    detection: Level | None = None
    remote_maintenance: Level | None = None
    backups: Level | None = None
    continuity_plan: Level | None = None
    exercises: Level | None = None
    awareness: Level | None = None
    it_budget_share: Level | None = None
    source: str = Field(min_length=1)


class Responders(Input):
    """Teams that can lead an investigation and a rebuilding, beside the establishments' own."""

    regional_teams: Quantity
    national_teams: Quantity
    contracted_teams: Quantity


class Posture(Input):
    """How prepared the region is: regional levels, where establishments differ, and the teams that can come."""

    name: Slug
    title: Title
    story: Title
    levers: Levers
    establishments: dict[Finess, OwnLevers] = Field(default_factory=dict)
    responders: Responders

    def level(self, lever: str, node: str) -> float:
        """The level of a lever at an establishment, or the region's at a shared service."""
        own = self.establishments.get(node)
        declared: float | None = getattr(own, lever) if own else None
        regional: Share = getattr(self.levers, lever)
        return regional.value if declared is None else declared
