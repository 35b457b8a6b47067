"""Indicators of time-critical patients: how many there are, and their delay."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace


@dataclass(frozen=True, kw_only=True)
class TimeCriticalColumns:
    """How long time-critical patients waited."""

    time_critical_patients: int
    time_critical_delay_min: float
    time_critical_journey_min: float | None
    time_critical_beyond_30_share: float | None
    time_critical_beyond_45_share: float | None


def time_critical(trace: "Trace") -> TimeCriticalColumns:
    """The indicators of time-critical patients in one replication."""
    care, wards = trace.care, trace.wards
    minutes = float(trace.for_all(care.time_critical_min).sum())
    patients = int(care.by_condition["came"].sum())
    from_home = care.by_commune if wards.homes.communes.are_known else care.by_commune[:0]
    taken = int(from_home["critical"].sum())

    def of_those_taken(name: str) -> float | None:
        return float(from_home[name].sum()) / taken if taken else None

    return TimeCriticalColumns(
        time_critical_patients=patients,
        time_critical_delay_min=minutes / patients if patients else 0.0,
        time_critical_journey_min=of_those_taken("critical_journey_min"),
        time_critical_beyond_30_share=of_those_taken("critical_beyond_30"),
        time_critical_beyond_45_share=of_those_taken("critical_beyond_45"),
    )
