"""How much care do wards give, over what they would give on the same days without an attack?"""

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.wards import Wards
from simulation.care.flow.record import Record
from simulation.inputs.streams import Stream

BY_THEMSELVES_AND_PASSED_ON = (Stream.CRITICAL_CARE, Stream.MEDICINE)
"""Beds to which other wards pass patients on, as many as keep them as full as they ordinarily are."""
UNTOLD = (Stream.SURGERY_URGENT,)
"""Streams of which it is not told: how many other wards pass on to them depends on the hour."""


def activity_of(wards: Wards, care: Record, mine: NDArray[np.bool_], hours: slice) -> float | None:
    """Patients whom these wards took into care in these hours, over those expected; `None` where nobody is.

    Expected by the calendar are those who come by themselves. To beds other wards also pass patients on: with those
    who come by themselves as many as leave, which is those ordinarily present over their mean stay (Little's law),
    spread evenly. Whoever is sent on counts where he is taken into care. Patients of an event are not expected here.
    """
    calendar = wards.table.arrival_profile[:, hours]
    in_all = calendar.sum(axis=1)[wards.table.stream]
    expected = wards.table.hourly * in_all
    for stream in BY_THEMSELVES_AND_PASSED_ON:
        beds = wards.of(stream)
        leaving = wards.table.present[beds] / wards.stays[stream].mean_h
        expected[beds] += np.maximum(0.0, leaving - wards.table.hourly[beds]) * calendar.shape[1]
    due = float(expected[mine].sum())
    return float(care.served[hours, mine].sum()) / due if due else None
