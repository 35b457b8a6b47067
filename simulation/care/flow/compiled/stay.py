"""Stay: who is taken, what follows, for how long; who is gone for good; and the places that boarders give back."""

import numpy as np

from simulation.care.capacity.ward_table import NO_WARD, PARTS_AN_HOUR, After, WardTable
from simulation.care.flow.codes import Exam, Exit, Where
from simulation.care.flow.compiled.calendar import Event, free_seat, home_asked, home_of, hour_of, schedule
from simulation.care.flow.compiled.corridor import give_back
from simulation.care.flow.compiled.planned import count_planned, has_place
from simulation.care.flow.compiled.queue import Rank, join_list, leave_list, leave_queue, next_in_queue
from simulation.care.flow.compiled.what_follows import draw_what_follows
from simulation.care.flow.draws import Purpose, at_quantile, draw
from simulation.care.flow.record import FAR_MIN, VERY_FAR_MIN, Record
from simulation.care.flow.state import State
from simulation.care.homes.home_table import NO_HOME
from simulation.engine.compiled import U4, inlined
from simulation.inputs.streams import WardKind


@inlined
def take(wards: WardTable, state: State, record: Record, patient: int, ward: int, at_h: float) -> None:
    """The patient has a place, and their stay begins."""
    person = state.patients[patient]
    state.of_ward[ward].in_care += 1
    count_planned(wards, state, patient, ward, 1)
    person.where = Where.IN_CARE
    list_in_care(wards, state, patient, ward)
    record.served[hour_of(state), ward] += 1
    if len(record.history) and person.wards_left == 0:
        record.history[person.number].taken_h = at_h
        record.history[person.number].ward = ward
    then = draw_what_follows(wards, state, patient, ward)
    person.then = then
    after = U4(After.HOME if then == Exit.DISCHARGED else After.WARD)
    stays = U4(wards.stay_class[ward, after])
    stay_h = at_quantile(wards.stays[stays], draw(person.key, Purpose.STAY + person.wards_left))
    stay_h *= wards.longer[ward, after] * state.of_ward[ward].stay_factor
    if wards.kind[ward] == WardKind.EMERGENCY:
        exams_h = _wait_for_exams_h(wards, state, patient, ward)
        if exams_h > wards.chair_after_h and person.condition == 0:
            person.where = Where.LEAVES_BOX
            state.seldom[patient].results_h = at_h + stay_h + exams_h
            exams_h = wards.chair_after_h
        stay_h += exams_h
        if person.condition > 0:
            _count_minutes(wards, state, record, patient, ward, at_h)
    schedule(state, patient, Event.MOVE, leaves_at(wards, ward, at_h + stay_h))


@inlined
def _wait_for_exams_h(wards: WardTable, state: State, patient: int, ward: int) -> float:
    """What waiting for an image and a result adds to the stay, for those who need them."""
    image_h, analysis_h, wait_h = state.exam_h[ward, Exam.IMAGE], state.exam_h[ward, Exam.ANALYSIS], 0.0
    if image_h > 0.0 and draw(state.patients[patient].key, Purpose.IMAGING) < wards.imaging_share:
        wait_h += image_h
    if analysis_h > 0.0:
        asked = state.asked[wards.exam_number[wards.laboratory[ward]]]
        if draw(state.patients[patient].key, Purpose.LABORATORY) < wards.laboratory_share * asked:
            wait_h += analysis_h * wards.laboratory_lengthens
    return wait_h


@inlined
def list_in_care(wards: WardTable, state: State, patient: int, ward: int) -> None:
    """Who is in critical care can be found, should the ward be emptied."""
    if wards.kind[ward] == WardKind.CRITICAL_CARE:
        join_list(state, patient, ward, Rank.IN_CARE)


@inlined
def unlist_in_care(wards: WardTable, state: State, patient: int, ward: int) -> None:
    """Their stay there is over."""
    if wards.kind[ward] == WardKind.CRITICAL_CARE:
        leave_list(state, patient, ward, Rank.IN_CARE)


