"""Skipping: how the weeks pass in which no patients are followed (`demand/followed.py`).

The clock of care stands still meanwhile. What the crisis changes takes effect when the next followed week begins: of
each ward the last of it. Lists of planned care move on hour by hour (`lists.py`); all else is as it was.
"""

from collections.abc import Callable, Sequence

import numpy as np

from simulation.care.capacity.ward_table import After
from simulation.care.capacity.wards import Wards
from simulation.care.demand.followed import Followed
from simulation.care.flow.changes import Change, in_a_row
from simulation.care.flow.lists import HOURS_A_DAY, Passing, set_lists, skip_hours
from simulation.care.flow.state import State
from simulation.engine.array_types import Floats, Numbers
from simulation.inputs.streams import Stream, WardKind


def by_clock_of_care(changes: Sequence[Change], followed: Followed) -> list[Change]:
    """The changes at the instants at which they take effect, by the clock of care."""
    skipped: dict[int, tuple[float, Floats]] = {}
    lived: list[Change] = []
    for at_h, wards, left in changes:
        by_care = followed.by_care(at_h)
        if followed.is_followed(int(at_h)):
            lived.append((by_care, wards, left))
        else:
            skipped |= {ward: (by_care, row) for ward, row in zip(wards.tolist(), left, strict=True)}
    at_once = [(at_h, np.array([ward]), row[None]) for ward, (at_h, row) in skipped.items()]
    return [*at_once, *lived]


def move_lists_on(
    wards: Wards, state: State, changes: Sequence[Change], hours: range, seated: Callable[[int], State]
) -> None:
    """The lists move on by these hours of the scenario, with what changes meanwhile.

    `seated` gives the state with seats for so many more patients.
    """
    lists, there = with_lists(wards), state.of_ward
    passing = Passing(
        lists,
        there["waiting"][lists].astype(np.int64),
        there["capacity_share"].copy(),
        there["stay_factor"].copy(),
        *starts_of(wards),
    )
    meanwhile = [(at_h - hours.start, some, left) for at_h, some, left in changes if at_h < hours.stop]
    stand_ins = wards.followed.stand_in[hours.start : hours.stop]
    skip_hours(wards.table, state, passing, stand_ins, in_a_row(meanwhile))
    joining = np.maximum(passing.waiting - there["waiting"][lists], 0).sum()
    set_lists(wards.table, seated(int(joining)), passing, float(state.clock.hours_begun))


def with_lists(wards: Wards) -> Numbers:
    """The wards whose patients wait for weeks: planned operations, images, and sessions with endless patience."""
    sessions = (wards.table.kind == WardKind.SESSIONS) & (
        wards.table.patience_h > len(wards.followed.stand_in)
    )
    return np.flatnonzero(sessions | wards.of(Stream.SURGERY_SCHEDULED, Stream.IMAGING))


def starts_of(wards: Wards) -> tuple[Floats, Floats, Floats]:
    """Operations that begin per hour in a place that is never empty, how many more in the first, and the day's spread.

    Until t they are t / mean + (variance + mean²) / (2 mean²) by renewal theory (Cox 1962): the first need not wait. As
    Poisson arrivals and renewals vary, a day's work has the variance of n (1 + variance / mean²) operations.
    """
    middles = (wards.table.stays[:, 1:] + wards.table.stays[:, :-1]) / 2.0
    of_ward = wards.table.stay_class[:, After.HOME]
    mean, square = middles.mean(axis=1)[of_ward], (middles**2).mean(axis=1)[of_ward]
    relative = square / mean**2
    return 1.0 / mean, relative / 2.0, np.sqrt(wards.table.hourly * HOURS_A_DAY * relative)
