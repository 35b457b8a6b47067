"""What becomes of each patient? An exact loop over all wards and events of a region, compiled.

A ward is one stream at one site. Its places are boxes, beds or theatres. Times are hours from the scenario's start. The
rules, which `tests/validation/reference_care.py` tells again in plain SimPy:

**Arrival.** A patient who comes by ambulance to an emergency department that has declared itself full is sent on by the
SAMU to the nearest department within the bound that has declared nothing and has room (patients in care, waiting and on
the road to it are fewer than its places and the queue it tolerates); by as much as the SAMU works (a lot of his own
says whether it reaches him). Where there is none he stays, like those who walk in. Who arrives joins the queue.

**Queue.** Two classes, each first come first served: first those whose minutes count, and those who have passed
through another ward of the site; then the others. A free place takes the first. An ordinary emergency patient who
is not taken leaves when his patience ends. A department declares itself full when, after somebody has joined, more wait
than it tolerates; it takes that back when, after somebody has left the queue, at most half as many do and it has
places.

**Stay.** Taken, a patient draws whether he will be hospitalised, where, and how long he stays; what outages add
multiplies his stay, and emergency patients who need an image or a sample wait for these as well. At its end he leaves,
or asks for a place in the next ward of the site, and holds the one he has until he is taken there (boarding).

**Each whole hour**, before anything else of that instant, ward by ward in their order: places open or close (nobody in
care is put out), and free ones take; sessions of the hour are held; then the round of the beds: critically ill patients
who have waited beyond patience are lost; those who have waited for `transfer_after_h` of their stream are moved, in the
order of the queue, to the nearest ward of their stream within the bound with a free place (each hour the round begins
`ROUND_STEP` wards further); a critically ill one needs
a vehicle of the department, which is back after twice the usual journey and the handling. Those on the road arrive
later; their journey is longer where roads are closed around either end (`slow`). The wait for images and samples is
looked at just before the round of an emergency department.

A change of the crisis is lived at its own instant; one at a whole hour comes after that hour's beginning. Simultaneous
events do not occur otherwise, since journeys and stays are drawn to a fraction of a second.
"""

from collections.abc import Callable
from typing import Any, cast

import numpy as np

from simulation.care_arrays import F8, I8, Book, Record, Roster, State
from simulation.compiled import compiled, inlined
from simulation.stays import QUANTILES

BUCKETS_AN_HOUR = 256
ABSENT, ON_THE_ROAD, WAITING, IN_CARE, GONE = 0, 1, 2, 3, 4
"""Where a patient is."""
ROUND_STEP = 37
"""Wards by which the round of the beds begins further each hour: none is always the last to ask for a vehicle."""
MOVE, GIVE_UP = 0, 1
"""What an event of a patient is: he arrives or his stay ends; his patience ends."""
FIRST_CLASS, SECOND_CLASS = 0, 1
EMERGENCY_STREAMS, CRITICAL, FIRST_SESSION, SAMU = 2, 2, 7, 13
"""Numbers of streams, as in `simulation/stream.py`."""
# What the lots of a patient decide; a step is added, so that each ward he passes through has lots of its own.
STAY_LOT, ROUTE_LOT, PATIENCE_LOT, REROUTE_LOT, JOURNEY_LOT, IMAGING_LOT, LABORATORY_LOT = (
    0,
    8,
    16,
    17,
    18,
    26,
    27,
)
LOT = 1.0 / 9007199254740992.0
U4: Callable[[float], int] = cast("Any", np.uint32)
"""Patients, wards and hours are numbered without sign: an index that could be negative is looked at each time."""


@inlined
def draw_of(key: np.uint64, number: int) -> np.uint64:
    """The draw of this number among those of a key (SplitMix64: Steele, Lea and Flood 2014)."""
    mixed = key + np.uint64(number + 1) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


@inlined
def lot(draw: np.uint64, purpose: int) -> float:
    """A number in 0..1 of a patient, for a purpose."""
    return np.float64(draw_of(draw, purpose) >> np.uint64(11)) * LOT


