"""Arrivals: all patients of one replication, drawn before anything happens, so that a posture changes none of them."""

from enum import IntEnum
from itertools import pairwise
from math import exp, lgamma, log, sqrt
from typing import NamedTuple, NewType

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.ward_table import After, WardTable
from simulation.care.capacity.wards import Wards
from simulation.care.demand.followed import Followed
from simulation.care.flow.codes import CONDITIONS, Condition
from simulation.care.flow.draws import Purpose, at_quantile, at_share, draw, key_of
from simulation.care.homes.home_table import NO_HOME, SPELL, Whose, home_at
from simulation.engine.array_types import Codes, Floats, Keys, Numbers, ShortNumbers
from simulation.engine.buffers import Buffers
from simulation.engine.compiled import U4, compiled, inlined
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import BEDSIDE, EMERGENCY, NUMBER, Stream, WardKind

BIRTHS = int(NUMBER[Stream.MATERNITY])
PatientNumber = NewType("PatientNumber", int)
"""A row of the arrivals."""
SUMMED_FROM_ZERO = 700.0
"""A mean up to which the chance that nobody comes is still a number; terms of Poisson's law begin with it."""
FARTHEST = 10.0
"""Standard deviations from the mean beyond which no chance lies."""


class Group(IntEnum):
    """Patients by why they are there; those of one group stand together, in this order; ordinary ones by spell."""

    PRESENT = 0
    """In care at the start."""
    ORDINARY = 1
    EVENT = 2


GROUPS = len(Group)


class Arrivals(NamedTuple):
    """All patients of a replication, by group; arrays of shape (patients,) unless said."""

    ward: ShortNumbers
    came_h: Floats
    """When each comes for the first time; negative for those present at the start."""
    leaves_h: Floats
    """When the rest of their stay is over, of shape (patients present at the start,)."""
    condition: Codes
    """Of `Condition`."""
    by_ambulance: Codes
    key: Keys
    """What each patient's draws are made from."""
    home: ShortNumbers
    """Where each lives: a row of the home table; `NO_HOME` before anybody asks where one with a stay does."""
    calls: ShortNumbers
    """Calls to each SAMU, of shape (hours, SAMUs)."""


class Chances(NamedTuple):
    """What an emergency patient may be."""

    conditions: Floats
    """Cumulated shares of `Condition` from 0, of shape (conditions + 1,)."""
    ambulance: float
    """Of those who are not time-critical, the share who come by ambulance."""


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


def draw_arrivals(
    wards: Wards, parameters: Parameters, luck: Luck, buffers: Buffers | None = None
) -> Arrivals:
    """The patients of a replication: those present at the start, the ordinary ones, those that the event adds."""
    buffers = buffers or Buffers()
    table, crowd, casualties = wards.table, _crowd(wards, luck), _casualties(wards, parameters, luck)
    present = np.minimum(luck.stream("present").poisson(table.present), table.places).astype(np.int64)
    begins, factor = table.season.begins, table.season.factor
    by_spell = [table.arrival_profile[:, first:last].sum(axis=1) for first, last in pairwise(begins.tolist())]
    means = table.hourly * np.stack(by_spell)[:, table.stream] * factor
    ordinary = luck.stream("patients").poisson(np.where(wards.of(*BEDSIDE), means, 0.0))
    counts = (int(present.sum()), *ordinary.sum(axis=1).tolist(), len(crowd.ward) + len(casualties.ward))
    keys = luck.stream("draws").integers(0, 2**64, size=GROUPS, dtype=np.uint64)
    arrivals = _blank(buffers, sum(counts), counts[Group.PRESENT], _calls(wards, luck))
    numbers = np.arange(len(table.stream), dtype=np.int32)
    in_turn = [np.repeat(numbers, some) for some in (present, *ordinary)]
    np.concatenate([*in_turn, crowd.ward, casualties.ward], out=arrivals.ward)
    shares = [parameters.conditions.shares[name].value for name in CONDITIONS]
    chances = Chances(np.cumsum([0.0, *shares]), parameters.emergency.ambulance_share.value)
    _draw_patients(table, arrivals, np.cumsum(counts), keys, chances)
    arrivals.came_h[sum(counts[:-1]) :] = np.concatenate([crowd.came_h, casualties.came_h])
    last = sum(counts) - len(casualties.ward)
    arrivals.condition[last:] = casualties.condition
    arrivals.by_ambulance[last:] = 1
    arrivals.home[last:] = casualties.home
    return arrivals


def _blank(buffers: Buffers, patients: int, present: int, calls: ShortNumbers) -> Arrivals:
    """Room for so many patients."""
    condition, by_ambulance = (buffers.scratch((patients,), np.dtype(np.int8)) for _ in range(2))
    condition.fill(Condition.NONE)
    by_ambulance.fill(0)
    home = buffers.kept("home", patients, np.dtype(np.int32))[:patients]
    home.fill(NO_HOME)
    return Arrivals(
        ward=buffers.scratch((patients,), np.dtype(np.int32)),
        came_h=buffers.scratch((patients,), np.dtype(np.float64)),
        leaves_h=np.zeros(present),
        condition=condition,
        by_ambulance=by_ambulance,
        key=buffers.scratch((patients,), np.dtype(np.uint64)),
        home=home,
        calls=calls,
    )


