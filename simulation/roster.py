"""Who will come? All patients of one replication, drawn before anything happens: a posture changes none of them."""

import numpy as np
from numpy.typing import NDArray

from simulation.care_arrays import Roster
from simulation.care_loop import EMERGENCY_STREAMS, at_quantile, lot
from simulation.compiled import compiled
from simulation.desk import Desk
from simulation.parameters import Parameters
from simulation.randomness import Luck
from simulation.staffing import CONDITIONS
from simulation.stays import QUANTILES
from simulation.stream import BEDSIDE, NUMBER, Stream
from simulation.wards import Wards

MOST_AN_HOUR = 10_000
WHEN_LOT, WHAT_LOT, HOW_LOT = 32, 33, 34
"""Purposes of a patient's lots, beyond those of the loop."""
BROUGHT_WITHIN_H = 2.0
"""Hours over which those hurt at once arrive."""


def roster_of(wards: Wards, parameters: Parameters, luck: Luck, desk: Desk | None = None) -> Roster:
    """The patients of a replication: those in care at the start, those of ordinary life, those that the event adds."""
    desk = desk or Desk()
    bedside = wards.of(*BEDSIDE)
    present = np.minimum(luck.stream("present").poisson(wards.present), wards.places).astype(np.int64)
    arrivals, stream = wards.book.arrivals, wards.book.stream
    hours = arrivals.shape[1]
    expected = np.where(bedside, wards.hourly * arrivals.sum(axis=1)[stream], 0.0)
    usual = luck.stream("patients").poisson(expected)
    added_ward, added_h = _added(wards, luck)
    brought = _brought(wards, luck)
    added_ward = np.concatenate([added_ward, brought[0]])
    added_h = np.concatenate([added_h, brought[1]])
    counts = (int(present.sum()), int(usual.sum()), len(added_ward))
    draws = desk.write((sum(counts),), np.dtype(np.uint64))
    np.concatenate(
        [
            luck.stream(name).integers(0, 2**64, size=count, dtype=np.uint64)
            for name, count in zip(("present_draw", "patient_draw", "added_draw"), counts, strict=True)
        ],
        out=draws,
    )
    numbers = np.arange(len(stream), dtype=np.int32)
    patients = sum(counts)
    ward = desk.write((patients,), np.dtype(np.int32))
    np.concatenate([np.repeat(numbers, present), np.repeat(numbers, usual), added_ward], out=ward)
    came_h = desk.write((patients,), np.dtype(np.float64))
    leaves_h = np.zeros(counts[0])
    kind, ambulance = (desk.write((patients,), np.dtype(np.int8)) for _ in range(2))
    kind.fill(0)
    ambulance.fill(0)
    shares = np.cumsum([0.0, *(getattr(parameters, f"{name}_share").value for name in CONDITIONS)])
    calls = wards.of(Stream.SAMU)
    expected_calls = arrivals[NUMBER[Stream.SAMU]][:, None] * wards.hourly[calls]
    roster = Roster(
        ward=ward,
        came_h=came_h,
        leaves_h=leaves_h,
        kind=kind,
        ambulance=ambulance,
        draw=draws,
        calls=luck.stream("calls").poisson(expected_calls).astype(np.int32).reshape(hours, -1),
    )
    _enrol(
        roster,
        np.array([counts[0], counts[0] + counts[1]]),
        stream,
        _when(arrivals),
        np.stack([one.of_present for one in wards.stays]),
        np.append(shares, parameters.ambulance_share.value),
    )
    came_h[counts[0] + counts[1] :] = added_h
    last = len(ward) - len(brought[0])
    kind[last:], ambulance[last:] = brought[2], 1
    return roster


def _when(arrivals: NDArray[np.float64]) -> NDArray[np.float64]:
    """The hour by quantile of the arrivals of each stream, of shape (streams, QUANTILES + 1)."""
    steps = np.arange(QUANTILES + 1) / QUANTILES
    hours = np.arange(arrivals.shape[1] + 1, dtype=np.float64)
    tables = []
    for profile in arrivals:
        cumulated = np.concatenate(([0.0], np.cumsum(profile)))
        if cumulated[-1] == 0.0:
            tables.append(steps * hours[-1])
            continue
        tables.append(np.interp(steps, cumulated / cumulated[-1], hours))
    return np.stack(tables)


@compiled
def _enrol(
    roster: Roster,
    until: NDArray[np.int64],
    stream: NDArray[np.int64],
    when: NDArray[np.float64],
    remaining: NDArray[np.float64],
    shares: NDArray[np.float64],
) -> None:
    """When each comes, with what, and how, by lots of his own.

    `until` says how many are there at the start, and how many with those of ordinary life; `shares` are the cumulated
    shares of the time-critical conditions from 0, then that of ambulances.
    """
    for patient in range(len(roster.ward)):
        draw = roster.draw[patient]
        quantile = lot(draw, WHEN_LOT)
        of = stream[roster.ward[patient]]
        if patient < until[0]:
            roster.came_h[patient] = -1.0
            roster.leaves_h[patient] = at_quantile(remaining[of], quantile)
            continue
        if patient < until[1]:
            roster.came_h[patient] = at_quantile(when[of], quantile)
        if of < EMERGENCY_STREAMS:
            what = lot(draw, WHAT_LOT)
            for condition in range(len(shares) - 2):
                if shares[condition] <= what < shares[condition + 1]:
                    roster.kind[patient] = condition + 1
            # Who has minutes that count comes by ambulance.
            alone = roster.kind[patient] == 0 and lot(draw, HOW_LOT) >= shares[-1]
            roster.ambulance[patient] = 0 if alone else 1


def _added(wards: Wards, luck: Luck) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The patients that the event adds; each hour's number is the quantile of its law at a draw of its own."""
    ward_of, came_h = [np.empty(0, np.int32)], [np.empty(0)]
    for ward, visits in wards.visits.items():
        chances = luck.stream(f"crowd {wards.finess[ward]}")
        counts = np.zeros(len(visits), np.int64)
        _count(visits, chances.random(len(visits)), counts)
        within = chances.random((len(visits), int(counts.max(initial=0)) or 1))
        hours = np.repeat(np.arange(len(visits)), counts)
        place = np.arange(len(hours)) - np.repeat(np.cumsum(counts) - counts, counts)
        ward_of.append(np.full(len(hours), ward, np.int32))
        came_h.append(hours + within[hours, place])
    return np.concatenate(ward_of), np.concatenate(came_h)


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
        term = np.exp(-means[hour])
        cumulated = term
        while chances[hour] > cumulated and counts[hour] < MOST_AN_HOUR:
            counts[hour] += 1
            term *= means[hour] / counts[hour]
            cumulated += term
