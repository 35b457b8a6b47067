"""Indicators of planned care: operations and images put off, and the backlog of all that was."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.inputs.streams import SESSIONS, Stream
from simulation.outcome.breaking import Counted

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
    imaging_backlog: int
    imaging_overdue: int
    backlog_recovery_h: float | None


def surgery(trace: "Trace") -> Counted[SurgeryColumns]:
    """The indicators of planned care in one replication."""
    wards = trace.wards
    scheduled = np.flatnonzero(wards.of(Stream.SURGERY_SCHEDULED))
    postponed = trace.counted(scheduled, _postponed(trace, scheduled))
    images = trace.care.waiting[-1, wards.of(Stream.IMAGING)]
    return Counted(
        SurgeryColumns(
            surgeries_postponed=int(postponed.total()),
            surgeries_backlog=int(trace.care.waiting[-1, scheduled].sum()),
            imaging_backlog=int(images.sum()),
            imaging_overdue=int(np.maximum(images - _asked_lately(trace), 0).sum()),
            backlog_recovery_h=trace.since_first_impact(
                recovered_h(trace.hours, wards, trace.first_impact_h)
            ),
        ),
        {"surgeries_postponed": lambda at_most: postponed.beyond(at_most, wards.finess)},
    )


def _postponed(trace: "Trace", scheduled: NDArray[np.intp]) -> NDArray[np.int32]:
    """Operations of the day still waiting at its end, of shape (hours, scheduled).

    Those of earlier days were done first, so those that still wait are the day's own.
    """
    demand = trace.care.demand[:, scheduled]
    postponed = np.zeros_like(demand)
    midnight = (24 - trace.campaign.scenario.first_hour) % 24 or 24
    for end in range(midnight, len(demand) + 1, 24):
        of_the_day = demand[max(0, end - 24) : end].sum(axis=0)
        postponed[end - 1] = np.minimum(of_the_day, trace.care.waiting[end - 1, scheduled])
    return postponed


def _asked_lately(trace: "Trace") -> NDArray[np.int64]:
    """Images planned so shortly before the end that they are not overdue, of shape (wards that make images,).

    Images that can wait are made in the order in which they were planned.
    """
    care, wards = trace.care, trace.wards
    planned = care.demand[:, wards.of(Stream.IMAGING)] - care.urgent_images + care.late_images
    hours = round(trace.campaign.parameters.sessions.imaging_overdue_days.value * 24.0)
    return np.asarray(planned[wards.followed.stand_in[-hours:]].sum(axis=0, dtype=np.int64))


def recovered_h(hours: "Hours", wards: "Wards", first_impact_h: float | None) -> float | None:
    """The first hour after the first impact from which less than a day's activity waits in every stream, for good.

    `None` without an impact, and when that hour has not come by the horizon.
    """
    if first_impact_h is None:
        return None
    latest = first_impact_h
    for stream in PUT_OFF:
        waiting = hours.waiting[:, hours.groups_of(stream)].sum(axis=1)
        beyond = np.flatnonzero(waiting > DAYS_WAITING * 24.0 * wards.table.hourly[wards.of(stream)].sum())
        if len(beyond):
            latest = max(latest, float(hours.hour[beyond[-1]]) + 1.0)
    return latest if latest <= hours.hour[-1] else None
