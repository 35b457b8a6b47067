"""Who will come? All patients of one replication, drawn before anything happens: a posture changes none of them."""

from math import exp, lgamma, log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.staffing import CONDITIONS
from simulation.care.capacity.wards import Wards
from simulation.care.flow.arrays import Roster
from simulation.care.flow.draws import HOW_LOT, WHAT_LOT, WHEN_LOT, at_quantile, draw_of, lot
from simulation.care.flow.patients import EMERGENCY_STREAMS
from simulation.engine.buffers import Buffers
from simulation.engine.compiled import U4, compiled
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import BEDSIDE, EMERGENCY, NUMBER, Stream

SUMMED_FROM_ZERO = 700.0
"""A mean up to which the chance that nobody comes is still a number; terms of Poisson's law begin with it."""
FARTHEST = 10.0
"""Standard deviations from the mean beyond which no chance lies."""
THERE, USUAL = 0, 1
"""Groups of patients: who is there at the start, who comes in ordinary life; the third are the event's."""
BROUGHT_WITHIN_H = 2.0
"""Hours over which those hurt at once arrive."""


class Groups(NamedTuple):
    """Those there at the start, those of ordinary life, those of the event; arrays of shape (3,)."""

    until: NDArray[np.int64]
    """Where each group ends in the roster."""
    key: NDArray[np.uint64]
    """What the draws of its patients are made from."""


def roster_of(wards: Wards, parameters: Parameters, luck: Luck, buffers: Buffers | None = None) -> Roster:
    """The patients of a replication: those in care at the start, those of ordinary life, those that the event adds."""
    buffers = buffers or Buffers()
    bedside = wards.of(*BEDSIDE)
    present = np.minimum(luck.stream("present").poisson(wards.present), wards.places).astype(np.int64)
    arrivals, stream = wards.book.arrivals, wards.book.stream
    expected = np.where(bedside, wards.hourly * arrivals.sum(axis=1)[stream], 0.0)
    usual = luck.stream("patients").poisson(expected)
    added_ward, added_h = _added(wards, luck)
    brought = _brought(wards, luck)
    added_ward = np.concatenate([added_ward, brought[0]])
    added_h = np.concatenate([added_h, brought[1]])
    counts = (int(present.sum()), int(usual.sum()), len(added_ward))
    keys = luck.stream("draws").integers(0, 2**64, size=len(counts), dtype=np.uint64)
    numbers = np.arange(len(stream), dtype=np.int32)
    patients = sum(counts)
    ward = buffers.scratch((patients,), np.dtype(np.int32))
    np.concatenate([np.repeat(numbers, present), np.repeat(numbers, usual), added_ward], out=ward)
    came_h = buffers.scratch((patients,), np.dtype(np.float64))
    leaves_h = np.zeros(counts[0])
    kind, ambulance = (buffers.scratch((patients,), np.dtype(np.int8)) for _ in range(2))
    kind.fill(0)
    ambulance.fill(0)
    shares = np.cumsum([0.0, *(share.value for share in parameters.conditions.shares.values())])
    roster = Roster(
        ward=ward,
        came_h=came_h,
        leaves_h=leaves_h,
        kind=kind,
        ambulance=ambulance,
        draw=buffers.scratch((patients,), np.dtype(np.uint64)),
        calls=_calls(wards, luck),
    )
    _enrol(
        roster,
        Groups(np.cumsum(counts), keys),
        stream,
        wards.when,
        wards.remaining,
        np.append(shares, parameters.emergency.ambulance_share.value),
    )
    came_h[counts[0] + counts[1] :] = added_h
    last = len(ward) - len(brought[0])
    kind[last:], ambulance[last:] = brought[2], 1
    return roster


