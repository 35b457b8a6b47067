"""Activity: the care that wards give, over what they would give on the same days without an attack."""

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.wards import Wards
from simulation.care.flow.record import Record
from simulation.inputs.streams import Stream

WITH_TRANSFERS = (Stream.CRITICAL_CARE, Stream.MEDICINE)
"""Beds that also receive internal transfers, which keep them as full as they ordinarily are."""
WITHOUT_EXPECTATION = (Stream.SURGERY_URGENT,)
"""Streams that have no activity: how many internal transfers they receive depends on the hour."""


def activity_of(wards: Wards, care: Record, mine: NDArray[np.bool_], hours: slice) -> float | None:
    """Patients taken into care in these hours, over those expected; `None` where nobody is.

    `mine`, of shape (wards,), says whose. The calendar gives expected arrivals. Bed wards also receive internal
    transfers: with arrivals, expected admissions equal expected discharges, which are the patients ordinarily present
    over their mean length of stay (Little's law), spread evenly. A patient sent on counts where care is given.
    Patients of an event are not expected.
    """
    calendar = wards.table.arrival_profile[:, hours]
    in_all = calendar.sum(axis=1)[wards.table.stream]
    expected = wards.table.hourly * in_all
    for stream in WITH_TRANSFERS:
        beds = wards.of(stream)
        leaving = wards.table.present[beds] / wards.stays[stream].mean_h
        expected[beds] += np.maximum(0.0, leaving - wards.table.hourly[beds]) * calendar.shape[1]
    due = float(expected[mine].sum())
    return float(care.served[hours, mine].sum()) / due if due else None
