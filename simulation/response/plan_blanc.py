"""Calls of plans blancs: where and when hospitals are put on an emergency footing.

A plan blanc is called by the crisis cell of an establishment that was hit; by the regional cell, for all that take
emergencies; where many hurt at once are brought; and each morning, one level higher, where the emergency department was
full for long on the day before. It takes hours until it helps. It ends after some days without a full department, but
never where an establishment that was hit is not restored. What it adds: `simulation/care/capacity/surge.py`.
"""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.surge import HIGHEST
from simulation.care.prepared import PreparedCare
from simulation.engine.delays import Delay
from simulation.engine.event_kinds import Casualties, EventKind, PlanBlancCalled
from simulation.engine.nodes import Node
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters


class PlanBlancCalls:
    """The plans blancs of one replication."""

    def __init__(self, situation: Situation, prepared: PreparedCare, p: Parameters) -> None:
        delay = partial(Delay, situation)
        self.mobilisation = {
            1: delay("plan_blanc_1_pace", p.plan_blanc.plan_blanc_1_h),
            2: delay("plan_blanc_2_pace", p.plan_blanc.plan_blanc_2_h),
        }
        """From the call to the help, by level."""
        self.situation = situation
        self._p = p.plan_blanc
        self._called: dict[Node, int] = {}
        self._calm_days: dict[Node, int] = {}
        departments = prepared.emergency_departments
        self._nodes = list(departments)
        self._takes_emergencies = set(departments)
        # The emergency departments of each node: one or two.
        self._first = np.array([wards[0] for wards in departments.values()], dtype=np.intp)
        self._last = np.array([wards[-1] for wards in departments.values()], dtype=np.intp)
        for casualty in prepared.casualties:
            for name in (name for name, people in casualty.people.items() if people):
                node = situation.nodes.number_of[name]
                situation.after(casualty.at_h, partial(self._bring, node, casualty.venue))

    def _bring(self, node: Node, venue: str) -> None:
        """Many hurt at once are on their way."""
        event = self.situation.note(node, Casualties(venue))
        self._call(node, event, HIGHEST)

    def call_if_hit(self, node: Node) -> None:
        """The crisis cell is open: where the payload has gone off, it calls the plan."""
        if self.situation.states[node].impact_h is not None:
            self._call(node, self.situation.last_event(node))

    def call_if_cell_is_open(self, hit: Hit) -> None:
        """The payload went off where the crisis cell was open already: it calls the plan."""
        if self.situation.states[hit.node].crisis_cell_h is not None:
            self._call(hit.node, self.situation.last_event(hit.node))

    def call_region(self, cause: int) -> None:
        """The regional cell calls the plan of all that take emergencies."""
        for node in self._nodes:
            self._call(node, cause)

    def _call(self, node: Node, cause: int | None, level: int = 1) -> None:
        """The plan is called; it helps some hours later."""
        if self._called.get(node, 0) >= level or node not in self._takes_emergencies:
            return
        self._called[node] = level
        self._calm_days[node] = 0
        self.situation.note(node, PlanBlancCalled(level), cause)
        self.mobilisation[level].then(node, self._begin, level)

    def look(self, full_h: NDArray[np.float32]) -> None:
        """Each morning: who was full for long goes a level higher, who was not for days ends the plan.

        `full_h`, of shape (hours of the past day, wards): how much of each hour a ward was full.
        """
        fullest = np.maximum(full_h[:, self._first].sum(axis=0), full_h[:, self._last].sum(axis=0))
        bound_h, calm_days = self._p.plan_blanc_2_diversion_h.value, self._p.plan_blanc_calm_days.value
        for node, full in zip(self._nodes, fullest.tolist(), strict=True):
            called = self._called.get(node, 0)
            if full >= bound_h and called < HIGHEST:
                self._call(node, self.situation.states[node].last_event, called + 1)
            if called:
                self._calm_days[node] = 0 if full else self._calm_days[node] + 1
                if self._calm_days[node] >= calm_days and not self.situation.states[node].is_down:
                    self._end(node)

    def _begin(self, node: Node, level: int) -> None:
        # A lower level helps until the higher one, called meanwhile, does; what has ended does not begin.
        if self._called.get(node, 0) >= level:
            self.situation.signals.plan_blanc.send(node, level)

    def _end(self, node: Node) -> None:
        del self._called[node]
        self.situation.note(node, EventKind.PLAN_BLANC_ENDS)
        self.situation.signals.plan_blanc.send(node, 0)
