"""The calendar of care: when patients come and places are open, by hour, day, week and month, by the clock of Paris."""

from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.length_of_stay import HOURS_A_WEEK
from simulation.care.demand.followed import Followed
from simulation.inputs.clock import PARIS
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.parameters.plausible import Profile
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import APPOINTMENTS, EMERGENCY, Stream

MOST_KEPT = 4
"""Calendars that are remembered: each stream of a campaign asks for the same one."""
PLANNED = (Stream.SURGERY_SCHEDULED, Stream.MEDICINE, Stream.OUTPATIENT)
"""Streams of which patients are called for when it suits the hospital: fewer in August."""
ROUND_THE_CLOCK = (Stream.CRITICAL_CARE, Stream.MATERNITY)


def clock_of(scenario: Scenario) -> tuple[datetime, ...]:
    """The beginning of each hour of the scenario whose patients are followed."""
    return _clock(scenario.start, tuple(Followed.of(scenario).hours.tolist()))


@lru_cache(MOST_KEPT)
def _clock(start: datetime, hours: tuple[int, ...]) -> tuple[datetime, ...]:
    return tuple((start + timedelta(hours=hour)).astimezone(PARIS) for hour in hours)


def hours_of_week(scenario: Scenario) -> NDArray[np.intp]:
    """The hour of the week, from Monday midnight, of each followed hour."""
    return np.array([at.weekday() * 24 + at.hour for at in clock_of(scenario)], dtype=np.intp)


def hours_between(scenario: Scenario, begins: datetime, ends: datetime) -> NDArray[np.float64]:
    """The part of each followed hour that lies between two instants, of shape (hours,)."""
    hour = Followed.of(scenario).hours
    first, last = scenario.hours_of(begins), scenario.hours_of(ends)
    return np.asarray(np.clip(np.minimum(last, hour + 1) - np.maximum(first, hour), 0.0, 1.0))


def arrivals_of_week(stream: Stream, parameters: Parameters) -> NDArray[np.float64]:
    """New patients by the hour of the week from Monday midnight, over their mean; of shape (168,)."""
    p = parameters
    if stream in ROUND_THE_CLOCK:
        return np.ones(HOURS_A_WEEK)
    if stream in {*EMERGENCY, Stream.SAMU, Stream.SURGERY_URGENT}:
        return of_week(p.emergency.emergency_by_weekday, p.emergency.emergency_by_hour)
    if stream is Stream.SURGERY_SCHEDULED:
        return of_week(p.surgery.surgery_by_weekday, p.surgery.surgery_by_hour)
    if stream is Stream.MEDICINE:
        return of_week(p.beds.medicine_by_weekday, p.beds.medicine_by_hour)
    return _sessions(stream, p)


def arrival_profile(stream: Stream, scenario: Scenario, parameters: Parameters) -> NDArray[np.float64]:
    """New patients by the followed hour of a scenario, over their mean of the year; of shape (hours,)."""
    week = arrivals_of_week(stream, parameters)[hours_of_week(scenario)]
    if stream in PLANNED:
        return np.asarray(week * monthly(parameters.surgery.planned_by_month, scenario))
    if stream not in {*EMERGENCY, Stream.SAMU}:
        return week
    months = monthly(parameters.emergency.emergency_by_month, scenario)
    return np.asarray(week * months * _surging(scenario))


def opening_of_week(stream: Stream, parameters: Parameters) -> NDArray[np.float64]:
    """Places open, over the ordinary number, by the hour of the week; of shape (168,).

    Theatres of planned operations close at night and on weekends; sessions are held when they are planned.
    """
    if stream is Stream.SURGERY_SCHEDULED:
        weekdays = np.array(parameters.surgery.surgery_by_weekday.values) > 0
        return np.outer(weekdays, parameters.surgery.theatres_by_hour.values).ravel()
    if stream is Stream.SAMU:
        return arrivals_of_week(stream, parameters)
    if stream in APPOINTMENTS:
        return _sessions(stream, parameters)
    return np.ones(HOURS_A_WEEK)


def opening_profile(stream: Stream, scenario: Scenario, parameters: Parameters) -> NDArray[np.float64]:
    """Places open by the hour of a scenario, over the ordinary number; of shape (hours,)."""
    week = opening_of_week(stream, parameters)[hours_of_week(scenario)]
    if stream is Stream.MEDICINE:
        return np.asarray(week * monthly(parameters.beds.medicine_open_by_month, scenario))
    if stream in PLANNED:
        return np.asarray(week * monthly(parameters.surgery.planned_by_month, scenario))
    return week


def monthly(by_month: Profile, scenario: Scenario) -> NDArray[np.float64]:
    """A profile of the months by the hour of a scenario, over its mean of the year; of shape (hours,)."""
    return scaled(by_month)[[at.month - 1 for at in clock_of(scenario)]]


def _sessions(stream: Stream, parameters: Parameters) -> NDArray[np.float64]:
    """Sessions are planned by day; images and samples are also asked for at any hour, as emergencies come."""
    p = parameters
    by_day = of_week(p.sessions.sessions_by_weekday, p.sessions.sessions_by_hour)
    if stream not in {Stream.IMAGING, Stream.LABORATORY}:
        return by_day
    return _at_any_hour(p) + (1 - p.sessions.exams_round_the_clock_share.value) * by_day


def urgent_exams(scenario: Scenario, parameters: Parameters) -> NDArray[np.float64]:
    """Images or analyses that the wards ask for and cannot wait for, over the mean of all; of shape (hours,)."""
    return _at_any_hour(parameters)[hours_of_week(scenario)]


def _at_any_hour(p: Parameters) -> NDArray[np.float64]:
    """What the wards ask for, over the mean of all images or samples; of shape (168,)."""
    asked = of_week(p.emergency.emergency_by_weekday, p.emergency.emergency_by_hour)
    return p.sessions.exams_round_the_clock_share.value * asked


def _surging(scenario: Scenario) -> NDArray[np.float64]:
    """Emergency patients over those of ordinary days, of shape (hours,)."""
    surge = scenario.surge
    hours = Followed.of(scenario).hours
    if surge is None:
        return np.ones(len(hours))
    begins_h, ends_h = scenario.hours_of(surge.begins), scenario.hours_of(surge.ends)
    return np.where((hours >= begins_h) & (hours < ends_h), surge.emergency.value, 1.0)


def of_week(by_weekday: Profile, by_hour: Profile) -> NDArray[np.float64]:
    """Weights by the hour of the week from Monday midnight, over their mean; of shape (168,)."""
    return np.outer(scaled(by_weekday), scaled(by_hour)).ravel()


def scaled(profile: Profile) -> NDArray[np.float64]:
    """The profile's weights, with a mean of one."""
    weights = np.array(profile.values, dtype=np.float64)
    return np.asarray(weights / weights.mean())