@inlined
def at_quantile(table: F8, quantile: float) -> float:
    """The value of a table of quantiles, linear between its steps."""
    place = quantile * QUANTILES
    step = U4(place)
    return float(table[step] + (place - step) * (table[U4(step + 1)] - table[step]))


@inlined
def _hour(s: State) -> int:
    return U4(s.clock[3] - 1)


@inlined
def _schedule(s: State, event: int, at_h: float) -> bool:
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
def _seat(s: State) -> int:
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
def _go(s: State, r: Record, patient: int, at_h: float, how: float) -> None:
    """He is gone, and his seat is free once nothing more is planned for him."""
    s.who[patient].place = GONE
    if len(r.history):
        r.history[s.wait[patient].number, 2] = at_h
        r.history[s.wait[patient].number, 3] = how
    if not s.who[patient].restless:
        _free(s, patient)


@inlined
def _free(s: State, patient: int) -> None:
    s.free[U4(s.clock[5])] = patient
    s.clock[5] += 1


@inlined
def _open_bucket(s: State, bucket: int) -> None:
    """The events of a bucket, in order of time: those who come for the first time, and what was scheduled."""
    s.clock[0] = bucket
    s.clock[1] = 0
    s.clock[2] = 0
    ends = (bucket + 1.0) / BUCKETS_AN_HOUR
    while s.clock[4] < len(s.expected) and s.expected[U4(s.clock[4])].came < ends:
        came_h = s.expected[U4(s.clock[4])].came
        _add_now(s, 2 * _seat(s) + MOVE, came_h)
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
def _queue(s: State, patient: int, ward: int, rank: int) -> None:
    last = s.tail[ward, rank]
    s.wait[patient].before = last
    s.wait[patient].behind = -1
    if last >= 0:
        s.wait[U4(last)].behind = patient
    else:
        s.head[ward, rank] = patient
    s.tail[ward, rank] = patient
    s.waiting[ward] += 1


@inlined
def _unqueue(b: Book, s: State, r: Record, patient: int, at_h: float) -> None:
    """He waits no longer; a department that was full may say that it is not any more."""
    ward, rank = s.who[patient].ward, U4(_rank(s, patient))
    ahead, after = s.wait[patient].before, s.wait[patient].behind
    if ahead >= 0:
        s.wait[U4(ahead)].behind = after
    else:
        s.head[ward, rank] = after
    if after >= 0:
        s.wait[U4(after)].before = ahead
    else:
        s.tail[ward, rank] = ahead
    s.waiting[ward] -= 1
    open_places = s.open_places[ward]
    if s.full[ward] and open_places > 0 and 2 * s.waiting[ward] <= b.tolerated[ward] * open_places:
        s.full[ward] = 0
        _count_full(s, r, ward, at_h)


@inlined
def _count_full(s: State, r: Record, ward: int, at_h: float) -> None:
    hour = _hour(s)
    r.full_h[hour, ward] += np.float32(at_h - s.full_since[ward])
    s.full_since[ward] = at_h


@inlined
def _rank(s: State, patient: int) -> int:
    return FIRST_CLASS if s.who[patient].step > 0 or s.who[patient].kind > 0 else SECOND_CLASS


@inlined
def _route(b: Book, s: State, patient: int, ward: int) -> int:
    """The next ward, -1 out, -2 hospitalised elsewhere."""
    chance = lot(s.who[patient].draw, ROUTE_LOT + s.who[patient].step)
    row = U4(1 if s.who[patient].kind > 0 and b.stream[ward] < EMERGENCY_STREAMS else 0)
    for way in range(3):
        if chance < b.routes[ward, row, U4(way)]:
            goal = b.next_ward[ward, U4(way)]
            return int(goal) if goal >= 0 else -2
    return -2 if chance < b.routes[ward, row, 3] else -1


