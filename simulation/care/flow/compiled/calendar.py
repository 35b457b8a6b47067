"""Calendar: what happens next, by hours and in small buckets of time; and the seats of the patients to whom it happens.

Each basin has a calendar of its own. What happens in a later hour is in a linked list of that hour, what happens in the
present one in a list of its bucket, which is put in order when its time comes: no heap. There are the more buckets the
larger the basin is, so that each holds few events whatever its size (a calendar queue: Brown 1988, Communications of
the ACM 31(10)); all lists begin in a few lines of the processor's cache. A patient has a seat from their arrival until
they are gone and nothing more is planned for them.
"""

from enum import IntEnum

from simulation.care.capacity.ward_table import NO_WARD, WardTable
from simulation.care.flow.codes import Exit, Where
from simulation.care.flow.draws import Purpose, draw
from simulation.care.flow.state import State
from simulation.care.homes.home_table import NO_HOME, Whose, home_at
from simulation.engine.compiled import U4, inlined

WARDS_A_BUCKET = 4
"""Wards of a basin for each bucket of an hour: ten events then fall into one, in all basins alike."""
FEWEST_BUCKETS = 64
NO_EVENT = -1


class Event(IntEnum):
    """Kinds of event. An event is a number that holds its patient and its kind; a patient has at most one of each."""

    MOVE = 0
    """They arrive, or their stay ends."""
    RENEGE = 1
    """Their patience ends."""


