"""How prepared are the establishments and the region? The levers of the national programme, as a type."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from simulation.scenario import Title
from topologies.errors import Message
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


class Teams(Quantity):
    """How many teams can be at work at once; none is possible."""

    value: float = Field(ge=0)


class Responders(Input):
    """Teams that can lead an investigation and a rebuilding, beside the establishments' own."""

    regional_teams: Teams
    national_teams: Teams
    contracted_teams: Teams

    @model_validator(mode="after")
    def _someone_comes(self) -> Self:
        if not any(
            round(teams.value) for teams in (self.regional_teams, self.national_teams, self.contracted_teams)
        ):
            raise ValueError(
                Message("no team can come, and nobody would ever be restored"),
                Message("give at least one regional, national or contracted team"),
            )
        return self


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