@inlined
def _take(b: Book, s: State, r: Record, patient: int, ward: int, at_h: float) -> None:
    """He has a place, and his stay begins."""
    hour = _hour(s)
    stream = b.stream[ward]
    s.in_care[ward] += 1
    s.who[patient].place = IN_CARE
    r.served[hour, ward] += 1
    then = _route(b, s, patient, ward)
    s.who[patient].then = then
    stay_class = U4(b.stay_class[ward, U4(0 if then == -1 else 1)])
    stay_h = at_quantile(b.stays[stay_class], lot(s.who[patient].draw, STAY_LOT + s.who[patient].step))
    stay_h *= s.longer[ward]
    if stream < EMERGENCY_STREAMS:
        if s.exam_h[ward, 0] > 0.0 and lot(s.who[patient].draw, IMAGING_LOT) < b.imaging_share:
            stay_h += s.exam_h[ward, 0]
        if s.exam_h[ward, 1] > 0.0 and lot(s.who[patient].draw, LABORATORY_LOT) < b.laboratory_share:
            stay_h += s.exam_h[ward, 1] * b.laboratory_lengthens
        kind = s.who[patient].kind
        if kind > 0:
            minutes = (at_h - s.wait[patient].came) * 60.0 + s.minutes[ward]
            if b.samu[ward] >= 0:
                minutes += b.samu_delay_min * max(0.0, 1.0 - s.capacity[b.samu[ward]])
            r.time_critical_min[hour, ward] += np.float32(minutes)
            r.by_kind[kind, 1] += 1.0
            r.by_kind[kind, 2] += minutes
        if len(r.history):
            r.history[s.wait[patient].number, 0] = at_h
            r.history[s.wait[patient].number, 1] = ward
    elif len(r.history) and s.who[patient].step == 0:
        r.history[s.wait[patient].number, 0] = at_h
        r.history[s.wait[patient].number, 1] = ward
    _schedule(s, 2 * patient + MOVE, at_h + stay_h)


@inlined
def _count_boarding(b: Book, s: State, r: Record, patient: int, at_h: float) -> None:
    """He leaves an emergency box in which he has waited for a bed; whether for long."""
    held = s.who[patient].holds
    if held >= 0 and b.stream[held] < EMERGENCY_STREAMS and at_h - s.wait[patient].joined >= b.boarding_h:
        r.by_kind[0, 1] += 1.0


@inlined
def _fill(b: Book, s: State, r: Record, ward: int, at_h: float) -> None:
    """Free places take those who wait; a place given up elsewhere by one of them is then free, and so on."""
    s.stack[0] = U4(ward)
    size = 1
    while size > 0:
        size -= 1
        w = s.stack[U4(size)]
        while s.waiting[w] > 0 and s.in_care[w] < s.open_places[w]:
            first = s.head[w, FIRST_CLASS]
            patient = U4(first if first >= 0 else s.head[w, SECOND_CLASS])
            _unqueue(b, s, r, patient, at_h)
            if s.who[patient].holds >= 0:
                held = U4(s.who[patient].holds)
                _count_boarding(b, s, r, patient, at_h)
                s.in_care[held] -= 1
                s.who[patient].holds = -1
                s.stack[U4(size)] = w
                s.stack[U4(size + 1)] = held
                size += 2
                _take(b, s, r, patient, w, at_h)
                break
            _take(b, s, r, patient, w, at_h)


@inlined
def _join(b: Book, s: State, r: Record, patient: int, ward: int, at_h: float) -> None:
    """He is taken at once, or waits for a place here."""
    free = s.waiting[ward] == 0 and s.in_care[ward] < s.open_places[ward]
    if free and s.who[patient].holds < 0 and not s.full[ward]:
        s.who[patient].ward = ward
        _take(b, s, r, patient, ward, at_h)
        return
    s.who[patient].place = WAITING
    s.who[patient].ward = ward
    s.wait[patient].joined = at_h
    _queue(s, patient, ward, U4(_rank(s, patient)))
    _fill(b, s, r, ward, at_h)
    if b.stream[ward] >= EMERGENCY_STREAMS:
        return
    if s.who[patient].place == WAITING and s.who[patient].kind == 0:
        leaves_h = at_h + at_quantile(b.patience, lot(s.who[patient].draw, PATIENCE_LOT))
        s.who[patient].restless = _schedule(s, 2 * patient + GIVE_UP, leaves_h)
    if not s.full[ward] and s.waiting[ward] > b.tolerated[ward] * s.open_places[ward]:
        s.full[ward] = 1
        s.full_since[ward] = at_h


