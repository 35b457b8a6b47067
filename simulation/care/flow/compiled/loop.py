"""The loop: all that happens in a region from one whole hour to another, exactly, event by event, basin by basin.

A change of capacity takes effect at its own instant; at a whole hour, after the hour's beginning. Simultaneous events
do not occur otherwise, since journeys and stays are drawn to a fraction of a second.
"""

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.arrivals import Arrivals
from simulation.care.flow.changes import Changes, Left
from simulation.care.flow.codes import Where
from simulation.care.flow.compiled.arrive import arrive
from simulation.care.flow.compiled.calendar import (
    Event,
    enter,
    expect,
    hour_of,
    kind_of,
    open_bucket,
    patient_of,
    schedule,
    take_seat,
)
from simulation.care.flow.compiled.hourly import begin_hour, begin_rows, places_open
from simulation.care.flow.compiled.leave import end_stay, have_results, renege, sit_down
from simulation.care.flow.compiled.planned import count_planned
from simulation.care.flow.compiled.queue import count_doors
from simulation.care.flow.compiled.sessions import by_appointment
from simulation.care.flow.compiled.stay import fill, leaves_at, list_in_care
from simulation.care.flow.compiled.what_follows import draw_what_follows
from simulation.care.flow.draws import Purpose, draw
from simulation.care.flow.record import Record
from simulation.care.flow.state import State
from simulation.engine.compiled import U4, compiled, inlined


@compiled
def advance(wards: WardTable, state: State, record: Record, changes: Changes, until_h: int) -> None:
    """All that happens until a whole hour; changes happen among the patients' events."""
    begun = state.clock.hours_begun
    for basin in range(len(state.buckets_an_hour)):
        enter(state, basin, begun, state.come_by[basin, begun])
        done, last = changes.first[basin], changes.first[basin + 1]
        an_hour = state.clock.buckets_an_hour
        for hour in range(begun, until_h):
            # Hour by hour, so that rows are in the cache when they are written to.
            if basin == 0:
                begin_rows(record, hour, hour + 1)
            begin_hour(wards, state, record, hour)
            expect(state, hour)
            for bucket in range(hour * an_hour, (hour + 1) * an_hour):
                open_bucket(state, bucket)
                ends_h = (bucket + 1.0) / an_hour
                while True:
                    is_event = state.clock.done < state.clock.events
                    at_h = state.now_h[U4(state.clock.done)] if is_event else ends_h
                    # A change happens in its own bucket and in its turn: what follows from it comes after it.
                    if done < last and changes.at_h[done] < ends_h and changes.at_h[done] <= at_h:
                        _change(wards, state, record, changes, done)
                        done += 1
                        continue
                    if not is_event:
                        break
                    event = state.now[U4(state.clock.done)]
                    state.clock.done += 1
                    _happen(wards, state, record, event, at_h)


@inlined
def _change(wards: WardTable, state: State, record: Record, changes: Changes, number: int) -> None:
    """From now on this is left of the ward."""
    ward, to = U4(changes.ward[number]), changes.left[number]
    at_h = changes.at_h[number]
    count_doors(wards, state, record, ward, at_h)
    here = state.of_ward[ward]
    here.capacity_share = to[Left.CAPACITY]
    here.stay_factor = to[Left.STAYS]
    here.added_min = to[Left.MINUTES]
    here.shunned = to[Left.SHUNNED]
    here.doors = int(to[Left.DOORS])
    here.doors_since_h = at_h
    here.emptied = to[Left.EMPTIED] > 0.0
    state.planned[ward].share = to[Left.PLANNED]
    if by_appointment(wards, ward):
        return
    state.of_ward[ward].open_places = places_open(wards, state, ward, hour_of(state))
    if state.of_ward[ward].waiting > 0:
        fill(wards, state, record, ward, at_h)


@inlined
def _happen(wards: WardTable, state: State, record: Record, event: int, at_h: float) -> None:
    """What was planned for a patient happens."""
    patient = patient_of(event)
    if kind_of(event) == Event.RENEGE:
        renege(wards, state, record, patient, at_h)
    elif state.patients[patient].where == Where.IN_CARE:
        end_stay(wards, state, record, patient, at_h)
    elif state.patients[patient].where == Where.LEAVES_BOX:
        sit_down(wards, state, record, patient, at_h)
    elif state.patients[patient].where == Where.IN_CHAIR:
        have_results(wards, state, record, patient, at_h)
    else:
        arrive(wards, state, record, patient, at_h)


@compiled
def settle_in(wards: WardTable, state: State, arrivals: Arrivals) -> None:
    """Before the first hour: those present have their places, the others are expected in the order of their arrival."""
    _expect(state, arrivals)
    for seat in range(len(state.free)):
        state.free[seat] = seat
        state.patients[U4(seat)].where = Where.GONE
    state.clock.free_seats = len(state.free)
    for basin in range(len(state.buckets_an_hour)):
        enter(state, basin, 0, state.come_by[basin - 1, -1] if basin > 0 else 0)
        while state.clock.arrived < state.come_by[basin, 0]:
            patient = take_seat(state)
            ward = U4(state.patients[patient].ward)
            state.patients[patient].where = Where.IN_CARE
            state.of_ward[ward].in_care += 1
            list_in_care(wards, state, patient, ward)
            if draw(state.patients[patient].key, Purpose.PLANNED) >= wards.planned_part[ward]:
                state.patients[patient].wards_left = 1
            count_planned(wards, state, patient, ward, 1)
            state.patients[patient].then = draw_what_follows(wards, state, patient, ward)
            over_h = arrivals.leaves_h[state.patients[patient].number]
            schedule(state, patient, Event.MOVE, leaves_at(wards, ward, over_h))


@inlined
def _expect(state: State, arrivals: Arrivals) -> None:
    """Patients are put in order: basin by basin, and hour by hour as they come."""
    come_by, of_ward = state.come_by, state.basins.of_ward
    for number in range(len(arrivals.ward)):
        patient = U4(number)
        hours = _hours_until(state, arrivals.came_h[patient])
        come_by[U4(of_ward[U4(arrivals.ward[patient])]), hours] += 1
    before = 0
    for basin in range(come_by.shape[0]):
        for hour in range(come_by.shape[1]):
            here = come_by[basin, hour]
            come_by[basin, hour] = before
            before += here
    for number in range(len(arrivals.ward)):
        patient = U4(number)
        basin = U4(of_ward[U4(arrivals.ward[patient])])
        hours = _hours_until(state, arrivals.came_h[patient])
        coming = state.expected[U4(come_by[basin, hours])]
        come_by[basin, hours] += 1
        coming.number = patient
        coming.came_h = arrivals.came_h[patient]
        coming.key = arrivals.key[patient]
        coming.ward = arrivals.ward[patient]
        coming.condition = arrivals.condition[patient]
        coming.by_ambulance = arrivals.by_ambulance[patient]


@inlined
def _hours_until(state: State, came_h: float) -> int:
    """The hours that have begun when somebody comes: none for those who are there at the start, at -1."""
    return U4(min(came_h + 1.0, state.come_by.shape[1] - 1.0))
