"""Indicators of time-critical patients: their delay, and the harm of delays."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.outcome.breaking import Counted, HourlyCount
from simulation.outcome.harm import harm_of

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace


@dataclass(frozen=True, kw_only=True)
class TimeCriticalColumns:
    """How long time-critical patients waited, and what delays cost."""

    time_critical_patients: int
    time_critical_delay_min: float
    delay_deaths: float
    healthy_days_lost: float


def time_critical(trace: "Trace") -> Counted[TimeCriticalColumns]:
    """The indicators of time-critical patients in one replication."""
    care, wards = trace.care, trace.wards
    departments = wards.emergency_departments
    minutes = HourlyCount(departments, care.time_critical_min[:, departments])
    patients = int(care.by_condition["came"].sum())
    harm = harm_of(care, trace.campaign.parameters, trace.luck)
    return Counted(
        TimeCriticalColumns(
            time_critical_patients=patients,
            time_critical_delay_min=minutes.total() / patients if patients else 0.0,
            delay_deaths=harm.deaths,
            healthy_days_lost=harm.healthy_days,
        ),
        {"time_critical_delay_min": lambda at_most: minutes.beyond(at_most * patients, wards.finess)},
    )
