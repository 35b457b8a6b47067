"""Causes of the states of care: what led to each, found in order of time, so that it is always an earlier event."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.engine.array_types import Numbers
from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node
from simulation.inputs.streams import EMERGENCY, Stream
from simulation.outcome.care_events.care_states import (
    CRITICAL_CARE_FULL,
    DIVERTS,
    FULL,
    IMAGING_OVERDUE,
    LABORATORY_OVERDUE,
    OVERLOADED,
    SAMU_SATURATED,
    CareState,
    Spell,
    spells,
)
from simulation.outcome.care_events.weights import NOTHING, Weights

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace

ORDINARY = NOTHING
"""In place of the number of an event: nothing of the crisis led to it."""
IN_ORDER = (
    LABORATORY_OVERDUE,
    IMAGING_OVERDUE,
    DIVERTS,
    OVERLOADED,
    FULL,
    CRITICAL_CARE_FULL,
    SAMU_SATURATED,
)
"""Of what begins at one instant, what can lead to another comes first."""
SENT_WITHIN_H = 12
"""Hours within which a department must have sent patients on to have overloaded another."""
A_DAY_H = 24.0
MOST_SENDERS = 12
"""Departments that are looked at, those first that sent most patients on."""


class Draft(NamedTuple):
    """An event of care that has not found its place in the story."""

    at_h: float
    ward: int | None
    """`None` of what is added up over the region."""
    stream: Stream
    kind: EventKind
    cause: int
    """The number of an event of the crisis; of a draft, that follow after all of these; or `ORDINARY`."""
    patients: int | None = None
    hours: float | None = None


@dataclass(slots=True)
class Causes:
    """What led to what in one replication."""

    trace: "Trace"
    weights: Weights
    drafts: list[Draft] = field(default_factory=list)
    overloaded: dict[Node, Numbers] = field(default_factory=dict)
    """Of each site that was: the event by which it is, hour by hour, or `ORDINARY`; of shape (hours,)."""
    plans: dict[int, int] = field(default_factory=dict)
    """What led to a plan blanc that the crisis has no cause for; events by their numbers."""
    _open: dict[tuple[CareState, int], int] = field(default_factory=dict)
    """The state of each ward that is in one, by its event."""
    _last_full: dict[Node, tuple[int, float]] = field(default_factory=dict)
    """The last event by which a department of each site was full or on diversion, and when that ended."""

    def find(self) -> None:
        """Every state has its two events, and the first of them a cause."""
        happened = [
            (spell.begins_h, 1 + IN_ORDER.index(state), spell.ward, spell)
            for state in IN_ORDER
            for spell in spells(self.trace, self.trace.care_states[state.begins])
        ]
        ended = [(one.ends_h, 0, one.ward, one) for *_, one in happened if one.ends_h is not None]
        plans = [
            (event.at_h, -1, number, None)
            for number, event in enumerate(self.trace.timeline)
            if event.what.kind is EventKind.PLAN_BLANC and event.cause is None
        ]
        for at_h, rank, number, spell in sorted([*happened, *ended, *plans], key=lambda one: one[:3]):
            if spell is None:
                self.plans[number] = self._cause_of_plan(number, at_h)
            elif rank:
                self._begin(spell)
            else:
                self._end(spell, at_h)

    def _begin(self, spell: Spell) -> None:
        cause = self._cause_of(spell)
        number = self._note(spell, spell.begins_h, spell.state.begins, cause, spell.hours)
        self._open[spell.state, spell.ward] = number
        node = self._node(spell.ward)
        if spell.state in {DIVERTS, FULL}:
            self._last_full[node] = (number, spell.begins_h + spell.hours)
        elif spell.state is OVERLOADED:
            rows = len(self.trace.care.demand)
            overloaded = self.overloaded.setdefault(node, np.full(rows, ORDINARY, np.int64))
            overloaded[spell.first : spell.last + 1] = number

    def _end(self, spell: Spell, at_h: float) -> None:
        began = self._open.pop((spell.state, spell.ward))
        self._note(spell, at_h, spell.state.ends, began)

    def _note(
        self, spell: Spell, at_h: float, kind: EventKind, cause: int, hours: float | None = None
    ) -> int:
        stream = self.trace.wards.stream[spell.ward]
        self.drafts.append(Draft(at_h, spell.ward, stream, kind, cause, hours=hours))
        return len(self.trace.timeline) + len(self.drafts) - 1

    def _node(self, ward: int) -> Node:
        return self.trace.nodes.number_of[self.trace.wards.finess[ward]]

    def _cause_of(self, spell: Spell) -> int:
        """What weighs on the ward, else on what it leans on, else on who sends it patients, else ordinary life."""
        weighing = self._weighs(spell.ward, spell.first, spell.begins_h)
        if weighing != NOTHING:
            return weighing
        if spell.state is OVERLOADED:
            return self._sender(spell)
        if spell.state is CRITICAL_CARE_FULL:
            return self._unit_that_sends(spell)
        if spell.state in {DIVERTS, FULL}:
            return self._delayed_or_overloaded(spell.ward)
        return ORDINARY

    def _weighs(self, ward: int, row: int, at_h: float) -> int:
        """The event of the crisis that weighs on a ward at an instant of an hour."""
        for earlier in (row, row - 1):
            number = self.weights.at(ward, earlier) if earlier >= 0 else NOTHING
            if number == NOTHING or self.trace.timeline[number].at_h <= at_h:
                return number
        return NOTHING

    def _delayed_or_overloaded(self, ward: int) -> int:
        """What delays a department or brings it more patients, and so leads to its being full."""
        table = self.trace.wards.table
        for state, where in ((LABORATORY_OVERDUE, table.laboratory), (IMAGING_OVERDUE, table.imaging)):
            number = self._open.get((state, int(where[ward])))
            if number is not None:
                return number
        return self._open.get((OVERLOADED, ward), ORDINARY)

    def _sender(self, spell: Spell) -> int:
        """What weighs on the department that sent most patients on, or its diversion; those in reach first."""
        care, departments = self.trace.care, self.trace.wards.emergency_departments
        lately = slice(max(0, spell.first + 1 - SENT_WITHIN_H), spell.first + 1)
        sent = care.diverted_out[lately, departments].sum(axis=0)
        sent[departments == spell.ward] = 0
        is_near = np.zeros(len(self.trace.wards.finess), np.bool_)
        is_near[self._neighbours(spell.ward)] = True
        order = np.lexsort((-sent, ~is_near[departments]))
        return self._first_that_weighs(departments[order][: self._some(sent)], spell)

    def _unit_that_sends(self, spell: Spell) -> int:
        """The same of critical care; else, what overloads the emergency department behind which it stands."""
        units, care = self._neighbours(spell.ward), self.trace.care
        lately = slice(max(0, spell.first + 1 - int(A_DAY_H)), spell.first + 1)
        if care.diverted_in[lately, spell.ward].any() and len(units):
            sent = care.diverted_out[lately, units].sum(axis=0)
            cause = self._first_that_weighs(
                units[np.argsort(-sent, kind="stable")][: self._some(sent)], spell
            )
            if cause != ORDINARY:
                return cause
        for department in self.trace.wards.emergencies_of(self.trace.wards.finess[spell.ward]):
            if (OVERLOADED, department) in self._open:
                return self._open[OVERLOADED, department]
        return ORDINARY

    def _some(self, sent: Numbers) -> int:
        return min(MOST_SENDERS, int(np.count_nonzero(sent > 0)))

    def _first_that_weighs(self, senders: Numbers, spell: Spell) -> int:
        """Of the first of these on which the crisis weighs; else of the first that is on diversion."""
        diverts = ORDINARY
        for ward in senders.tolist():
            weighing = self._weighs(ward, spell.first, spell.begins_h)
            if weighing != NOTHING:
                return weighing
            if diverts == ORDINARY:
                diverts = self._open.get((DIVERTS, ward), ORDINARY)
        return diverts

    def _neighbours(self, ward: int) -> Numbers:
        table = self.trace.wards.table
        return table.neighbour_ward[table.neighbour_first[ward] : table.neighbour_first[ward + 1]]

    def _cause_of_plan(self, number: int, at_h: float) -> int:
        """What weighs on the emergency departments of the site; else that they were full within the day before."""
        node = self.trace.timeline[number].node
        assert node is not None, "each director calls the plan of their own hospital"
        of_site = self.trace.wards.of_site[self.trace.nodes.names[node]]
        row = max(0, self.trace.wards.followed.before(int(at_h)) - 1)
        for stream in EMERGENCY:
            if stream in of_site:
                weighing = self._weighs(of_site[stream], row, at_h)
                if weighing != NOTHING:
                    return weighing
        full, ended_h = self._last_full.get(node, (ORDINARY, -A_DAY_H))
        return full if ended_h + A_DAY_H >= at_h else ORDINARY
