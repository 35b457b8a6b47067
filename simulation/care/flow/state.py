"""State: where everyone is, between one event and the next. W wards in B basins, H hours."""

from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.basins import Basins
from simulation.engine.array_types import Floats, Numbers, Records, ShortNumbers

MOST_SHORT = 32_767
"""Wards whose numbers fit into two bytes; a region that has more takes four."""


def patient_type(wards: int) -> np.dtype[np.void]:
    """A patient of a region with so many wards: all that most need who come, wait, stay and go.

    Whole in a line of the processor's cache, but where there are too many wards.
    """
    unsigned, signed = _of_wards(wards)
    return np.dtype(
        [
            ("due_h", np.float64),  # when they arrive, or their stay ends
            ("key", np.uint64),  # what their draws are made from
            ("queued_h", np.float64),  # when they joined the queue they are in
            ("reneges_h", np.float64),  # when their patience ends
            ("number", np.int32),  # among the arrivals
            ("ahead", np.int32),  # their neighbours in a list of their ward (`Rank`), or `NOBODY`
            ("behind", np.int32),
            ("ward", unsigned),
            ("then", signed),  # what follows their stay: the number of a ward, or an `Exit`
            ("holds", signed),  # the ward where they board, or `NO_WARD`
            ("ambulance_of", signed),  # the department whose ambulance is still with them, or `HANDED_OVER`
            ("late", np.int8),  # by how many parts of an hour it came later
            ("condition", np.int8),  # 0, or the number of the time-critical condition
            ("by_ambulance", np.bool_),
            ("where", np.int8),  # of `Where`
            ("wards_left", np.int8),  # wards they have passed through at this site
            ("may_renege", np.bool_),  # an end of their patience is in the calendar
            ("in_corridor", np.bool_),  # whether what they hold while they board is no box
            ("journeys", np.int8),  # from one site to another
        ],
        align=True,
    )


def expected_type(wards: int) -> np.dtype[np.void]:
    """A patient who has yet to come, in a region with so many wards."""
    return np.dtype(
        [
            ("came_h", np.float64),
            ("key", np.uint64),
            ("number", np.int32),
            ("ward", _of_wards(wards)[0]),
            ("condition", np.int8),
            ("by_ambulance", np.bool_),
        ],
        align=True,
    )


def _of_wards(wards: int) -> tuple[type[np.unsignedinteger[Any]], type[np.signedinteger[Any]]]:
    return (np.uint16, np.int16) if wards <= MOST_SHORT else (np.uint32, np.int32)


SELDOM = np.dtype(
    [
        ("came_h", np.float64),  # when they came first; of the time-critical alone
        ("results_h", np.float64),  # when the results are there; of those who wait for them in a chair
        ("road_h", np.float32),  # by which their journey became longer; of those who made another
        ("after_renege", np.int32),  # the event after the end of their patience in its bucket, or `NO_EVENT`
    ],
    align=True,
)
"""What else is known of a patient: of most, nobody asks."""
WARD = np.dtype(
    [
        ("in_care", np.int32),
        ("waiting", np.int32),
        ("open_places", np.int32),
        ("inbound", np.int32),  # patients on the road to the ward
        (
            "capacity_share",
            np.float64,
        ),  # what outages and plan blanc leave of the places, 1 on an ordinary day
        ("stay_factor", np.float64),  # stays over those of an ordinary day
        ("added_min", np.float64),  # minutes that outages add to the care of each time-critical patient
        ("diversion_since_h", np.float64),
        ("doors_since_h", np.float64),  # since when hours of the present doors have not been counted
        ("shunned", np.float32),  # share of those coming by themselves who go elsewhere
        ("on_diversion", np.bool_),
        ("doors", np.int8),  # of `Doors`
        ("emptied", np.bool_),  # those in care are moved to other hospitals
        ("helped", np.bool_),  # sessions of other sites have been held there
    ],
    align=True,
)
"""What changes in a ward from one patient to the next, together: one line of the cache instead of five."""
PLANNED_STAYS = np.dtype(
    [
        ("share", np.float64),  # of those planned, how many are called in
        ("put_off", np.int32),  # patients at home who wait to be called in
        ("in_care", np.int32),  # patients in a bed whose stay was planned
    ],
    align=True,
)
"""Of the planned stays of one ward."""
CLOCK = np.dtype(
    [
        ("basin", np.int64),  # where the loop is
        ("buckets_an_hour", np.int64),  # of the basin's calendar
        ("bucket", np.int64),  # the bucket that is being simulated, from the start of the basin's calendar
        ("events", np.int64),  # how many events are known in it
        ("done", np.int64),  # how many of these have happened
        ("hours_begun", np.int64),
        ("arrived", np.int64),  # where those who are still expected in the basin begin
        ("free_seats", np.int64),
    ],
    align=True,
)


