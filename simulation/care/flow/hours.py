"""What is done at each whole hour? Places open and close, sessions are held, and beds are gone round.

The rules are told in `loop.py`.
"""

from simulation.care.flow.arrays import Book, Record, State
from simulation.care.flow.patients import (
    EMERGENCY_STREAMS,
    count_boarding,
    count_full,
    fill,
    leave_unmet,
    send,
    unqueue,
)
from simulation.engine.compiled import compiled, inlined

ROUND_STEP = 37
"""Wards by which the round of the beds begins further each hour: none is always the last to ask for a vehicle."""
CRITICAL, FIRST_SESSION, SAMU = 2, 7, 13
"""Numbers of streams, as in `simulation/inputs/streams.py`."""


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
        count_boarding(b, s, r, patient, at_h)
        unqueue(b, s, r, patient, at_h)
        if critical:
            s.vehicle_back[department, vehicle] = at_h + 2.0 * b.onward_h[neighbour] + b.handling_h
        s.who[patient].holds = -1
        send(b, s, r, patient, ward, neighbour, at_h)
        if held >= 0:
            s.in_care[held] -= 1
            fill(b, s, r, held, at_h)
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
                leave_unmet(b, s, r, patient, at_h)
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
def begin_hour(b: Book, s: State, r: Record, hour: int) -> None:
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
                fill(b, s, r, ward, at_h)
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
            count_full(s, r, ward, float(hour))
