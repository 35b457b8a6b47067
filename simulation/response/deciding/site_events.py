"""Events of what an establishment decides for itself, with their fields."""

from dataclasses import dataclass

from simulation.engine.event_kinds import EventKind
from simulation.engine.recovery_events import Stage
from simulation.inputs.streams import Stream


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """Everything is switched off by decision."""

    kind = EventKind.SWITCHED_OFF
    actor, technique = kind.actor, kind.technique
    why: str

    @property
    def detail(self) -> str:
        """Why: `hit`, `intruder`, `order` or `precaution`."""
        return self.why


@dataclass(frozen=True, slots=True)
class SwitchedOn:
    """What was spared of a group of applications is checked and on again."""

    kind = EventKind.SWITCHED_ON
    actor, technique = kind.actor, kind.technique
    group: Stage

    @property
    def detail(self) -> str:
        """The stage of recovery with which they would have been rebuilt."""
        return str(self.group)


@dataclass(frozen=True, slots=True)
class PlannedCareStops:
    """Streams of planned care are stopped by decision."""

    kind = EventKind.PLANNED_CARE_STOPS
    actor, technique = kind.actor, kind.technique
    streams: tuple[Stream, ...]

    @property
    def detail(self) -> str:
        """The streams."""
        return ", ".join(self.streams)


@dataclass(frozen=True, slots=True)
class PlannedCareResumes:
    """A stream of planned care goes on."""

    kind = EventKind.PLANNED_CARE_RESUMES
    actor, technique = kind.actor, kind.technique
    stream: Stream

    @property
    def detail(self) -> str:
        """The stream."""
        return str(self.stream)


@dataclass(frozen=True, slots=True)
class CleanUpList:
    """Those who were spared are told what to look for, and how to clean it."""

    kind = EventKind.CLEAN_UP_LIST
    actor, technique = kind.actor, kind.technique
    wave: str

    @property
    def detail(self) -> str:
        """The name of the wave."""
        return self.wave


@dataclass(frozen=True, slots=True)
class CareMoved:
    """Patients of a stream are moved to other sites by decision."""

    kind = EventKind.CARE_MOVED
    actor, technique = kind.actor, kind.technique
    stream: Stream

    @property
    def detail(self) -> str:
        """The stream."""
        return str(self.stream)


@dataclass(frozen=True, slots=True)
class CareReturns:
    """The stream is given at the site again."""

    kind = EventKind.CARE_RETURNS
    actor, technique = kind.actor, kind.technique
    stream: Stream

    @property
    def detail(self) -> str:
        """The stream."""
        return str(self.stream)


OF_SITES = (
    SwitchedOff,
    SwitchedOn,
    CleanUpList,
    PlannedCareStops,
    PlannedCareResumes,
    CareMoved,
    CareReturns,
)
"""The kinds with fields."""
