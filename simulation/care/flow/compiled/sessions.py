"""Sessions: those planned and those postponed are held hour by hour; and how SAMUs answer the calls of the hour."""

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.record import Record
from simulation.care.flow.state import State
from simulation.engine.compiled import U4, inlined
from simulation.inputs.streams import NUMBER, Stream, WardKind

IMAGING, LABORATORY = int(NUMBER[Stream.IMAGING]), int(NUMBER[Stream.LABORATORY])


@inlined
def by_appointment(wards: WardTable, ward: int) -> bool:
    """The patients of the ward are counted by the hour, not followed one by one."""
    kind: int = wards.kind[ward]
    return kind in (WardKind.SESSIONS, WardKind.CALLS)


@inlined
def hold_sessions(wards: WardTable, state: State, record: Record, ward: int, hour: int) -> None:
    """The appointments of one hour: those planned and those postponed, first come, first served."""
    stream, asked = wards.stream[ward], _asked_for(wards, state, ward)
    planned = state.session_planned[ward] + wards.hourly[ward] * wards.arrival_profile[stream, hour] * asked
    came = int(planned)
    state.session_planned[ward] = planned - came
    places = wards.places[ward] * wards.opening_profile[stream, hour] * state.of_ward[ward].capacity_share
    state.session_credit[ward] += places / state.of_ward[ward].stay_factor
    state.of_ward[ward].waiting += came
    record.demand[hour, ward] = came
    held = min(state.of_ward[ward].waiting, int(state.session_credit[ward]))
    state.of_ward[ward].waiting -= held
    state.session_credit[ward] -= held
    if state.of_ward[ward].waiting == 0:
        state.session_credit[ward] = min(state.session_credit[ward], 1.0)
    record.served[hour, ward] = held
    record.in_care[hour, ward] = held
    if state.of_ward[ward].emptied and wards.opening_profile[stream, hour] > 0.0:
        _hold_elsewhere(wards, state, record, ward, hour)
    late = 0
    if wards.exam_number[ward] >= 0:
        late = _take_urgent_first(wards, state, record, ward, asked, hour)
    if wards.stream[ward] != IMAGING:
        _lose(wards, state, record, ward, late, hour)


@inlined
def _hold_elsewhere(wards: WardTable, state: State, record: Record, ward: int, hour: int) -> None:
    """By decision those who would wait go to the nearest sites of such sessions that have room in this hour."""
    for place in range(wards.neighbour_first[ward], wards.neighbour_first[ward + 1]):
        if state.of_ward[ward].waiting == 0:
            return
        other = U4(wards.neighbour_ward[place])
        there = state.of_ward[other]
        if there.emptied:
            continue
        opened = wards.places[other] * wards.opening_profile[wards.stream[other], hour]
        room = int(opened * there.capacity_share / there.stay_factor) - there.waiting
        moved = max(0, min(state.of_ward[ward].waiting, room))
        if moved > 0:
            there.helped = True
        state.of_ward[ward].waiting -= moved
        there.waiting += moved
        state.within_patience[other] += moved
        record.diverted_out[hour, ward] += moved
        record.diverted_in[hour, other] += moved


@inlined
def _asked_for(wards: WardTable, state: State, ward: int) -> float:
    """Of the usual sessions, how many are asked for: of analyses only what can be made, and no less than is needed.

    Clinicians learn within a day or so what the laboratory can make.
    """
    if wards.stream[ward] != LABORATORY or wards.exam_number[ward] < 0:
        return 1.0
    column, here, asked = wards.exam_number[ward], state.of_ward[ward], 1.0
    if state.asked[column] >= 1.0 and not _is_struck(state, ward):
        return 1.0
    can_make, usual = wards.places[ward] * here.capacity_share / here.stay_factor, wards.hourly[ward]
    if can_make < usual:
        asked = max(wards.asked_least, can_make / usual)
    state.asked[column] += (asked - state.asked[column]) * wards.asked_pace
    return float(state.asked[column])


@inlined
def _take_urgent_first(
    wards: WardTable, state: State, record: Record, ward: int, asked: float, hour: int
) -> int:
    """Of the images or analyses of the hour, those that cannot wait were the first; how many waited for too long.

    An image that did waits with the others: they pile up, and are made with what is left of the places.
    """
    column, patience = wards.exam_number[ward], int(wards.patience_h[ward])
    planned = state.urgent_planned[column] + wards.hourly[ward] * wards.urgent_exams[hour] * asked
    came = min(record.demand[hour, ward], int(planned))
    state.urgent_planned[column] = planned - came
    record.urgent_exams[hour, column] = came
    state.urgent_within[column] += came
    if hour >= patience:
        state.urgent_within[column] -= record.urgent_exams[hour - patience, column]
    waiting = max(0, state.urgent_waiting[column] + came - record.served[hour, ward])
    late = max(0, waiting - state.urgent_within[column])
    state.urgent_waiting[column] = waiting - late
    record.late_exams[hour, column] = late
    return int(late)