class Clock(Protocol):
    """One row of `CLOCK`, as Python's types know it; it is that of one basin after the other."""

    basin: int
    buckets_an_hour: int
    bucket: int
    events: int
    done: int
    hours_begun: int
    arrived: int
    free_seats: int

    def __getitem__(self, name: str) -> int:
        """A field by its name, many times as fast as by its attribute; compiled code knows no difference."""


class State(NamedTuple):
    """Where everyone is; arrays of shape (W,) unless said.

    Each patient has a seat in `patients` and `seldom` from their arrival until they are gone: its number is what
    compiled code calls `patient`.
    """

    clock: Clock
    basins: Basins
    buckets_an_hour: Numbers
    """Of the calendar of each basin, of shape (B,)."""
    first_of_hour: ShortNumbers
    """The first patient of each later hour to whom something happens in it, or `NO_EVENT`, of shape (B, H)."""
    first_event: ShortNumbers
    """The first event of each bucket of the present hour, or `NO_EVENT`, of shape (buckets of the largest basin,)."""
    after_move: ShortNumbers
    """What comes after each patient's move: a patient in a later hour, an event in a bucket, or `NO_EVENT`.

    Of shape (seats,)."""
    now: NDArray[np.uint32]
    """Events of the present bucket in order of time, of shape (2 seats,)."""
    now_h: Floats
    """Their instants, of shape (2 seats,)."""
    found: NDArray[np.uint32]
    """The events of a bucket as they are found in it, of shape (2 seats,)."""
    found_h: Floats
    """Their instants, of shape (2 seats,)."""
    patients: Records
    """Of `patient_type`, of shape (seats,)."""
    seldom: Records
    """Of `SELDOM`, of shape (seats,)."""
    free: NDArray[np.uint32]
    """Of shape (seats,): the first `clock.free_seats` are the seats that are free."""
    expected: Records
    """Of `expected_type`, of shape (patients,), by basin, then in the order of the hours in which they come."""
    home: ShortNumbers
    """Where each patient lives, by their number: a row of the home table, or `NO_HOME`."""
    come_by: Numbers
    """Where those end among the expected who have come to each basin before each hour, of shape (B, H + 1)."""
    queue_first: ShortNumbers
    """First patient of each list of a ward (`Rank`), of shape (W, 4); `NOBODY` when it is empty."""
    queue_last: ShortNumbers
    of_ward: Records
    """Of `WARD`."""
    planned: Records
    """Of `PLANNED_STAYS`; nothing is said there of wards other than medicine."""
    exam_h: Floats
    """Wait for each `Exam`, of shape (W, 2)."""
    session_credit: Floats
    """Sessions that can be held and do not yet make a whole one."""
    session_planned: Floats
    """Sessions planned that do not yet make a whole one."""
    within_patience: Numbers
    """Sessions planned so lately that nobody of these has waited beyond patience yet."""
    asked: Floats
    """Of the usual images or analyses, how many are asked for; of shape (wards that make them,), as the next three."""
    urgent_planned: Floats
    """Urgent ones that do not yet make a whole one."""
    urgent_waiting: Numbers
    """Of those who wait for one, who cannot wait for long and go first."""
    urgent_within: Numbers
    """Urgent ones asked for so lately that nobody of these has waited beyond patience yet."""
    in_corridor: Numbers
    """Patients of each emergency department in a chair or on a trolley, besides those in its boxes."""
    boarding: Numbers
    """Those in its places who wait for one in another ward."""
    samu_unanswered: Floats
    """Of the calls to a SAMU in the past hour, the share that nobody answered."""
    ambulances_out: Numbers
    """Those of each department that are not free, of shape (departments,)."""
    ambulances_seen: Numbers
    """The part of an hour by which those that were back are free again."""
    ambulances_back: Numbers
    """How many will be back in each part of an hour, of shape (departments, AHEAD)."""
    vehicle_back_h: Floats
    """When each vehicle is back, of shape (departments, vehicles)."""
    calls: ShortNumbers
    """Calls that come, of shape (H, SAMUs)."""
    call_column: Numbers
    """The column of each SAMU in `calls`."""
    to_fill: NDArray[np.uint32]
    """Wards whose free places are to be taken, of shape (64,): one patient after another gives up a place."""