@compiled
def _draw_patients(
    wards: WardTable, arrivals: Arrivals, until: Numbers, keys: Keys, chances: Chances
) -> None:
    """When each comes, with which condition, and how.

    `until` says where those present end, the ordinary ones of each spell, and those of the event; keys are by group.
    """
    arrived, last = wards.season.arrived, len(until) - 1
    for part in range(len(until)):
        group = Group.PRESENT if part == 0 else (Group.EVENT if part == last else Group.ORDINARY)
        begins = until[part - 1] if part > 0 else 0
        first = until[0] if group == Group.ORDINARY else begins
        for number in range(begins, until[part]):
            patient = U4(number)
            ward = U4(arrivals.ward[patient])
            key = key_of(keys[group], number - first)
            arrivals.key[patient] = key
            if group == Group.PRESENT:
                stays = U4(wards.stay_class[ward, After.HOME])
                arrivals.came_h[patient] = -1.0
                arrivals.leaves_h[patient] = at_quantile(wards.remaining[stays], draw(key, Purpose.ARRIVAL))
                continue
            if group == Group.ORDINARY:
                stream = U4(wards.stream[ward])
                before = arrived[stream, part - 1]
                share = before + (arrived[stream, part] - before) * draw(key, Purpose.ARRIVAL)
                arrivals.came_h[patient] = at_share(wards.arrival_hour[stream], share)
            if wards.kind[ward] == WardKind.EMERGENCY:
                what = draw(key, Purpose.CONDITION)
                if what < chances.conditions[-1]:
                    for condition in range(len(chances.conditions) - 1):
                        if chances.conditions[condition] <= what < chances.conditions[condition + 1]:
                            arrivals.condition[patient] = condition + 1
                # Time-critical patients come by ambulance.
                walks_in = (
                    arrivals.condition[patient] == Condition.NONE
                    and draw(key, Purpose.AMBULANCE) >= chances.ambulance
                )
                arrivals.by_ambulance[patient] = 0 if walks_in else 1
            arrivals.home[patient] = _home(wards, arrivals, patient, group, part)


@inlined
def _home(wards: WardTable, arrivals: Arrivals, patient: int, group: int, part: int) -> int:
    """Where one who comes lives; of one with a stay, nobody asks yet."""
    ward, is_urgent = U4(arrivals.ward[patient]), arrivals.condition[patient] != Condition.NONE
    row = 0 + Whose.ORDINARY
    if wards.kind[ward] == WardKind.EMERGENCY:
        row = 0 + Whose.EVENT
        if group == Group.ORDINARY:
            row = (Whose.TIME_CRITICAL if is_urgent else Whose.ORDINARY) + SPELL * (part - 1)
    elif wards.stream[ward] != BIRTHS:
        return NO_HOME
    return int(home_at(wards.homes, row, ward, draw(arrivals.key[patient], Purpose.HOME)))


def came_from(arrivals: Arrivals, homes: int, followed: Followed) -> Numbers:
    """How many come from each home, of shape (homes,); each for all hours for which the hour of their coming stands."""
    if followed.are_all:
        came = np.zeros(homes, np.int64)
        _count_homes(arrivals.home, came)
        return came
    has_home = arrivals.home != NO_HOME
    stands_for = followed.stands_for[arrivals.came_h[has_home].astype(np.int64)]
    return np.bincount(arrivals.home[has_home], weights=stands_for, minlength=homes).astype(np.int64)


@compiled
def _count_homes(home: ShortNumbers, came: Numbers) -> None:
    """`home` is of shape (patients,), `came`, which is filled, of shape (homes,)."""
    for patient in range(len(home)):
        if home[patient] != NO_HOME:
            came[U4(home[patient])] += 1


def _crowd(wards: Wards, luck: Luck) -> Crowd:
    """The patients of the event's crowd; each hour's number is the quantile of its law at a draw of its own.

    Every emergency department has its draws, so that two events, or crowds, meet the same ones.
    """
    departments = np.flatnonzero(wards.of(*EMERGENCY))
    counts = _counts_added(wards, departments, luck, "crowd")
    some = np.flatnonzero(counts)
    row, hour = np.divmod(np.repeat(some, counts.ravel()[some]), wards.hours)
    came_h = hour + luck.stream("crowd_within").random(len(hour))
    return Crowd(departments[row].astype(np.int32), came_h)


def _calls(wards: Wards, luck: Luck) -> ShortNumbers:
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


def _casualties(wards: Wards, parameters: Parameters, luck: Luck) -> Hurt:
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
