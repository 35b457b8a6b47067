"""Indicators of critical care: patients without a bed, and for how long."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.inputs.streams import Stream

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace


@dataclass(frozen=True, kw_only=True)
class CriticalCareColumns:
    """How many critically ill patients had no bed, and how many had to leave theirs."""

    icu_unmet_patient_h: float
    icu_waiting_max: int
    critical_patients_moved: int


def critical_care(trace: "Trace") -> CriticalCareColumns:
    """The indicators of critical care in one replication.

    A patient who waits counts from the hour after that of arrival; one who is lost lacks a bed for the mean stay.
    """
    care, wards = trace.care, trace.wards
    units = np.flatnonzero(wards.of(Stream.CRITICAL_CARE))
    arrived = care.demand[:, units] + care.diverted_in[:, units]
    waiting = np.maximum(care.waiting[:, units] - arrived, 0)
    lost = care.unmet[:, units] * wards.stays[Stream.CRITICAL_CARE].mean_h
    without_a_bed = trace.for_all(waiting + lost)
    return CriticalCareColumns(
        icu_unmet_patient_h=float(without_a_bed.sum()),
        icu_waiting_max=int(waiting.sum(axis=1).max(initial=0)),
        critical_patients_moved=int(care.totals["moved_out"][0]),
    )
