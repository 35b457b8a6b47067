"""Causes of the states of care: what led to each, found in order of time, so that it is always an earlier event."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from simulation.care.capacity.ward_table import NO_WARD
from simulation.engine.array_types import Numbers
from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node
from simulation.inputs.streams import EMERGENCY
from simulation.outcome.care_events.care_states import (
    CRITICAL_CARE_FULL,
    DIVERTS,
    FULL,
    IMAGING_OVERDUE,
    LABORATORY_OVERDUE,
    OVERLOADED,
    SAMU_SATURATED,
    CareState,
)
from simulation.outcome.care_events.drafts import IN_STREAM, Drafts
from simulation.outcome.care_events.spells import Spell
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
RANK = {state: rank for rank, state in enumerate(IN_ORDER)}
PLAN, ENDS = -2, -1
"""At one instant, plans blancs come first, then what ends, then what begins, by its rank."""
Instant = tuple[float, int, int, Spell | None]
"""When something happens and its rank; the number of the ward and the spell, or that of an event and none."""


@dataclass(slots=True)
class Causes:
    """What led to what in one replication."""

    trace: "Trace"
    weights: Weights
    overloaded: dict[Node, Numbers] = field(default_factory=dict)
    """Of each site that was: the event by which it is, hour by hour, or `ORDINARY`; of shape (hours,)."""
    plans: dict[int, int] = field(default_factory=dict)
    """What led to a plan blanc that the crisis has no cause for; events by their numbers."""
    _open: dict[CareState, dict[int, int]] = field(default_factory=lambda: {state: {} for state in IN_ORDER})
    """By state, the wards that are in it, each with the event by which it is."""
    _last_full: dict[Node, tuple[int, float]] = field(default_factory=dict)
    """The last event by which a department of each site was full or on diversion, and when that ended."""

    def find(self) -> Drafts:
        """Every state has its two events, and the first of them a cause."""
        drafts, stream = Drafts([], [], [], [], [], []), self.trace.wards.table.stream.tolist()
        for at_h, rank, number, spell in self._instants():
            if spell is None:
                self.plans[number] = self._cause_of_plan(number, at_h)
                continue
            state, ward = spell.state, spell.ward
            if rank == ENDS:
                kind, cause, hours = state.ends, self._open[state].pop(ward), None
            else:
                kind, cause, hours = state.begins, self._cause_of(spell), spell.hours
                self._begin(spell, len(self.trace.timeline) + len(drafts.at_h))
            drafts.at_h.append(at_h)
            drafts.ward.append(ward)
            drafts.what.append(IN_STREAM[kind][stream[ward]])
            drafts.cause.append(cause)
            drafts.patients.append(None)
            drafts.hours.append(hours)
        return drafts

    def _instants(self) -> Iterator[Instant]:
        """When what begins and what ends; of plans blancs that the crisis has no cause for, when they are called."""
        spells = self.trace.spells
        over = [spell for spell in spells if spell.ends_h < inf]
        plans = [
            (number, event.at_h)
            for number, event in enumerate(self.trace.timeline)
            if event.cause is None and event.what.kind is EventKind.PLAN_BLANC
        ]
        at_h = [spell.begins_h for spell in spells] + [spell.ends_h for spell in over]
        numbers = [spell.ward for spell in (*spells, *over)]
        at_h += [called_h for _, called_h in plans]
        numbers += [number for number, _ in plans]
        ranks = [RANK[spell.state] for spell in spells] + [ENDS] * len(over) + [PLAN] * len(plans)
        of_each = [*spells, *over, *[None] * len(plans)]
        for place in np.lexsort((numbers, ranks, at_h)).tolist():
            yield at_h[place], ranks[place], numbers[place], of_each[place]

    def _begin(self, spell: Spell, number: int) -> None:
        """The ward is in a state, by this event."""
        self._open[spell.state][spell.ward] = number
        if spell.state is DIVERTS or spell.state is FULL:
            self._last_full[self._node(spell.ward)] = (number, spell.begins_h + spell.hours)
        elif spell.state is OVERLOADED:
            rows = len(self.trace.care.demand)
            overloaded = self.overloaded.setdefault(self._node(spell.ward), np.full(rows, ORDINARY, np.int64))
            overloaded[spell.first : spell.last + 1] = number

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
        if spell.state is DIVERTS or spell.state is FULL:
            return self._delayed_or_overloaded(spell.ward)
        return ORDINARY

    def _weighs(self, ward: int, row: int, at_h: float) -> int:
        """The event of the crisis that weighs on a ward at an instant of an hour."""
        weighing = self.weights.by_ward.get(ward)
        if weighing is None:
            return NOTHING
        for earlier in range(row, max(-1, row - 2), -1):
            number = int(weighing[earlier])
            if number == NOTHING or self.trace.timeline[number].at_h <= at_h:
                return number
        return NOTHING

    def _delayed_or_overloaded(self, ward: int) -> int:
        """What delays a department or brings it more patients, and so leads to its being full."""
        table = self.trace.wards.table
        for state, where in ((LABORATORY_OVERDUE, table.laboratory), (IMAGING_OVERDUE, table.imaging)):
            number = self._open[state].get(int(where[ward]))
            if number is not None:
                return number
        return self._open[OVERLOADED].get(ward, ORDINARY)

    def _sender(self, spell: Spell) -> int:
        """What weighs on the department that sent most patients on, or its diversion; those in reach first."""
        if not self.weights.by_ward and not self._open[DIVERTS]:
            return ORDINARY
        departments, number = self.trace.wards.emergency_departments, self.trace.wards.table.emergency_number
        lately = slice(max(0, spell.first + 1 - SENT_WITHIN_H), spell.first + 1)
        sent = self.trace.care.diverted_out[lately, departments].sum(axis=0)
        sent[number[spell.ward]] = 0
        near = number[self._neighbours(spell.ward)]
        is_far = np.ones(len(departments), np.bool_)
        is_far[near[near != NO_WARD]] = False
        senders = np.flatnonzero(sent)
        order = np.lexsort((-sent[senders], is_far[senders]))
        return self._first_that_weighs(departments[senders[order]], spell)

    def _unit_that_sends(self, spell: Spell) -> int:
        """The same of critical care; else, what overloads the emergency department behind which it stands."""
        units, care = self._neighbours(spell.ward), self.trace.care
        lately = slice(max(0, spell.first + 1 - int(A_DAY_H)), spell.first + 1)
        if care.diverted_in[lately, spell.ward].any() and len(units):
            sent = care.diverted_out[lately, units].sum(axis=0)
            senders = np.flatnonzero(sent)
            order = np.argsort(-sent[senders], kind="stable")
            cause = self._first_that_weighs(units[senders[order]], spell)
            if cause != ORDINARY:
                return cause
        for department in self.trace.wards.emergencies_of(self.trace.wards.finess[spell.ward]):
            if department in self._open[OVERLOADED]:
                return self._open[OVERLOADED][department]
        return ORDINARY

    def _first_that_weighs(self, senders: Numbers, spell: Spell) -> int:
        """Of the first few of these on which the crisis weighs; else of the first that is on diversion."""
        diverts = ORDINARY
        for ward in senders[:MOST_SENDERS].tolist():
            weighing = self._weighs(ward, spell.first, spell.begins_h)
            if weighing != NOTHING:
                return weighing
            if diverts == ORDINARY:
                diverts = self._open[DIVERTS].get(ward, ORDINARY)
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
