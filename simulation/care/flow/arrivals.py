"""Arrivals: all patients of one replication, drawn before anything happens, so that a posture changes none of them."""

from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple, NewType

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.ward_table import After, WardTable
from simulation.care.capacity.wards import Wards
from simulation.care.demand.followed import Followed
from simulation.care.flow.added_arrivals import calls_of, casualties_of, crowd_of
from simulation.care.flow.codes import CONDITIONS, Condition
from simulation.care.flow.draws import Purpose, at_quantile, at_share, draw, key_of
from simulation.care.homes.home_table import NO_HOME, SPELL, Whose, home_at
from simulation.engine.array_types import Codes, Floats, Keys, Numbers, ShortNumbers
from simulation.engine.buffers import Buffers
from simulation.engine.compiled import U4, compiled, inlined
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import BEDSIDE, NUMBER, Stream, WardKind

BIRTHS = int(NUMBER[Stream.MATERNITY])
PatientNumber = NewType("PatientNumber", int)
"""A row of the arrivals."""


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


def draw_arrivals(
    wards: Wards, parameters: Parameters, luck: Luck, buffers: Buffers | None = None
) -> Arrivals:
    """The patients of a replication: those present at the start, the ordinary ones, those that the event adds."""
    buffers = buffers or Buffers()
    table, crowd, casualties = wards.table, crowd_of(wards, luck), casualties_of(wards, parameters, luck)
    present = np.minimum(luck.stream("present").poisson(table.present), table.places).astype(np.int64)
    begins, factor = table.season.begins, table.season.factor
    by_spell = [table.arrival_profile[:, first:last].sum(axis=1) for first, last in pairwise(begins.tolist())]
    means = table.hourly * np.stack(by_spell)[:, table.stream] * factor
    ordinary = luck.stream("patients").poisson(np.where(wards.of(*BEDSIDE), means, 0.0))
    counts = (int(present.sum()), *ordinary.sum(axis=1).tolist(), len(crowd.ward) + len(casualties.ward))
    keys = luck.stream("draws").integers(0, 2**64, size=GROUPS, dtype=np.uint64)
    arrivals = _blank(buffers, sum(counts), counts[Group.PRESENT], calls_of(wards, luck))
    numbers = np.arange(len(table.stream), dtype=np.int32)
    in_turn = [np.repeat(numbers, some) for some in (present, *ordinary)]
    np.concatenate([*in_turn, crowd.ward, casualties.ward], out=arrivals.ward)
    shares = [parameters.conditions.shares[name].value for name in CONDITIONS]
    chances = Chances(np.cumsum([0.0, *shares]), parameters.emergency.ambulance_share.value)
    drawn = buffers.scratch(arrivals.key.shape, np.dtype(np.float64))
    _draw_patients(table, arrivals, np.cumsum(counts), keys, chances, drawn)
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
    wards: WardTable, arrivals: Arrivals, until: Numbers, keys: Keys, chances: Chances, drawn: Floats
) -> None:
    """When each comes, with which condition, how, and from where.

    `until` says where those present end, the ordinary ones of each spell, and those of the event; keys are by group.
    `drawn`, of shape (patients,), is room for draws: the processor makes those of eight patients at once.
    """
    last = len(until) - 1
    for part in range(len(until)):
        group = Group.PRESENT if part == 0 else (Group.EVENT if part == last else Group.ORDINARY)
        begins, ends = until[part - 1] if part > 0 else 0, until[part]
        before = begins - until[0] if group == Group.ORDINARY else 0
        _make_keys(keys[group], before, arrivals.key[begins:ends])
        if group != Group.EVENT:
            _draw(arrivals.key[begins:ends], 0 + Purpose.ARRIVAL, drawn[begins:ends])
        if group == Group.PRESENT:
            _are_present(wards, arrivals, ends, drawn)
            continue
        if group == Group.ORDINARY:
            _come(wards, arrivals, part, begins, ends, drawn)
        _draw(arrivals.key[begins:ends], 0 + Purpose.CONDITION, drawn[begins:ends])
        _fall_ill(wards, arrivals, chances, begins, ends, drawn)
        _draw(arrivals.key[begins:ends], 0 + Purpose.AMBULANCE, drawn[begins:ends])
        _set_out(wards, arrivals, chances, begins, ends, drawn)
        _draw(arrivals.key[begins:ends], 0 + Purpose.HOME, drawn[begins:ends])
        for number in range(begins, ends):
            arrivals.home[U4(number)] = _home(wards, arrivals, U4(number), group, part, drawn[U4(number)])


