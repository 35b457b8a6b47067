"""Added arrivals: the patients and the calls that an event adds to those of ordinary days."""

from math import exp, lgamma, log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.wards import Wards
from simulation.care.flow.codes import Condition
from simulation.engine.array_types import Codes, Floats, Numbers, ShortNumbers
from simulation.engine.compiled import compiled
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import EMERGENCY, NUMBER, Stream

SUMMED_FROM_ZERO = 700.0
"""A mean up to which the chance that nobody comes is still a number; terms of Poisson's law begin with it."""
FARTHEST = 10.0
"""Standard deviations from the mean beyond which no chance lies."""


class Crowd(NamedTuple):
    """Patients of the event's crowd; arrays of shape (patients,)."""

    ward: ShortNumbers
    came_h: Floats


class Hurt(NamedTuple):
    """People hurt at once; arrays of shape (patients,)."""

    ward: ShortNumbers
    came_h: Floats
    condition: Codes
    home: ShortNumbers


def crowd_of(wards: Wards, luck: Luck) -> Crowd:
    """The patients of the event's crowd; each hour's number is the quantile of its law at a draw of its own.

    Every emergency department has its draws, so that two events, or crowds, meet the same ones.
    """
    departments = np.flatnonzero(wards.of(*EMERGENCY))
    counts = _counts_added(wards, departments, luck, "crowd")
    some = np.flatnonzero(counts)
    row, hour = np.divmod(np.repeat(some, counts.ravel()[some]), wards.hours)
    came_h = hour + luck.stream("crowd_within").random(len(hour))
    return Crowd(departments[row].astype(np.int32), came_h)


def calls_of(wards: Wards, luck: Luck) -> ShortNumbers:
    """Calls to each SAMU, with those that the event adds, of shape (hours, SAMUs)."""
    samus, table = np.flatnonzero(wards.of(Stream.SAMU)), wards.table
    expected = table.arrival_profile[NUMBER[Stream.SAMU]][:, None] * table.hourly[samus]
    added = _counts_added(wards, samus, luck, "crowd_calls").T
    season = np.repeat(table.season.factor[:, samus], np.diff(table.season.begins), axis=0)
    return np.asarray(luck.stream("calls").poisson(expected * season) + added, dtype=np.int32)


def _counts_added(wards: Wards, mine: NDArray[np.intp], luck: Luck, name: str) -> Numbers:
    """How many the event adds to some wards, of shape (wards, hours); each ward and hour has its draw."""
    counts = np.zeros((len(mine), wards.hours), np.int64)
    if wards.visits:
        chances = luck.stream(name).random(counts.shape)
        for row, ward in enumerate(mine.tolist()):
            if ward in wards.visits:
                _count(wards.visits[ward], chances[row], counts[row])
    return counts


def casualties_of(wards: Wards, parameters: Parameters, luck: Luck) -> Hurt:
    """Those hurt at once who arrive before the horizon; the critically hurt are trauma patients."""
    ward, came_h, condition = [np.empty(0, np.int32)], [np.empty(0)], [np.empty(0, np.int8)]
    home = [np.empty(0, np.int32)]
    within_h = parameters.crowds.casualties_arrive_within_h.value
    for one in wards.casualties:
        spread = luck.stream(f"casualties {one.name}").random(one.people)
        ward.append(np.full(one.people, one.ward, np.int32))
        came_h.append(one.at_h + within_h * spread)
        critical = np.arange(one.people) < one.critical
        condition.append(np.where(critical, Condition.TRAUMA, Condition.NONE).astype(np.int8))
        home.append(np.full(one.people, one.home, np.int32))
    hurt = Hurt(np.concatenate(ward), np.concatenate(came_h), np.concatenate(condition), np.concatenate(home))
    in_time = hurt.came_h < wards.hours
    return Hurt(hurt.ward[in_time], hurt.came_h[in_time], hurt.condition[in_time], hurt.home[in_time])


@compiled
def _count(means: Floats, chances: Floats, counts: Numbers) -> None:
    """How many come, at each chance: the quantile of Poisson's law, never fewer where more are expected.

    All of shape (hours,); `counts`, which is filled, holds zeros.
    """
    for hour in range(len(means)):
        mean = means[hour]
        term = np.exp(-mean)
        if mean > SUMMED_FROM_ZERO:
            counts[hour] = int(mean - FARTHEST * sqrt(mean))
            term = exp(counts[hour] * log(mean) - mean - lgamma(counts[hour] + 1.0))
        # Rounding leaves the sum of all terms a little below one.
        most = mean + FARTHEST * sqrt(mean) + 50
        cumulated = term
        while chances[hour] > cumulated and counts[hour] < most:
            counts[hour] += 1
            term *= mean / counts[hour]
            cumulated += term
