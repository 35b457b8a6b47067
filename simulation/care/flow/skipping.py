"""Skipping: how the weeks pass in which no patients are followed (`demand/followed.py`).

The clock of care stands still meanwhile. What the crisis changes takes effect when the next followed week begins: of
each ward the last of it. Lists of planned care move on hour by hour (`lists.py`), operations no faster than beds let
them in the week before; all else is as it was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from simulation.care.capacity.ward_table import After
from simulation.care.capacity.wards import Wards
from simulation.care.demand.followed import HOURS_A_WEEK, Followed
from simulation.care.flow.changes import Change, in_a_row
from simulation.care.flow.compiled.planned import HOURS_A_DAY
from simulation.care.flow.lists import NO_LIST, Passing, set_lists, skip_hours
from simulation.care.flow.record import Record
from simulation.care.flow.state import State
from simulation.engine.array_types import Floats, Numbers
from simulation.inputs.streams import NUMBER, Stream, WardKind


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


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a region that move on, and how fast they usually do; arrays of shape (wards,) unless said."""

    wards: Wards
    lists: Numbers
    """The wards that have lists, stream by stream, of shape (lists,)."""
    begins: Numbers
    """Where those of each stream begin, and where the last end; of shape (streams + 1,)."""
    place: Numbers
    """Where the list of each ward is among these, or `NO_LIST`."""
    starts_per_h: Floats
    more_starts: Floats
    day_sd: Floats

    @classmethod
    def of(cls, wards: Wards) -> Self:
        """Those of these wards."""
        some, (mean, relative) = with_lists(wards), moments_of(wards)
        lists = some[np.argsort(wards.table.stream[some], kind="stable")]
        ends = np.flatnonzero(np.diff(wards.table.stream[lists])) + 1
        place = np.full(len(wards.finess), NO_LIST, np.int64)
        place[lists] = np.arange(len(lists))
        begins = np.concatenate([[0], ends, [len(lists)]]) if len(lists) else np.zeros(1, np.int64)
        return cls(wards, lists, begins, place, *starts_of(mean, relative), spread_of(wards, relative))


def move_lists_on(
    lists: Lists,
    state: State,
    record: Record,
    changes: Sequence[Change],
    hours: range,
    seated: Callable[[int], State],
) -> None:
    """The lists move on by these hours of the scenario, with what changes meanwhile.

    `seated` gives the state with seats for so many more patients.
    """
    wards, mine, there = lists.wards, lists.lists, state.of_ward
    listed = np.where(wards.of(Stream.MEDICINE), state.planned["put_off"], there["waiting"])
    passing = Passing(
        mine,
        lists.begins,
        lists.place,
        listed[mine].astype(np.int64),
        state.session_planned[mine],
        state.session_credit[mine],
        there["capacity_share"][mine],
        there["stay_factor"][mine],
        state.planned["share"][mine],
        wards.table.hourly[mine],
        wards.table.places[mine],
        lists.starts_per_h[mine],
        lists.more_starts[mine],
        pace_of(lists, state, record)[mine],
        lists.day_sd[mine],
    )
    meanwhile = [(at_h - hours.start, some, left) for at_h, some, left in changes if at_h < hours.stop]
    stand_ins = wards.followed.stand_in[hours.start : hours.stop]
    skip_hours(wards.table, state, passing, stand_ins, in_a_row(meanwhile))
    state.session_planned[mine], state.session_credit[mine] = passing.planned, passing.credit
    joining = np.maximum(passing.waiting - listed[mine], 0).sum()
    set_lists(wards.table, seated(int(joining)), passing, float(state.clock.hours_begun))


def with_lists(wards: Wards) -> Numbers:
    """The wards whose patients wait for weeks: operations, planned stays, images, sessions with endless patience."""
    sessions = (wards.table.kind == WardKind.SESSIONS) & (
        wards.table.patience_h > len(wards.followed.stand_in)
    )
    return np.flatnonzero(sessions | wards.of(Stream.SURGERY_SCHEDULED, Stream.MEDICINE, Stream.IMAGING))


def starts_of(mean: Floats, relative: Floats) -> tuple[Floats, Floats]:
    """Operations that begin per hour in a place that is never empty, and how many more in the first.

    Until t they are t / mean + (variance + mean²) / (2 mean²) by renewal theory (Cox 1962): the first need not wait.
    """
    return 1.0 / mean, relative / 2.0


def spread_of(wards: Wards, relative: Floats) -> Floats:
    """Standard deviation of a day's operations.

    As Poisson arrivals and renewals vary, a day's work has the variance of n (1 + variance / mean²) operations.
    """
    return np.sqrt(wards.table.hourly * HOURS_A_DAY * relative)


def moments_of(wards: Wards) -> tuple[Floats, Floats]:
    """The mean of the stays of each ward, and the mean of their squares over its square."""
    stays = wards.table.stays.astype(np.float64)
    middles = (stays[:, 1:] + stays[:, :-1]) / 2.0
    of_ward = wards.table.stay_class[:, After.HOME]
    mean, square = middles.mean(axis=1)[of_ward], (middles**2).mean(axis=1)[of_ward]
    return mean, square / mean**2


def pace_of(lists: Lists, state: State, record: Record) -> Floats:
    """Operations that began in the last followed week over those for which theatres had time; 1 without a list.

    Full beds hold back operations as well as theatres that are shut do; who waited all week would have been operated.
    """
    wards, starts_per_h, more_starts = lists.wards, lists.starts_per_h, lists.more_starts
    now, pace = int(state.clock.hours_begun), np.ones(len(wards.finess))
    week = np.arange(max(1, now - HOURS_A_WEEK), now)
    opening = wards.table.opening_profile[NUMBER[Stream.SURGERY_SCHEDULED]]
    first = opening[week - 1] == 0.0
    theatres = np.flatnonzero(wards.of(Stream.SURGERY_SCHEDULED))
    if not len(week[:-1]):
        return pace
    more = np.where(first, more_starts[theatres, None], 0.0)
    shares = np.ascontiguousarray(record.capacity_share[np.ix_(week, theatres)].T)
    time_for = (opening[week] * (starts_per_h[theatres, None] + more) * shares).sum(axis=1)
    time_for = time_for * wards.table.places[theatres] / state.of_ward["stay_factor"][theatres]
    # The hour before now is closed when the next begins.
    is_listed = (time_for > 0.0) & (record.waiting[np.ix_(week[:-1], theatres)].min(axis=0) > 0)
    served = record.served[np.ix_(week, theatres)].sum(axis=0)
    pace[theatres[is_listed]] = np.minimum(1.0, served[is_listed] / time_for[is_listed])
    return pace
