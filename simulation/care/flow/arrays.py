"""What does the compiled loop read and write? What does not change, who will come, where everyone is, what is counted.

W wards, S streams, H hours, Q quantiles, N patients.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]
F4 = NDArray[np.float32]
I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
I1 = NDArray[np.int8]
U8 = NDArray[np.uint64]
U4 = NDArray[np.uint32]

PATIENT = np.dtype(
    [
        ("at", np.float64),  # when he arrives, or his stay ends
        ("draw", np.uint64),
        ("next", np.int32),  # the event after this one in its bucket
        ("ward", np.uint16),
        ("then", np.int16),  # where he goes after his stay, -1 out, -2 elsewhere
        ("holds", np.int16),  # the ward where he holds a place while he waits, -1 when none
        ("kind", np.int8),  # 0, or the number of the time-critical condition
        ("ambulance", np.bool_),
        ("place", np.int8),
        ("step", np.int8),  # wards he has passed through at this site
        ("restless", np.bool_),  # his patience will end within the horizon
    ],
    align=True,
)
"""A patient, whole in half a line of the processor's cache: what most need who come, stay and go."""
WAIT = np.dtype(
    [
        ("came", np.float64),  # when he came first; of the time-critical alone
        ("joined", np.float64),  # when he came to the queue he is in
        ("gives_up", np.float64),
        ("next", np.int32),  # the event after his giving up in its bucket
        ("before", np.int32),  # his neighbours in the queue
        ("behind", np.int32),
        ("number", np.int32),  # in the roster
    ],
    align=True,
)
"""What is known of a patient besides: most never wait."""
COMER = np.dtype(
    [
        ("came", np.float64),
        ("draw", np.uint64),
        ("number", np.int32),
        ("ward", np.uint16),
        ("kind", np.int8),
        ("ambulance", np.bool_),
    ],
    align=True,
)
"""A patient who is expected."""
MOST_WARDS = 32_767
"""A patient's ward is a number of two bytes."""


class Book(NamedTuple):
    """What does not change from one replication to the next; W wards, S streams, H hours, Q quantiles."""

    stream: I8
    places: F8
    """Ordinary places; of sessions, patients an hour."""
    hourly: F8
    """Of sessions, those planned an hour on the mean of the year."""
    arrivals: F8
    """Of shape (S, H), over the mean of the year."""
    opening: F8
    """Of shape (S, H), over the ordinary places."""
    stays: F8
    """Of shape (classes, Q + 1), in hours."""
    patience: F8
    """Of shape (Q + 1,), in hours: of ordinary emergency patients."""
    stay_class: I8
    """Of shape (W, 2): of those who go home, and of those who go on to another ward."""
    routes: F8
    """Of shape (W, 2, 4): ordinary or time-critical; cumulated chances of medicine, critical, surgery, elsewhere."""
    next_ward: I8
    """Of shape (W, 3): medicine, critical care, urgent surgery of the site; -1 where it has none."""
    onward_first: I8
    """Of shape (W + 1,): where each ward's neighbours begin in the two following arrays, nearest first."""
    onward_ward: I8
    onward_h: F8
    slow: F8
    """Of shape (K, H): journeys over those of ordinary days, the first row all ones; and the row of each ward."""
    slow_row: I8
    tolerated: F8
    """Patients waiting, a place, beyond which an emergency department declares itself full."""
    patience_h: F8
    """Of critically ill patients and of sessions, by ward."""
    transfer_after_h: F8
    """By stream; negative where nobody is moved."""
    samu: I8
    """The ward of the SAMU that directs the ambulances of an emergency ward; -1 where none does."""
    imaging: I8
    laboratory: I8
    """The wards that make the images and the analyses of an emergency ward; -1 where there are none."""
    department: I8
    """The number of the department of each ward."""
    vehicles: I8
    """Of shape (departments,): how many critically ill patients can be moved at once."""
    imaging_share: float
    laboratory_share: float
    laboratory_lengthens: float
    exam_most_h: float
    handling_h: float
    samu_delay_min: float
    boarding_h: float
    """Wait for a bed, from an emergency department, that counts as long."""


class State(NamedTuple):
    """Where everyone is; W wards.

    `clock` holds the bucket being lived, its size, the place in it, the hours begun, who comes next, the free seats.
    """

    clock: I8
    heads: I4
    now: U4
    """Events of the bucket being lived, in order, and their hours."""
    now_at: F8
    who: NDArray[np.void]
    """The patients who are somewhere, of `PATIENT`: each has a seat from his coming until he is gone."""
    wait: NDArray[np.void]
    """The same patients, of `WAIT`."""
    free: U4
    """Seats that are free, the first `clock[5]` of them."""
    expected: NDArray[np.void]
    """The patients in the order in which they come, of `COMER`."""
    come_by: I8
    """How many have come before each bucket, of shape (buckets + 2,)."""
    head: I4
    """Of shape (W, 2): first and last of each queue."""
    tail: I4
    in_care: I8
    waiting: I8
    open_places: I8
    inbound: I8
    full: I1
    """The department has declared itself full."""
    full_since: F8
    capacity: F8
    """What outage and plan leave of the places, 1 on an ordinary day."""
    longer: F8
    minutes: F8
    exam_h: F8
    """Of shape (W, 2): wait for images and for analyses."""
    credit: F8
    planned: F8
    recent: I8
    vehicle_back: F8
    """Of shape (departments, vehicles)."""
    calls: I4
    """Of shape (H, W of the SAMU): calls that come."""
    call_column: I8
    stack: U4


class Record(NamedTuple):
    """What each ward did each hour; arrays of shape (H, W)."""

    demand: I4
    served: I4
    diverted_out: I4
    diverted_in: I4
    unmet: I4
    waiting: I4
    in_care: I4
    capacity: F4
    full_h: F4
    time_critical_min: F4
    by_kind: F8
    """Of shape (1 + conditions, 3): patients who came, who were taken, and their minutes until then; by condition.

    The first row holds, of the others, those who were taken into a bed after a long wait in an emergency department.
    """
    history: F8
    """Of shape (N or 0, 4): when each patient was first taken, in which ward, when he left for good, how he left."""


class Roster(NamedTuple):
    """All patients of a replication; arrays of shape (patients,). Those who are there at the start come first."""

    ward: I4
    came_h: F8
    """When each comes for the first time; negative for those who are there at the start."""
    leaves_h: F8
    """Of shape (those who are there at the start,): when the rest of their stay is over."""
    kind: I1
    """0, or the number of the time-critical condition."""
    ambulance: I1
    draw: U8
    """What each patient's lots are made from."""
    calls: I4
    """Calls to each SAMU, of shape (hours, SAMUs)."""
