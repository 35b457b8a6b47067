"""Events of recovery with their fields: who came, which stage is done, which application is used again."""

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
class ApplicationBack:
    """An application is used again."""

    kind = EventKind.APPLICATION_BACK
    actor, technique = kind.actor, kind.technique
    application: str

    @property
    def detail(self) -> str:
        """The application."""
        return self.application


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


OF_RECOVERY = (RespondersCome, ApplicationBack, StageDone)
"""All of them."""
