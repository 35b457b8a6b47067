"""States of care: when a department is full, on diversion or overloaded, critical care full, an examination overdue.

Each is a level, looked at hour by hour, that begins at one value and ends below another, so that it does not flicker.
These values are definitions of words, ours: they change nothing of what happens to a patient.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.engine.array_types import Floats, Numbers
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
    from_level=ANY,
    below_level=ANY,
    window_h=6,
)
"""By images that could not wait and did, beyond patience."""
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
    """In which hours each ward was in a state."""

    state: CareState
    wards: Numbers
    is_on: NDArray[np.bool_]
    """Of shape (followed hours, wards of the state)."""
    hours: Floats
    """The part of each hour that counts, of the same shape."""


def care_states(trace: "Trace") -> Mapping[EventKind, States]:
    """All states of a replication, by the kind of event by which they begin."""
    care, wards, table = trace.care, trace.wards, trace.wards.table
    rows = len(care.demand)
    departments, units = wards.emergency_departments, np.flatnonzero(wards.of(Stream.CRITICAL_CARE))
    laboratories, imaging = (np.flatnonzero(wards.of(one)) for one in (Stream.LABORATORY, Stream.IMAGING))
    samus = np.flatnonzero(wards.of(Stream.SAMU))
    diverted = care.diversion_h[:, departments].astype(np.float64)
    present = (care.in_care[:, departments] + care.waiting[:, departments]).astype(np.float64)
    beds = np.floor(table.places[units] * table.in_use[units] * care.capacity_share[:, units] + 0.5)
    occupied = np.divide(care.in_care[:, units], beds, out=np.zeros(beds.shape), where=beds > 0.0)
    arrived = care.diverted_in[:, departments].astype(np.float64)
    calls = care.demand[:, samus]
    unanswered = np.divide(care.unmet[:, samus], calls, out=np.zeros(calls.shape), where=calls > 0)
    levels = (
        (DIVERTS, departments, diverted, np.ones(len(departments))),
        (FULL, departments, present, table.places[departments] * table.in_use[departments]),
        (OVERLOADED, departments, arrived, table.hourly[departments]),
        (CRITICAL_CARE_FULL, units, occupied, np.ones(len(units))),
        (
            LABORATORY_OVERDUE,
            laboratories,
            care.waiting[:, laboratories].astype(np.float64),
            table.places[laboratories],
        ),
        (IMAGING_OVERDUE, imaging, care.late_images.astype(np.float64), np.ones(len(imaging))),
        (SAMU_SATURATED, samus, unanswered, np.ones(len(samus))),
    )
    begins_anew = np.append(True, np.diff(wards.followed.hours[:rows]) != 1)[:rows]
    lasts = wards.followed.stands_for[:rows, None].astype(np.float64)
    found = {}
    for state, of, amounts, per in levels:
        is_on = np.zeros(amounts.shape, np.bool_)
        limits = np.array([state.from_level, state.below_level, state.for_h, state.window_h], np.float64)
        mark(amounts, per, limits, begins_anew, is_on)
        counted = (diverted if state is DIVERTS else is_on) * lasts
        found[state.begins] = States(state, of, is_on, counted)
    return found


@compiled
def mark(
    amounts: Floats, per: Floats, limits: Floats, begins_anew: NDArray[np.bool_], is_on: NDArray[np.bool_]
) -> None:
    """The hours in which each column is in a state are marked; arrays are of shape (hours, columns).

    `limits` are those of a `CareState`: from, below, for how long, over how many hours. `begins_anew` says where hours
    were skipped: nothing is known then of those before.
    """
    lasting, window = int(limits[2]), int(limits[3])
    for one in range(amounts.shape[1]):
        column = U4(one)
        total, first, lasted, on = 0.0, 0, 0, False
        for row in range(amounts.shape[0]):
            hour = U4(row)
            if begins_anew[hour]:
                total, first, lasted, on = 0.0, row, 0, False
            total = amounts[hour, column] + (total if window > 1 else 0.0)
            if window > 1 and row - window >= first:
                total -= amounts[U4(row - window), column]
            whole = window * per[column]
            level = total / whole if whole > 0.0 else 0.0
            lasted = lasted + 1 if level >= limits[0] else 0
            if on:
                on = level >= limits[1]
            elif lasted >= lasting:
                on = True
                for back in range(1, lasting):
                    is_on[U4(row - back), column] = True
            is_on[hour, column] = on


def spells(trace: "Trace", states: States) -> Iterator[Spell]:
    """The spells of a state, one for each time that a ward was in it."""
    hours, on = trace.wards.followed.hours, states.is_on
    if not on.any():
        return
    rows = len(on)
    breaks = np.flatnonzero(np.diff(hours[:rows]) != 1) + 1
    edges = np.zeros((rows + 1, on.shape[1]), np.int8)
    edges[1:rows] = on[1:].astype(np.int8) - on[:-1]
    edges[0], edges[rows] = on[0], -on[-1].astype(np.int8)
    begins, ends = edges > 0, edges < 0
    for row in breaks.tolist():  # what lasts over hours that are skipped ends, and begins anew
        begins[row] = on[row]
        ends[row] |= on[row - 1]
    columns, firsts = np.nonzero(begins.T)
    lasts = np.nonzero(ends.T)[1] - 1
    sums = np.vstack([np.zeros(on.shape[1]), states.hours.cumsum(axis=0)])
    wards = states.wards.tolist()
    for column, first, last in zip(columns.tolist(), firsts.tolist(), lasts.tolist(), strict=True):
        begins_h, ends_h = float(hours[first]) + 1.0, float(hours[last]) + 2.0
        if states.state is DIVERTS:
            # The part of the hour is known: it is the last one, and of an hour in which it ends the first one.
            begins_h -= min(1.0, float(states.hours[first, column]))
            ends_h = float(hours[last]) + (min(1.0, float(states.hours[last, column])) if last > first else 1.0)
        yield Spell(
            states.state,
            wards[column],
            first,
            last,
            begins_h,
            ends_h if last + 1 < rows else None,
            float(sums[last + 1, column] - sums[first, column]),
        )