@compiled
def _enrol(
    roster: Roster,
    groups: Groups,
    stream: NDArray[np.int64],
    when: NDArray[np.float64],
    remaining: NDArray[np.float64],
    shares: NDArray[np.float64],
) -> None:
    """When each comes, with what, and how, by lots of his own.

    `shares` are the cumulated shares of the time-critical conditions from 0, then that of ambulances.
    """
    for group in range(len(groups.until)):
        first = groups.until[group - 1] if group > 0 else 0
        for number in range(first, groups.until[group]):
            patient = U4(number)
            draw = draw_of(groups.key[group], number - first)
            roster.draw[patient] = draw
            of = U4(stream[U4(roster.ward[patient])])
            if group == THERE:
                roster.came_h[patient] = -1.0
                roster.leaves_h[patient] = at_quantile(remaining[of], lot(draw, WHEN_LOT))
                continue
            if group == USUAL:
                roster.came_h[patient] = at_quantile(when[of], lot(draw, WHEN_LOT))
            if of < EMERGENCY_STREAMS:
                what = lot(draw, WHAT_LOT)
                if what < shares[-2]:
                    for condition in range(len(shares) - 2):
                        if shares[condition] <= what < shares[condition + 1]:
                            roster.kind[patient] = condition + 1
                # Who has minutes that count comes by ambulance.
                alone = roster.kind[patient] == 0 and lot(draw, HOW_LOT) >= shares[-1]
                roster.ambulance[patient] = 0 if alone else 1


def _added(wards: Wards, luck: Luck) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The patients that the event adds; each hour's number is the quantile of its law at a draw of its own.

    Every emergency department has its draws, so that two events, or crowds, meet the same ones.
    """
    departments = np.flatnonzero(wards.of(*EMERGENCY))
    counts = _counts_added(wards, departments, luck, "crowd")
    row, hour = (np.repeat(index, counts.ravel()) for index in np.indices(counts.shape).reshape(2, -1))
    return departments[row].astype(np.int32), hour + luck.stream("crowd_within").random(len(hour))


def _calls(wards: Wards, luck: Luck) -> NDArray[np.int32]:
    """Calls to each SAMU, with those that the event adds, of shape (hours, SAMUs)."""
    samus = np.flatnonzero(wards.of(Stream.SAMU))
    expected = wards.book.arrivals[NUMBER[Stream.SAMU]][:, None] * wards.hourly[samus]
    added = _counts_added(wards, samus, luck, "crowd_calls").T
    return np.asarray(luck.stream("calls").poisson(expected) + added, dtype=np.int32)


def _counts_added(wards: Wards, mine: NDArray[np.intp], luck: Luck, name: str) -> NDArray[np.int64]:
    """How many the event adds to some wards, of shape (wards, hours); each ward and hour has its draw."""
    counts = np.zeros((len(mine), wards.book.arrivals.shape[1]), np.int64)
    if wards.visits:
        means = np.zeros(counts.shape)
        for row, ward in enumerate(mine.tolist()):
            means[row] = wards.visits.get(ward, 0.0)
        _count(means.ravel(), luck.stream(name).random(means.size), counts.ravel())
    return counts


def _brought(wards: Wards, luck: Luck) -> tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.int8]]:
    """Many hurt at once: who, when (within two hours), and with what; the critically hurt are trauma patients."""
    ward_of, came_h, kind = [np.empty(0, np.int32)], [np.empty(0)], [np.empty(0, np.int8)]
    trauma = CONDITIONS.index("trauma") + 1
    hours = wards.book.arrivals.shape[1]
    for one in wards.casualties:
        spread = luck.stream(f"casualties {one.name}").random(one.people)
        ward_of.append(np.full(one.people, one.ward, np.int32))
        came_h.append(one.at_h + BROUGHT_WITHIN_H * spread)
        kind.append(np.where(np.arange(one.people) < one.critical, trauma, 0).astype(np.int8))
    within = np.concatenate(came_h) < hours
    return np.concatenate(ward_of)[within], np.concatenate(came_h)[within], np.concatenate(kind)[within]


@compiled
def _count(means: NDArray[np.float64], chances: NDArray[np.float64], counts: NDArray[np.int64]) -> None:
    """How many come, at each chance: the quantile of Poisson's law, never fewer where more are expected."""
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
