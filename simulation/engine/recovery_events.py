"""Events of recovery with their fields: who came, which stage is done, which applications are down or used again."""

from dataclasses import dataclass
from enum import StrEnum

from simulation.engine.event_kinds import Actor, EventKind


class Stage(StrEnum):
    """The stages of recovery; which follows which: `simulation/response/stages.py`."""

    CONTAIN = "contain"
    INVESTIGATE = "investigate"
    DIRECTORY = "directory"
    CORE_SERVERS = "core_servers"
    FIRST_WORKSTATIONS = "first_workstations"
    VITAL_APPLICATIONS = "vital_applications"
    CARE_APPLICATIONS = "care_applications"
    WORKSTATIONS = "workstations"
    OTHER_APPLICATIONS = "other_applications"


@dataclass(frozen=True, slots=True)
class RespondersCome:
    """A team of a level of responders is there."""

    kind = EventKind.RESPONDERS_COME
    technique = kind.technique
    actor: Actor
    level: str

    @property
    def detail(self) -> str:
        """The name of the level."""
        return self.level


@dataclass(frozen=True, slots=True)
class ApplicationsDown:
    """Applications cannot be used any more."""

    kind = EventKind.APPLICATIONS_DOWN
    actor, technique = kind.actor, kind.technique
    applications: tuple[str, ...]

    @property
    def detail(self) -> str:
        """The applications."""
        return ", ".join(self.applications)


@dataclass(frozen=True, slots=True)
class ApplicationsBack:
    """Applications are used again."""

    kind = EventKind.APPLICATIONS_BACK
    actor, technique = kind.actor, kind.technique
    applications: tuple[str, ...]

    @property
    def detail(self) -> str:
        """The applications."""
        return ", ".join(self.applications)


@dataclass(frozen=True, slots=True)
class StageDone:
    """A stage of recovery is done."""

    kind = EventKind.STAGE_DONE
    actor, technique = kind.actor, kind.technique
    stage: Stage

    @property
    def detail(self) -> str:
        """The stage."""
        return str(self.stage)


OF_RECOVERY = (RespondersCome, ApplicationsDown, ApplicationsBack, StageDone)
"""All of them."""
