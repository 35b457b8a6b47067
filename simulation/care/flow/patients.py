"""What becomes of one patient at one instant? He comes, waits, is taken, is sent on, goes, or gives up.

The rules are told in `loop.py`.
"""

import numpy as np

from simulation.care.flow.arrays import Book, Record, State
from simulation.care.flow.draws import (
    IMAGING_LOT,
    JOURNEY_LOT,
    LABORATORY_LOT,
    PATIENCE_LOT,
    REROUTE_LOT,
    ROUTE_LOT,
    STAY_LOT,
    at_quantile,
    lot,
)
from simulation.care.flow.events import (
    GIVE_UP,
    GONE,
    IN_CARE,
    MOVE,
    ON_THE_ROAD,
    WAITING,
    free,
    hour_of,
    schedule,
)
from simulation.engine.compiled import U4, inlined

FIRST_CLASS, SECOND_CLASS = 0, 1
EMERGENCY_STREAMS = 2
"""The first streams, as `simulation/inputs/streams.py` numbers them, are emergencies."""


@inlined
def _go(s: State, r: Record, patient: int, at_h: float, how: float) -> None:
    """He is gone, and his seat is free once nothing more is planned for him."""
    s.who[patient].place = GONE
    if len(r.history):
        r.history[s.wait[patient].number, 2] = at_h
        r.history[s.wait[patient].number, 3] = how
    if not s.who[patient].restless:
        free(s, patient)


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
def unqueue(b: Book, s: State, r: Record, patient: int, at_h: float) -> None:
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
        count_full(s, r, ward, at_h)


@inlined
def count_full(s: State, r: Record, ward: int, at_h: float) -> None:
    """The time for which a department has been full, since it was last counted."""
    hour = hour_of(s)
    r.full_h[hour, ward] += np.float32(at_h - s.full_since[ward])
    s.full_since[ward] = at_h


@inlined
def _rank(s: State, patient: int) -> int:
    return FIRST_CLASS if s.who[patient].step > 0 or s.who[patient].kind > 0 else SECOND_CLASS


@inlined
def route(b: Book, s: State, patient: int, ward: int) -> int:
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
    hour = hour_of(s)
    stream = b.stream[ward]
    s.in_care[ward] += 1
    s.who[patient].place = IN_CARE
    r.served[hour, ward] += 1
    then = route(b, s, patient, ward)
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
    schedule(s, 2 * patient + MOVE, at_h + stay_h)


@inlined
def count_boarding(b: Book, s: State, r: Record, patient: int, at_h: float) -> None:
    """He leaves an emergency box in which he has waited for a bed; whether for long."""
    held = s.who[patient].holds
    if held >= 0 and b.stream[held] < EMERGENCY_STREAMS and at_h - s.wait[patient].joined >= b.boarding_h:
        r.by_kind[0, 1] += 1.0


@inlined
def fill(b: Book, s: State, r: Record, ward: int, at_h: float) -> None:
    """Free places take those who wait; a place given up elsewhere by one of them is then free, and so on."""
    s.stack[0] = U4(ward)
    size = 1
    while size > 0:
        size -= 1
        w = s.stack[U4(size)]
        while s.waiting[w] > 0 and s.in_care[w] < s.open_places[w]:
            first = s.head[w, FIRST_CLASS]
            patient = U4(first if first >= 0 else s.head[w, SECOND_CLASS])
            unqueue(b, s, r, patient, at_h)
            if s.who[patient].holds >= 0:
                held = U4(s.who[patient].holds)
                count_boarding(b, s, r, patient, at_h)
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
    fill(b, s, r, ward, at_h)
    if b.stream[ward] >= EMERGENCY_STREAMS:
        return
    if s.who[patient].place == WAITING and s.who[patient].kind == 0:
        leaves_h = at_h + at_quantile(b.patience, lot(s.who[patient].draw, PATIENCE_LOT))
        s.who[patient].restless = schedule(s, 2 * patient + GIVE_UP, leaves_h)
    if not s.full[ward] and s.waiting[ward] > b.tolerated[ward] * s.open_places[ward]:
        s.full[ward] = 1
        s.full_since[ward] = at_h


@inlined
def send(b: Book, s: State, r: Record, patient: int, ward: int, neighbour: int, at_h: float) -> None:
    """He is on the road from a ward to its neighbour; a minute more or less."""
    target = b.onward_ward[neighbour]
    hour = hour_of(s)
    slow = max(b.slow[b.slow_row[ward], hour], b.slow[b.slow_row[target], hour])
    journey_h = (
        b.onward_h[neighbour] * slow + lot(s.who[patient].draw, JOURNEY_LOT + s.who[patient].step) / 60.0
    )
    r.diverted_out[hour, ward] += 1
    s.inbound[target] += 1
    s.who[patient].place = ON_THE_ROAD
    s.who[patient].ward = target
    schedule(s, 2 * patient + MOVE, at_h + journey_h)


@inlined
def _arrive(b: Book, s: State, r: Record, patient: int, at_h: float) -> None:
    """He comes for the first time, or by road from another ward."""
    ward, hour = s.who[patient].ward, hour_of(s)
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
                    send(b, s, r, patient, ward, neighbour, at_h)
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
        fill(b, s, r, ward, at_h)
        return
    s.who[patient].step += 1
    s.who[patient].holds = ward
    r.demand[hour_of(s), U4(goal)] += 1
    _join(b, s, r, patient, U4(goal), at_h)


@inlined
def leave_unmet(b: Book, s: State, r: Record, patient: int, at_h: float) -> None:
    """He is not cared for here any more; the place that he held is free."""
    ward, held = s.who[patient].ward, s.who[patient].holds
    unqueue(b, s, r, patient, at_h)
    r.unmet[hour_of(s), ward] += 1
    _go(s, r, patient, at_h, -3.0)
    if held >= 0:
        s.in_care[held] -= 1
        fill(b, s, r, held, at_h)


@inlined
def live(b: Book, s: State, r: Record, event: int, at_h: float) -> None:
    """What was planned for a patient happens."""
    patient = U4(event >> 1)
    if event & 1 == GIVE_UP:
        s.who[patient].restless = False
        if s.who[patient].place == WAITING and s.who[patient].step == 0:
            leave_unmet(b, s, r, patient, at_h)
        elif s.who[patient].place == GONE:
            free(s, patient)
    elif s.who[patient].place == IN_CARE:
        _end_stay(b, s, r, patient, at_h)
    else:
        _arrive(b, s, r, patient, at_h)
