"""Work on paper: since when an establishment works so, how hard that is, and what has to be entered again afterwards.

The first hours are the worst; it is learnt within a week or two, until less is lost than the matrix says of a first
week; then it tires. Those who care for people in the hospital make up for it at first: nobody closes a box or a bed for
want of a screen. They stay on and are called in, and each patient takes longer, until that can no longer be kept up
and places close. Fewer places and longer stays are one lack of hands: what is lost in places is not lost in time again.
When all is back, those who care enter what was
written into the systems, for a time in proportion to that on paper; not in critical care nor in urgent surgery, where
nothing waits to be entered.
"""

from math import exp

import numpy as np
from numpy.typing import NDArray

from simulation.care.flow.changes import Left
from simulation.engine.array_types import Floats
from simulation.engine.compiled import compiled
from simulation.engine.nodes import Node
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import EMERGENCY, NUMBER, STREAMS, Stream

HOURS_A_WEEK = 168.0
KEPT_AT_THE_BEDSIDE = (Stream.CRITICAL_CARE, Stream.SURGERY_URGENT)
"""Streams for which nothing has to be entered again."""
MADE_UP = tuple(
    NUMBER[stream] for stream in (*EMERGENCY, *KEPT_AT_THE_BEDSIDE, Stream.MATERNITY, Stream.MEDICINE)
)
"""Streams whose patients are there and cannot wait, by their numbers."""
BY_SESSION = (Stream.OUTPATIENT, Stream.IMAGING, Stream.CHEMOTHERAPY, Stream.RADIOTHERAPY)
"""Streams that hold sessions, and some above the plan to catch up when all systems are there."""
CALLS = NUMBER[Stream.SAMU]
UPDATES_H = (6.0, 12.0, 24.0, 48.0, 96.0, 168.0)
"""Hours after the first at which what paper keeps going is worked out again; then every week.

A numerical matter, no number of the model: between them a curve that changes within days is taken as constant.
"""
ROUNDING_H = 1e-6
"""Sums of hours are not exact."""


class Paper:
    """Who works on paper in one replication."""

    def __init__(self, p: Parameters) -> None:
        self._p = p.continuity
        self._fallback_h = p.samu.samu_fallback_h.value
        self._fallback_share = p.samu.samu_fallback_share.value
        self._since_h: dict[Node, float] = {}
        self._part: dict[Node, float] = {}
        """For which part of its applications each writes: all that were struck, or what shared services took."""
        self.reentering: set[Node] = set()
        """Those who enter what was written into the systems."""
        loss = p.continuity.reentry_loss.value
        self.reentry = np.array([1.0 if one in KEPT_AT_THE_BEDSIDE else 1.0 - loss for one in STREAMS])
        """Capacity meanwhile, of shape (streams,)."""
        above = dict.fromkeys(BY_SESSION, p.sessions.session_margin.value)
        above[Stream.SURGERY_SCHEDULED] = p.surgery.surgery_margin.value
        self.of_the_plan = np.array([1.0 / above.get(one, 1.0) for one in STREAMS])
        """The plan over what can be held above it to catch up, of shape (streams,)."""

    def begin(self, node: Node, now_h: float, part: float) -> None:
        """It works on paper from now on, if it does not already, for this part of its applications at least."""
        self._since_h.setdefault(node, now_h)
        self._part[node] = max(part, self._part.get(node, 0.0))

    def end(self, node: Node, now_h: float) -> float:
        """It no longer does; the hours for which it enters what was written are returned."""
        since_h = self._since_h.pop(node, now_h)
        return (now_h - since_h) * self._part.pop(node, 0.0) * self._p.reentry_days_per_day.value

    def hours(self, node: Node, now_h: float) -> float | None:
        """For how long it has worked on paper; `None` when it does not."""
        since_h = self._since_h.get(node)
        return None if since_h is None else now_h - since_h

    def hardship(self, node: Node, hours: float | None) -> float:
        """What paper makes of a loss after so many hours on it: worst at first, learnt, then tiring.

        Who writes for one application among many tires so much less.
        """
        if hours is None:
            return 1.0
        p = self._p
        settled = p.paper_settled.value
        shock = (p.paper_shock.value - settled) * exp(-hours / p.paper_learning_h.value)
        tiring = min(p.paper_tiring_most.value, p.paper_tiring_a_week.value * hours / HOURS_A_WEEK)
        return float(settled + shock + tiring * self._part[node])

    def make_up(self, hours: float | None, left: NDArray[np.float64]) -> None:
        """What those who care make up for after so many hours is kept; `left` is of shape (streams, columns)."""
        p = self._p
        keep_up(0.0 if hours is None else p.effort_share.value * exp(-hours / p.effort_h.value), left)

    def answer_calls(self, hours: float | None, left: NDArray[np.float64]) -> None:
        """So long after a SAMU was struck people ring ten-digit numbers; `left` is of shape (streams, columns)."""
        if hours is not None and hours + ROUNDING_H >= self._fallback_h:
            left[CALLS, Left.CAPACITY] = max(left[CALLS, Left.CAPACITY], self._fallback_share)

    def updates_h(self, *, is_site: bool) -> tuple[float, ...]:
        """Hours after the first at which what is left is worked out again; at a site, then every week."""
        return UPDATES_H if is_site else (self._fallback_h,)


@compiled
def keep_up(effort: float, left: Floats) -> None:
    """So much of what is lost in places is kept by effort; `left` is of shape (streams, columns of `Left`)."""
    for stream in MADE_UP:
        kept = 1.0 - (1.0 - left[stream, Left.CAPACITY]) * (1.0 - effort)
        left[stream, Left.CAPACITY] = kept
        left[stream, Left.STAYS] = max(1.0, left[stream, Left.STAYS] * kept)
