"""States of care: when a department is full, on diversion or overloaded, critical care full, an examination overdue.

Each is a level, looked at hour by hour, that begins at one value and ends below another, so that it does not flicker.
These values are definitions of words, ours: they change nothing of what happens to a patient.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.ward_table import NO_WARD
from simulation.engine.array_types import Floats, Numbers, ShortFloats, ShortNumbers
from simulation.engine.compiled import U4, compiled
from simulation.engine.event_kinds import EventKind
from simulation.inputs.streams import Stream

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace

ANY = 1e-6
"""A level that is not nought."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CareState:
    """By which level a state begins and ends."""

    begins: EventKind
    ends: EventKind
    from_level: float
    below_level: float
    """It ends at the end of the first hour below this."""
    for_h: int = 1
    """It begins once the level has lasted for so many hours, with the first of them."""
    window_h: int = 1
    """The level is the mean over so many hours."""


DIVERTS = CareState(
    begins=EventKind.ED_DIVERTS, ends=EventKind.ED_DIVERTS_NO_MORE, from_level=ANY, below_level=ANY
)
"""By the part of the hour for which the department was on diversion."""
FULL = CareState(
    begins=EventKind.ED_FULL, ends=EventKind.ED_FULL_NO_MORE, from_level=2.0, below_level=1.5, for_h=4
)
"""By patients present, in care or waiting, per staffed place."""
OVERLOADED = CareState(
    begins=EventKind.ED_OVERLOADED,
    ends=EventKind.ED_OVERLOADED_NO_MORE,
    from_level=0.25,
    below_level=0.1,
    window_h=12,
)
"""By patients of other departments who arrive, over the department's own on an ordinary day."""
CRITICAL_CARE_FULL = CareState(
    begins=EventKind.CRITICAL_CARE_FULL,
    ends=EventKind.CRITICAL_CARE_FULL_NO_MORE,
    from_level=1.0,
    below_level=1.0,
    for_h=24,
)
"""By patients per open bed; of a unit that has one."""
LABORATORY_OVERDUE = CareState(
    begins=EventKind.LABORATORY_OVERDUE,
    ends=EventKind.LABORATORY_IN_TIME,
    from_level=4.0,
    below_level=1.0,
    for_h=2,
)
"""By the hours of work that wait."""
IMAGING_OVERDUE = CareState(
    begins=EventKind.IMAGING_OVERDUE,
    ends=EventKind.IMAGING_IN_TIME,
    from_level=3.0,
    below_level=0.5,
    for_h=2,
)
"""By the hours of work that wait, of images that cannot wait."""
SAMU_SATURATED = CareState(
    begins=EventKind.SAMU_SATURATED,
    ends=EventKind.SAMU_SATURATED_NO_MORE,
    from_level=0.2,
    below_level=0.1,
    for_h=2,
)
"""By the share of calls that nobody answers."""


class Spell(NamedTuple):
    """A state of one ward, from its beginning to its end."""

    state: CareState
    ward: int
    first: int
    """The row of its first hour among those that are followed."""
    last: int
    begins_h: float
    ends_h: float | None
    """`None` where it lasts at the horizon."""
    hours: float
    """For how many hours it lasted, those that a followed hour stands for among them."""


class States(NamedTuple):
    """In which hours each ward was in a state; arrays of shape (wards of the state, followed hours)."""

    state: CareState
    wards: Numbers
    is_on: NDArray[np.bool_]
    lasted_h: Floats
    """Hours, those for which a followed one stands among them; of diversion, the part of the hour."""


def care_states(trace: "Trace") -> Mapping[EventKind, States]:
    """All states of a replication, by the kind of event by which they begin."""
    followed, rows = trace.wards.followed, len(trace.care.demand)
    stands_for = followed.stands_for[:rows].astype(np.float64)
    begins_anew = np.append(True, np.diff(followed.hours[:rows]) != 1)[:rows]
    found = {}
    for state, wards, amounts, usual in _levels(trace):
        is_on = np.zeros(amounts.shape, np.bool_)
        limits = np.array([state.from_level, state.below_level, state.for_h, state.window_h], np.float64)
        mark(amounts, usual, limits, begins_anew, is_on)
        part = amounts if state is DIVERTS else is_on
        found[state.begins] = States(state, wards, is_on, part * stands_for)
    return found


