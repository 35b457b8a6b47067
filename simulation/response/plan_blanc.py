"""Calls of plans blancs: where and when hospitals are put on an emergency footing, and what ends it.

Each director calls the plan of their own hospital:

- when it can take clearly fewer emergency patients than usual, whatever took them, and knows it: a higher level for
  more, and at once the level for which there is a reason by then;
- on the agency's request, when neighbours can take fewer, and so many more are to be expected here. The regional cell
  looks some hours after anything has changed, and asks only those to whom enough will come;
- when many people hurt at once are brought;
- each morning, one level higher, when the emergency department was full for long on the day before.

When a region as a whole can take too few, the regional cell sets off ORSAN: all that were not struck call their plan.

A plan helps some hours after it was called. It ends after some days on which nothing called for it, and at the latest
when its staff can go on no longer; then they rest, and there are fewer of them than usual. A department that is as full
as before is then no new reason: a plan answers a blow, not a state that lasts. What it adds and costs:
`simulation/care/capacity/surge.py`.
"""

from bisect import bisect_right
from functools import partial

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.surge import HIGHEST
from simulation.care.prepared import PreparedCare
from simulation.engine.array_types import Numbers
from simulation.engine.delays import HOURS_A_DAY, CommonDelay, Delay
from simulation.engine.event_kinds import Casualties, EventKind, PlanBlancAsked, PlanBlancCalled
from simulation.engine.nodes import Node
from simulation.engine.signals import Footing
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters


