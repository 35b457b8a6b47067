"""Tallies: patients who were not taken, sent on or put off, added up by ward and by what led to it.

The sums over a ward's events are exactly what the tables count of it.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.engine.array_types import Numbers
from simulation.engine.event_kinds import EventKind
from simulation.inputs.streams import APPOINTMENTS, Stream
from simulation.outcome.care_events.causes import ORDINARY, Causes, Draft
from simulation.outcome.indicators.surgery import postponed

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace

NOT_OVERLOADED = (*APPOINTMENTS, Stream.SAMU, Stream.SURGERY_SCHEDULED)
"""Streams to which who comes from another emergency department adds nobody."""


def tallies(trace: "Trace", causes: Causes) -> Iterator[Draft]:
    """An event for each ward and each cause, at the end of the first hour in which it counts anybody."""
    for kind, wards, counts in _counted(trace):
        some = np.flatnonzero(counts.any(axis=0))
        by_hour = {ward: _cause_by_hour(trace, causes, ward) for ward in wards[some].tolist()}
        is_plain = np.array([each is None for each in by_hour.values()], np.bool_)
        yield from _of_ordinary_life(trace, kind, wards, counts[:, some[is_plain]], some[is_plain])
        others = some[~is_plain]
        if len(others):
            led_by = np.stack([each for each in by_hour.values() if each is not None])
            yield from _of_each_cause(trace, kind, wards[others].tolist(), counts[:, others].T, led_by)


def _of_ordinary_life(
    trace: "Trace", kind: EventKind, wards: NDArray[np.intp], counts: NDArray[np.int32], some: NDArray[np.intp]
) -> Iterator[Draft]:
    """Nothing of the crisis ever touched these; `counts` is of shape (hours, some)."""
    ends_h = trace.wards.followed.hours[(counts > 0).argmax(axis=0)] + 1.0
    patients = trace.for_all(counts).sum(axis=0)
    for ward, at_h, count in zip(wards[some].tolist(), ends_h.tolist(), patients.tolist(), strict=True):
        yield Draft(at_h, ward, kind, ORDINARY, count)


def _of_each_cause(
    trace: "Trace", kind: EventKind, wards: Sequence[int], counts: NDArray[np.int32], led_by: Numbers
) -> Iterator[Draft]:
    """`counts` and what led to them are of shape (wards, hours)."""
    followed, events = trace.wards.followed, int(led_by.max()) - ORDINARY + 1
    of_ward, rows = np.nonzero(counts)
    keys = of_ward * events + led_by[of_ward, rows] - ORDINARY
    found, firsts, places = np.unique(keys, return_index=True, return_inverse=True)
    patients = np.bincount(places, counts[of_ward, rows] * followed.stands_for[rows])
    for key, first, count in zip(found.tolist(), firsts.tolist(), patients.tolist(), strict=True):
        ward, cause = divmod(key, events)
        # Of each ward rows come in order of time: the first of a cause is the earliest.
        at_h = float(followed.hours[rows[first]]) + 1.0
        yield Draft(at_h, wards[ward], kind, cause + ORDINARY, int(count))


def _counted(trace: "Trace") -> Iterator[tuple[EventKind, NDArray[np.intp], NDArray[np.int32]]]:
    """What is counted, the wards, and the patients of each hour, of shape (hours, wards)."""
    care, departments = trace.care, trace.wards.emergency_departments
    transferred = care.diverted_out.copy()
    transferred[:, departments] -= care.ambulances_diverted_out + care.moved_on_out
    every = np.arange(transferred.shape[1])
    scheduled = np.flatnonzero(trace.wards.of(Stream.SURGERY_SCHEDULED))
    yield EventKind.AMBULANCES_DIVERTED, departments, care.ambulances_diverted_out
    yield EventKind.PATIENTS_MOVED_ON, departments, care.moved_on_out
    yield EventKind.PATIENTS_TRANSFERRED, every, transferred
    yield EventKind.PATIENTS_UNMET, every, care.unmet
    yield EventKind.OPERATIONS_POSTPONED, scheduled, postponed(trace, scheduled)


def _cause_by_hour(trace: "Trace", causes: Causes, ward: int) -> Numbers | None:
    """What leads to what the ward counts, hour by hour; `None` where it is always ordinary life."""
    weighing = causes.weights.by_ward.get(ward)
    overloaded = None
    if trace.wards.stream[ward] not in NOT_OVERLOADED:
        overloaded = causes.overloaded.get(trace.nodes.number_of[trace.wards.finess[ward]])
    if weighing is None or overloaded is None:
        return overloaded if weighing is None else weighing
    return np.where(weighing == ORDINARY, overloaded, weighing)
