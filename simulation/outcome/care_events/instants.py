"""Instants: when states of care begin and end, and plans blancs are called for no cause of the crisis, in order."""

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

import numpy as np

from simulation.engine.array_types import Floats, Numbers
from simulation.engine.event_kinds import EventKind
from simulation.engine.timeline import TimelineEvent
from simulation.outcome.care_events.spells import Spells

PLAN, ENDS = -2, -1
"""At one instant, plans blancs come first, then what ends, then what begins, by the place of its state."""


class Instants(NamedTuple):
    """All instants of a replication; arrays of shape (instants,)."""

    at_h: Floats
    rank: Numbers
    """`PLAN`, `ENDS`, or the place in `CARE_STATES` of a state that begins."""
    which: Numbers
    """The number of the spell, or of the event that is a plan."""


def instants_of(crisis: Sequence[TimelineEvent], spells: Spells) -> Instants:
    """The instants of these spells, and of the plans among the events of the crisis."""
    over = np.flatnonzero(spells.ends_h < inf)
    called = [
        (number, event.at_h)
        for number, event in enumerate(crisis)
        if event.cause is None and event.what.kind is EventKind.PLAN_BLANC
    ]
    plans = np.array([number for number, _ in called], np.int64)
    at_h = np.concatenate([spells.begins_h, spells.ends_h[over], [at_h for _, at_h in called]])
    rank = np.concatenate([spells.state, np.full(len(over), ENDS), np.full(len(plans), PLAN)])
    number = np.concatenate([spells.ward, spells.ward[over], plans])
    which = np.concatenate([np.arange(len(spells.ward)), over, plans])
    order = np.lexsort((number, rank, at_h))
    return Instants(at_h[order], rank[order], which[order])