class PlanBlancCalls:
    """The plans blancs of one replication."""

    def __init__(self, situation: Situation, prepared: PreparedCare, p: Parameters) -> None:
        delay, plan = partial(Delay, situation), p.plan_blanc
        self.decision = delay("plan_blanc_decision_pace", plan.plan_blanc_decision_h)
        """From a reason to the call."""
        self.mobilisation = {
            1: delay("plan_blanc_1_pace", plan.plan_blanc_1_h),
            2: delay("plan_blanc_2_pace", plan.plan_blanc_2_h),
        }
        """From the call to the help, by level."""
        self.request = CommonDelay(situation, "plan_blanc_request_pace", plan.plan_blanc_request_h)
        """From what the regional cell learns to its requests."""
        self.situation = situation
        self._p = plan
        self._level_lost = (plan.plan_blanc_1_lost.value, plan.plan_blanc_2_lost.value)
        """The share of its patients that a site cannot take, from which each level is called for."""
        self._level_more = (plan.plan_blanc_1_more.value, plan.plan_blanc_2_more.value)
        """The same of patients whom others cannot take, over its own."""
        self._receivers = prepared.receivers
        self._place = {node: place for place, node in enumerate(prepared.receivers.nodes)}
        self._lost = np.zeros(len(self._place))
        """Of each site that takes emergencies, the share of its patients that it cannot take."""
        self._own_reason = np.zeros(len(self._place), np.int64)
        """The level for which its own loss is a reason, while it lasts."""
        self._asked = np.zeros(len(self._place), np.int64)
        """The level that the regional cell asks each for, while it does."""
        self._since: dict[Node, int | None] = {}
        """The event by which each came to have a reason, at last."""
        self._cell_opened_by: int | None = None
        self._is_looking = False
        self._orsan: int | None = None
        """The event by which ORSAN was set off, while it lasts."""
        self._called: dict[Node, int] = {}
        self._called_by: dict[Node, int] = {}
        """The event by which each was last called."""
        self._calm_days: dict[Node, int] = {}
        self._days: dict[Node, list[float]] = {}
        """Days at each level for which staff have not rested."""
        self._rests_until_h: dict[Node, float] = {}
        self._worn_out: set[Node] = set()
        """Where a plan ended though nothing was better, and it has not become so."""
        departments = prepared.emergency_departments
        # The emergency departments of each node: one or two.
        self._first, self._last = (
            np.array([wards[end] for wards in departments.values()], dtype=np.intp) for end in (0, -1)
        )
        for casualty in prepared.casualties:
            for name in (name for name, people in casualty.people.items() if people):
                node = situation.nodes.number_of[name]
                situation.after(casualty.at_h, partial(self._bring, node, casualty.venue))

    def _bring(self, node: Node, venue: str) -> None:
        """Many hurt at once are on their way."""
        event = self.situation.timeline.note(Casualties(venue), node, None)
        self._call(node, event, HIGHEST)

    def weigh(self, node: Node, lost: float) -> None:
        """A site cannot take this share of its emergencies: its director weighs it, and so does the regional cell."""
        place = self._place.get(node)
        if place is None or lost == self._lost[place]:
            return
        self._lost[place] = lost
        self._weigh_own(node)
        self._look_soon()

    def learn(self, node: Node) -> None:
        """The establishment knows that it is attacked, and what it has lost."""
        if node in self._place:
            self._weigh_own(node)

    def _weigh_own(self, node: Node) -> None:
        """Its own loss is a reason, or none any more; what a payload has taken is not known before it is seen."""
        state, lost = self.situation.states[node], self._lost[self._place[node]]
        if state.impact_h is None or state.detected_h is not None:
            self._give_reason(self._own_reason, node, bisect_right(self._level_lost, lost), state.last_event)

    def _give_reason(self, reasons: Numbers, node: Node, level: int, cause: int | None) -> None:
        """There is a reason for this level, or none any more; the director decides on a higher one than before."""
        if level > self._reason(node):
            self._since[node] = self._since.get(node) if cause is None else cause
            self.decision.then(node, self._decide, cause)
        reasons[self._place[node]] = level

    def _reason(self, node: Node) -> int:
        """The highest level for which there is a reason at present."""
        place = self._place[node]
        return int(max(self._own_reason[place], self._asked[place]))

    def _decide(self, node: Node, cause: int | None) -> None:
        """The director calls the plan at the level for which there is a reason by now, if staff are rested."""
        if self._are_rested(node):
            self._call(node, cause, self._reason(node))

    def _are_rested(self, node: Node) -> bool:
        return self.situation.now_h >= self._rests_until_h.get(node, 0.0)

    def open_cell(self, cause: int) -> None:
        """The regional cell is open."""
        self._cell_opened_by = cause
        self._look_soon()

    def _look_soon(self) -> None:
        """It will look who has to expect patients of others, once for all that changes meanwhile."""
        if self._cell_opened_by is None or self._is_looking:
            return
        if self._lost.any() or self._asked.any():
            self._is_looking = True
            self.request.then(self._look_around, self._cell_opened_by)

    def _look_around(self, cause: int) -> None:
        """Those who have to expect clearly more patients are asked to call their plan; in ORSAN, all who can help."""
        self._is_looking = False
        self._set_off_orsan(cause)
        levels = np.searchsorted(self._level_more, self._receivers.more(self._lost), side="right")
        levels = np.maximum(levels, self._orsan is not None)
        is_new = (levels != self._asked) & (self._lost < self._level_lost[0])
        for place in np.flatnonzero(is_new).tolist():
            node, level, event = self._receivers.nodes[place], int(levels[place]), None
            if level > max(self._reason(node), self._called.get(node, 0)) and self._are_rested(node):
                event = self.situation.note_beside(
                    node, PlanBlancAsked(level), cause if self._orsan is None else self._orsan
                )
            self._give_reason(self._asked, node, level, event)

    def _set_off_orsan(self, cause: int) -> None:
        """Region-wide from where a region as a whole can take too few, until it can again."""
        is_needed = self._receivers.lost_share(self._lost) >= self._p.orsan_lost_share.value
        if is_needed and self._orsan is None:
            self._orsan = self.situation.timeline.note(EventKind.ORSAN, None, cause)
        elif not is_needed and self._orsan is not None:
            self.situation.timeline.note(EventKind.ORSAN_ENDS, None, self._orsan)
            self._orsan = None

    def _call(self, node: Node, cause: int | None, level: int) -> None:
        """The plan is called; it helps some hours later."""
        if self._called.get(node, 0) >= level or node not in self._place:
            return
        self._called[node] = level
        self._calm_days[node] = 0
        self._called_by[node] = self.situation.timeline.note(PlanBlancCalled(level), node, cause)
        self.mobilisation[level].then(node, self._begin, level)

    def _begin(self, node: Node, level: int) -> None:
        # A lower level helps until the higher one, called meanwhile, does; what has ended does not begin.
        if self._called.get(node, 0) >= level:
            self._days.setdefault(node, [0.0] * (HIGHEST + 1))
            self._set_footing(node, level)

    def look(self, full_h: NDArray[np.float32]) -> None:
        """Each morning: who was full for long goes a level higher; who has no reason any more, or no staff, ends.

        `full_h`, of shape (hours of the past day, wards): how much of each hour a ward was full.
        """
        of_day = full_h.sum(axis=0)
        fullest = np.maximum(of_day[self._first], of_day[self._last]).astype(np.float64)
        is_full = fullest >= self._p.plan_blanc_2_diversion_h.value
        concerned = {self._place[node] for node in (*self._called, *self._worn_out)}
        for place in sorted(concerned.union(np.flatnonzero(is_full).tolist())):
            node, full = self._receivers.nodes[place], float(fullest[place])
            called = self._called.get(node, 0)
            is_new = self._are_rested(node) and node not in self._worn_out
            if is_full[place] and called < HIGHEST and is_new:
                self._call(node, self._since.get(node), called + 1)
            if called or node in self._worn_out:
                self._calm_days[node] = 0 if full or self._reason(node) else self._calm_days[node] + 1
                if self._is_calm(node):
                    self._worn_out.discard(node)
            if called:
                self._spend_a_day(node, called)

    def _is_calm(self, node: Node) -> bool:
        return self._calm_days[node] >= self._p.plan_blanc_calm_days.value

    def _spend_a_day(self, node: Node, level: int) -> None:
        days = self._days.setdefault(node, [0.0] * (HIGHEST + 1))
        days[level] += 1.0
        if self._is_calm(node):
            self._end(node)
        elif sum(days) >= self._p.plan_blanc_most_days.value:
            self._worn_out.add(node)
            self._end(node)

    def _end(self, node: Node) -> None:
        """The plan ends, and those who were recalled rest."""
        del self._called[node]
        self.situation.timeline.note(EventKind.PLAN_BLANC_ENDS, node, self._called_by[node])
        rests_h = self._p.plan_blanc_rest_days.value * HOURS_A_DAY
        self._rests_until_h[node] = self.situation.now_h + rests_h
        self._set_footing(node, 0)
        self.situation.after(rests_h, partial(self._end_rest, node))

    def _end_rest(self, node: Node) -> None:
        if self.situation.now_h >= self._rests_until_h[node]:
            del self._days[node]
            self._set_footing(node, self._called.get(node, 0))

    def _set_footing(self, node: Node, level: int) -> None:
        footing = Footing(level) if self._are_rested(node) else Footing(level, tuple(self._days[node]))
        self.situation.signals.plan_blanc.send(node, footing)
