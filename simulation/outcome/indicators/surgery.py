"""Indicators of planned care: operations, stays and images put off, and the backlog of all that was."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.inputs.streams import SESSIONS, Stream

if TYPE_CHECKING:
    from simulation.care.capacity.wards import Wards
    from simulation.outcome.records import Hours
    from simulation.outcome.trace import Trace

PUT_OFF = (Stream.SURGERY_SCHEDULED, *(stream for stream in SESSIONS if stream is not Stream.SAMU))
"""Streams whose patients wait on a list until their turn comes."""
DAYS_WAITING = 1.0
"""Days of the region's ordinary activity that may wait in such a stream: lists are never quite empty."""


@dataclass(frozen=True, kw_only=True)
class SurgeryColumns:
    """What was put off, and until when."""

    surgeries_postponed: int
    surgeries_backlog: int
    stays_postponed: int
    imaging_backlog: int
    imaging_overdue: int
    backlog_cleared: bool | None
    backlog_recovery_h: float | None


def surgery(trace: "Trace") -> SurgeryColumns:
    """The indicators of planned care in one replication."""
    wards = trace.wards
    scheduled = np.flatnonzero(wards.of(Stream.SURGERY_SCHEDULED))
    last_h = last_beyond_h(trace.hours, wards, trace.first_impact_h)
    cleared = None if last_h is None else last_h <= trace.hours.hour[-1]
    images = trace.care.waiting[-1, wards.of(Stream.IMAGING)]
    return SurgeryColumns(
        surgeries_postponed=int(trace.added_up(trace.postponed).sum()),
        surgeries_backlog=int(trace.care.waiting[-1, scheduled].sum()),
        stays_postponed=int(trace.care.totals["stays_put_off"][0]),
        imaging_backlog=int(images.sum()),
        imaging_overdue=int(np.maximum(images - _asked_lately(trace), 0).sum()),
        backlog_cleared=None if cleared is None else bool(cleared),
        backlog_recovery_h=trace.since_first_impact(last_h) if cleared else None,
    )


def postponed(trace: "Trace", wards: NDArray[np.intp]) -> NDArray[np.int32]:
    """Operations, or appointments, planned for the day beyond those held in it, of shape (hours, wards).

    Each is put off once: one that waits longer since another was held before it is not counted again.
    """
    more = trace.care.demand[:, wards] - trace.care.served[:, wards]
    of_the_day = np.zeros_like(more)
    midnight = (24 - trace.campaign.scenario.first_hour) % 24 or 24
    ends = np.arange(midnight, len(more) + 1, 24)
    if len(ends):
        whole_days = np.add.reduceat(more[: ends[-1]], np.maximum(ends - 24, 0), axis=0)
        of_the_day[ends - 1] = np.maximum(whole_days, 0)
    return of_the_day


def _asked_lately(trace: "Trace") -> NDArray[np.int64]:
    """Images planned so shortly before the end that they are not overdue, of shape (wards that make images,).

    Images that can wait are made in the order in which they were planned.
    """
    care, wards = trace.care, trace.wards
    images = wards.of(Stream.IMAGING)[wards.table.exam_number >= 0]
    planned = care.demand[:, wards.of(Stream.IMAGING)] - (care.urgent_exams - care.late_exams)[:, images]
    hours = round(trace.campaign.parameters.sessions.imaging_overdue_days.value * 24.0)
    return np.asarray(planned[wards.followed.stand_in[-hours:]].sum(axis=0, dtype=np.int64))


def last_beyond_h(hours: "Hours", wards: "Wards", first_impact_h: float | None) -> float | None:
    """The end of the last hour in which, after the first impact, over a day's activity waits in some stream.

    Beyond the last hour where it still waits at the horizon; `None` without an impact, and where no more ever waited.
    """
    if first_impact_h is None:
        return None
    ends = [
        float(hours.hour[beyond[-1]]) + 1.0
        for stream in PUT_OFF
        if len(beyond := np.flatnonzero(_waits_long(hours, wards, stream)))
    ]
    last_h = max(ends, default=0.0)
    return last_h if last_h > first_impact_h else None


def _waits_long(hours: "Hours", wards: "Wards", stream: Stream) -> NDArray[np.bool_]:
    """Hour by hour: more than a day's ordinary activity waits in the stream."""
    waiting = hours.waiting[:, hours.groups_of(stream)].sum(axis=1)
    usual: float = DAYS_WAITING * 24.0 * wards.table.hourly[wards.of(stream)].sum()
    long: NDArray[np.bool_] = waiting > usual
    return long
