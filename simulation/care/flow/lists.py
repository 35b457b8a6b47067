"""Lists: what becomes of those of planned care in weeks that are not followed.

Whoever waits for an operation, a consultation or a treatment waits for weeks: their lists go on, hour by hour, with the
patients and the places of the hours that stand in, and with what is left of the ward at each hour. So do the lists of
those whose planned stay was put off, as if there were always a bed for who is called in. All other queues
forget within days, and are taken up again as they were.
"""

from typing import NamedTuple

from simulation.care.capacity.ward_table import NO_WARD, WardTable
from simulation.care.flow.changes import Changes, Left
from simulation.care.flow.codes import NOBODY, Exit, Where
from simulation.care.flow.compiled.planned import (
    HOURS_A_DAY,
    MEDICINE,
    at_most,
    called_hourly,
    planned_hourly,
)
from simulation.care.flow.compiled.queue import Rank
from simulation.care.flow.compiled.sessions import by_appointment
from simulation.care.flow.draws import draw, key_of
from simulation.care.flow.state import State
from simulation.engine.array_types import Floats, Numbers
from simulation.engine.compiled import U4, compiled, inlined

NO_LIST = -1
"""In place of the place of a list."""
MOST_JOIN = 1_000_000
"""Patients who join a list at once have a number each below this one."""


class Passing(NamedTuple):
    """What passes while hours are skipped; arrays of shape (lists,) unless said."""

    lists: Numbers
    """The wards that have lists, stream by stream."""
    begins: Numbers
    """Where those of each stream begin, and where the last end; of shape (streams + 1,)."""
    place: Numbers
    """Where the list of each ward is among these, of shape (W,); `NO_LIST` of those that have none."""
    waiting: Numbers
    """How long each list is: changed in place, as are the next five."""
    planned: Floats
    """Patients who come and do not yet make a whole one."""
    credit: Floats
    """Those who can be taken and do not yet make a whole one."""
    share: Floats
    """What is left of the places."""
    longer: Floats
    """Multiple of stays."""
    called_in: Floats
    """Of planned stays, the share that is called in."""
    hourly: Floats
    """Patients to expect."""
    places: Floats
    starts_per_h: Floats
    """Operations that begin per hour in a place that is never empty."""
    more_starts: Floats
    """How many more in the hour in which it opens."""
    pace: Floats
    """Operations that really began in the last followed week, over those for which theatres had time."""
    day_sd: Floats
    """Standard deviation of a day's operations, those that come and the places that they take together."""


@compiled
def skip_hours(
    wards: WardTable, state: State, passing: Passing, stand_ins: Numbers, changes: Changes
) -> None:
    """The lists move on by hours for which others stand in; instants of changes count from the first of them."""
    done = 0
    for passed in range(len(stand_ins)):
        hour = stand_ins[passed]
        while done < len(changes.at_h) and changes.at_h[done] < passed + 1.0:
            place = passing.place[changes.ward[done]]
            if place != NO_LIST:
                passing.share[place] = changes.left[done, Left.CAPACITY]
                passing.longer[place] = changes.left[done, Left.STAYS]
                passing.called_in[place] = changes.left[done, Left.PLANNED]
            done += 1
        for part in range(len(passing.begins) - 1):
            begins, ends = passing.begins[part], passing.begins[part + 1]
            stream = wards.stream[passing.lists[begins]]
            if stream == MEDICINE:
                for place in range(begins, ends):
                    _call_in(wards, passing, place, hour)
            elif by_appointment(wards, passing.lists[begins]):
                _hold_sessions(
                    passing.waiting[begins:ends],
                    passing.planned[begins:ends],
                    passing.credit[begins:ends],
                    passing.hourly[begins:ends],
                    passing.places[begins:ends],
                    passing.share[begins:ends],
                    passing.longer[begins:ends],
                    wards.arrival_profile[stream, hour],
                    wards.opening_profile[stream, hour],
                )
            else:
                for place in range(begins, ends):
                    _operate(wards, state, passing, place, passed, hour)


@inlined
def _hold_sessions(
    waiting: Numbers,
    planned: Floats,
    credit: Floats,
    hourly: Floats,
    places: Floats,
    share: Floats,
    longer: Floats,
    come: float,
    opened: float,
) -> None:
    """The sessions of an hour, of the lists of one stream: those planned and those postponed."""
    for place in range(len(waiting)):
        due = planned[place] + hourly[place] * come
        came = int(due)
        planned[place] = due - came
        can = credit[place] + places[place] * opened * share[place] / longer[place]
        listed = waiting[place] + came
        held = min(listed, int(can))
        waiting[place] = listed - held
        can -= held
        credit[place] = min(can, 1.0) if listed == held else can


