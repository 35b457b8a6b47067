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

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simulation.care.capacity.ward_table import NO_WARD
from simulation.engine.event_kinds import EventKind, Happening
from simulation.engine.nodes import Node
from simulation.engine.timeline import TimelineEvent
from simulation.outcome.care_events.causes import ORDINARY, Causes
from simulation.outcome.care_events.drafts import Drafts
from simulation.outcome.care_events.tallies import tallies
from simulation.outcome.care_events.weights import weights_of
from simulation.outcome.columns import Rows

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace

ORDINARY_LIFE = 0
"""The number of the first event."""
FIRST_ACTS = frozenset({EventKind.ORDINARY_LIFE, EventKind.ATTACK_BEGINS, EventKind.STRIKE})
"""The kinds of event that have no cause."""


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


def story_of(trace: "Trace") -> Rows[Told]:
    """The whole story."""
    causes, crisis = Causes(trace, weights_of(trace)), trace.timeline
    drafts = _together([causes.find(), *tallies(trace, causes)])
    nothing = [None] * len(crisis)
    columns: dict[str, list[Any]] = {
        "at_h": [event.at_h for event in crisis] + drafts.at_h,
        "node": [event.node for event in crisis]
        + [None if ward == NO_WARD else trace.node_of[ward] for ward in drafts.ward],
        "what": [event.what for event in crisis] + drafts.what,
        "cause": [_cause_of(number, event, causes) for number, event in enumerate(crisis)] + drafts.cause,
        "patients": nothing + drafts.patients,
        "hours": nothing + drafts.hours,
    }
    order = np.argsort(columns["at_h"], kind="stable")
    place = np.full(
        len(order) + 1, ORDINARY_LIFE
    )  # what has the number `ORDINARY` of a cause stands at the end
    place[order] = np.arange(ORDINARY_LIFE + 1, len(place))
    placed = place.tolist()
    columns["cause"] = [None if cause is None else placed[cause] for cause in columns["cause"]]
    first = Told(0.0, None, EventKind.ORDINARY_LIFE, None)._asdict()
    items = order.tolist()
    return Rows(Told, {name: [first[name], *map(of.__getitem__, items)] for name, of in columns.items()})


def _together(some: Iterable[Drafts]) -> Drafts:
    """All drafts, one after the other."""
    return Drafts(*(list(chain.from_iterable(columns)) for columns in zip(*some, strict=True)))


def _cause_of(number: int, event: TimelineEvent, causes: Causes) -> int | None:
    """Of an event of the crisis; without one, a first act apart, it would have come on ordinary days too."""
    if event.cause is not None:
        return event.cause
    return None if event.what.kind in FIRST_ACTS else causes.plans.get(number, ORDINARY)
