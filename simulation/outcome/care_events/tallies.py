"""Tallies: patients who were not taken, sent on or put off, added up by ward and by what led to it.

What nothing of the crisis led to is added up over the region, by stream, at the horizon. All sums are exactly what the
tables count.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.ward_table import NO_WARD
from simulation.engine.array_types import Numbers, ShortNumbers
from simulation.engine.event_kinds import EventKind
from simulation.inputs.streams import APPOINTMENTS, NUMBER, STREAMS, Stream
from simulation.outcome.care_events.causes import ORDINARY, Causes
from simulation.outcome.care_events.columns_of_wards import columns_of
from simulation.outcome.care_events.drafts import IN_STREAM, Drafts

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace

NOT_OVERLOADED = (*APPOINTMENTS, Stream.SAMU, Stream.SURGERY_SCHEDULED)
"""Streams to which who comes from another emergency department adds nobody."""


class Touched(NamedTuple):
    """The wards that the crisis touches."""

    wards: Numbers
    led_by: ShortNumbers
    """What leads to what each counts, hour by hour, or `ORDINARY`; of shape (wards, hours)."""


class Counted(NamedTuple):
    """Patients of one kind of event: those of the wards that the crisis touches, and all of the region."""

    kind: EventKind
    places: Numbers
    """Of the touched wards that can count any: their places among these."""
    counts: NDArray[np.int32]
    """Of these, hour by hour, of shape (places, hours)."""
    of_all: Numbers
    """By the streams' numbers."""


def tallies(trace: "Trace", causes: Causes) -> Iterator[Drafts]:
    """An event for each ward and each cause; then one for each stream and ordinary life, of all the others."""
    touched = _touched(trace, causes)
    in_order = list(dict.fromkeys(_streams_of_groups(trace).tolist()))
    horizon_h = float(trace.wards.followed.hours[len(trace.care.demand) - 1]) + 1.0
    for counted in _counted(trace, touched.wards):
        drafts = _of_each_cause(trace, counted, touched)
        yield drafts
        streams, patients = trace.wards.table.stream[drafts.ward], np.array(drafts.patients, np.float64)
        others = counted.of_all - np.bincount(streams, patients, len(STREAMS)).astype(np.int64)
        left = [stream for stream in in_order if others[stream]]
        yield Drafts(
            at_h=[horizon_h] * len(left),
            ward=[NO_WARD] * len(left),
            what=[IN_STREAM[counted.kind][stream] for stream in left],
            cause=[ORDINARY] * len(left),
            patients=others[left].tolist(),
            hours=[None] * len(left),
        )


def _touched(trace: "Trace", causes: Causes) -> Touched:
    """Those on which something weighs, and those at a site whose emergency department is overloaded."""
    touched = dict(causes.weights.by_ward)
    for node, overloaded in causes.overloaded.items():
        for stream, ward in trace.wards.of_site[trace.nodes.names[node]].items():
            if stream not in NOT_OVERLOADED:
                weighing = touched.get(ward, overloaded)
                touched[ward] = np.where(weighing == ORDINARY, overloaded, weighing)
    led_by = np.array(list(touched.values()), np.int32).reshape(len(touched), len(trace.care.demand))
    return Touched(np.array(list(touched), np.int64), led_by)


def _counted(trace: "Trace", wards: Numbers) -> Iterator[Counted]:
    """What is counted, of the touched wards and of all."""
    care, hours = trace.care, trace.hours
    department, every = trace.wards.table.emergency_number[wards], np.arange(len(wards))
    of_departments, of_theatres = (
        np.flatnonzero(some)
        for some in (department != NO_WARD, trace.wards.of(Stream.SURGERY_SCHEDULED)[wards])
    )
    here = department[of_departments]
    ambulances, moved_on = (
        columns_of(counts, here) for counts in (care.ambulances_diverted_out, care.moved_on_out)
    )
    transferred = columns_of(care.diverted_out, wards)
    transferred[of_departments] -= ambulances + moved_on
    scheduled = np.flatnonzero(trace.wards.of(Stream.SURGERY_SCHEDULED))
    operations = np.zeros(len(STREAMS), np.int64)
    operations[NUMBER[Stream.SURGERY_SCHEDULED]] = trace.added_up(trace.postponed).sum()
    yield Counted(
        EventKind.AMBULANCES_DIVERTED,
        of_departments,
        ambulances,
        _by_stream(trace, hours.ambulances_diverted_out),
    )
    yield Counted(
        EventKind.PATIENTS_MOVED_ON,
        of_departments,
        moved_on,
        _by_stream(trace, hours.moved_on_out),
    )
    yield Counted(
        EventKind.PATIENTS_TRANSFERRED,
        every,
        transferred,
        _by_stream(trace, hours.patients_transferred_out),
    )
    yield Counted(
        EventKind.PATIENTS_UNMET, every, columns_of(care.unmet, wards), _by_stream(trace, hours.unmet)
    )
    yield Counted(
        EventKind.OPERATIONS_POSTPONED,
        of_theatres,
        columns_of(trace.postponed, np.searchsorted(scheduled, wards[of_theatres])),
        operations,
    )


def _streams_of_groups(trace: "Trace") -> Numbers:
    """The number of the stream of each group."""
    streams: Numbers = trace.wards.table.stream[trace.wards.group_starts]
    return streams


def _by_stream(trace: "Trace", counts: NDArray[np.int32]) -> Numbers:
    """The sums over hours and territories; `counts` is of shape (hours, groups)."""
    sums = trace.added_up(counts)
    return np.bincount(_streams_of_groups(trace), sums, len(STREAMS)).astype(np.int64)


def _of_each_cause(trace: "Trace", counted: Counted, touched: Touched) -> Drafts:
    """An event at the end of the first hour in which a cause leads to any."""
    followed = trace.wards.followed
    # By ward and hour, all in one row: laid out in two, they cost twice as much to find.
    places, rows = np.divmod(np.flatnonzero(counted.counts != 0), len(trace.care.demand))
    causes = touched.led_by[counted.places[places], rows]
    is_led = causes != ORDINARY
    places, rows, causes = places[is_led], rows[is_led], causes[is_led]
    events = int(causes.max(initial=0)) + 1
    # The hours of a ward come in order: the first with a cause is the earliest.
    pairs, firsts, numbers = np.unique(places * events + causes, return_index=True, return_inverse=True)
    patients = np.bincount(numbers, counted.counts[places, rows] * followed.stands_for[rows])
    wards = touched.wards[counted.places[pairs // events]]
    in_stream = IN_STREAM[counted.kind]
    return Drafts(
        at_h=(followed.hours[rows[firsts]] + 1.0).tolist(),
        ward=wards.tolist(),
        what=[in_stream[stream] for stream in trace.wards.table.stream[wards].tolist()],
        cause=(pairs % events).tolist(),
        patients=patients.astype(np.int64).tolist(),
        hours=[None] * len(pairs),
    )