@inlined
def _operate(wards: WardTable, state: State, passing: Passing, place: int, passed: int, hour: int) -> None:
    """The operations of an hour, of one list; chance decides once a day."""
    ward = passing.lists[place]
    stream = wards.stream[ward]
    planned = passing.planned[place] + passing.hourly[place] * wards.arrival_profile[stream, hour]
    if passed % HOURS_A_DAY == 0:
        planned += _chance(state, passing.day_sd[place], ward, passed)
    came = max(0, int(planned))
    passing.planned[place] = planned - came
    places = passing.places[place] * wards.opening_profile[stream, hour] * passing.share[place]
    closed = wards.opening_profile[stream, max(hour - 1, 0)] == 0.0
    starts = passing.starts_per_h[place] + (passing.more_starts[place] if closed else 0.0)
    passing.credit[place] += places * starts * passing.pace[place] / passing.longer[place]
    passing.waiting[place] += came
    held = min(passing.waiting[place], int(passing.credit[place]))
    passing.waiting[place] -= held
    passing.credit[place] -= held
    if passing.waiting[place] == 0:
        passing.credit[place] = min(passing.credit[place], 1.0)


@inlined
def _call_in(wards: WardTable, passing: Passing, place: int, hour: int) -> None:
    """Of those whose stay was put off, and who wait at home, some are called in within the hour."""
    share, put_off = passing.called_in[place], passing.waiting[place]
    if share >= 1.0 and put_off == 0:
        return
    ward = passing.lists[place]
    planned = passing.planned[place] + planned_hourly(wards, ward, hour)
    came = int(planned)
    passing.planned[place] = planned - came
    passing.credit[place] += called_hourly(wards, ward, hour, share)
    called = min(put_off + came, int(passing.credit[place]))
    passing.credit[place] = min(at_most(wards, ward), passing.credit[place] - called)
    passing.waiting[place] = put_off + came - called


@inlined
def _chance(state: State, day_sd: float, ward: int, passed: int) -> float:
    """What chance adds to the work of a day, or takes from it: more patients come, or they take longer than usual."""
    key = key_of(key_of(state.expected[U4(0)].key, state.clock.hours_begun), ward * MOST_JOIN + passed)
    normal = -6.0
    for number in range(12):
        normal += draw(key, number)
    return float(normal * day_sd)


@compiled
def set_lists(wards: WardTable, state: State, passing: Passing, at_h: float) -> None:
    """Each list is as long as it has become: who has been treated is gone, and others have joined the end."""
    for number in range(len(passing.lists)):
        ward, waiting = U4(passing.lists[number]), passing.waiting[number]
        if by_appointment(wards, ward):
            state.of_ward[ward].waiting = waiting
            column = wards.exam_number[ward]
            if column >= 0:
                state.urgent_waiting[column] = min(state.urgent_waiting[column], waiting)
            continue
        rank = U4(Rank.PUT_OFF if wards.stream[ward] == MEDICINE else Rank.SECOND)
        while _listed(state, ward, rank) > waiting and state.queue_first[ward, rank] >= 0:
            _leave(state, ward, rank)
        for more in range(waiting - _listed(state, ward, rank)):
            _join(state, ward, rank, more, at_h)


@inlined
def _listed(state: State, ward: int, rank: int) -> int:
    """How many are on the list."""
    return int(state.planned[ward].put_off if rank == Rank.PUT_OFF else state.of_ward[ward].waiting)


@inlined
def _count(state: State, ward: int, rank: int, more: int) -> None:
    """The list is so much longer."""
    if rank == Rank.PUT_OFF:
        state.planned[ward].put_off += more
    else:
        state.of_ward[ward].waiting += more


@inlined
def _leave(state: State, ward: int, rank: int) -> None:
    """The first of the list is gone."""
    patient = U4(state.queue_first[ward, rank])
    behind = state.patients[patient].behind
    state.queue_first[ward, rank] = behind
    if behind >= 0:
        state.patients[U4(behind)].ahead = NOBODY
    else:
        state.queue_last[ward, rank] = NOBODY
    _count(state, ward, rank, -1)
    state.patients[patient].where = Where.GONE
    state.free[U4(state.clock.free_seats)] = patient
    state.clock.free_seats += 1


@inlined
def _join(state: State, ward: int, rank: int, more: int, at_h: float) -> None:
    """One more patient is the last of the list, with draws of their own."""
    state.clock.free_seats -= 1
    seat = U4(state.free[U4(state.clock.free_seats)])
    patient = state.patients[seat]
    patient.key = key_of(key_of(state.expected[U4(0)].key, state.clock.hours_begun), ward * MOST_JOIN + more)
    patient.ward = ward
    patient.condition = 0
    patient.by_ambulance = False
    patient.holds = NO_WARD
    patient.then = Exit.DISCHARGED
    patient.where = Where.PUT_OFF if rank == Rank.PUT_OFF else Where.WAITING
    patient.wards_left = 0
    patient.may_renege = False
    patient.journeys = 0
    last = state.queue_last[ward, rank]
    # Where they live is known by their number: as the patient before them.
    patient.number = state.patients[U4(last)].number if last >= 0 else 0
    patient.queued_h = at_h
    patient.ahead = last
    patient.behind = NOBODY
    if last >= 0:
        state.patients[U4(last)].behind = seat
    else:
        state.queue_first[ward, rank] = seat
    state.queue_last[ward, rank] = seat
    _count(state, ward, rank, 1)