@inlined
def _make_keys(key: np.uint64, before: int, keys: Keys) -> None:
    """The keys of patients, so many before them having had theirs from the same one."""
    for number in range(len(keys)):
        keys[number] = key_of(key, before + number)


@inlined
def _draw(keys: Keys, purpose: int, drawn: Floats) -> None:
    """The draws of as many patients as have keys."""
    for number in range(len(keys)):
        drawn[number] = draw(keys[number], purpose)


@inlined
def _are_present(wards: WardTable, arrivals: Arrivals, count: int, drawn: Floats) -> None:
    """The first are there at the start, and leave when the rest of their stay is over."""
    for number in range(count):
        patient = U4(number)
        stays = U4(wards.stay_class[U4(arrivals.ward[patient]), After.HOME])
        arrivals.came_h[patient] = -1.0
        arrivals.leaves_h[patient] = at_quantile(wards.remaining[stays], drawn[patient])


@inlined
def _come(wards: WardTable, arrivals: Arrivals, part: int, begins: int, ends: int, drawn: Floats) -> None:
    """Ordinary patients come at an hour of their spell, by the profile of their stream."""
    arrived = wards.season.arrived
    for number in range(begins, ends):
        patient = U4(number)
        stream = U4(wards.stream[U4(arrivals.ward[patient])])
        before = arrived[stream, part - 1]
        share = before + (arrived[stream, part] - before) * drawn[patient]
        arrivals.came_h[patient] = at_share(wards.arrival_hour[stream], share)


@inlined
def _fall_ill(
    wards: WardTable, arrivals: Arrivals, chances: Chances, begins: int, ends: int, drawn: Floats
) -> None:
    """Emergency patients have a condition, or none, and come by ambulance, or not."""
    for number in range(begins, ends):
        patient = U4(number)
        if wards.kind[U4(arrivals.ward[patient])] != WardKind.EMERGENCY:
            continue
        what = drawn[patient]
        if what < chances.conditions[-1]:
            for condition in range(len(chances.conditions) - 1):
                if chances.conditions[condition] <= what < chances.conditions[condition + 1]:
                    arrivals.condition[patient] = condition + 1


@inlined
def _set_out(
    wards: WardTable, arrivals: Arrivals, chances: Chances, begins: int, ends: int, drawn: Floats
) -> None:
    """Emergency patients come by ambulance, the time-critical all of them, or not."""
    for number in range(begins, ends):
        patient = U4(number)
        is_urgent = arrivals.condition[patient] != Condition.NONE
        in_emergency = wards.kind[U4(arrivals.ward[patient])] == WardKind.EMERGENCY
        arrivals.by_ambulance[patient] = in_emergency & (is_urgent | (drawn[patient] < chances.ambulance))


@inlined
def _home(wards: WardTable, arrivals: Arrivals, patient: int, group: int, part: int, chance: float) -> int:
    """Where one who comes lives; of one with a stay, nobody asks yet."""
    ward, is_urgent = U4(arrivals.ward[patient]), arrivals.condition[patient] != Condition.NONE
    row = 0 + Whose.ORDINARY
    if wards.kind[ward] == WardKind.EMERGENCY:
        row = 0 + Whose.EVENT
        if group == Group.ORDINARY:
            row = (Whose.TIME_CRITICAL if is_urgent else Whose.ORDINARY) + SPELL * (part - 1)
    elif wards.stream[ward] != BIRTHS:
        return NO_HOME
    return int(home_at(wards.homes, row, ward, chance))


def came_from(arrivals: Arrivals, homes: int, followed: Followed) -> Numbers:
    """How many come from each home, of shape (homes,); each for all hours for which the hour of their coming stands."""
    came = np.zeros(homes, np.int64)
    _count_homes(arrivals.home, arrivals.came_h, followed.stands_for, came)
    return came


@compiled
def _count_homes(home: ShortNumbers, came_h: Floats, stands_for: NDArray[np.int32], came: Numbers) -> None:
    """The first two are of shape (patients,), then (hours,); `came`, which is filled, is of shape (homes,)."""
    for patient in range(len(home)):
        if home[patient] != NO_HOME:
            came[U4(home[patient])] += stands_for[int(came_h[patient])]
