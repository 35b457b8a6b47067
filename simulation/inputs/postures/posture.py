"""A posture: how prepared the establishments and the region are, by the levers of the national programme."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from topologies.errors import Message
from topologies.fields.identifiers import Finess, Slug
from topologies.fields.quantity import Input, Quantity, Share
from topologies.fields.scalars import Number, Text, YesNo
from topologies.fields.title import Title
from topologies.region import Trust

MOST_TEAMS = 10_000

Level = Annotated[Number, Field(ge=0, le=1)]


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
    shared_soc: Share
    """How far a supervision shared by the region watches, besides the establishments' own."""
    ght_pooling: Share
    """Share of the GHTs and groups, the largest first, whose members share their teams and their supervision."""


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
    shared_soc: Level | None = None
    source: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The level of each lever at one node."""

    internet_exposure: float
    directory: float
    workstations: float
    detection: float
    remote_maintenance: float
    backups: float
    continuity_plan: float
    exercises: float
    awareness: float
    it_budget_share: float
    shared_soc: float


class Teams(Quantity):
    """How many teams can be at work at once; none is possible."""

    value: Number = Field(ge=0, le=MOST_TEAMS)


class ServedFirst(StrEnum):
    """Whom a team that is free goes to."""

    FIRST_COME = "first_come"
    PATIENTS_AT_STAKE = "patients_at_stake"
    """Most emergency visits and beds first."""
    EVENT_HOSPITALS = "event_hospitals"
    """Those to which the event's patients go, then most patients at stake."""


class Responders(Input):
    """Teams that can lead an investigation and a rebuilding, besides the establishments' own."""

    served_first: ServedFirst = ServedFirst.PATIENTS_AT_STAKE
    teams: dict[Slug, Teams]
    """By level (`parameters/crisis/responder_levels.yaml`); a level that is not named has none."""

    @model_validator(mode="after")
    def _someone_comes(self) -> Self:
        if not any(round(teams.value) for teams in self.teams.values()):
            raise ValueError(
                Message("no team can come, and nobody would ever be restored"),
                Message("give at least one team of some level"),
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
    regional_cell: YesNo = True
    """A regional crisis cell opens, warns everyone, orders and calls reinforcements."""
    trust: Trust | None = None
    """Every directory is taken for one of this kind, whatever the region says of it."""

    def at(self, node: str) -> Levels:
        """The levels at an establishment, or the region's at a shared service."""
        (levels,) = self.levels_at([node])
        return levels

    def levels_at(self, nodes: Iterable[str]) -> tuple[Levels, ...]:
        """The same of many."""
        everywhere = Levels(
            **{lever: share.value for lever, share in self.levers if lever in OwnLevers.model_fields}
        )
        own = {
            node: replace(everywhere, **levers.model_dump(exclude={"source"}, exclude_none=True))
            for node, levers in self.establishments.items()
        }
        return tuple(own.get(node, everywhere) for node in nodes)
