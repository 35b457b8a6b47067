"""What becomes of each patient? An exact loop over all wards and events of a region, compiled.

A ward is one stream at one site. Its places are boxes, beds or theatres. Times are hours from the scenario's start. The
rules are those of `simulation/care/flow/rules`, in plain SimPy, whose history this loop must yield patient by patient.

A change of the crisis is lived at its own instant; one at a whole hour comes after that hour's beginning. Simultaneous
events do not occur otherwise, since journeys and stays are drawn to a fraction of a second.
"""

from simulation.care.flow.arrays import F8, I8, Book, Record, Roster, State
from simulation.care.flow.events import (
    BUCKETS_AN_HOUR,
    IN_CARE,
    MOVE,
    bucket_of,
    hour_of,
    open_bucket,
    schedule,
    take_seat,
)
from simulation.care.flow.hours import FIRST_SESSION, begin_hour
from simulation.care.flow.patients import fill, live, route
from simulation.engine.compiled import U4, compiled, inlined


@inlined
def change(b: Book, s: State, r: Record, ward: int, factors: F8, at_h: float) -> None:
    """What outage and plan leave of a ward from now on: capacity, stays multiplied, minutes of the time-critical."""
    s.capacity[ward] = factors[0]
    s.longer[ward] = factors[1]
    s.minutes[ward] = factors[2]
    stream = b.stream[ward]
    if stream >= FIRST_SESSION:
        return
    hour = hour_of(s)
    s.open_places[ward] = int(b.places[ward] * b.opening[stream, hour] * factors[0] + 0.5)
    if s.waiting[ward] > 0:
        fill(b, s, r, ward, at_h)


@compiled
def advance(
    b: Book, s: State, r: Record, changes_at: F8, changes_ward: I8, changes_to: F8, until_h: int
) -> None:
    """All that happens until a whole hour; changes, in order of time, happen among the patients' events.

    `changes_to` is of shape (changes, 3): the capacity, the multiple of stays, the minutes.
    """
    done = 0
    for hour in range(s.clock[3], until_h):
        begin_hour(b, s, r, hour)
        for bucket in range(hour * BUCKETS_AN_HOUR, (hour + 1) * BUCKETS_AN_HOUR):
            open_bucket(s, bucket)
            ends_h = (bucket + 1.0) / BUCKETS_AN_HOUR
            while True:
                is_event = s.clock[2] < s.clock[1]
                at_h = s.now_at[U4(s.clock[2])] if is_event else ends_h
                # A change is lived in its own bucket and in its turn: what follows from it comes after it.
                if done < len(changes_at) and changes_at[done] < ends_h and changes_at[done] <= at_h:
                    change(b, s, r, changes_ward[done], changes_to[done], changes_at[done])
                    done += 1
                    continue
                if not is_event:
                    break
                event = s.now[U4(s.clock[2])]
                s.clock[2] += 1
                live(b, s, r, event, at_h)


@compiled
def settle(b: Book, s: State, roster: Roster) -> None:
    """Before the first hour: who is there has his place, the others are expected, in the order in which they come."""
    begins = s.come_by
    for number in range(len(roster.ward)):
        begins[U4(bucket_of(s, roster.came_h[U4(number)]) + 2)] += 1
    for bucket in range(len(s.heads) + 1):
        begins[bucket + 1] += begins[bucket]
    for number in range(len(roster.ward)):
        patient = U4(number)
        bucket = U4(bucket_of(s, roster.came_h[patient]) + 1)
        comer = s.expected[U4(begins[bucket])]
        begins[bucket] += 1
        comer.number = patient
        comer.came = roster.came_h[patient]
        comer.draw = roster.draw[patient]
        comer.ward = roster.ward[patient]
        comer.kind = roster.kind[patient]
        comer.ambulance = roster.ambulance[patient]
    for seat in range(len(s.free)):
        s.free[seat] = seat
    s.clock[5] = len(s.free)
    while s.clock[4] < len(s.expected) and s.expected[s.clock[4]].came < 0.0:
        patient = take_seat(s)
        ward = s.who[patient].ward
        s.who[patient].place = IN_CARE
        s.in_care[ward] += 1
        s.who[patient].then = route(b, s, patient, ward)
        schedule(s, 2 * patient + MOVE, roster.leaves_h[s.wait[patient].number])
