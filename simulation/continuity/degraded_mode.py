"""What is left of each establishment: what is down there, and what the work on paper keeps going?

What an establishment has lost of an application is put together from its own machines, from what has struck it,
and from the shared services that are down. The matrix (`outages.py`) says what that costs each stream. The first hours
on paper are the worst; it is learnt, then it tires; afterwards what was written has to be entered again.
"""

from functools import partial
from math import exp

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.surge import PlanBlanc
from simulation.care.flow.care import Care
from simulation.continuity.outage_costs import costs_of
from simulation.engine.situation import Situation
from simulation.inputs.streams import NUMBER, STREAMS, Stream

HOURS_A_WEEK = 168.0
LOOKS_H = (6.0, 12.0, 24.0, 48.0, 96.0, 168.0)
"""Hours after the blow at which the state of the work on paper is told to care; then every week."""
SHIELDED = (Stream.CRITICAL_CARE, Stream.SURGERY_URGENT)
"""Streams for which nothing waits to be entered again: their records are kept at the bedside."""
BEDS = NUMBER[Stream.MEDICINE]
"""The stream whose capacity stands for that of the beds."""


class DegradedMode:
    """What is left of the establishments of one replication."""

    def __init__(self, situation: Situation, care: Care) -> None:
        prepared, p = situation.prepared, situation.prepared.parameters
        self.situation = situation
        self.plan = PlanBlanc(p)
        self._changes = care.changes
        self._matrix = prepared.matrix
        applications = prepared.outages.applications
        self._names = tuple(applications)
        self._returns_with = [one.returns_with for one in applications.values()]
        self._missing: dict[int, NDArray[np.float64]] = {}
        """Of each node hit: 1 for the applications that are not back."""
        self._struck: dict[int, float] = {}
        self._cut_off: set[int] = set()
        self._level: dict[int, int] = {}
        self._paper_since: dict[int, float] = {}
        self._reentering: set[int] = set()
        self.dependent_h: dict[int, float] = {}
        """When each establishment first missed a shared service."""
        self.bed_capacity: dict[int, list[tuple[float, float]]] = {}
        """Of each establishment whose capacity changed: from which hour, which share of its beds."""
        self._intact = np.tile([1.0, 1.0, 0.0], (len(STREAMS), 1))
        self._reentry = np.array(
            [1.0 if stream in SHIELDED else 1.0 - p.continuity.reentry_loss.value for stream in STREAMS]
        )

    def hit(self, node: int) -> None:
        """The payload went off: every application is missing by the share of machines hit."""
        self._missing[node] = np.ones(len(self._names))
        self._on_paper(node)

    def back(self, node: int, stage: str) -> None:
        """What returns with this stage of recovery is used again."""
        if stage in self._returns_with:
            self._missing[node][[one == stage for one in self._returns_with]] = 0.0
            self.changed(node)

    def restored(self, node: int) -> None:
        """Everything is back; what was written on paper is entered again."""
        del self._missing[node]
        since_h = self._paper_since[node]
        if node not in self._struck:
            del self._paper_since[node]
        lasts_h = (
            self.situation.now_h - since_h
        ) * self.situation.prepared.parameters.continuity.reentry_days_per_day.value
        if lasts_h > 0.0:
            self._reentering.add(node)
            self.situation.after(lasts_h, partial(self._entered, node))
        self.changed(node)

    def _entered(self, node: int) -> None:
        self._reentering.discard(node)
        self._apply(node)

    def strike(self, node: int, lost: float) -> None:
        """Struck: this share of all its applications is gone."""
        self._struck[node] = lost
        self._on_paper(node)

    def come_up(self, node: int) -> None:
        """No longer struck."""
        del self._struck[node]
        if node not in self._missing:
            self._paper_since.pop(node, None)
        self.changed(node)

    def cut_off(self, node: int) -> None:
        """Cut off but not hit: it works a little less well."""
        self._cut_off.add(node)
        self._apply(node)

    def reconnect(self, node: int) -> None:
        """Back on its links."""
        self._cut_off.discard(node)
        self._apply(node)

    def call_plan(self, node: int, level: int) -> None:
        """The plan blanc of the establishment is at this level from now on."""
        self._level[node] = level
        self._apply(node)

    def is_hit(self, node: int) -> bool:
        """Not all of it is back."""
        return node in self._missing or node in self._struck

    def _on_paper(self, node: int) -> None:
        """The work on paper begins; where patients are cared for, how it goes is looked at again and again."""
        self._paper_since.setdefault(node, self.situation.now_h)
        self.changed(node)
        for delay_h in LOOKS_H if self.situation.is_establishment(node) else ():
            self.situation.after(delay_h, partial(self._look, node))

    def _look(self, node: int) -> None:
        if node not in self._paper_since:
            return
        self._apply(node)
        if self.situation.now_h - self._paper_since[node] >= HOURS_A_WEEK:
            self.situation.after(HOURS_A_WEEK, partial(self._look, node))

    def changed(self, node: int) -> None:
        """The node and those who depend on it have what is left to them."""
        self._apply(node)
        for dependent in self.situation.prepared.dependents.get(node, ()):
            if node in self._missing or node in self._struck:
                self.dependent_h.setdefault(dependent, self.situation.now_h)
            self._apply(dependent)

    def _down(self, node: int) -> NDArray[np.float64]:
        """How far each application of a node that is hit is down by its own machines and what has struck it, 0..1."""
        struck = self._struck.get(node, 0.0)
        if node not in self._missing:
            return np.full(len(self._names), struck)
        down = self._missing[node] * self.situation.states[node].machines_hit
        return 1.0 - (1.0 - down) * (1.0 - struck) if struck else down

    def _missed(self, node: int) -> NDArray[np.float64] | None:
        """The same, with what shared services that are down take from it; `None` when it misses nothing."""
        down = self._down(node) if self.is_hit(node) else None
        for service, takes in self.situation.prepared.dependence.get(node, ()):
            if self.is_hit(service):
                taken = takes * self._down(service)
                down = taken if down is None else 1.0 - (1.0 - down) * (1.0 - taken)
        return down

    def _apply(self, node: int) -> None:
        """What is left of each stream goes to its wards, and the share of the beds is noted."""
        down = self._missed(node)
        left = self._intact.copy()
        if down is not None:
            rehearsed = self.situation.prepared.defences[node].rehearsed
            costs_of(self._matrix, down, rehearsed, self._hardship(node), left)
        if node in self._cut_off:
            left[:, 0] *= self.situation.prepared.parameters.response.isolation_capacity.value
        if node in self._reentering:
            left[:, 0] *= self._reentry
        if self.situation.is_establishment(node):
            self.bed_capacity.setdefault(node, []).append((self.situation.now_h, float(left[BEDS, 0])))
        if node in self._level:
            self.plan.act(self._level[node], left)
        wards, streams = self.situation.prepared.wards_at[node]
        if len(wards):
            self._changes.append((self.situation.now_h, wards, left[streams]))

    def _hardship(self, node: int) -> float:
        """What paper makes of a loss: worst at first, learnt, then tiring."""
        since_h = self._paper_since.get(node)
        if since_h is None:
            return 1.0
        p, hours = self.situation.prepared.parameters, self.situation.now_h - since_h
        shock = (p.continuity.paper_shock.value - 1.0) * exp(-hours / p.continuity.paper_learning_h.value)
        tiring = min(
            p.continuity.paper_tiring_most.value,
            p.continuity.paper_tiring_a_week.value * hours / HOURS_A_WEEK,
        )
        return float(1.0 + shock + tiring)
