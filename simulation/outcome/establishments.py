"""The establishments of a replication: what happened to each, a row per site."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from simulation.engine.array_types import Floats, Numbers, ShortFloats
from simulation.engine.event_kinds import EventKind
from simulation.outcome.care_events.care_states import CARE_STATES
from simulation.outcome.columns import Rows
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


def establishments_of(trace: Trace) -> Rows[EstablishmentOutcome]:
    """A row per establishment, in ascending order of their FINESS numbers."""
    sites, names = trace.campaign.region.establishments, trace.nodes.names
    nodes = sorted(trace.nodes.sites, key=names.__getitem__)
    states = [trace.states[node] for node in nodes]
    came_by = [None if state.via_link is None else trace.links[state.via_link] for state in states]
    came_from = [None if via is None else names[via.source] for via in came_by]
    columns: dict[str, Sequence[Any]] = {
        "replication": [trace.replication] * len(nodes),
        "finess": [names[node] for node in nodes],
        "ght": [sites[names[node]].territory for node in nodes],
        "compromised": [state.compromised_h is not None for state in states],
        "compromised_h": [state.compromised_h for state in states],
        "via_link": [None if via is None else str(via.kind) for via in came_by],
        "via_finess": [name if name in sites else None for name in came_from],
        "via_service": [name if name not in sites else None for name in came_from],
        "wave": [state.wave for state in states],
        "detected_h": [state.detected_h for state in states],
        "detected_by": [state.detected_by for state in states],
        "isolated_h": [state.isolated_h for state in states],
        "reconnected_h": [state.reconnected_h for state in states],
        "switched_off_h": [state.switched_off_h for state in states],
        "switched_on_h": [state.switched_on_h for state in states],
        "ed_shut_h": [state.ed_shut_h for state in states],
        "ed_reopened_h": [state.ed_reopened_h for state in states],
        "planned_stopped_h": [state.planned_stopped_h for state in states],
        "planned_resumed_h": [state.planned_resumed_h for state in states],
        "declared_h": [state.declared_h for state in states],
        "service_lost_h": [trace.service_lost_h.get(node) for node in nodes],
        "impact_h": [state.impact_h for state in states],
        "restored_h": [state.restored_h for state in states],
        "machines_hit_share": [state.machines_hit for state in states],
        "backups_destroyed": [state.backups_destroyed for state in states],
        "data_stolen": [state.data_stolen for state in states],
        "responder_wait_h": [state.responder_wait_h for state in states],
        "bed_days_lost": [bed_days_lost(trace, node) for node in nodes],
    }
    site_of = np.array(trace.node_of, dtype=np.int64)
    sums = {**_emergency_sums(trace, site_of), **_hours_in_states(trace, site_of)}
    columns |= {name: of_nodes[nodes].tolist() for name, of_nodes in sums.items()}
    return Rows(EstablishmentOutcome, columns)


def _emergency_sums(trace: Trace, site_of: Numbers) -> Mapping[str, Numbers | Floats]:
    """What the emergency departments of each establishment did, of shape (establishments,).

    `site_of` is the node of each ward.
    """
    care, departments = trace.care, trace.wards.emergency_departments

    def by_site(sums: Numbers | ShortFloats) -> Floats:
        return _by_site(trace, site_of[departments], sums)

    diverted, ambulances, moved_on = (
        by_site(sums)
        for sums in (
            trace.added_up(care.diverted_out)[departments],
            trace.added_up(care.ambulances_diverted_out),
            trace.added_up(care.moved_on_out),
        )
    )
    patients = {
        "ed_visits": by_site(trace.added_up(care.demand)[departments]),
        "ed_visits_diverted": diverted,
        "ed_ambulances_diverted": ambulances,
        "ed_moved_on": moved_on,
        "ed_patients_transferred": diverted - ambulances - moved_on,
        "ed_ambulances_late": by_site(trace.added_up(care.ambulances_late)),
        "ed_visits_unmet": by_site(trace.unmet[departments]),
    }
    return {
        **{name: sums.astype(np.int64) for name, sums in patients.items()},
        "ed_diversion_h": by_site(trace.for_all(care.diversion_h).sum(axis=0)),
        "ed_no_ambulances_h": by_site(trace.for_all(care.no_ambulances_h).sum(axis=0)),
        "ed_closed_h": by_site(trace.for_all(care.closed_h).sum(axis=0)),
    }


def _hours_in_states(trace: Trace, site_of: Numbers) -> Mapping[str, Floats]:
    """For how long wards of each establishment were in each state, of shape (establishments,)."""
    found, spells = {}, trace.spells
    for number, state in enumerate(CARE_STATES):
        if state.begins in STATES:
            mine = spells.state == number
            found[STATES[state.begins]] = _by_site(trace, site_of[spells.ward[mine]], spells.hours[mine])
    return found


def _by_site(trace: Trace, sites: Numbers, of_wards: Numbers | Floats | ShortFloats) -> Floats:
    """The sums of what is counted of some wards, each at its site; of shape (establishments,)."""
    return np.bincount(sites, of_wards, trace.nodes.establishments).astype(np.float64)
