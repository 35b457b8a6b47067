"""What has happened so far, and what led to what?"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated

from simulation.engine.columns import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """One thing that happened; one row of the timeline table."""

    replication: Annotated[int, Column("number of the replication in its campaign, from 0")]
    event: Annotated[int, Column("number of the event in its replication, from 0, in order of time")]
    at_h: Annotated[float, Column("when it happened", "h")]
    at: Annotated[datetime, Column("the same instant by the clock of Paris")]
    actor: Annotated[str, Column("who acted: attacker, establishment, region or nation")]
    finess: Annotated[str | None, Column("establishment where it happened; null when it is none")]
    kind: Annotated[str, Column("what happened")]
    technique: Annotated[str | None, Column("MITRE ATT&CK technique")]
    cause: Annotated[int | None, Column("event of the same replication that led to this one")]
    detail: Annotated[str, Column("what a reader should also know: service, stage, level of responders")]


@dataclass(slots=True)
class NodeState:
    """What has happened to one node; the hour of what has not happened is `None`.

    `last_event` is the timeline event from which what comes next follows.
    """

    compromised_h: float | None = None
    via_link: int | None = None
    wave: str | None = None
    """The wave that compromised it first."""
    detected_h: float | None = None
    detected_by: str | None = None
    isolated_h: float | None = None
    ordered: bool = False
    declared_h: float | None = None
    impact_h: float | None = None
    machines_hit: float = 0.0
    key_h: float | None = None
    """When a key that decrypts is there."""
    backups_destroyed: bool = False
    data_stolen: bool = False
    responders_asked_h: float | None = None
    responders_came_h: float | None = None
    restored_h: float | None = None
    last_event: int | None = None

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


@dataclass(slots=True)
class Timeline:
    """The timeline of one replication: events in the order in which they happened, each with its cause."""

    replication: int
    start: datetime
    now_h: Callable[[], float]
    events: list[TimelineEvent] = field(default_factory=list)

    def note(
        self,
        kind: str,
        *,
        actor: str,
        cause: int | None,
        finess: str | None = None,
        technique: str | None = None,
        detail: str = "",
    ) -> int:
        """The event is on the timeline; its number is returned, for what it will lead to."""
        at_h = self.now_h()
        number = len(self.events)
        self.events.append(
            TimelineEvent(
                replication=self.replication,
                event=number,
                at_h=at_h,
                at=self.start + timedelta(seconds=round(at_h * 3600)),
                actor=actor,
                finess=finess,
                kind=kind,
                technique=technique,
                cause=cause,
                detail=detail,
            )
        )
        return number
