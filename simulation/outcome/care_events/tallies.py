"""Tallies: patients who were not taken, sent on or put off, added up by ward and by what led to it.

What nothing of the crisis led to is added up over the region, by stream, at the horizon. All sums are exactly what the
tables count.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.ward_table import NO_WARD
from simulation.engine.array_types import Numbers
from simulation.engine.event_kinds import EventKind
from simulation.inputs.streams import APPOINTMENTS, Stream
from simulation.outcome.care_events.causes import ORDINARY, Causes, Draft

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace

NOT_OVERLOADED = (*APPOINTMENTS, Stream.SAMU, Stream.SURGERY_SCHEDULED)
"""Streams to which who comes from another emergency department adds nobody."""
NAMED = {str(stream): stream for stream in Stream}


class Counted(NamedTuple):
    """Patients of one kind of event: those of the wards that the crisis touches, and all of the region."""

    kind: EventKind
    places: Numbers
    """Of the touched wards that can count any: their places among these."""
    counts: NDArray[np.int32]
    """Of these, hour by hour, of shape (hours, places)."""
    of_all: Mapping[Stream, int]


def tallies(trace: "Trace", causes: Causes) -> Iterator[Draft]:
    """An event for each ward and each cause; then one for each stream and ordinary life, of all the others."""
    touched = _touched(trace, causes)
    wards = np.array(list(touched), np.int64)
    led_by = np.stack(list(touched.values())) if touched else np.empty((0, 0), np.int64)
    horizon_h = float(trace.wards.followed.hours[len(trace.care.demand) - 1]) + 1.0
    for counted in _counted(trace, wards):
        others = Counter(counted.of_all)
        for draft in _of_each_cause(trace, counted, wards, led_by) if touched else ():
            others[draft.stream] -= draft.patients or 0
            yield draft
        for stream, patients in others.items():
            if patients:
                yield Draft(horizon_h, None, stream, counted.kind, ORDINARY, patients)


def _touched(trace: "Trace", causes: Causes) -> dict[int, Numbers]:
    """The wards that the crisis touches: what leads to what each counts, hour by hour, or `ORDINARY`."""
    touched = dict(causes.weights.by_ward)
    for node, overloaded in causes.overloaded.items():
        for stream, ward in trace.wards.of_site[trace.nodes.names[node]].items():
            if stream not in NOT_OVERLOADED:
                weighing = touched.get(ward, overloaded)
                touched[ward] = np.where(weighing == ORDINARY, overloaded, weighing)
    return touched


def _counted(trace: "Trace", wards: Numbers) -> Iterator[Counted]:
    """What is counted, of the touched wards and of all."""
    care, hours = trace.care, trace.hours
    department, every = trace.wards.table.emergency_number[wards], np.arange(len(wards))
    of_departments, of_theatres = (
        np.flatnonzero(some)
        for some in (department != NO_WARD, trace.wards.of(Stream.SURGERY_SCHEDULED)[wards])
    )
    here = department[of_departments]
    transferred = care.diverted_out[:, wards]
    transferred[:, of_departments] -= care.ambulances_diverted_out[:, here] + care.moved_on_out[:, here]
    scheduled = np.flatnonzero(trace.wards.of(Stream.SURGERY_SCHEDULED))
    operations = {Stream.SURGERY_SCHEDULED: int(trace.for_all(trace.postponed).sum())}
    yield Counted(
        EventKind.AMBULANCES_DIVERTED,
        of_departments,
        care.ambulances_diverted_out[:, here],
        _by_stream(trace, hours.ambulances_diverted_out),
    )
    yield Counted(
        EventKind.PATIENTS_MOVED_ON,
        of_departments,
        care.moved_on_out[:, here],
        _by_stream(trace, hours.moved_on_out),
    )
    yield Counted(
        EventKind.PATIENTS_TRANSFERRED,
        every,
        transferred,
        _by_stream(trace, hours.patients_transferred_out),
    )
    yield Counted(EventKind.PATIENTS_UNMET, every, care.unmet[:, wards], _by_stream(trace, hours.unmet))
    yield Counted(
        EventKind.OPERATIONS_POSTPONED,
        of_theatres,
        trace.postponed[:, np.searchsorted(scheduled, wards[of_theatres])],
        operations,
    )


def _by_stream(trace: "Trace", counts: NDArray[np.int32]) -> dict[Stream, int]:
    """The sums over hours and territories; `counts` is of shape (hours, groups)."""
    found: Counter[Stream] = Counter()
    for (_, stream), patients in zip(
        trace.hours.groups, trace.for_all(counts).sum(axis=0).tolist(), strict=True
    ):
        found[NAMED[stream]] += patients
    return found


def _of_each_cause(trace: "Trace", counted: Counted, wards: Numbers, led_by: Numbers) -> Iterator[Draft]:
    """An event at the end of the first hour in which a cause leads to any; `led_by` is of shape (wards, hours)."""
    followed = trace.wards.followed
    rows, places = np.nonzero(counted.counts)
    causes = led_by[counted.places[places], rows]
    is_of_crisis = causes != ORDINARY
    rows, places, causes = rows[is_of_crisis], places[is_of_crisis], causes[is_of_crisis]
    events = int(causes.max(initial=0)) + 1
    # Hours come in order: the first with a cause is the earliest.
    found, firsts, numbers = np.unique(places * events + causes, return_index=True, return_inverse=True)
    patients = np.bincount(numbers, counted.counts[rows, places] * followed.stands_for[rows])
    ends_h = followed.hours[rows[firsts]] + 1.0
    for key, at_h, count in zip(found.tolist(), ends_h.tolist(), patients.tolist(), strict=True):
        place, cause = divmod(key, events)
        ward = int(wards[counted.places[place]])
        yield Draft(at_h, ward, trace.wards.stream[ward], counted.kind, cause, int(count))
