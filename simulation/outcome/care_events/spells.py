"""Spells: each time that a ward was in a state, from its beginning to its end."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.engine.array_types import Floats, Numbers
from simulation.outcome.care_events.care_states import DIVERTS, care_states

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace


class Spells(NamedTuple):
    """States of wards, each from its beginning to its end; arrays of shape (spells,)."""

    state: Numbers
    """The place of the state in `CARE_STATES`."""
    ward: Numbers
    first: Numbers
    """The row of its first hour among those that are followed."""
    last: Numbers
    begins_h: Floats
    ends_h: Floats
    """Infinite where it lasts at the horizon."""
    hours: Floats
    """For how many hours it lasted, those that a followed hour stands for among them."""


def spells_of(trace: "Trace") -> Spells:
    """All spells of a replication, state by state; what lasts over hours that are skipped ends, and begins anew."""
    rows = len(trace.care.demand)
    hours, stands_for = (
        each[:rows].astype(np.float64)
        for each in (trace.wards.followed.hours, trace.wards.followed.stands_for)
    )
    begins_anew = np.append(True, np.diff(hours) != 1.0)[:rows]
    so_far_h = np.append(0.0, np.cumsum(stands_for))
    spells: list[Spells] = []
    for number, states in enumerate(care_states(trace, begins_anew)):
        place, first, last = _stretches(states.is_on, begins_anew)
        begins_h, ends_h = hours[first] + 1.0, hours[last] + 2.0
        lasted_h = so_far_h[last + 1] - so_far_h[first]
        if states.state is DIVERTS and len(place):
            # The part of the hour is known: it is the last one, and of an hour in which it ends the first one.
            part_h = states.amounts * stands_for
            begins_h -= np.minimum(1.0, part_h[place, first])
            ends_h = hours[last] + np.where(last > first, np.minimum(1.0, part_h[place, last]), 1.0)
            bounds = np.stack([place * rows + first, place * rows + last + 1], axis=1).ravel()
            lasted_h = np.add.reduceat(np.append(part_h, 0.0), bounds)[::2]
        ends_h[last + 1 == rows] = np.inf
        of_state = np.full(len(place), number)
        spells.append(Spells(of_state, states.wards[place], first, last, begins_h, ends_h, lasted_h))
    return Spells(*map(np.concatenate, zip(*spells, strict=True)))


def _stretches(is_on: NDArray[np.bool_], begins_anew: NDArray[np.bool_]) -> tuple[Numbers, Numbers, Numbers]:
    """Of each stretch of hours: its ward, its first and its last hour; `is_on` is of shape (wards, hours)."""
    column = np.arange(len(begins_anew)) + np.cumsum(
        begins_anew
    )  # before what begins anew, a column lies empty
    width = int(column[-1]) + 2
    apart = np.zeros((len(is_on), width), np.bool_)
    apart[:, column] = is_on
    in_a_row = apart.ravel()
    bounds = np.flatnonzero(in_a_row[1:] != in_a_row[:-1]) + 1
    hour = np.zeros(width, np.int64)
    hour[column] = np.arange(len(column))
    return bounds[::2] // width, hour[bounds[::2] % width], hour[(bounds[1::2] - 1) % width]
