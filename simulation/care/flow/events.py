"""What happens next? A calendar of small buckets of time, and the seats of the patients to whom it happens.

A bucket is a linked list that is put in order when it is lived: no heap. A patient has a seat from his coming until he
is gone and nothing more is planned for him.
"""

import numpy as np

from simulation.care.flow.arrays import State
from simulation.engine.compiled import U4, inlined

BUCKETS_AN_HOUR = 256
ABSENT, ON_THE_ROAD, WAITING, IN_CARE, GONE = 0, 1, 2, 3, 4
"""Where a patient is."""
MOVE, GIVE_UP = 0, 1
"""What an event of a patient is: he arrives or his stay ends; his patience ends."""


@inlined
def hour_of(s: State) -> int:
    """The hour being lived."""
    return U4(s.clock[3] - 1)


@inlined
def schedule(s: State, event: int, at_h: float) -> bool:
    """The event will be lived at its hour; those beyond the horizon never are."""
    bucket, patient = U4(at_h * BUCKETS_AN_HOUR), U4(event >> 1)
    if bucket >= len(s.heads):
        return False
    if bucket <= s.clock[0]:
        _add_now(s, event, at_h)
        return True
    if event & 1 == MOVE:
        s.who[patient].at = at_h
        s.who[patient].next = s.heads[bucket]
    else:
        s.wait[patient].gives_up = at_h
        s.wait[patient].next = s.heads[bucket]
    s.heads[bucket] = event
    return True


@inlined
def _add_now(s: State, event: int, at_h: float) -> None:
    """The event is among those of the bucket being lived, in order of time."""
    last = s.clock[1]
    while last > s.clock[2] and s.now_at[U4(last - 1)] > at_h:
        s.now[U4(last)] = s.now[U4(last - 1)]
        s.now_at[U4(last)] = s.now_at[U4(last - 1)]
        last -= 1
    s.now[U4(last)] = event
    s.now_at[U4(last)] = at_h
    s.clock[1] += 1


@inlined
def take_seat(s: State) -> int:
    """The next who is expected has a seat."""
    s.clock[5] -= 1
    patient = s.free[U4(s.clock[5])]
    comer, who = s.expected[U4(s.clock[4])], s.who[patient]
    s.clock[4] += 1
    s.wait[patient].number = comer.number
    if comer.kind > 0:
        s.wait[patient].came = comer.came
    who.draw = comer.draw
    who.ward = comer.ward
    who.kind = comer.kind
    who.ambulance = comer.ambulance
    who.holds = -1
    who.then = -1
    who.place = ABSENT
    who.step = 0
    who.restless = False
    return U4(patient)


@inlined
def free(s: State, patient: int) -> None:
    """Another can sit where he sat."""
    s.free[U4(s.clock[5])] = patient
    s.clock[5] += 1


@inlined
def open_bucket(s: State, bucket: int) -> None:
    """The events of a bucket, in order of time: those who come for the first time, and what was scheduled."""
    s.clock[0] = bucket
    s.clock[1] = 0
    s.clock[2] = 0
    ends = (bucket + 1.0) / BUCKETS_AN_HOUR
    while s.clock[4] < len(s.expected) and s.expected[U4(s.clock[4])].came < ends:
        came_h = s.expected[U4(s.clock[4])].came
        _add_now(s, 2 * take_seat(s) + MOVE, came_h)
    event = s.heads[bucket]
    while event >= 0:
        patient = U4(event >> 1)
        if event & 1 == MOVE:
            _add_now(s, event, s.who[patient].at)
            event = s.who[patient].next
        else:
            _add_now(s, event, s.wait[patient].gives_up)
            event = s.wait[patient].next


@inlined
def bucket_of(s: State, came_h: float) -> int:
    """The bucket in which somebody comes, -1 for those who are there at the start."""
    return min(max(-1, int(np.floor(came_h * BUCKETS_AN_HOUR))), len(s.heads) - 1)