@inlined
def _lose(wards: WardTable, state: State, record: Record, ward: int, late: int, hour: int) -> None:
    """Who still waits, and was planned earlier than patience allows, is lost, and so are urgent analyses that are late.

    The queue is first come, first served, behind the urgent ones.
    """
    column, patience = wards.exam_number[ward], int(wards.patience_h[ward])
    state.within_patience[ward] += record.demand[hour, ward]
    if hour >= patience:
        begun = hour - patience
        state.within_patience[ward] -= record.demand[begun, ward]
        if state.of_ward[ward].helped:
            state.within_patience[ward] -= record.diverted_in[begun, ward]
    waiting, within = state.of_ward[ward].waiting - late, state.within_patience[ward]
    if column >= 0:
        waiting -= state.urgent_waiting[column]
        within -= state.urgent_within[column]
    lost = late + max(0, waiting - within)
    if lost > 0:
        state.of_ward[ward].waiting -= lost
        record.unmet[hour, ward] = lost


@inlined
def wait_for_exam_h(wards: WardTable, state: State, ward: int) -> float:
    """How long an emergency patient waits for an image or an analysis longer than usual, by the ward that makes it.

    They wait behind those of the wards who cannot wait either, at the pace of this hour; and a result takes as much
    longer to make as work does.
    """
    here, waiting = state.of_ward[ward], state.urgent_waiting[wards.exam_number[ward]]
    if waiting == 0 and not _is_struck(state, ward):
        return 0.0
    pace = wards.places[ward] * here.capacity_share / here.stay_factor
    if waiting >= wards.exam_wait_most_h * pace:
        return float(wards.exam_wait_most_h)
    wait_h = waiting / pace
    if wards.stream[ward] == LABORATORY:
        wait_h += wards.result_h * (here.stay_factor - 1.0)
    return float(min(wards.exam_wait_most_h, wait_h))


@inlined
def answer_calls(wards: WardTable, state: State, record: Record, begins: int, ends: int, hour: int) -> None:
    """The SAMUs of a basin answer their calls, then those of struck neighbours; of the others, some ring again."""
    first, last = ends, begins
    for place in range(begins, ends):
        ward = U4(state.basins.ward[place])
        if wards.kind[ward] == WardKind.CALLS:
            _answer_own(wards, state, record, ward, hour)
            first, last = min(first, place), place + 1
    for place in range(first, last):
        ward = U4(state.basins.ward[place])
        if wards.kind[ward] == WardKind.CALLS and _is_struck(state, ward):
            _call_on_neighbours(wards, state, record, ward, hour)
    for place in range(first, last):
        ward = U4(state.basins.ward[place])
        if wards.kind[ward] == WardKind.CALLS:
            _ring_again(wards, state, record, ward, hour)


@inlined
def _is_struck(state: State, ward: int) -> bool:
    """Outages leave less of the SAMU than on an ordinary day."""
    return bool(state.of_ward[ward].capacity_share < 1.0 or state.of_ward[ward].stay_factor > 1.0)


@inlined
def _answer_own(wards: WardTable, state: State, record: Record, ward: int, hour: int) -> None:
    """Those who rang before, and those who ring for the first time."""
    here, column = state.of_ward[ward], state.call_column[ward]
    came = state.calls[hour, column]
    here.waiting += came
    state.session_credit[ward] += wards.answers[hour, column] * here.capacity_share / here.stay_factor
    answered = max(0, min(here.waiting, int(state.session_credit[ward])))
    here.waiting -= answered
    state.session_credit[ward] -= answered
    record.demand[hour, ward] = came
    record.served[hour, ward] = answered
    record.in_care[hour, ward] = answered


@inlined
def _call_on_neighbours(wards: WardTable, state: State, record: Record, ward: int, hour: int) -> None:
    """The nearest first: each answers what it can, and a share of its hour more at the cost of its own callers."""
    for place in range(wards.neighbour_first[ward], wards.neighbour_first[ward + 1]):
        other = U4(wards.neighbour_ward[place])
        if _is_struck(state, other):
            continue
        more = wards.samu_help_share * wards.answers[hour, state.call_column[other]]
        taken = max(0, min(state.of_ward[ward].waiting, int(state.session_credit[other] + more)))
        state.of_ward[ward].waiting -= taken
        state.session_credit[other] -= taken
        record.diverted_out[hour, ward] += taken
        record.diverted_in[hour, other] += taken
        record.served[hour, other] += taken
        record.in_care[hour, other] += taken


@inlined
def _ring_again(wards: WardTable, state: State, record: Record, ward: int, hour: int) -> None:
    """Of those whom nobody answered a share rings again within the hour to come, the others give up."""
    here = state.of_ward[ward]
    again = int(here.waiting * wards.rings_again_share + 0.5)
    rang = (
        record.served[hour, ward]
        - record.diverted_in[hour, ward]
        + record.diverted_out[hour, ward]
        + here.waiting
    )
    state.samu_unanswered[ward] = here.waiting / max(1, rang)
    record.unmet[hour, ward] = here.waiting - again
    if here.waiting == 0:
        state.session_credit[ward] = min(state.session_credit[ward], 1.0)
    here.waiting = again
