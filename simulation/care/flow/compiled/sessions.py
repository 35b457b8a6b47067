"""Sessions: those planned and those postponed are held hour by hour; and how SAMUs answer the calls of the hour."""

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.record import Record
from simulation.care.flow.state import State
from simulation.engine.compiled import U4, inlined
from simulation.inputs.streams import WardKind


@inlined
def by_appointment(wards: WardTable, ward: int) -> bool:
    """The patients of the ward are counted by the hour, not followed one by one."""
    kind: int = wards.kind[ward]
    return kind in (WardKind.SESSIONS, WardKind.CALLS)


@inlined
def hold_sessions(wards: WardTable, state: State, record: Record, ward: int, hour: int) -> None:
    """The appointments of one hour: those planned and those postponed, first come, first served."""
    stream = wards.stream[ward]
    planned = state.session_planned[ward] + wards.hourly[ward] * wards.arrival_profile[stream, hour]
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
    if wards.imaging_number[ward] >= 0:
        _take_urgent_first(wards, state, record, ward, hour)
    else:
        _lose(wards, state, record, ward, hour)


@inlined
def _take_urgent_first(wards: WardTable, state: State, record: Record, ward: int, hour: int) -> None:
    """Of the images of the hour, those that cannot wait were the first; who has waited too long waits with the others.

    Nobody is lost: planned images pile up, and are made with what is left of the places.
    """
    column, patience = wards.imaging_number[ward], int(wards.patience_h[ward])
    planned = state.urgent_planned[column] + wards.hourly[ward] * wards.urgent_images[hour]
    came = min(record.demand[hour, ward], int(planned))
    state.urgent_planned[column] = planned - came
    record.urgent_images[hour, column] = came
    state.within_patience[ward] += came
    if hour >= patience:
        state.within_patience[ward] -= record.urgent_images[hour - patience, column]
    waiting = max(0, state.urgent_waiting[column] + came - record.served[hour, ward])
    late = max(0, waiting - state.within_patience[ward])
    state.urgent_waiting[column] = waiting - late
    record.late_images[hour, column] = late


@inlined
def _lose(wards: WardTable, state: State, record: Record, ward: int, hour: int) -> None:
    """Who still waits, and was planned earlier than patience allows, is lost: the queue is first come, first served."""
    patience = int(wards.patience_h[ward])
    state.within_patience[ward] += record.demand[hour, ward]
    if hour >= patience:
        state.within_patience[ward] -= record.demand[hour - patience, ward]
    lost = state.of_ward[ward].waiting - state.within_patience[ward]
    if lost > 0:
        state.of_ward[ward].waiting -= lost
        record.unmet[hour, ward] = lost


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