@inlined
def leaves_at(wards: WardTable, ward: int, over_h: float) -> float:
    """When a patient leaves whose stay is over: from a bed at the round of discharges, else at once."""
    hour = U4(over_h)
    if wards.kind[ward] != WardKind.BEDS or hour + 1 >= len(wards.leaving_h):
        return over_h
    begins_h = wards.leaving_h[hour]
    return float(begins_h + (over_h - hour) * (wards.leaving_h[U4(hour + 1)] - begins_h))


@inlined
def _count_minutes(
    wards: WardTable, state: State, record: Record, patient: int, ward: int, at_h: float
) -> None:
    """Minutes from arrival to care, and those that outages of the department and of the SAMU add."""
    minutes = (at_h - state.seldom[patient].came_h) * 60.0 + state.of_ward[ward].added_min
    samu, samu_min = wards.samu[ward], 0.0
    if samu >= 0:
        samu_min = wards.samu_delay_min * state.samu_unanswered[samu]
    minutes += samu_min
    record.time_critical_min[hour_of(state), wards.emergency_number[ward]] += np.float32(minutes)
    condition = U4(state.patients[patient].condition - 1)
    record.by_condition[condition].taken += 1.0
    record.by_condition[condition].minutes += minutes
    record.by_condition[condition].samu_min += samu_min
    record.by_condition[condition].late_min += state.patients[patient].late * 60.0 / PARTS_AN_HOUR
    if state.patients[patient].journeys > 0:
        record.by_condition[condition].road_min += state.seldom[patient].road_h * 60.0
    if home_of(state, patient) != NO_HOME:
        home = U4(home_of(state, patient))
        here = record.by_commune[U4(wards.homes.commune[home])]
        journey_min = wards.homes.journey_h[home] * 60.0
        here.critical += 1
        here.critical_journey_min += journey_min
        here.critical_min += minutes
        here.critical_beyond_30 += journey_min + minutes > FAR_MIN
        here.critical_beyond_45 += journey_min + minutes > VERY_FAR_MIN


@inlined
def leave_for_good(state: State, record: Record, patient: int, at_h: float, how: int) -> None:
    """The patient is gone, and their seat is free once nothing more is planned for them."""
    state.patients[patient].where = Where.GONE
    if len(record.history):
        record.history[state.patients[patient].number].left_h = at_h
        record.history[state.patients[patient].number].exit = how
    if not state.patients[patient].may_renege:
        free_seat(state, patient)


@inlined
def give_up(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """The patient, who is in no queue, is not cared for."""
    ward = U4(state.patients[patient].ward)
    record.unmet[hour_of(state), ward] += 1
    if home_asked(wards, state, patient, ward) != NO_HOME:
        here = record.by_commune[U4(wards.homes.commune[U4(home_of(state, patient))])]
        if wards.kind[ward] == WardKind.EMERGENCY:
            here.unmet += 1
        else:
            here.stays_unmet += 1
    leave_for_good(state, record, patient, at_h, Exit.UNMET)


@inlined
def count_boarding(wards: WardTable, state: State, record: Record, patient: int, at_h: float) -> None:
    """The patient gives back a place in an emergency department; whether they have boarded in it for long."""
    held = state.patients[patient].holds
    if len(record.history) and held >= 0 and state.patients[patient].wards_left == 1:
        record.history[state.patients[patient].number].moved_h = at_h
    if (
        held >= 0
        and wards.kind[held] == WardKind.EMERGENCY
        and at_h - state.patients[patient].queued_h >= wards.long_boarding_h
    ):
        record.totals[0].boarded_long += 1


@inlined
def fill(wards: WardTable, state: State, record: Record, ward: int, at_h: float) -> None:
    """Free places take those who wait; a place that one of them gives back is then free, and so on."""
    state.to_fill[0] = U4(ward)
    size = 1
    while size > 0:
        size -= 1
        here = state.to_fill[U4(size)]
        while state.of_ward[here].waiting > 0 and has_place(wards, state, here):
            patient = next_in_queue(state, here)
            leave_queue(wards, state, record, patient, at_h)
            if state.patients[patient].holds >= 0:
                count_boarding(wards, state, record, patient, at_h)
                held = give_back(state, patient)
                state.patients[patient].holds = NO_WARD
                state.to_fill[U4(size)] = here
                state.to_fill[U4(size + 1)] = held
                size += 2
                take(wards, state, record, patient, here, at_h)
                break
            take(wards, state, record, patient, here, at_h)
