"""Indicators of emergency care: departments, their patients, and calls to the SAMUs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.inputs.streams import EMERGENCY, Stream
from simulation.outcome.communes import mean_of

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace


@dataclass(frozen=True, kw_only=True)
class EmergencyColumns:
    """What emergency care bore."""

    ed_visits: int
    ed_visits_diverted: int
    ed_ambulances_diverted: int
    ed_moved_on: int
    ed_patients_transferred: int
    ed_visits_unmet: int
    ed_left_unseen: int
    ed_stayed_away: int
    ed_ambulances_late: int
    ed_ambulances_late_min: float
    ed_unmet_share: float
    ed_waiting_max: int
    ed_occupancy_max: float
    ed_diversion_h: float
    ed_no_ambulances_h: float
    ed_closed_h: float
    ed_journey_min: float | None
    ed_beyond_30_share: float | None
    ed_beyond_45_share: float | None
    ed_boarded_long: int
    samu_calls_unanswered: int
    samu_calls_taken_by_others: int


def emergency(trace: "Trace") -> EmergencyColumns:
    """The indicators of emergency care in one replication."""
    care, wards = trace.care, trace.wards
    departments = wards.emergency_departments
    hours, groups = trace.hours, trace.hours.groups_of(*EMERGENCY)
    visits = int(trace.added_up(hours.demand)[groups].sum())
    unmet_visits = int(trace.unmet[departments].sum())
    samus, sent = hours.groups_of(Stream.SAMU), trace.added_up(hours.diverted_out)
    sent_on = int(sent[groups].sum())
    ambulances = int(trace.added_up(care.ambulances_diverted_out).sum())
    moved_on = int(trace.added_up(care.moved_on_out).sum())
    waiting = hours.waiting[:, groups].sum(axis=1)
    present = hours.in_care[:, groups].sum(axis=1) + waiting
    boxes = wards.table.places[departments].sum()
    return EmergencyColumns(
        ed_visits=visits,
        ed_visits_diverted=sent_on,
        ed_ambulances_diverted=ambulances,
        ed_moved_on=moved_on,
        ed_patients_transferred=sent_on - ambulances - moved_on,
        ed_visits_unmet=unmet_visits,
        ed_left_unseen=int(care.totals["left_unseen"][0]),
        ed_ambulances_late=int(trace.added_up(care.ambulances_late).sum()),
        ed_ambulances_late_min=float(care.totals["ambulance_late_h"][0]) * 60.0,
        ed_stayed_away=int(care.totals["stayed_away"][0]),
        ed_unmet_share=unmet_visits / visits if visits else 0.0,
        ed_waiting_max=int(waiting.max(initial=0)),
        ed_occupancy_max=float(present.max(initial=0) / boxes) if boxes else 0.0,
        ed_diversion_h=float(trace.for_all(care.diversion_h).sum()),
        ed_no_ambulances_h=float(trace.for_all(care.no_ambulances_h).sum()),
        ed_closed_h=float(trace.for_all(care.closed_h).sum()),
        ed_journey_min=mean_of(trace.communes.ed_journey_min, trace.communes.ed_visits),
        ed_beyond_30_share=mean_of(trace.communes.ed_beyond_30, trace.communes.ed_visits),
        ed_beyond_45_share=mean_of(trace.communes.ed_beyond_45, trace.communes.ed_visits),
        ed_boarded_long=int(care.totals["boarded_long"][0]),
        samu_calls_unanswered=int(trace.unmet[wards.of(Stream.SAMU)].sum()),
        samu_calls_taken_by_others=int(sent[samus].sum()),
    )
