"""Discharge: when those whose stay in a bed is over leave it.

Stays are over at any hour, but discharges follow the rounds of the week: few leave before noon, and few on weekends.
Who is ready first leaves first, nobody before they are ready, and on average none later than that asks for. So beds
are free in the afternoon, and scarce at night, on Sunday and on Monday morning.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.length_of_stay import HOURS_A_WEEK, Stays
from simulation.care.demand.calendar import hours_of_week, of_week
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import WardKind, of_kind

BEDS = of_kind(WardKind.BEDS)


def leaving_of_week(p: Parameters) -> NDArray[np.float64]:
    """The hour at which they leave, by the hour of the week at which their stay is over; of shape (169,).

    Hours go beyond the week for those who stay over the weekend.
    """
    hours = np.arange(HOURS_A_WEEK + 1)
    discharges = of_week(p.beds.discharges_by_weekday, p.beds.discharges_by_hour)
    gone = np.concatenate(([0.0], np.cumsum(discharges))) / HOURS_A_WEEK
    ready = hours / HOURS_A_WEEK
    in_two_weeks = np.concatenate((gone, 1.0 + gone[1:]))
    return np.interp(ready - np.min(ready - gone), in_two_weeks, np.arange(len(in_two_weeks)))


def leaving_hours(scenario: Scenario, p: Parameters) -> NDArray[np.float64]:
    """The same by the followed hour of a scenario, and at its end; of shape (hours + 1,)."""
    longer_h = leaving_of_week(p)[:-1] - np.arange(HOURS_A_WEEK)
    hours = hours_of_week(scenario)
    hours = np.append(hours, (hours[-1] + 1) % HOURS_A_WEEK)
    return np.asarray(np.arange(len(hours)) + longer_h[hours])


def until_discharge_h(p: Parameters) -> float:
    """How long those whose stay is over wait for the round, on average."""
    longer_h = leaving_of_week(p) - np.arange(HOURS_A_WEEK + 1)
    return float((longer_h[1:] + longer_h[:-1]).mean() / 2)


def until_ready(stays: Mapping[str, Stays], p: Parameters) -> dict[str, Stays]:
    """Stays without the wait for the round, which is part of what is published of beds."""
    wait_h = until_discharge_h(p)
    return {kind: _shorter(whole, wait_h) if kind in BEDS else whole for kind, whole in stays.items()}


def _shorter(whole: Stays, wait_h: float) -> Stays:
    """As many of those present are already ready as their wait is part of their time in bed."""
    share = max(0.0, 1.0 - wait_h / whole.mean_h)
    quantiles = np.linspace(0.0, 1.0, len(whole.of_present))
    not_ready = np.maximum(0.0, quantiles - (1.0 - share)) / max(share, quantiles[1])
    remaining = np.interp(not_ready, quantiles, whole.of_present)
    return Stays(whole.of_new * share, remaining * share, whole.mean_h * share)
