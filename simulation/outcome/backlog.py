"""When is what was put off made up for?"""

import numpy as np

from simulation.care.capacity.wards import Wards
from simulation.care.flow.arrays import Record
from simulation.inputs.streams import SESSIONS, Stream

PUT_OFF = (Stream.SURGERY_SCHEDULED, *(stream for stream in SESSIONS if stream is not Stream.SAMU))
"""Streams whose patients wait on a list until their turn comes."""
A_DAY = 1.0
"""Days of the region's ordinary activity in such a stream: lists are never quite empty."""


def recovered_h(care: Record, wards: Wards, first_impact_h: float | None) -> float | None:
    """The first hour after the first impact from which less than a day's activity waits in every such stream, for good.

    `None` without an impact, and when it has not come by the horizon.
    """
    if first_impact_h is None:
        return None
    hours = len(care.waiting)
    latest = first_impact_h
    for stream in PUT_OFF:
        mine = wards.of(stream)
        waiting = care.waiting[:, mine].sum(axis=1)
        beyond = np.flatnonzero(waiting > A_DAY * 24.0 * wards.hourly[mine].sum())
        if len(beyond):
            latest = max(latest, beyond[-1] + 1.0)
    return latest if latest < hours else None
