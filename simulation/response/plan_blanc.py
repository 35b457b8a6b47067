"""Calls of plans blancs: where and when hospitals are put on an emergency footing, and what ends it.

Each director calls the plan of their own hospital:

- when it can take clearly fewer emergency patients than usual, whatever took them, and knows it, or was hit and has
  everything off: a higher level for more, and at once the level for which there is a reason by then;
- on the agency's request, when neighbours can take fewer, and so many more are to be expected here. The regional cell
  looks some hours after anything has changed, and asks only those to whom enough will come, and who are not struck;
- when many people hurt at once are brought;
- in the morning, one level higher, when the emergency department was full for long on the day before.

When a region as a whole can take too few, the regional cell sets off ORSAN: all that were not struck call their plan.

What grows worse by itself, as those who write on paper tire, is weighed by day. A plan helps some hours after it was
called. Each director ends their own, by day: after some days on which nothing
called for it there, and at the latest when its staff can go on no longer, which is sooner in one hospital than in
another; then they rest, and there are fewer of them than usual. A department that is as full as before is then no new
reason: a plan answers a blow, not a state that lasts. What it adds and costs: `simulation/care/capacity/surge.py`.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
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
from simulation.inputs.clock import until_day_h
from simulation.inputs.parameters.parameters import Parameters


@dataclass(slots=True)
class Plan:
    """The plan of one hospital."""

    level: int = 0
    """At which it is called; 0 while it is not."""
    called_by: int | None = None
    """The event by which it was last called."""
    calm_days: int = 0
    days: list[float] = field(default_factory=lambda: [0.0] * (HIGHEST + 1))
    """At each level, those for which staff have not rested."""
    rests_until_h: float = 0.0
    is_worn_out: bool = False
    """Its staff could go on no longer though nothing was better, and it has not become so."""


class PlanBlancCalls:
    """The plans blancs of one replication."""

    def __init__(
        self, situation: Situation, prepared: PreparedCare, p: Parameters, starts_at_h: float
    ) -> None:
        """The scenario starts at this hour of the week."""
        delay, plan = partial(Delay, situation), p.plan_blanc
        self.decision = delay("plan_blanc_decision_pace", plan.plan_blanc_decision_h)
        """From a reason to the call, and from the last reason to the end."""
        self.lasting = delay("plan_blanc_most_pace", plan.plan_blanc_most_days, unit_h=HOURS_A_DAY)
        """For how long its staff can go on."""
        self.mobilisation = {
            1: delay("plan_blanc_1_pace", plan.plan_blanc_1_h),
            2: delay("plan_blanc_2_pace", plan.plan_blanc_2_h),
        }
        """From the call to the help, by level."""
        self.request = CommonDelay(situation, "plan_blanc_request_pace", plan.plan_blanc_request_h)
        """From what the regional cell learns to its requests."""
        self.situation = situation
        self._starts_at_h = starts_at_h
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
        self._cell: int | None = None
        """The event by which the regional cell opened, while it is open."""
        self._is_looking = False
        self._orsan: int | None = None
        """The event by which ORSAN was set off, while it lasts."""
        self._plans: defaultdict[Node, Plan] = defaultdict(Plan)
        departments = prepared.emergency_departments
        # The emergency departments of each node, by their numbers: one or two.
        number_of, each = prepared.wards.table.emergency_number, departments.values()
        self._first, self._last = (number_of[[wards[end] for wards in each]] for end in (0, -1))
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
        if self._happens_now():
            self._weigh(node)
        else:
            self._by_day(partial(self._weigh, node))

    def _happens_now(self) -> bool:
        """Something happens at this moment; else what has gone on for longer grows worse, or better."""
        events = self.situation.timeline.events
        return bool(events) and events[-1].at_h == self.situation.now_h

    def _weigh(self, node: Node) -> None:
        self._weigh_own(node)
        self._look_soon()

    def _by_day(self, act: Callable[[], None]) -> None:
        """When those who decide sit together."""
        self.situation.after(until_day_h(self._starts_at_h + self.situation.now_h), act)

    def learn(self, node: Node) -> None:
        """The establishment knows that it is attacked, and what it has lost."""
        if node in self._place:
            self._weigh_own(node)

    def _weigh_own(self, node: Node) -> None:
        """Its own loss is a reason, or none any more; what a payload has taken is not known before it is seen."""
        state, lost = self.situation.states[node], self._lost[self._place[node]]
        if state.impact_h is None or state.detected_h is not None:
            # What grows worse by itself follows from what led to the reason before.
            cause = state.last_event if self._happens_now() else self._since.get(node, state.last_event)
            level = max(bisect_right(self._level_lost, lost), self._works_in_the_dark(node))
            self._give_reason(self._own_reason, node, level, cause)

    def _works_in_the_dark(self, node: Node) -> bool:
        """It was hit, and everything is off: whoever can still be taken, the hospital is on an emergency footing."""
        state = self.situation.states[node]
        return state.impact_h is not None and state.is_switched_off

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
        return self.situation.now_h >= self._plans[node].rests_until_h

    def open_cell(self, cause: int) -> None:
        """The regional cell is open."""
        self._cell = cause
        self._look_soon()

    def close_cell(self, _cause: int) -> None:
        """It is closed: it asks nobody any more."""
        self._cell = None
        self._asked[:] = 0

    def _look_soon(self) -> None:
        """It will look who has to expect patients of others, once for all that changes meanwhile."""
        if self._cell is not None and not self._is_looking and (self._lost.any() or self._asked.any()):
            self._is_looking = True
            self.request.then(self._look_around, self._cell)

    def _look_around(self, cause: int) -> None:
        """Those who have to expect clearly more patients are asked to call their plan; in ORSAN, all who can help."""
        self._is_looking = False
        if self._cell is None:
            return
        self._set_off_orsan(cause)
        levels = np.searchsorted(self._level_more, self._receivers.more(self._lost), side="right")
        levels = np.maximum(levels, self._orsan is not None)
        for place in np.flatnonzero(levels | self._asked).tolist():
            node, event = self._receivers.nodes[place], None
            level = 0 if (is_struck := self._is_struck(node)) else int(levels[place])
            if level == self._asked[place] or (self._lost[place] >= self._level_lost[0] and not is_struck):
                continue
            if level > max(self._reason(node), self._plans[node].level) and self._are_rested(node):
                event = self.situation.note_beside(
                    node, PlanBlancAsked(level), cause if self._orsan is None else self._orsan
                )
            self._give_reason(self._asked, node, level, event)

    def _is_struck(self, node: Node) -> bool:
        """It is known to have been hit, or works with everything off: it is asked for nothing."""
        state = self.situation.states[node]
        is_hit = state.impact_h is not None and state.detected_h is not None and state.restored_h is None
        return is_hit or state.is_switched_off

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
        plan = self._plans[node]
        if plan.level >= level or node not in self._place:
            return
        plan.level, plan.calm_days = level, 0
        plan.called_by = self.situation.timeline.note(PlanBlancCalled(level), node, cause)
        self.mobilisation[level].then(node, self._begin, level)

    def _begin(self, node: Node, level: int) -> None:
        # A lower level helps until the higher one, called meanwhile, does; what has ended does not begin.
        if self._plans[node].level >= level:
            self._set_footing(node, level)

    def look(self, full_h: NDArray[np.float32]) -> None:
        """Each morning: who was full for long will go a level higher; who has no reason, or no staff, will end theirs.

        `full_h`, of shape (hours of the past day, departments): how much of each hour a department was full.
        """
        of_day = full_h.sum(axis=0)
        fullest = np.maximum(of_day[self._first], of_day[self._last]).astype(np.float64)
        is_full = fullest >= self._p.plan_blanc_2_diversion_h.value
        concerned = {
            self._place[node] for node, plan in self._plans.items() if plan.level or plan.is_worn_out
        }
        for place in sorted(concerned.union(np.flatnonzero(is_full).tolist())):
            node, full = self._receivers.nodes[place], float(fullest[place])
            plan = self._plans[node]
            if is_full[place] and plan.level < HIGHEST and self._are_rested(node) and not plan.is_worn_out:
                self.decision.then(node, self._call, self._since.get(node), plan.level + 1)
            if plan.level or plan.is_worn_out:
                plan.calm_days = 0 if full or self._reason(node) else plan.calm_days + 1
                plan.is_worn_out &= not self._is_calm(plan)
            if plan.level:
                self._spend_a_day(node, plan)

    def _is_calm(self, plan: Plan) -> bool:
        return plan.calm_days >= self._p.plan_blanc_calm_days.value

    def _spend_a_day(self, node: Node, plan: Plan) -> None:
        plan.days[plan.level] += 1.0
        if sum(plan.days) * HOURS_A_DAY >= self.lasting.hours(node) and not self._is_calm(plan):
            plan.is_worn_out = True
        if plan.called_by is not None and (self._is_calm(plan) or plan.is_worn_out):
            self.decision.then(node, self._end_by_day, plan.called_by)

    def _end_by_day(self, node: Node, called_by: int) -> None:
        """Nobody sends those away at night who were recalled."""
        self._by_day(partial(self._end, node, called_by))

    def _end(self, node: Node, called_by: int) -> None:
        """The plan called by this event ends, unless there is a reason for it again; those who were recalled rest."""
        plan = self._plans[node]
        is_needed = self._reason(node) and not plan.is_worn_out
        if not plan.level or plan.called_by != called_by or is_needed:
            return
        plan.level = 0
        self.situation.timeline.note(EventKind.PLAN_BLANC_ENDS, node, called_by)
        rests_h = self._p.plan_blanc_rest_days.value * HOURS_A_DAY
        plan.rests_until_h = self.situation.now_h + rests_h
        self._set_footing(node, 0)
        self.situation.after(rests_h, partial(self._end_rest, node))

    def _end_rest(self, node: Node) -> None:
        plan = self._plans[node]
        if self._are_rested(node):
            plan.days = [0.0] * (HIGHEST + 1)
            self._set_footing(node, plan.level)

    def _set_footing(self, node: Node, level: int) -> None:
        plan = self._plans[node]
        footing = Footing(level) if self._are_rested(node) else Footing(level, tuple(plan.days))
        self.situation.signals.plan_blanc.send(node, footing)