@inlined
def _send(b: Book, s: State, r: Record, patient: int, ward: int, neighbour: int, at_h: float) -> None:
    """He is on the road from a ward to its neighbour; a minute more or less."""
    target = b.onward_ward[neighbour]
    hour = _hour(s)
    slow = max(b.slow[b.slow_row[ward], hour], b.slow[b.slow_row[target], hour])
    journey_h = (
        b.onward_h[neighbour] * slow + lot(s.who[patient].draw, JOURNEY_LOT + s.who[patient].step) / 60.0
    )
    r.diverted_out[hour, ward] += 1
    s.inbound[target] += 1
    s.who[patient].place = ON_THE_ROAD
    s.who[patient].ward = target
    _schedule(s, 2 * patient + MOVE, at_h + journey_h)


@inlined
def _arrive(b: Book, s: State, r: Record, patient: int, at_h: float) -> None:
    """He comes for the first time, or by road from another ward."""
    ward, hour = s.who[patient].ward, _hour(s)
    if s.who[patient].place == ON_THE_ROAD:
        s.inbound[ward] -= 1
        r.diverted_in[hour, ward] += 1
        _join(b, s, r, patient, ward, at_h)
        return
    r.demand[hour, ward] += 1
    if s.who[patient].kind > 0:
        r.by_kind[s.who[patient].kind, 0] += 1.0
    if s.who[patient].ambulance and s.full[ward]:
        reach = 1.0 if b.samu[ward] < 0 else s.capacity[b.samu[ward]]
        if lot(s.who[patient].draw, REROUTE_LOT) < reach:
            for neighbour in range(b.onward_first[ward], b.onward_first[ward + 1]):
                target = b.onward_ward[neighbour]
                load = s.in_care[target] + s.waiting[target] + s.inbound[target]
                room = (1.0 + b.tolerated[target]) * s.open_places[target]
                if not s.full[target] and load + 1 <= room:
                    _send(b, s, r, patient, ward, neighbour, at_h)
                    return
    _join(b, s, r, patient, ward, at_h)


@inlined
def _end_stay(b: Book, s: State, r: Record, patient: int, at_h: float) -> None:
    """He leaves, or waits in his place for the next."""
    ward = s.who[patient].ward
    goal = s.who[patient].then
    if goal < 0:
        _go(s, r, patient, at_h, float(goal))
        s.in_care[ward] -= 1
        _fill(b, s, r, ward, at_h)
        return
    s.who[patient].step += 1
    s.who[patient].holds = ward
    r.demand[_hour(s), U4(goal)] += 1
    _join(b, s, r, patient, U4(goal), at_h)


@inlined
def _leave_unmet(b: Book, s: State, r: Record, patient: int, at_h: float) -> None:
    """He is not cared for here any more; the place that he held is free."""
    ward, held = s.who[patient].ward, s.who[patient].holds
    _unqueue(b, s, r, patient, at_h)
    r.unmet[_hour(s), ward] += 1
    _go(s, r, patient, at_h, -3.0)
    if held >= 0:
        s.in_care[held] -= 1
        _fill(b, s, r, held, at_h)


@inlined
def _live(b: Book, s: State, r: Record, event: int, at_h: float) -> None:
    patient = U4(event >> 1)
    if event & 1 == GIVE_UP:
        s.who[patient].restless = False
        if s.who[patient].place == WAITING and s.who[patient].step == 0:
            _leave_unmet(b, s, r, patient, at_h)
        elif s.who[patient].place == GONE:
            _free(s, patient)
    elif s.who[patient].place == IN_CARE:
        _end_stay(b, s, r, patient, at_h)
    else:
        _arrive(b, s, r, patient, at_h)


