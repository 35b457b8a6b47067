"""Degraded mode: what is left of each establishment while applications are down.

What it misses of each application is put together by reason (`losses.py`). What systems and paper leave of each stream
(`left_by_systems.py`) is told to care whenever it changes; over it lies what is decided: doors, streams given
elsewhere, plan blanc.
"""

from collections.abc import Collection
from functools import partial

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.surge import PlanBlanc
from simulation.care.flow.changes import STAYS, Change, Doors, lost_of_emergency
from simulation.continuity.entrance import Entrance
from simulation.continuity.left_by_systems import CAPACITY, LeftBySystems
from simulation.continuity.losses import Losses, Reason
from simulation.continuity.paper import HOURS_A_WEEK, Paper
from simulation.continuity.prepared import PreparedContinuity
from simulation.continuity.taken import Taken
from simulation.continuity.usable import Usable
from simulation.engine.nodes import Node
from simulation.engine.recovery_events import Stage
from simulation.engine.signals import Footing, Hit
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import Stream


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
        nodes, suites = len(situation.nodes), prepared.suites
        depends = situation.luck.stream("applications hosted").random((nodes, int(suites.max()) + 1))
        self.losses = Losses(prepared.dependence, depends[prepared.same_systems][:, suites])
        self.paper = Paper(p)
        self.left = LeftBySystems(situation, prepared, p, self.losses, self.paper)
        self._by_ambulance = p.emergency.ambulance_share.value
        self._changes = changes
        self._taken = Taken.drawn(situation.luck, nodes, suites, p.continuity.taken_whole.value)
        self._machines_needed = p.continuity.machines_needed.value
        self._whole = np.ones(len(prepared.applications))
        self._each = np.eye(len(prepared.applications), dtype=np.bool_)
        self._rebuilt: dict[Node, NDArray[np.bool_]] = {}
        """Of each node hit: which applications are back."""
        self._hit_by: dict[Node, int] = {}
        """The event by which each was hit."""
        self._paper_from = p.continuity.paper_from.value
        self.entrance = Entrance()
        self._usable = Usable(situation, prepared.applications, prepared.stakes.uses)
        self._changed: dict[Node, None] = {}
        """Those of which care has to be told what is left, in the order in which it changed."""
        self._footing: dict[Node, Footing] = {}
        """Of each establishment that has called a plan blanc."""
        self.service_lost_h: dict[Node, float] = {}
        """When each establishment first missed a shared service."""
        self.bed_capacity: dict[Node, list[tuple[float, float]]] = {}
        """Of each establishment whose capacity changed: from which hour, which share of its beds."""

    def go_on_paper(self, hit: Hit) -> None:
        """The payload went off: the attack takes applications, by the share of the machines lost."""
        self._rebuilt[hit.node] = np.zeros(len(self._whole), dtype=np.bool_)
        self._hit_by[hit.node] = self.situation.last_event(hit.node)
        self._take(hit.node)
        self._begin_paper(hit.node)

    def spare(self, node: Node) -> None:
        """No more machines are lost: what the payload has taken is known now, and follows from it."""
        self._take(node)
        self.update(node, self._hit_by[node])

    def _take(self, node: Node) -> None:
        machines = self.situation.states[node].machines_hit
        taken = np.where(self._rebuilt[node], 0.0, self._taken.of(node, machines))
        self.losses.lose(node, Reason.TAKEN, taken)
        self.losses.lose(node, Reason.MACHINES, self._whole * machines * self._machines_needed)

    def return_machines(self, node: Node, stage: Stage) -> None:
        """The first machines are clean: what was spared can be used on them."""
        if stage is Stage.FIRST_WORKSTATIONS:
            self.losses.regain(node, Reason.MACHINES)
            self.update(node)

    def switch_off(self, node: Node) -> None:
        """Everything is off by decision, whatever was taken or spared."""
        self.losses.lose(node, Reason.SWITCHED_OFF, self.prepared.switched_off)
        self._begin_paper(node)

    def switch_on(self, node: Node, group: Stage) -> None:
        """The applications of a group are checked and on again; what was taken of them is still missing."""
        self.losses.regain(node, Reason.SWITCHED_OFF, self.prepared.with_stage[group])
        self._end_paper_if_whole(node)
        self.update(node)

    def go_on_paper_for_outage(self, node: Node) -> None:
        """An outage takes a share of all applications."""
        self.losses.lose(node, Reason.OUTAGE, self._whole * (self.situation.states[node].outage or 0.0))
        self._begin_paper(node)

    def end_outage(self, node: Node) -> None:
        """The outage is over."""
        self.losses.regain(node, Reason.OUTAGE)
        self._end_paper_if_whole(node)
        self.update(node)

    def return_application(self, node: Node, application: str) -> None:
        """The application is rebuilt; where the attack had taken it, it is used again."""
        number, taken = self.prepared.applications[application], self.losses.of(node, Reason.TAKEN)
        self._rebuilt[node][number] = True
        if taken is not None and taken[number] > 0.0:
            for reason in (Reason.TAKEN, Reason.SWITCHED_OFF):
                self.losses.regain(node, reason, self._each[number])
            self.update(node)

    def restore(self, node: Node) -> None:
        """Everything is back; what was written on paper is entered again."""
        del self._rebuilt[node]
        self.losses.regain(node, Reason.TAKEN)
        self.losses.regain(node, Reason.SWITCHED_OFF)
        self._end_paper_if_whole(node)
        self.update(node)

    def isolate(self, node: Node) -> None:
        """Cut off, it loses what leans on the outside: mail, partners, remote maintenance, the regional platform."""
        if self.situation.nodes.is_establishment(node):
            self.losses.lose(node, Reason.CUT_OFF, self.prepared.outside)
            self._follow(node)

    def reconnect(self, node: Node) -> None:
        """Back on its links, or open to its partners again."""
        self.losses.regain(node, Reason.CUT_OFF)
        self._follow(node)

    def close_partners(self, node: Node) -> None:
        """Closed to its partners alone, it loses a part of that."""
        self.losses.lose(node, Reason.CUT_OFF, self.prepared.by_partners)
        self._follow(node)

    def plan_care(self, node: Node, stopped: Collection[Stream]) -> None:
        """Of planned care these streams are stopped, and the others organised on paper, until there is none."""
        if self.is_on_paper(node):
            self.left.stop(node, stopped)
            self._tell(node)

    def set_doors(self, node: Node, doors: Doors) -> None:
        """The emergency department lets in so far from now on."""
        self.entrance.doors[node] = doors
        self._tell(node)

    def give_elsewhere(self, node: Node, streams: Collection[Stream]) -> None:
        """These streams are given at other sites from now on, the others here."""
        self.entrance.emptied[node] = streams
        self._tell(node)

    def set_shunned(self, node: Node, share: float) -> None:
        """So many shun the establishment from now on."""
        self.entrance.shunned[node] = share
        self._tell(node)

    def set_plan_blanc(self, node: Node, footing: Footing) -> None:
        """The establishment is on this footing from now on."""
        self._footing[node] = footing
        self._tell(node)

    def is_on_paper(self, node: Node) -> bool:
        """It works without some of its applications: taken, switched off, or struck by an outage."""
        return self.paper.hours(node, self.situation.now_h) is not None

    def _begin_paper(self, node: Node, part: float = 1.0) -> None:
        """The work on paper begins; where patients are cared for, how it goes is worked out again and again."""
        is_new = not self.is_on_paper(node)
        self.paper.begin(node, self.situation.now_h, part)
        self.update(node)
        is_site = bool(self.prepared.streams_at[node]) and self.situation.nodes.is_establishment(node)
        for delay_h in self.paper.updates_h(is_site=is_site) if is_new else ():
            self.situation.after(delay_h, partial(self._go_on, node))

    def _go_on(self, node: Node) -> None:
        hours = self.paper.hours(node, self.situation.now_h)
        if hours is not None:
            self._tell(node)
            if hours >= HOURS_A_WEEK:
                self.situation.after(HOURS_A_WEEK, partial(self._go_on, node))

    def _end_paper_if_whole(self, node: Node) -> None:
        """Where nothing is missing but what leans on the outside, what was written is entered again."""
        reasons = (Reason.SWITCHED_OFF, Reason.OUTAGE)
        struck = node in self._rebuilt or any(self.losses.of(node, each) is not None for each in reasons)
        if struck or self.losses.misses_services(node, self._paper_from):
            return
        self.left.take_up(node)
        lasts_h = self.paper.end(node, self.situation.now_h)
        if lasts_h > 0.0:
            self.paper.reentering.add(node)
            self.situation.after(lasts_h, partial(self._end_reentry, node))

    def _end_reentry(self, node: Node) -> None:
        self.paper.reentering.discard(node)
        self._tell(node)

    def update(self, node: Node, cause: int | None = None) -> None:
        """The node and those who depend on it have what is left to them, because of this event or of the last."""
        self._follow(node, cause)
        if self.situation.nodes.is_establishment(node):
            return
        if self.losses.own(node) is not None:
            for dependent in self.prepared.dependents.get(node, ()):
                self.service_lost_h.setdefault(dependent, self.situation.now_h)
        for dependent in self.prepared.losers.get(node, ()):
            self.follow_service(dependent, node, self.situation.states[node].last_event)

    def follow_service(self, node: Node, _service: Node, cause: int | None) -> None:
        """Who misses enough of a shared service works on paper for what it gave; once it is back that is entered."""
        self._follow(node, cause)
        if self.is_on_paper(node):
            self._end_paper_if_whole(node)
        if self.losses.misses_services(node, self._paper_from):
            self._begin_paper(node, float(self.losses.by_services(node).mean()))

    def _follow(self, node: Node, cause: int | None = None) -> None:
        """What the node can use has changed, because of this event or of what happened last to it."""
        if self.situation.nodes.is_establishment(node) or self.prepared.streams_at[node]:
            self._usable.follow(node, self.losses.missed(node), cause)
        self._tell(node)

    def _tell(self, node: Node) -> None:
        """Care is told what is left, once for all that happens to the node at this instant."""
        if not self._changed:
            self.situation.after(0.0, self._tell_all)
        self._changed[node] = None

    def _tell_all(self) -> None:
        changed, self._changed = self._changed, {}
        for node in changed:
            self._apply(node)

    def _apply(self, node: Node) -> None:
        """What is left of each stream goes to its wards, and the share of the beds is noted."""
        left = self.left.at(node)
        wards, streams = self.prepared.wards_at[node]
        if self.situation.nodes.is_establishment(node):
            share = float(left[STAYS, CAPACITY])
            self.bed_capacity.setdefault(node, []).append((self.situation.now_h, share))
        if not len(wards):
            return
        self.entrance.act(node, left)
        self.situation.signals.emergency_lost.send(node, lost_of_emergency(left, self._by_ambulance))
        if node in self._footing:
            self.plan_blanc.act(self._footing[node], left)
        self._changes.append((self.situation.now_h, wards, left[streams]))
