"""Sessions: those planned and those postponed are held hour by hour; so are the calls to a SAMU answered."""

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.compiled.state import State
from simulation.care.flow.record import Record
from simulation.engine.compiled import inlined
from simulation.inputs.streams import WardKind


@inlined
def by_appointment(wards: WardTable, ward: int) -> bool:
    """The patients of the ward are counted by the hour, not followed one by one."""
    kind: int = wards.kind[ward]
    return kind in (WardKind.SESSIONS, WardKind.CALLS)


@inlined
def hold_sessions(wards: WardTable, state: State, record: Record, ward: int, hour: int) -> None:
    """The sessions of one hour: those planned and those postponed, first come, first served."""
    stream = wards.stream[ward]
    if wards.kind[ward] == WardKind.CALLS:
        came = state.calls[hour, state.call_column[ward]]
    else:
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
    _lose(wards, state, record, ward, hour)


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
