"""Degraded mode: which applications are down at each establishment, and what work on paper keeps going.

What an establishment misses of each application is put together by reason (`losses.py`). The matrix (`outages.yaml`)
says what that costs each stream. The first hours on paper are the worst; it is learnt, then it tires; afterwards what
was written has to be entered again.
"""

from functools import partial
from math import exp

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.surge import PlanBlanc
from simulation.care.flow.changes import INTACT, Change
from simulation.continuity.losses import Losses, Reason
from simulation.continuity.outage_costs import costs_of
from simulation.continuity.prepared import PreparedContinuity
from simulation.continuity.taken import Taken
from simulation.engine.nodes import Node
from simulation.engine.recovery_events import ApplicationBack
from simulation.engine.signals import Footing, Hit
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
        self.losses = Losses(prepared.dependence)
        self._taken = Taken.drawn(
            situation.luck, len(situation.nodes), prepared.suites, p.continuity.taken_whole.value
        )
        self._whole = np.ones(len(prepared.applications))
        self._rebuilt: dict[Node, NDArray[np.bool_]] = {}
        """Of each node hit: which applications are back."""
        self._footing: dict[Node, Footing] = {}
        """Of each establishment that has called a plan blanc."""
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
        """The payload went off: the attack takes applications, by the share of the machines lost."""
        self._rebuilt[hit.node] = np.zeros(len(self._whole), dtype=np.bool_)
        self._take(hit.node)
        self._begin_paper(hit.node)

    def spare(self, node: Node) -> None:
        """No more machines are lost: what is taken is known now."""
        self._take(node)
        self.update(node)

    def _take(self, node: Node) -> None:
        taken = self._taken.of(node, self.situation.states[node].machines_hit)
        self.losses.lose(node, Reason.TAKEN, np.where(self._rebuilt[node], 0.0, taken))

    def go_on_paper_for_outage(self, node: Node) -> None:
        """An outage takes a share of all applications."""
        self.losses.lose(node, Reason.OUTAGE, self._whole * (self.situation.states[node].outage or 0.0))
        self._begin_paper(node)

    def end_outage(self, node: Node) -> None:
        """The outage is over."""
        self.losses.regain(node, Reason.OUTAGE)
        if node not in self._rebuilt:
            self._paper_since_h.pop(node, None)
        self.update(node)

    def return_application(self, node: Node, application: str) -> None:
        """The application is rebuilt; where the attack had taken it, it is used again."""
        number, taken = self.prepared.applications[application], self.losses.of(node, Reason.TAKEN)
        self._rebuilt[node][number] = True
        if taken is not None and taken[number] > 0.0:
            self.situation.note(node, ApplicationBack(application))
            self._take(node)
            self.update(node)

    def restore(self, node: Node) -> None:
        """Everything is back; what was written on paper is entered again."""
        del self._rebuilt[node]
        self.losses.regain(node, Reason.TAKEN)
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
        """Cut off, it loses what leans on the outside: mail, partners, remote maintenance, the regional platform."""
        if self.situation.nodes.is_establishment(node):
            self.losses.lose(node, Reason.CUT_OFF, self.prepared.outside)
            self._apply(node)

    def reconnect(self, node: Node) -> None:
        """Back on its links."""
        self.losses.regain(node, Reason.CUT_OFF)
        self._apply(node)

    def set_plan_blanc(self, node: Node, footing: Footing) -> None:
        """The establishment is on this footing from now on."""
        self._footing[node] = footing
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
            if self.losses.own(node) is not None:
                self.service_lost_h.setdefault(dependent, self.situation.now_h)
            self._apply(dependent)

    def _apply(self, node: Node) -> None:
        """What is left of each stream goes to its wards, and the share of the beds is noted."""
        down = self.losses.missed(node)
        left = self._intact.copy()
        if down is not None:
            costs_of(self.prepared.matrix, down, self.prepared.rehearsed[node], self._hardship(node), left)
        if node in self._reentering:
            left[:, 0] *= self._reentry
        if self.situation.nodes.is_establishment(node):
            share = float(left[BEDS, 0])
            self.bed_capacity.setdefault(node, []).append((self.situation.now_h, share))
            self.situation.signals.left.send(node, left)
        if node in self._footing:
            self.plan_blanc.act(self._footing[node], left)
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
