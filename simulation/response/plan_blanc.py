"""Who calls a plan blanc, where and when?

The crisis cell of an establishment that was hit; the regional cell, for all that take emergencies; those to whom many
hurt at once are brought; and each morning, one level higher, those whose emergency department was full for long on
the day before. It takes hours until it helps. Where nobody was hit it ends after three days without a full department.
"""

from functools import partial

import numpy as np

from simulation.care.capacity.surge import HIGHEST
from simulation.care.flow.care import HOURS_A_DAY, Care
from simulation.continuity.degraded_mode import DegradedMode
from simulation.engine.situation import Situation

CALM_DAYS = 3


class PlanBlancCalls:
    """The plans blancs of one replication."""

    def __init__(self, situation: Situation, degraded_mode: DegradedMode, care: Care) -> None:
        self.situation = situation
        self.degraded_mode = degraded_mode
        self.care = care
        self._called: dict[int, int] = {}
        self._calm_days: dict[int, int] = {}
        sites = situation.prepared.region.establishments
        departments = {
            node: wards for node, name in enumerate(sites) if (wards := care.wards.emergencies_of(name))
        }
        self._nodes = list(departments)
        self._takes_emergencies = set(departments)
        # The emergency departments of each node: one or two.
        self._first = np.array([wards[0] for wards in departments.values()], dtype=np.intp)
        self._last = np.array([wards[-1] for wards in departments.values()], dtype=np.intp)
        for casualty in situation.prepared.casualties:
            for name in (name for name, people in casualty.people.items() if people):
                node = situation.prepared.number_of[name]
                situation.after(casualty.at_h, partial(self._bring, node, casualty.venue))

    def _bring(self, node: int, venue: str) -> None:
        """Many hurt at once are on their way."""
        self.situation.note(node, "casualties", actor="region", detail=venue)
        self.call(node, self.situation.last_event(node), HIGHEST)

    def call(self, node: int, cause: int | None, level: int = 1) -> None:
        """The plan is called; it helps some hours later."""
        if self._called.get(node, 0) >= level or node not in self._takes_emergencies:
            return
        self._called[node] = level
        self._calm_days[node] = 0
        self.situation.note(node, "plan_blanc", actor="establishment", cause=cause, detail=f"level {level}")
        p = self.situation.prepared.parameters
        delay_h = p.plan_blanc.plan_blanc_1_h.value if level == 1 else p.plan_blanc.plan_blanc_2_h.value
        self.situation.after(delay_h, partial(self._begin, node, level))

    def call_region(self, cause: int) -> None:
        """The regional cell calls the plan of all that take emergencies."""
        for node in self._nodes:
            self.call(node, cause)

    def look(self) -> None:
        """Each morning: who was full for long goes a level higher, who was not for days ends the plan."""
        today = int(self.situation.now_h)
        full_h = self.care.record.full_h[today - HOURS_A_DAY : today]
        fullest = np.maximum(full_h[:, self._first].sum(axis=0), full_h[:, self._last].sum(axis=0))
        bound_h = self.situation.prepared.parameters.plan_blanc.plan_blanc_2_diversion_h.value
        for node, full in zip(self._nodes, fullest.tolist(), strict=True):
            called = self._called.get(node, 0)
            if full >= bound_h and called < HIGHEST:
                self.call(node, self.situation.states[node].last_event, called + 1)
            if called:
                self._calm_days[node] = 0 if full else self._calm_days[node] + 1
                if self._calm_days[node] >= CALM_DAYS and not self.degraded_mode.is_hit(node):
                    self._end(node)

    def _begin(self, node: int, level: int) -> None:
        # A lower level helps until the higher one, called meanwhile, does; what has ended does not begin.
        if self._called.get(node, 0) >= level:
            self.degraded_mode.call_plan(node, level)

    def _end(self, node: int) -> None:
        del self._called[node]
        self.situation.note(node, "plan_blanc_ends", actor="establishment")
        self.degraded_mode.call_plan(node, 0)
