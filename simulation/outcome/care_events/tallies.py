"""Tallies: patients who were not taken, sent on or put off, added up by ward and by what led to it.

What nothing of the crisis led to is added up over the region, by stream. All sums are exactly what the tables count.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulation.care.capacity.ward_table import NO_WARD
from simulation.engine.array_types import Numbers
from simulation.engine.event_kinds import EventKind
from simulation.inputs.streams import APPOINTMENTS, EMERGENCY, Stream
from simulation.outcome.care_events.causes import ORDINARY, Causes, Draft
from simulation.outcome.indicators.surgery import postponed

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace

NOT_OVERLOADED = (*APPOINTMENTS, Stream.SAMU, Stream.SURGERY_SCHEDULED)
"""Streams to which who comes from another emergency department adds nobody."""
NAMED = {str(stream): stream for stream in Stream}


def tallies(trace: "Trace", causes: Causes) -> Iterator[Draft]:
    """An event for each ward and each cause; then one for each stream and ordinary life, of all the others."""
    touched = _touched(trace, causes)
    wards = list(touched)
    led_by = np.stack(list(touched.values())) if touched else np.empty((0, 0), np.int64)
    of_wards = _of_wards(trace, np.array(wards, np.intp)) if touched else {}
    for kind, of_streams in _of_streams(trace).items():
        attributed: Counter[Stream] = Counter()
        for draft in _of_each_cause(trace, kind, wards, led_by, of_wards[kind]) if touched else ():
            attributed[draft.stream] += draft.patients or 0
            yield draft
        yield from _of_ordinary_life(trace, kind, of_streams, attributed)


def _touched(trace: "Trace", causes: Causes) -> dict[int, Numbers]:
    """The wards that the crisis touches: what leads to what each counts, hour by hour, or `ORDINARY`."""
    touched = dict(causes.weights.by_ward)
    for node, overloaded in causes.overloaded.items():
        for stream, ward in trace.wards.of_site[trace.nodes.names[node]].items():
            if stream not in NOT_OVERLOADED:
                weighing = touched.get(ward, overloaded)
                touched[ward] = np.where(weighing == ORDINARY, overloaded, weighing)
    return touched


def _of_wards(trace: "Trace", wards: Numbers) -> Mapping[EventKind, Numbers]:
    """The patients of each hour, of shape (wards, hours)."""
    care = trace.care
    department = trace.wards.table.emergency_number[wards]
    is_emergency, is_planned = department != NO_WARD, trace.wards.of(Stream.SURGERY_SCHEDULED)[wards]
    ambulances, moved_on, operations = np.zeros((3, len(wards), len(care.demand)), np.int64)
    ambulances[is_emergency] = care.ambulances_diverted_out[:, department[is_emergency]].T
    moved_on[is_emergency] = care.moved_on_out[:, department[is_emergency]].T
    operations[is_planned] = postponed(trace, wards[is_planned]).T
    return {
        EventKind.AMBULANCES_DIVERTED: ambulances,
        EventKind.PATIENTS_MOVED_ON: moved_on,
        EventKind.PATIENTS_TRANSFERRED: care.diverted_out[:, wards].T - ambulances - moved_on,
        EventKind.PATIENTS_UNMET: care.unmet[:, wards].T,
        EventKind.OPERATIONS_POSTPONED: operations,
    }


def _of_streams(trace: "Trace") -> Mapping[EventKind, dict[Stream, Numbers]]:
    """The patients of each hour in the whole region, of shape (hours,), by stream."""
    hours, planned = trace.hours, np.flatnonzero(trace.wards.of(Stream.SURGERY_SCHEDULED))
    groups: dict[Stream, list[int]] = {}
    for group, (_, stream) in enumerate(hours.groups):
        groups.setdefault(NAMED[stream], []).append(group)
    departments = {stream: some for stream, some in groups.items() if stream in EMERGENCY}
    found = {
        kind: {stream: counts[:, some].sum(axis=1) for stream, some in counted.items()}
        for kind, counts, counted in (
            (EventKind.AMBULANCES_DIVERTED, hours.ambulances_diverted_out, departments),
            (EventKind.PATIENTS_MOVED_ON, hours.moved_on_out, departments),
            (EventKind.PATIENTS_TRANSFERRED, hours.patients_transferred_out, groups),
            (EventKind.PATIENTS_UNMET, hours.unmet, groups),
        )
    }
    operations = postponed(trace, planned).sum(axis=1)
    return {**found, EventKind.OPERATIONS_POSTPONED: {Stream.SURGERY_SCHEDULED: operations}}


def _of_each_cause(
    trace: "Trace", kind: EventKind, wards: Sequence[int], led_by: Numbers, counts: Numbers
) -> Iterator[Draft]:
    """An event at the end of the first hour in which a cause leads to any; arrays are of shape (wards, hours)."""
    followed = trace.wards.followed
    of_ward, rows = np.nonzero((counts != 0) & (led_by != ORDINARY))
    causes = led_by[of_ward, rows]
    events = int(causes.max(initial=0)) + 1
    # Of each ward hours come in order: the first with a cause is the earliest.
    found, firsts, places = np.unique(of_ward * events + causes, return_index=True, return_inverse=True)
    patients = np.bincount(places, counts[of_ward, rows] * followed.stands_for[rows])
    ends_h = followed.hours[rows[firsts]] + 1.0
    for key, at_h, count in zip(found.tolist(), ends_h.tolist(), patients.tolist(), strict=True):
        place, cause = divmod(key, events)
        ward = wards[place]
        yield Draft(at_h, ward, trace.wards.stream[ward], kind, cause, int(count))


def _of_ordinary_life(
    trace: "Trace", kind: EventKind, of_streams: Mapping[Stream, Numbers], attributed: Mapping[Stream, int]
) -> Iterator[Draft]:
    """All whom no other event counts, at the end of the first hour in which there was any in the stream."""
    for stream, counts in of_streams.items():
        others = int(trace.for_all(counts).sum()) - attributed.get(stream, 0)
        if others:
            first = int(trace.wards.followed.hours[np.flatnonzero(counts)[0]])
            yield Draft(first + 1.0, None, stream, kind, ORDINARY, others)