@inlined
def _hold_sessions(b: Book, s: State, r: Record, ward: int, hour: int) -> None:
    """The appointment book of one hour: those planned and those put off, first come first served."""
    stream = b.stream[ward]
    if stream == SAMU:
        came = s.calls[hour, s.call_column[ward]]
    else:
        planned = s.planned[ward] + b.hourly[ward] * b.arrivals[stream, hour]
        came = int(planned)
        s.planned[ward] = planned - came
    places = b.places[ward] * b.opening[stream, hour] * s.capacity[ward] / s.longer[ward]
    s.credit[ward] += places
    s.waiting[ward] += came
    r.demand[hour, ward] = came
    held = min(s.waiting[ward], int(s.credit[ward]))
    s.waiting[ward] -= held
    s.credit[ward] -= held
    if s.waiting[ward] == 0:
        s.credit[ward] = min(s.credit[ward], 1.0)
    r.served[hour, ward] = held
    r.in_care[hour, ward] = held
    # Who still waits though he came before patience began is lost: the queue is first come, first served.
    patience = int(b.patience_h[ward])
    s.recent[ward] += came
    if hour >= patience:
        s.recent[ward] -= r.demand[hour - patience, ward]
    lost = s.waiting[ward] - s.recent[ward]
    if lost > 0:
        s.waiting[ward] -= lost
        r.unmet[hour, ward] = lost


@inlined
def _vehicle(s: State, department: int, at_h: float) -> int:
    """A vehicle that is there, -1 when all are on the road."""
    for vehicle in range(s.vehicle_back.shape[1]):
        if s.vehicle_back[department, vehicle] <= at_h:
            return vehicle
    return -1


@inlined
def _move(b: Book, s: State, r: Record, patient: int, ward: int, at_h: float) -> bool:
    """He is moved to the nearest ward with a free place, if there is one, and a vehicle where he needs one."""
    critical = b.stream[ward] == CRITICAL
    department = b.department[ward]
    vehicle = _vehicle(s, department, at_h) if critical else 0
    if vehicle < 0:
        return False
    for neighbour in range(b.onward_first[ward], b.onward_first[ward + 1]):
        target = b.onward_ward[neighbour]
        taken = s.in_care[target] + s.waiting[target] + s.inbound[target]
        if s.full[target] or taken >= s.open_places[target]:
            continue
        held = s.who[patient].holds
        _count_boarding(b, s, r, patient, at_h)
        _unqueue(b, s, r, patient, at_h)
        if critical:
            s.vehicle_back[department, vehicle] = at_h + 2.0 * b.onward_h[neighbour] + b.handling_h
        s.who[patient].holds = -1
        _send(b, s, r, patient, ward, neighbour, at_h)
        if held >= 0:
            s.in_care[held] -= 1
            _fill(b, s, r, held, at_h)
        return True
    return False


@inlined
def _round(b: Book, s: State, r: Record, ward: int, at_h: float) -> None:
    """The round of the beds: who is lost for want of a bed, and who is moved to one."""
    stream = b.stream[ward]
    after_h = b.transfer_after_h[stream]
    if stream == CRITICAL:
        for rank in range(2):
            patient = s.head[ward, rank]
            while patient >= 0 and at_h - s.wait[patient].joined > b.patience_h[ward]:
                following = s.wait[patient].behind
                _leave_unmet(b, s, r, patient, at_h)
                patient = following
    if after_h < 0.0:
        return
    for rank in range(1 if stream < EMERGENCY_STREAMS else 2):
        patient = s.head[ward, rank]
        while patient >= 0 and at_h - s.wait[patient].joined >= after_h:
            following = s.wait[patient].behind
            if not _move(b, s, r, patient, ward, at_h):
                return
            patient = following


@inlined
def _exams(b: Book, s: State, ward: int) -> None:
    """How long an emergency patient waits for an image and for an analysis: as long as their queues are."""
    for which in range(2):
        maker = b.imaging[ward] if which == 0 else b.laboratory[ward]
        if maker >= 0:
            wait_h = s.waiting[maker] / b.places[maker]
            s.exam_h[ward, which] = min(b.exam_most_h, wait_h)