def buckets_an_hour(wards: int) -> int:
    """For a basin of so many wards; a power of two, so that bounds of buckets are exact.

    >>> [buckets_an_hour(wards) for wards in (1, 911, 96_000)]
    [64, 256, 32768]
    """
    return max(FEWEST_BUCKETS, 1 << (wards // WARDS_A_BUCKET).bit_length())


@inlined
def event_of(patient: int, kind: int) -> int:
    """The event of this kind of a patient."""
    return 2 * patient + kind


@inlined
def patient_of(event: int) -> int:
    """The patient to whom it happens."""
    return U4(event >> 1)


@inlined
def kind_of(event: int) -> int:
    """The kind of the event."""
    return event & 1


@inlined
def hour_of(state: State) -> int:
    """The hour that has begun."""
    return U4(state.clock.hours_begun - 1)


@inlined
def enter(state: State, basin: int, hours_begun: int, arrived: int) -> None:
    """The loop is in this basin, of which so many hours have been simulated, and so many patients have come."""
    clock = state.clock
    clock.basin = basin
    clock.buckets_an_hour = state.buckets_an_hour[basin]
    clock.bucket = hours_begun * clock.buckets_an_hour - 1
    clock.events = clock.done = 0
    clock.hours_begun = hours_begun
    clock.arrived = arrived


@inlined
def schedule(state: State, patient: int, kind: int, at_h: float) -> bool:
    """The event will happen at its instant; False beyond the horizon, where it never does."""
    hour = U4(at_h)
    if hour < state.clock.hours_begun:
        _expect_soon(state, patient, kind, at_h)
        return True
    if hour >= state.first_of_hour.shape[1]:
        return False
    # Of a later hour, it is a move: patience is looked at hour by hour.
    state.patients[patient].due_h = at_h
    state.after_move[patient] = state.first_of_hour[state.clock.basin, hour]
    state.first_of_hour[state.clock.basin, hour] = patient
    return True


@inlined
def _expect_soon(state: State, patient: int, kind: int, at_h: float) -> None:
    """The event of the present hour is in its bucket."""
    since, event = U4(at_h * state.clock.buckets_an_hour), U4(event_of(patient, kind))
    if since <= state.clock.bucket:
        _add_now(state, event, at_h)
        return
    bucket = U4(since - hour_of(state) * state.clock.buckets_an_hour)
    if kind == Event.MOVE:
        state.patients[patient].due_h = at_h
        state.after_move[patient] = state.first_event[bucket]
    else:
        state.patients[patient].reneges_h = at_h
        state.seldom[patient].after_renege = state.first_event[bucket]
    state.first_event[bucket] = event


@inlined
def _add_now(state: State, event: int, at_h: float) -> None:
    """The event is among those of the present bucket, in order of time."""
    last = state.clock.events
    while last > state.clock.done and state.now_h[U4(last - 1)] > at_h:
        state.now[U4(last)] = state.now[U4(last - 1)]
        state.now_h[U4(last)] = state.now_h[U4(last - 1)]
        last -= 1
    state.now[U4(last)] = event
    state.now_h[U4(last)] = at_h
    state.clock.events += 1


@inlined
def take_seat(state: State) -> int:
    """The next patient who is expected has a seat; its number."""
    state.clock.free_seats -= 1
    seat = state.free[U4(state.clock.free_seats)]
    coming, patient = state.expected[U4(state.clock.arrived)], state.patients[seat]
    state.clock.arrived += 1
    if coming.condition > 0:
        state.seldom[seat].came_h = coming.came_h
    patient.key = coming.key
    patient.number = coming.number
    patient.ward = coming.ward
    patient.condition = coming.condition
    patient.by_ambulance = coming.by_ambulance
    patient.holds = NO_WARD
    patient.then = Exit.DISCHARGED
    patient.where = Where.ABSENT
    patient.wards_left = 0
    patient.may_renege = False
    patient.journeys = 0
    return U4(seat)


@inlined
def home_of(state: State, patient: int) -> int:
    """Where the patient lives: a row of the home table, or `NO_HOME`."""
    return int(state.home[U4(state.patients[patient].number)])


@inlined
def home_asked(wards: WardTable, state: State, patient: int, ward: int) -> int:
    """The same; of one who came for a stay it is drawn now, from their own key, as if it had been at their arrival."""
    number = U4(state.patients[patient].number)
    if state.home[number] == NO_HOME:
        chance = draw(state.patients[patient].key, Purpose.HOME)
        state.home[number] = home_at(wards.homes, 0 + Whose.ORDINARY, ward, chance)
    return int(state.home[number])


@inlined
def free_seat(state: State, patient: int) -> None:
    """Another patient can have the seat."""
    state.free[U4(state.clock.free_seats)] = patient
    state.clock.free_seats += 1


@inlined
def expect(state: State, hour: int) -> None:
    """All that is known of the hour is in its buckets; those who come to the basin in it have a seat.

    What comes after a move is not kept with the patient: so the processor looks for many patients at once, and does not
    wait for one after the other.
    """
    patient = state.first_of_hour[state.clock.basin, hour]
    while patient != NO_EVENT:
        behind = state.after_move[U4(patient)]
        _expect_soon(state, U4(patient), 0 + Event.MOVE, state.patients[U4(patient)].due_h)
        patient = behind
    while state.clock.arrived < state.come_by[state.clock.basin, hour + 1]:
        came_h = state.expected[U4(state.clock.arrived)].came_h
        schedule(state, take_seat(state), Event.MOVE, came_h)


@inlined
def open_bucket(state: State, bucket: int) -> None:
    """The events of a bucket, counted from the start, are in order of time."""
    state.clock.bucket = bucket
    state.clock.events = 0
    state.clock.done = 0
    place, found = U4(bucket - hour_of(state) * state.clock.buckets_an_hour), U4(0)
    event = state.first_event[place]
    state.first_event[place] = NO_EVENT
    while event != NO_EVENT:
        patient = patient_of(event)
        state.found[found] = event
        if kind_of(event) == Event.MOVE:
            state.found_h[found] = state.patients[patient].due_h
            event = state.after_move[patient]
        else:
            state.found_h[found] = state.patients[patient].reneges_h
            event = state.seldom[patient].after_renege
        found = U4(found + 1)
    _put_in_order(state, found)
    state.clock.events = found


@inlined
def _put_in_order(state: State, count: int) -> None:
    """The events that were found, so many, are those of the present bucket in order of time.

    Each goes where as many are before it as happen sooner. All are compared with all, but nothing waits for an answer:
    for the handful of a bucket that is faster than to sort, whose every other branch the processor guesses wrong.
    """
    for number in range(count):
        at_h, sooner = state.found_h[U4(number)], U4(0)
        for other in range(number):
            sooner = U4(sooner + (state.found_h[U4(other)] <= at_h))
        for other in range(number + 1, count):
            sooner = U4(sooner + (state.found_h[U4(other)] < at_h))
        state.now[sooner] = state.found[U4(number)]
        state.now_h[sooner] = at_h
