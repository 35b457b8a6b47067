"""When do patients come, and when are places open? Profiles over the day and the week, by the clock of Paris."""

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from simulation.clock import PARIS
from simulation.parameters import Parameters, Profile
from simulation.scenario import Scenario
from simulation.stays import HOURS_A_WEEK
from simulation.stream import Stream


def clock_of(scenario: Scenario) -> list[datetime]:
    """The beginning of each hour of the scenario."""
    return [(scenario.start + timedelta(hours=hour)).astimezone(PARIS) for hour in range(scenario.horizon_h)]


def arrivals_of_week(stream: Stream, parameters: Parameters) -> NDArray[np.float64]:
    """New patients by the hour of the week from Monday midnight, over their mean; of shape (168,)."""
    p = parameters
    match stream:
        case Stream.EMERGENCY:
            return np.outer(scaled(p.emergency_by_weekday), scaled(p.emergency_by_hour)).ravel()
        case Stream.CRITICAL_CARE:
            return np.ones(HOURS_A_WEEK)
        case Stream.SURGERY:
            urgent = p.surgery_urgent_share.value
            planned = np.outer(scaled(p.surgery_by_weekday), scaled(p.surgery_by_hour)).ravel()
            return urgent + (1 - urgent) * planned


def opening_of_week(stream: Stream, parameters: Parameters) -> NDArray[np.float64]:
    """Share of the places open by the hour of the week; theatres close but for those on call. Of shape (168,)."""
    if stream is not Stream.SURGERY:
        return np.ones(HOURS_A_WEEK)
    weekdays = np.array(parameters.surgery_by_weekday.values) > 0
    staffed = np.outer(weekdays, parameters.theatres_by_hour.values).ravel()
    on_call = parameters.surgery_on_call.value
    return on_call + (1 - on_call) * staffed


def scaled(profile: Profile) -> NDArray[np.float64]:
    """The profile's weights, with a mean of one."""
    weights = np.array(profile.values, dtype=np.float64)
    return np.asarray(weights / weights.mean())
