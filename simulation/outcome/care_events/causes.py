"""Causes of the states of care: what led to each, found in order of time, so that it is always an earlier event."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from simulation.engine.array_types import Numbers, ShortNumbers
from simulation.engine.nodes import Node
from simulation.inputs.streams import EMERGENCY
from simulation.outcome.care_events.care_states import (
    CARE_STATES,
    CRITICAL_CARE_FULL,
    DIVERTS,
    FULL,
    IMAGING_OVERDUE,
    LABORATORY_OVERDUE,
    OVERLOADED,
)
from simulation.outcome.care_events.drafts import IN_STREAM, Drafts
from simulation.outcome.care_events.instants import ENDS, PLAN, Instants, instants_of
from simulation.outcome.care_events.spells import Spells
from simulation.outcome.care_events.weights import NOTHING, Weights

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace

ORDINARY = NOTHING
"""In place of the number of an event: nothing of the crisis led to it."""
SENT_WITHIN_H = 12
"""Hours within which a department must have sent patients on to have overloaded another."""
A_DAY_H = 24.0
MOST_SENDERS = 12
"""Departments that are looked at, those first that sent most patients on."""
LAB, IMAGES, DIVERTED, OVER, FILLED, BEDS = map(
    CARE_STATES.index,
    (LABORATORY_OVERDUE, IMAGING_OVERDUE, DIVERTS, OVERLOADED, FULL, CRITICAL_CARE_FULL),
)
"""The places of these states."""
BOUNDS = np.array([(IN_STREAM[state.begins], IN_STREAM[state.ends]) for state in CARE_STATES])
"""How each state begins and ends, by the streams' numbers; of shape (states, 2, streams)."""


@dataclass(slots=True)
class Causes:
    """What led to what in one replication."""

    trace: "Trace"
    weights: Weights
    overloaded: dict[Node, ShortNumbers] = field(default_factory=dict)
    """Of each site that was: the event by which it is, hour by hour, or `ORDINARY`; of shape (hours,)."""
    plans: dict[int, int] = field(default_factory=dict)
    """What led to a plan blanc that the crisis has no cause for; events by their numbers."""
    _open: tuple[dict[int, int], ...] = field(default_factory=lambda: tuple({} for _ in CARE_STATES))
    """By state, the wards that are in it, each with the event by which it is."""
    _last_full: dict[Node, tuple[int, float]] = field(default_factory=dict)
    """The last event by which a department of each site was full or on diversion, and when that ended."""

    def find(self) -> Drafts:
        """Every state has its two events, and the first of them a cause."""
        spells, instants = self.trace.spells, instants_of(self.trace.timeline, self.trace.spells)
        causes = self._in_order(Spells(*(column.tolist() for column in spells)), instants)
        are_states = instants.rank != PLAN
        which, ends = instants.which[are_states], instants.rank[are_states] == ENDS
        ward = spells.ward[which]
        streams = self.trace.wards.table.stream[ward]
        lasts_h = zip(ends.tolist(), spells.hours[which].tolist(), strict=True)
        return Drafts(
            at_h=instants.at_h[are_states].tolist(),
            ward=ward.tolist(),
            what=BOUNDS[spells.state[which], ends.astype(np.intp), streams].tolist(),
            cause=causes,
            patients=[None] * len(causes),
            hours=[None if is_end else hours for is_end, hours in lasts_h],
        )

    def _in_order(self, spells: Spells, instants: Instants) -> list[int]:
        """The causes of what begins and ends, one after the other; `spells` are lists."""
        causes: list[int] = []
        number = len(self.trace.timeline)
        for at_h, rank, which in zip(*(column.tolist() for column in instants), strict=True):
            if rank == PLAN:
                self.plans[which] = self._cause_of_plan(which, at_h)
                continue
            state, ward = spells.state[which], spells.ward[which]
            if rank == ENDS:
                causes.append(self._open[state].pop(ward))
            else:
                first = spells.first[which]
                causes.append(self._cause_of(state, ward, first, at_h))
                self._open[state][ward] = number
                if state in (DIVERTED, FILLED):
                    self._last_full[self.trace.node_of[ward]] = (number, at_h + spells.hours[which])
                elif state == OVER:
                    self._overload(ward, slice(first, spells.last[which] + 1), number)
            number += 1
        return causes

    def _overload(self, ward: int, while_: slice, number: int) -> None:
        """The department is overloaded in these hours, by this event."""
        rows, node = len(self.trace.care.demand), self.trace.node_of[ward]
        if node not in self.overloaded:
            self.overloaded[node] = np.full(rows, ORDINARY, np.int32)
        self.overloaded[node][while_] = number

    def _cause_of(self, state: int, ward: int, first: int, at_h: float) -> int:
        """What weighs on the ward, else on what it leans on, else on who sends it patients, else ordinary life."""
        weighing = self._weighs(ward, first, at_h)
        if weighing != NOTHING:
            return weighing
        if state == OVER:
            return self._sender(ward, first, at_h)
        if state == BEDS:
            return self._unit_that_sends(ward, first, at_h)
        if state in (DIVERTED, FILLED):
            return self._delayed_or_overloaded(ward)
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
        for state, where in ((LAB, table.laboratory), (IMAGES, table.imaging)):
            overdue = self._open[state]
            if overdue and int(where[ward]) in overdue:
                return overdue[int(where[ward])]
        return self._open[OVER].get(ward, ORDINARY)

    def _sender(self, ward: int, first: int, at_h: float) -> int:
        """What weighs on the department that sent most patients on, or its diversion; those in reach first."""
        if not self.weights.by_ward and not self._open[DIVERTED]:
            return ORDINARY
        departments, number = self.trace.wards.emergency_departments, self.trace.wards.table.emergency_number
        lately = slice(max(0, first + 1 - SENT_WITHIN_H), first + 1)
        sent = self.trace.care.diverted_out[lately, departments].sum(axis=0)
        sent[number[ward]] = 0
        is_far = np.ones(len(departments), np.bool_)
        is_far[number[self._neighbours(ward)]] = False
        senders = np.flatnonzero(sent)
        order = np.lexsort((-sent[senders], is_far[senders]))
        return self._first_that_weighs(departments[senders[order]], first, at_h)

    def _unit_that_sends(self, ward: int, first: int, at_h: float) -> int:
        """The same of critical care; else, what overloads the emergency department behind which it stands."""
        units, care = self._neighbours(ward), self.trace.care
        lately = slice(max(0, first + 1 - int(A_DAY_H)), first + 1)
        if care.diverted_in[lately, ward].any() and len(units):
            sent = care.diverted_out[lately, units].sum(axis=0)
            senders = np.flatnonzero(sent)
            order = np.argsort(-sent[senders], kind="stable")
            cause = self._first_that_weighs(units[senders[order]], first, at_h)
            if cause != ORDINARY:
                return cause
        for department in self.trace.wards.emergencies_of(self.trace.wards.finess[ward]):
            if department in self._open[OVER]:
                return self._open[OVER][department]
        return ORDINARY

    def _first_that_weighs(self, senders: Numbers, first: int, at_h: float) -> int:
        """Of the first few of these on which the crisis weighs; else of the first that is on diversion."""
        diverts = ORDINARY
        for sender in senders[:MOST_SENDERS].tolist():
            weighing = self._weighs(sender, first, at_h)
            if weighing != NOTHING:
                return weighing
            if diverts == ORDINARY:
                diverts = self._open[DIVERTED].get(sender, ORDINARY)
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
