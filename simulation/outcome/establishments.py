"""The establishments of a replication: what happened to each, a row per site."""

from collections.abc import Mapping

import numpy as np

from simulation.engine.event_kinds import EventKind
from simulation.outcome.indicators.recovery import bed_days_lost
from simulation.outcome.records import EstablishmentOutcome
from simulation.outcome.trace import Trace

STATES = {
    kind: f"{kind}_h"
    for kind in (
        EventKind.ED_FULL,
        EventKind.ED_OVERLOADED,
        EventKind.CRITICAL_CARE_FULL,
        EventKind.LABORATORY_OVERDUE,
        EventKind.IMAGING_OVERDUE,
    )
}
"""States of care whose hours are counted, and the column of each."""
NEVER = dict.fromkeys(STATES.values(), 0.0)


def establishments_of(trace: Trace) -> tuple[EstablishmentOutcome, ...]:
    """A row per establishment, in the order of their numbers."""
    sites = trace.campaign.region.establishments
    care = trace.care
    emergency = trace.wards.emergency_departments
    visits, diverted, ambulances, moved_on, late, unmet, diversion_h, no_ambulances_h, closed_h = (
        dict(zip(emergency.tolist(), trace.for_all(counts).sum(axis=0).tolist(), strict=True))
        for counts in (
            care.demand[:, emergency],
            care.diverted_out[:, emergency],
            care.ambulances_diverted_out,
            care.moved_on_out,
            care.ambulances_late,
            care.unmet[:, emergency],
            care.diversion_h[:, emergency],
            care.no_ambulances_h,
            care.closed_h,
        )
    )
    in_states = _hours_in_states(trace)
    rows = []
    for node, (finess, site) in zip(trace.nodes.sites, sites.items(), strict=True):
        state = trace.states[node]
        via = None if state.via_link is None else trace.links[state.via_link]
        via_node = None if via is None else trace.nodes.names[via.source]
        departments = trace.wards.emergencies_of(finess)
        sent_on = sum([diverted[ward] for ward in departments])
        of_ambulances = sum([ambulances[ward] for ward in departments])
        by_themselves = sum([moved_on[ward] for ward in departments])
        rows.append(
            EstablishmentOutcome(
                replication=trace.replication,
                finess=finess,
                ght=site.territory,
                compromised=state.compromised_h is not None,
                compromised_h=state.compromised_h,
                via_link=None if via is None else str(via.kind),
                via_finess=via_node if via_node in sites else None,
                via_service=via_node if via_node not in sites else None,
                wave=state.wave,
                detected_h=state.detected_h,
                detected_by=state.detected_by,
                isolated_h=state.isolated_h,
                reconnected_h=state.reconnected_h,
                switched_off_h=state.switched_off_h,
                switched_on_h=state.switched_on_h,
                ed_shut_h=state.ed_shut_h,
                ed_reopened_h=state.ed_reopened_h,
                planned_stopped_h=state.planned_stopped_h,
                planned_resumed_h=state.planned_resumed_h,
                declared_h=state.declared_h,
                service_lost_h=trace.service_lost_h.get(node),
                impact_h=state.impact_h,
                restored_h=state.restored_h,
                machines_hit_share=state.machines_hit,
                backups_destroyed=state.backups_destroyed,
                data_stolen=state.data_stolen,
                responder_wait_h=state.responder_wait_h,
                bed_days_lost=bed_days_lost(trace, node),
                ed_visits=sum([visits[ward] for ward in departments]),
                ed_visits_diverted=sent_on,
                ed_ambulances_diverted=of_ambulances,
                ed_moved_on=by_themselves,
                ed_patients_transferred=sent_on - of_ambulances - by_themselves,
                ed_ambulances_late=sum([late[ward] for ward in departments]),
                ed_visits_unmet=sum([unmet[ward] for ward in departments]),
                ed_diversion_h=float(sum([diversion_h[ward] for ward in departments])),
                ed_no_ambulances_h=float(sum([no_ambulances_h[ward] for ward in departments])),
                ed_closed_h=float(sum([closed_h[ward] for ward in departments])),
                **in_states.get(finess, NEVER),
            )
        )
    return tuple(rows)


def _hours_in_states(trace: Trace) -> Mapping[str, Mapping[str, float]]:
    """Of each establishment of which any ward was in a state: for how long, by column."""
    of_sites: dict[str, dict[str, float]] = {}
    for kind, column in STATES.items():
        states = trace.care_states[kind]
        hours = states.lasted_h.sum(axis=1)
        some = np.flatnonzero(hours)
        for ward, lasted_h in zip(states.wards[some].tolist(), hours[some].tolist(), strict=True):
            of_sites.setdefault(trace.wards.finess[ward], dict(NEVER))[column] += lasted_h
    return of_sites
