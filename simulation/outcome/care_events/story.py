"""The story of a replication: the events of the crisis and those of care, in order of time, each with its cause.

1. What weighs on each ward, hour by hour, is found (`weights.py`), and when wards were full, overloaded or overdue
   (`care_states.py`).
2. Each such state has a cause: what weighs on its ward; else what is overdue or overloaded at its site; of an
   overloaded department, what weighs on the one that sends it most patients; else ordinary life.
3. Patients who were not taken, sent on or put off are added up by ward and cause, those of ordinary life over the
   region (`tallies.py`): one event each.

Ordinary life is the first event of every replication: what it leads to would be as it is in the ordinary twin, so far
as anybody can say. Whatever else has no cause is a first act: an attack, or a strike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from simulation.engine.event_kinds import Actor, EventKind, Happening
from simulation.engine.nodes import Node
from simulation.engine.timeline import TimelineEvent
from simulation.inputs.streams import Stream
from simulation.outcome.care_events.causes import ORDINARY, Causes
from simulation.outcome.care_events.tallies import tallies
from simulation.outcome.care_events.weights import weights_of

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace

ORDINARY_LIFE = 0
"""The number of the first event."""
FIRST_ACTS = frozenset({EventKind.ORDINARY_LIFE, EventKind.ATTACK_BEGINS, EventKind.STRIKE})
"""The kinds of event that have no cause."""


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
    kind: {stream: InStream(kind, stream, kind.actor, str(stream)) for stream in Stream} for kind in EventKind
}


class Told(NamedTuple):
    """One event of the story; its number is its position."""

    at_h: float
    node: Node | None
    what: Happening
    cause: int | None
    patients: int | None = None
    """Whom it counts."""
    hours: float | None = None
    """For how long it lasts, of what lasts."""


def story_of(trace: "Trace") -> Sequence[Told]:
    """The whole story."""
    causes = Causes(trace, weights_of(trace))
    causes.find()
    crisis = len(trace.timeline)
    drafts = [*causes.drafts, *tallies(trace, causes)]
    instants = [*(event.at_h for event in trace.timeline), *(draft.at_h for draft in drafts)]
    order = sorted(range(len(instants)), key=instants.__getitem__)
    place = [0] * len(order)
    for number, item in enumerate(order, start=ORDINARY_LIFE + 1):
        place[item] = number
    place.append(ORDINARY_LIFE)  # what has the number `ORDINARY` of a cause stands there
    nodes = [trace.nodes.number_of[finess] for finess in trace.wards.finess]
    story = [Told(0.0, None, EventKind.ORDINARY_LIFE, None)]
    for item in order:
        if item < crisis:
            event = trace.timeline[item]
            cause = _cause_of(item, event, causes)
            story.append(Told(event.at_h, event.node, event.what, None if cause is None else place[cause]))
        else:
            at_h, ward, stream, kind, cause, patients, hours = drafts[item - crisis]
            node = None if ward is None else nodes[ward]
            story.append(Told(at_h, node, IN_STREAM[kind][stream], place[cause], patients, hours))
    return story


def _cause_of(number: int, event: TimelineEvent, causes: Causes) -> int | None:
    """Of an event of the crisis; without one, a first act apart, it would have come on ordinary days too."""
    if event.cause is not None:
        return event.cause
    return None if event.what.kind in FIRST_ACTS else causes.plans.get(number, ORDINARY)