def _levels(trace: "Trace") -> Iterator[tuple[CareState, Numbers, Floats, Floats]]:
    """Of each state: its wards, what is looked at, of shape (wards, hours), and what that is measured by."""
    care, wards, table = trace.care, trace.wards, trace.wards.table
    departments = wards.emergency_departments
    units, laboratories, imaging, samus = (
        np.flatnonzero(wards.of(one))
        for one in (Stream.CRITICAL_CARE, Stream.LABORATORY, Stream.IMAGING, Stream.SAMU)
    )

    def of(counts: ShortNumbers | ShortFloats, which: Numbers) -> Floats:
        return np.ascontiguousarray(counts[:, which].T, np.float64)

    staffed = table.places * table.in_use
    present = of(care.in_care, departments) + of(care.waiting, departments)
    beds = np.floor(staffed[units, None] * of(care.capacity_share, units) + 0.5)
    occupied = np.divide(of(care.in_care, units), beds, out=np.zeros(beds.shape), where=beds > 0.0)
    calls = of(care.demand, samus)
    unanswered = np.divide(of(care.unmet, samus), calls, out=np.zeros(calls.shape), where=calls > 0)
    imaging = imaging[table.exam_number[imaging] != NO_WARD]
    urgent = of(care.urgent_exams, table.exam_number[imaging])
    leave(of(care.served, imaging) + of(care.late_exams, table.exam_number[imaging]), urgent)
    yield DIVERTS, departments, of(care.diversion_h, departments), np.ones(len(departments))
    yield FULL, departments, present, staffed[departments]
    yield OVERLOADED, departments, of(care.diverted_in, departments), table.hourly[departments]
    yield CRITICAL_CARE_FULL, units, occupied, np.ones(len(units))
    yield LABORATORY_OVERDUE, laboratories, of(care.waiting, laboratories), table.places[laboratories]
    yield IMAGING_OVERDUE, imaging, urgent, table.places[imaging]
    yield SAMU_SATURATED, samus, unanswered, np.ones(len(samus))


@compiled
def leave(leaving: Floats, coming: Floats) -> None:
    """Who comes becomes who waits at the end of each hour; arrays are of shape (rows, hours)."""
    for one in range(coming.shape[0]):
        row, waiting = U4(one), 0.0
        for number in range(coming.shape[1]):
            hour = U4(number)
            waiting = max(0.0, waiting + coming[row, hour] - leaving[row, hour])
            coming[row, hour] = waiting


@compiled
def mark(
    amounts: Floats, usual: Floats, limits: Floats, begins_anew: NDArray[np.bool_], is_on: NDArray[np.bool_]
) -> None:
    """The hours in which each row is in a state are marked; arrays are of shape (rows, hours), `usual` of (rows,).

    `limits` are those of a `CareState`: from, below, for how long, over how many hours. `begins_anew` says where hours
    were skipped: nothing is known then of those before.
    """
    lasting, window = int(limits[2]), int(limits[3])
    for one in range(amounts.shape[0]):
        row = U4(one)
        whole = window * usual[row]
        if whole <= 0.0:
            continue
        begins, ends = limits[0] * whole, limits[1] * whole
        total, first, lasted, on = 0.0, 0, 0, False
        for number in range(amounts.shape[1]):
            hour = U4(number)
            if begins_anew[hour]:
                total, first, lasted, on = 0.0, number, 0, False
            total = amounts[row, hour] + (total if window > 1 else 0.0)
            if window > 1 and number - window >= first:
                total -= amounts[row, U4(number - window)]
            lasted = lasted + 1 if total >= begins else 0
            if on:
                on = total >= ends
            elif lasted >= lasting:
                on = True
                for back in range(1, lasting):
                    is_on[row, U4(number - back)] = True
            is_on[row, hour] = on


def spells(trace: "Trace", states: States) -> Iterator[Spell]:
    """The spells of a state, one for each time that a ward was in it."""
    hours, on = trace.wards.followed.hours, states.is_on
    some = np.flatnonzero(on.any(axis=1))
    if not len(some):
        return
    rows = on.shape[1]
    edges = np.zeros((len(some), rows + 1), np.int8)
    edges[:, :rows] = on[some]
    edges[:, 1:] -= on[some]
    begins, ends = edges > 0, edges < 0
    for row in (np.flatnonzero(np.diff(hours[:rows]) != 1) + 1).tolist():
        # What lasts over hours that are skipped ends, and begins anew.
        begins[:, row] = on[some, row]
        ends[:, row] = on[some, row - 1]
    of_ward, firsts = np.nonzero(begins)
    lasts = np.nonzero(ends)[1] - 1
    for place, first, last in zip(some[of_ward].tolist(), firsts.tolist(), lasts.tolist(), strict=True):
        part = states.lasted_h[place, first : last + 1]
        begins_h, ends_h = float(hours[first]) + 1.0, float(hours[last]) + 2.0
        if states.state is DIVERTS:
            # The part of the hour is known: it is the last one, and of an hour in which it ends the first one.
            begins_h -= min(1.0, float(part[0]))
            ends_h = float(hours[last]) + (min(1.0, float(part[-1])) if last > first else 1.0)
        is_over = last + 1 < rows
        yield Spell(
            states.state,
            int(states.wards[place]),
            first,
            last,
            begins_h,
            ends_h if is_over else None,
            float(part.sum()),
        )
