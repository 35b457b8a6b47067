"""Indicators of harm: what patients may have died of, each kind by itself."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.outcome.harmed.exposure import exposure_of
from simulation.outcome.harmed.harm import harm_of

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace


@dataclass(frozen=True, kw_only=True)
class HarmColumns:
    """Expected deaths of the month, ordinary life included."""

    delay_deaths: float
    before_door_deaths: float
    after_door_deaths: float
    diversion_deaths: float
    boarding_deaths: float
    intensive_care_deaths: float
    calls_deaths: float
    paper_deaths: float
    waiting_deaths: float
    healthy_days_lost: float


def harm(trace: "Trace") -> HarmColumns:
    """The harm of one replication."""
    found = harm_of(exposure_of(trace), trace.campaign.parameters, trace.luck)
    return HarmColumns(
        delay_deaths=found.delays,
        before_door_deaths=found.before_door,
        after_door_deaths=found.after_door,
        diversion_deaths=found.diversion,
        boarding_deaths=found.boarding,
        intensive_care_deaths=found.intensive_care,
        calls_deaths=found.calls,
        paper_deaths=found.paper,
        waiting_deaths=found.waiting,
        healthy_days_lost=found.healthy_days,
    )
