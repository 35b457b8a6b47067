"""Checks: what was switched off is on again group by group, each once a team has looked at it.

A check is work for the own computer team; where that is busy, for rebuilders from outside when they are free
(`teams.py`). So who rebuilds servers checks later, and who shares its team with others waits for it. Of a site that was
hit only what the attack spared is checked. One that was not waits until it is told what to look for (`inquiry.py`), and
prepares the first check meanwhile. A large hospital has more to check (`work.py`). A rehearsed plan and machines that
are watched from afar shorten the work.
"""

from collections.abc import Generator
from functools import partial

from simpy import Event

from simulation.engine.delays import HOURS_A_DAY, Delay
from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node
from simulation.engine.recovery_events import Stage
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.deciding.inquiry import Inquiry
from simulation.response.deciding.site_events import SwitchedOn
from simulation.response.prepared import PreparedResponse
from simulation.response.teams import Teams
from simulation.response.work import by_beds

GROUPS = (
    Stage.CORE_SERVERS,
    Stage.VITAL_APPLICATIONS,
    Stage.CARE_APPLICATIONS,
    Stage.WORKSTATIONS,
    Stage.OTHER_APPLICATIONS,
)
"""In which order applications are switched on again: that in which they would be rebuilt."""


class Checks:
    """The checks of one replication."""

    def __init__(
        self, situation: Situation, prepared: PreparedResponse, p: Parameters, teams: Teams, inquiry: Inquiry
    ) -> None:
        delay = partial(Delay, situation)
        checks = [defence.checks for defence in prepared.defences]
        self.first = delay(
            "first_check_pace", p.site.first_check_days, unit_h=HOURS_A_DAY, shortened_by=checks
        )
        self.next = delay("next_check_pace", p.site.next_check_days, unit_h=HOURS_A_DAY, shortened_by=checks)
        self.situation = situation
        self.teams = teams
        self.inquiry = inquiry
        self._begun: set[Node] = set()
        self._beds = prepared.beds
        self._p = p

    def have_begun(self, node: Node) -> bool:
        """Nothing is waited for any more but the inquiry, teams and their work."""
        return node in self._begun

    def begin(self, node: Node, first: Delay, cause: int) -> None:
        """All groups are checked one after the other, once, as teams are free; `first` is the work on the first."""
        if node not in self._begun:
            self._begun.add(node)
            if self.situation.states[node].impact_h is None and self.inquiry.is_awaited(node):
                self.situation.env.process(self._wait(node, self._hours(first, node), self.situation.now_h))
            else:
                self._check_all_from_now_on(node, self._hours(first, node), cause)

    def _hours(self, check: Delay, node: Node) -> float:
        return check.hours(node) * by_beds(self._beds[node], self._p)

    def _wait(self, node: Node, first_h: float, since_h: float) -> Generator[Event, int, None]:
        """What can be prepared of the first check is done while it is not known what to look for."""
        event = yield self.inquiry.passed_on()
        waited_h = self.situation.now_h - since_h
        self._check_all_from_now_on(node, max(self._hours(self.next, node), first_h - waited_h), event)

    def _check_all_from_now_on(self, node: Node, first_h: float, cause: int) -> None:
        event = self.situation.note(node, EventKind.CHECKS_BEGIN, cause)
        self.situation.env.process(self._check_all(node, first_h, event))

    def _check_all(self, node: Node, first_h: float, cause: int) -> Generator[Event, object, None]:
        state = self.situation.states[node]
        for group in GROUPS:
            lasts_h = first_h if group is GROUPS[0] else self._hours(self.next, node)
            yield from self.teams.checks(node, lasts_h * (1.0 - state.machines_hit))
            if not state.is_switched_off:
                break
            cause = self._switch_on(node, group, cause)
        self._begun.discard(node)

    def _switch_on(self, node: Node, group: Stage, cause: int) -> int:
        """What was spared of the group is used again; the event is returned."""
        state = self.situation.states[node]
        is_last = group is GROUPS[-1]
        if is_last:
            state.switched_on_h = self.situation.now_h
        event = self.situation.note(node, SwitchedOn(group), cause)
        self.situation.signals.switched_on.send(node, group)
        if is_last and state.impact_h is None and state.is_cut_off:
            self.situation.signals.checked.send(node)
        return event
