"""States of care: when a department is full, on diversion or overloaded, critical care full, an examination overdue.

Each is a level, looked at hour by hour, that begins at one value and ends below another, so that it does not flicker.
These values are definitions of words, ours: they change nothing of what happens to a patient.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.ward_table import NO_WARD
from simulation.care.flow.record import Record
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


CARE_STATES = (
    LABORATORY_OVERDUE,
    IMAGING_OVERDUE,
    DIVERTS,
    OVERLOADED,
    FULL,
    CRITICAL_CARE_FULL,
    SAMU_SATURATED,
)
"""All states. Of what begins at one instant, what can lead to another comes first."""


class States(NamedTuple):
    """In which hours wards were in a state."""

    state: CareState
    wards: Numbers
    """Those that may have been in it."""
    amounts: Floats
    """By which it is told, of shape (wards, hours)."""
    is_on: NDArray[np.bool_]
    """Of the same shape."""


class Levels(NamedTuple):
    """What is looked at, hour by hour, and what it is measured by."""

    state: CareState
    wards: Numbers
    amounts: Floats | ShortFloats | ShortNumbers
    """Of shape (hours, wards)."""
    usual: Floats
    """Of shape (wards,)."""


def care_states(trace: "Trace", begins_anew: NDArray[np.bool_]) -> Iterator[States]:
    """All states of a replication, in the order of `CARE_STATES`; `begins_anew` as `mark` has it."""
    for state, wards, amounts, usual in _levels(trace):
        # Most wards never come near: what is looked at is laid out by ward for the others alone.
        whole = state.window_h * usual
        most = amounts.max(axis=0, initial=0) * state.window_h
        some = np.flatnonzero((whole > 0.0) & (most >= state.from_level * whole))
        of_some = np.ascontiguousarray(amounts[:, some].T, np.float64)
        is_on = np.zeros(of_some.shape, np.bool_)
        limits = np.array([state.from_level, state.below_level, state.for_h, state.window_h], np.float64)
        mark(of_some, usual[some], limits, begins_anew, is_on)
        yield States(state, wards[some], of_some, is_on)


def _levels(trace: "Trace") -> Iterator[Levels]:
    """What each state is told by, in the order of `CARE_STATES`."""
    care, wards, table = trace.care, trace.wards, trace.wards.table
    departments = wards.emergency_departments
    units, laboratories, imaging, samus = (
        np.flatnonzero(wards.of(one))
        for one in (Stream.CRITICAL_CARE, Stream.LABORATORY, Stream.IMAGING, Stream.SAMU)
    )
    staffed = table.places * table.in_use
    present = care.in_care[:, departments] + care.waiting[:, departments]
    beds = np.floor(staffed[units] * care.capacity_share[:, units] + 0.5)
    occupied = np.divide(care.in_care[:, units], beds, out=np.zeros(beds.shape), where=beds > 0.0)
    calls = care.demand[:, samus]
    unanswered = np.divide(care.unmet[:, samus], calls, out=np.zeros(calls.shape), where=calls > 0)
    imaging = imaging[table.exam_number[imaging] != NO_WARD]
    urgent = np.zeros((len(calls), len(imaging)))
    leave(care, imaging, table.exam_number[imaging], urgent)
    yield Levels(LABORATORY_OVERDUE, laboratories, care.waiting[:, laboratories], table.places[laboratories])
    yield Levels(IMAGING_OVERDUE, imaging, urgent, table.places[imaging])
    yield Levels(DIVERTS, departments, care.diversion_h, np.ones(len(departments)))
    yield Levels(OVERLOADED, departments, care.diverted_in[:, departments], table.hourly[departments])
    yield Levels(FULL, departments, present, staffed[departments])
    yield Levels(CRITICAL_CARE_FULL, units, occupied, np.ones(len(units)))
    yield Levels(SAMU_SATURATED, samus, unanswered, np.ones(len(samus)))


@compiled
def leave(care: Record, imaging: Numbers, exams: Numbers, urgent: Floats) -> None:
    """Who waits for an image that cannot wait, at the end of each hour; `urgent` is of shape (hours, `imaging`)."""
    for one in range(len(imaging)):
        place, ward, exam, waiting = U4(one), U4(imaging[one]), U4(exams[one]), 0.0
        for number in range(urgent.shape[0]):
            hour = U4(number)
            leaving = care.served[hour, ward] + care.late_exams[hour, exam]
            waiting = max(0.0, waiting + care.urgent_exams[hour, exam] - leaving)
            urgent[hour, place] = waiting


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
