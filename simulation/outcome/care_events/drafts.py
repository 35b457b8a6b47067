"""Drafts: events of care that have not found their place in the story."""

from dataclasses import dataclass
from typing import NamedTuple

from simulation.engine.event_kinds import Actor, EventKind
from simulation.inputs.streams import STREAMS, Stream


@dataclass(frozen=True, slots=True)
class InStream:
    """Something that happens in one stream of care; whoever acts in events of the kind acts."""

    kind: EventKind
    stream: Stream
    actor: Actor
    detail: str
    """The stream."""

    technique = None


IN_STREAM = {
    kind: tuple(InStream(kind, stream, kind.actor, str(stream)) for stream in STREAMS) for kind in EventKind
}
"""Every kind in every stream, by the streams' numbers."""


class Drafts(NamedTuple):
    """Some drafts, of which each has its place in all the columns."""

    at_h: list[float]
    ward: list[int]
    """`NO_WARD` of what is added up over the region."""
    what: list[InStream]
    cause: list[int]
    """The number of an event of the crisis; of a draft, that follow after all of these; or `ORDINARY`."""
    patients: list[int | None]
    hours: list[float | None]
