"""Degraded mode: which applications are down at each establishment, and what work on paper keeps going.

What an establishment has lost of an application is put together from its own machines, from outages, and from the
shared services that are down. The matrix (`outages.yaml`) says what that costs each stream. The first hours on paper
are the worst; it is learnt, then it tires; afterwards what was written has to be entered again.
"""

from functools import partial
from math import exp

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.surge import PlanBlanc
from simulation.care.flow.changes import INTACT, Change
from simulation.continuity.outage_costs import costs_of
from simulation.continuity.prepared import PreparedContinuity
from simulation.engine.event_kinds import Stage
from simulation.engine.nodes import Node
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import NUMBER, STREAMS, Stream

HOURS_A_WEEK = 168.0
UPDATES_H = (6.0, 12.0, 24.0, 48.0, 96.0, 168.0)
"""Hours after the first at which what paper keeps going is worked out again; then every week.

A numerical matter, no number of the model: between them a curve that changes within days is taken as constant.
"""
KEPT_AT_THE_BEDSIDE = (Stream.CRITICAL_CARE, Stream.SURGERY_URGENT)
"""Streams for which nothing has to be entered again."""
BEDS = NUMBER[Stream.MEDICINE]
"""The stream whose capacity stands for that of the beds."""


class DegradedMode:
    """What is left of the establishments of one replication."""

    def __init__(
        self,
        situation: Situation,
        prepared: PreparedContinuity,
        p: Parameters,
        changes: list[Change],
    ) -> None:
        """What is left of the wards is added to `changes`, in order of time."""
        self.situation = situation
        self.prepared = prepared
        self.plan_blanc = PlanBlanc(p)
        self._p = p
        self._changes = changes
        self._applications = len(prepared.returns_with)
        self._missing: dict[Node, NDArray[np.float64]] = {}
        """Of each node hit: 1 for the applications that are not back; of shape (applications,)."""
        self._isolated: set[Node] = set()
        self._plan_blanc_level: dict[Node, int] = {}
        self._paper_since_h: dict[Node, float] = {}
        self._reentering: set[Node] = set()
        self.service_lost_h: dict[Node, float] = {}
        """When each establishment first missed a shared service."""
        self.bed_capacity: dict[Node, list[tuple[float, float]]] = {}
        """Of each establishment whose capacity changed: from which hour, which share of its beds."""
        self._intact = np.tile(INTACT, (len(STREAMS), 1))
        """Of shape (streams, columns of `Left`)."""
        self._reentry = np.array(
            [
                1.0 if stream in KEPT_AT_THE_BEDSIDE else 1.0 - p.continuity.reentry_loss.value
                for stream in STREAMS
            ]
        )
        """Capacity while what was written on paper is entered again, of shape (streams,)."""

    def go_on_paper(self, hit: Hit) -> None:
        """The payload went off: every application is missing by the share of machines hit."""
        self._missing[hit.node] = np.ones(self._applications)
        self._begin_paper(hit.node)

    def go_on_paper_for_outage(self, node: Node) -> None:
        """An outage takes a share of all applications."""
        self._begin_paper(node)

    def end_outage(self, node: Node) -> None:
        """The outage is over."""
        if node not in self._missing:
            self._paper_since_h.pop(node, None)
        self.update(node)

    def return_applications(self, node: Node, stage: Stage) -> None:
        """What returns with this stage of recovery is used again."""
        if stage in self.prepared.returns_with:
            self._missing[node][[one == stage for one in self.prepared.returns_with]] = 0.0
            self.update(node)

    def restore(self, node: Node) -> None:
        """Everything is back; what was written on paper is entered again."""
        del self._missing[node]
        since_h = self._paper_since_h[node]
        if self.situation.states[node].outage is None:
            del self._paper_since_h[node]
        lasts_h = (self.situation.now_h - since_h) * self._p.continuity.reentry_days_per_day.value
        if lasts_h > 0.0:
            self._reentering.add(node)
            self.situation.after(lasts_h, partial(self._end_reentry, node))
        self.update(node)

    def _end_reentry(self, node: Node) -> None:
        self._reentering.discard(node)
        self._apply(node)

    def isolate(self, node: Node) -> None:
        """Cut off but not hit, it works a little less well."""
        if self.situation.states[node].impact_h is None:
            self._isolated.add(node)
            self._apply(node)

    def reconnect(self, node: Node) -> None:
        """Back on its links."""
        self._isolated.discard(node)
        self._apply(node)

    def set_plan_blanc(self, node: Node, level: int) -> None:
        """The plan blanc of the establishment is at this level from now on."""
        self._plan_blanc_level[node] = level
        self._apply(node)

    def _begin_paper(self, node: Node) -> None:
        """The work on paper begins; where patients are cared for, how it goes is worked out again and again."""
        self._paper_since_h.setdefault(node, self.situation.now_h)
        self.update(node)
        for delay_h in UPDATES_H if self.situation.nodes.is_establishment(node) else ():
            self.situation.after(delay_h, partial(self._go_on, node))

    def _go_on(self, node: Node) -> None:
        if node not in self._paper_since_h:
            return
        self._apply(node)
        if self.situation.now_h - self._paper_since_h[node] >= HOURS_A_WEEK:
            self.situation.after(HOURS_A_WEEK, partial(self._go_on, node))

    def update(self, node: Node) -> None:
        """The node and those who depend on it have what is left to them."""
        self._apply(node)
        for dependent in self.prepared.dependents.get(node, ()):
            if self.situation.states[node].is_down:
                self.service_lost_h.setdefault(dependent, self.situation.now_h)
            self._apply(dependent)

    def _down(self, node: Node) -> NDArray[np.float64]:
        """How far each application of a node is down by its own machines and by outages, 0 to 1."""
        state = self.situation.states[node]
        outage = state.outage or 0.0
        if node not in self._missing:
            return np.full(self._applications, outage)
        down = self._missing[node] * state.machines_hit
        return 1.0 - (1.0 - down) * (1.0 - outage) if outage else down

    def _missed(self, node: Node) -> NDArray[np.float64] | None:
        """The same, with what shared services that are down take from it; `None` when it misses nothing."""
        states = self.situation.states
        down = self._down(node) if states[node].is_down else None
        for service, takes in self.prepared.dependence.get(node, ()):
            if states[service].is_down:
                taken = takes * self._down(service)
                down = taken if down is None else 1.0 - (1.0 - down) * (1.0 - taken)
        return down

    def _apply(self, node: Node) -> None:
        """What is left of each stream goes to its wards, and the share of the beds is noted."""
        down = self._missed(node)
        left = self._intact.copy()
        if down is not None:
            costs_of(self.prepared.matrix, down, self.prepared.rehearsed[node], self._hardship(node), left)
        if node in self._isolated:
            left[:, 0] *= self._p.response.isolation_capacity.value
        if node in self._reentering:
            left[:, 0] *= self._reentry
        if self.situation.nodes.is_establishment(node):
            share = float(left[BEDS, 0])
            self.bed_capacity.setdefault(node, []).append((self.situation.now_h, share))
        if node in self._plan_blanc_level:
            self.plan_blanc.act(self._plan_blanc_level[node], left)
        wards, streams = self.prepared.wards_at[node]
        if len(wards):
            self._changes.append((self.situation.now_h, wards, left[streams]))

    def _hardship(self, node: Node) -> float:
        """What paper makes of a loss: worst at first, learnt, then tiring."""
        since_h = self._paper_since_h.get(node)
        if since_h is None:
            return 1.0
        p, hours = self._p.continuity, self.situation.now_h - since_h
        shock = (p.paper_shock.value - 1.0) * exp(-hours / p.paper_learning_h.value)
        tiring = min(p.paper_tiring_most.value, p.paper_tiring_a_week.value * hours / HOURS_A_WEEK)
        return float(1.0 + shock + tiring)