@inlined
def _begin_hour(b: Book, s: State, r: Record, hour: int) -> None:
    """What is done at a whole hour, before anything else of that instant."""
    at_h = float(hour)
    if hour > 0:
        close_hour(b, s, r, hour)
    s.clock[3] = hour + 1
    wards = len(b.stream)
    for ward in range(wards):
        stream = b.stream[ward]
        r.capacity[hour, ward] = s.capacity[ward]
        if stream >= FIRST_SESSION:
            _hold_sessions(b, s, r, ward, hour)
            continue
        places = int(b.places[ward] * b.opening[stream, hour] * s.capacity[ward] + 0.5)
        if places != s.open_places[ward]:
            s.open_places[ward] = places
            if s.waiting[ward] > 0:
                _fill(b, s, r, ward, at_h)
    for turn in range(wards):
        ward = (turn + hour * ROUND_STEP) % wards
        stream = b.stream[ward]
        if stream < EMERGENCY_STREAMS:
            _exams(b, s, ward)
        if stream < FIRST_SESSION and s.waiting[ward] > 0:
            _round(b, s, r, ward, at_h)


@compiled
def close_hour(b: Book, s: State, r: Record, hour: int) -> None:
    """What is counted at the end of the hour before this one."""
    for ward in range(len(b.stream)):
        r.waiting[hour - 1, ward] = s.waiting[ward]
        if b.stream[ward] < FIRST_SESSION:
            r.in_care[hour - 1, ward] = s.in_care[ward]
        if s.full[ward]:
            _count_full(s, r, ward, float(hour))


@inlined
def change(b: Book, s: State, r: Record, ward: int, factors: F8, at_h: float) -> None:
    """What outage and plan leave of a ward from now on: capacity, stays multiplied, minutes of the time-critical."""
    s.capacity[ward] = factors[0]
    s.longer[ward] = factors[1]
    s.minutes[ward] = factors[2]
    stream = b.stream[ward]
    if stream >= FIRST_SESSION:
        return
    hour = _hour(s)
    s.open_places[ward] = int(b.places[ward] * b.opening[stream, hour] * factors[0] + 0.5)
    if s.waiting[ward] > 0:
        _fill(b, s, r, ward, at_h)


@compiled
def advance(
    b: Book, s: State, r: Record, changes_at: F8, changes_ward: I8, changes_to: F8, until_h: int
) -> None:
    """All that happens until a whole hour; changes, in order of time, happen among the patients' events.

    `changes_to` is of shape (changes, 3): the capacity, the multiple of stays, the minutes.
    """
    done = 0
    for hour in range(s.clock[3], until_h):
        _begin_hour(b, s, r, hour)
        for bucket in range(hour * BUCKETS_AN_HOUR, (hour + 1) * BUCKETS_AN_HOUR):
            _open_bucket(s, bucket)
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
                _live(b, s, r, event, at_h)


@compiled
def settle(b: Book, s: State, roster: Roster) -> None:
    """Before the first hour: who is there has his place, the others are expected, in the order in which they come."""
    begins = s.come_by
    for number in range(len(roster.ward)):
        begins[U4(_bucket_of(s, roster.came_h[U4(number)]) + 2)] += 1
    for bucket in range(len(s.heads) + 1):
        begins[bucket + 1] += begins[bucket]
    for number in range(len(roster.ward)):
        patient = U4(number)
        bucket = U4(_bucket_of(s, roster.came_h[patient]) + 1)
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
        patient = _seat(s)
        ward = s.who[patient].ward
        s.who[patient].place = IN_CARE
        s.in_care[ward] += 1
        s.who[patient].then = _route(b, s, patient, ward)
        _schedule(s, 2 * patient + MOVE, roster.leaves_h[s.wait[patient].number])


@inlined
def _bucket_of(s: State, came_h: float) -> int:
    """The bucket in which somebody comes, -1 for those who are there at the start."""
    return min(max(-1, int(np.floor(came_h * BUCKETS_AN_HOUR))), len(s.heads) - 1)
