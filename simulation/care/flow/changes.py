"""Changes: what the crisis leaves of wards from an instant on, as those who decide tell it to care."""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.engine.array_types import Floats, Numbers
from simulation.engine.compiled import compiled
from simulation.inputs.streams import EMERGENCY, NUMBER, Stream


class Left(IntEnum):
    """What is left of a ward: the columns of a change."""

    CAPACITY = 0
    """Share of its places."""
    STAYS = 1
    """Multiple of lengths of stay."""
    MINUTES = 2
    """Added to the care of each time-critical patient."""
    DOORS = 3
    """Of `Doors`."""
    SHUNNED = 4
    """Share of those who come by themselves who go to another emergency department instead."""
    PLANNED = 5
    """Of planned stays in medicine, the share that is called in."""
    EMPTIED = 6
    """1 where those in care are moved to other hospitals; of sessions, where those who would wait go to others."""


class Doors(IntEnum):
    """Whom a ward lets in, by decision."""

    OPEN = 0
    NO_AMBULANCES = 1
    """Ambulances are directed elsewhere, as from a department on diversion; nobody is transferred to it."""
    CLOSED = 2
    """An emergency department also sends those away who come by themselves. Who is inside is cared for."""


DEPARTMENTS = tuple(NUMBER[stream] for stream in EMERGENCY)
STAYS = NUMBER[Stream.MEDICINE]
"""The beds for which some patients are called in and others come as emergencies."""
PLANNED = (
    Stream.RADIOTHERAPY,
    Stream.CHEMOTHERAPY,
    Stream.SURGERY_SCHEDULED,
    Stream.OUTPATIENT,
    Stream.MEDICINE,
)
"""Streams that can be put off by decision, in the order in which they return; of medicine, the planned stays."""
PLANNED_ROWS = tuple(NUMBER[stream] for stream in PLANNED)
CRITICAL = NUMBER[Stream.CRITICAL_CARE]
HELD_ELSEWHERE = (Stream.DIALYSIS, Stream.CHEMOTHERAPY, Stream.RADIOTHERAPY)
"""Sessions that may be held at another site by decision."""
MOVED = (Stream.CRITICAL_CARE, Stream.MATERNITY, *HELD_ELSEWHERE)
"""Streams whose patients may be moved to another site by decision."""
BEHIND_ROWS = [CRITICAL, NUMBER[Stream.MATERNITY]]
"""Wards to which nobody is transferred while the doors of the emergency department are not open."""
INTACT = (1.0, 1.0, 0.0, float(Doors.OPEN), 0.0, 1.0, 0.0)
"""An ordinary day, in the order of `Left`."""
Change = tuple[float, NDArray[np.int64], NDArray[np.float64]]
"""An instant, wards, and what is left of each, of shape (wards, columns of `Left`)."""


class Changes(NamedTuple):
    """Many changes, a row for each ward, by basin, then in order of time; arrays of shape (rows,) unless said."""

    first: Numbers
    """Where those of each basin begin, of shape (basins + 1,)."""
    at_h: Floats
    ward: Numbers
    left: Floats
    """Of shape (rows, columns of `Left`)."""


NO_HOURS = np.empty(0)
NO_WARDS = np.empty(0, np.int64)
NOTHING_LEFT = np.empty((0, len(Left)))


def in_a_row(changes: Sequence[Change]) -> Changes:
    """A row for each ward of each change, in order of time, as if all were of one basin."""
    sizes = [len(wards) for _, wards, _ in changes]
    at_h = np.repeat(np.array([at_h for at_h, _, _ in changes], dtype=np.float64), sizes)
    wards = np.concatenate([NO_WARDS, *(wards for _, wards, _ in changes)])
    left = np.concatenate([NOTHING_LEFT, *(left for _, _, left in changes)])
    return Changes(np.array([0, len(at_h)]), at_h, wards, left)


@compiled
def lost_of_emergency(left: Floats, by_ambulance: float) -> float:
    """Of its emergency patients, the share that an establishment cannot take as usual.

    `left` is of shape (streams, columns of `Left`); `by_ambulance` is the share of those who come so.
    """
    kept = 1.0
    for department in DEPARTMENTS:
        doors = int(left[department, Left.DOORS])
        if doors == Doors.CLOSED:
            return 1.0
        of_all = 1.0 if doors == Doors.OPEN else 1.0 - by_ambulance
        kept = min(kept, of_all, left[department, Left.CAPACITY] / left[department, Left.STAYS])
    return 1.0 - kept
