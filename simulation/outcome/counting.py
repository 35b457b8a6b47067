"""Counting: what a replication cost, from the trace that it left behind."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from simulation.care.flow.arrays import Record
from simulation.engine.compiled import U4, compiled
from simulation.inputs.streams import EMERGENCY, Stream
from simulation.outcome.backlog import recovered_h
from simulation.outcome.harm import harm_of
from simulation.outcome.records import EstablishmentOutcome, Hours, Outcome, ReplicationOutcome
from simulation.outcome.trace import Trace
from simulation.outcome.verdict import Toll, broken_thresholds_of, toll_of
from simulation.prepared import PreparedCampaign

HOURS_A_DAY = 24.0
COUNTS = ("demand", "served", "diverted_out", "diverted_in", "unmet", "waiting", "in_care")
"""What of a record is whole patients, told by territory and stream."""
STILL_LOST = 0.2
"""Of the capacity lost at worst, when it is said that 80 % of it is back."""


def counted(trace: Trace) -> Outcome:
    """The outcome of a replication."""
    prepared, care = trace.prepared, trace.care
    toll = toll_of(prepared, care)
    establishments = _establishments(trace)
    region = _region(trace, toll, establishments)
    broken_thresholds = broken_thresholds_of(prepared, care, toll, trace.states, region)
    if broken_thresholds:
        region = replace(
            region,
            held=False,
            thresholds_broken=tuple(broken.indicator.value for broken in broken_thresholds),
            first_broken_h=broken_thresholds[0].at_h,
            first_broken_finess=broken_thresholds[0].finess,
            first_broken_indicator=str(broken_thresholds[0].indicator),
        )
    return Outcome(
        replication=region,
        establishments=establishments,
        hours=_hours(prepared, care),
        timeline=trace.timeline,
    )


def _region(trace: Trace, toll: Toll, establishments: tuple[EstablishmentOutcome, ...]) -> ReplicationOutcome:
    """The region's row, held until a breach is found."""
    care, regional_cell_h = trace.care, trace.regional_cell_h
    restored_80_h = _restored_80_h(trace)
    wards = trace.prepared.wards
    emergency, scheduled = wards.of(*EMERGENCY), wards.of(Stream.SURGERY_SCHEDULED)
    harm = harm_of(care, trace.prepared.parameters, trace.luck)
    visits = int(care.demand[:, emergency].sum())
    unmet = int(care.unmet[:, emergency].sum())
    time_critical = int(care.by_kind[1:, 0].sum())
    impacts = [row.impact_h for row in establishments if row.impact_h is not None]
    first_impact_h = min(impacts, default=None)
    return ReplicationOutcome(
        replication=trace.replication,
        held=True,
        establishments_compromised=sum(row.compromised for row in establishments),
        establishments_impacted=len(impacts),
        establishments_isolated=sum(row.isolated_h is not None for row in establishments),
        establishments_without_service=sum(row.service_lost_h is not None for row in establishments),
        ghts_impacted=_ghts_impacted(trace.prepared, establishments),
        first_detection_h=min(
            (state.detected_h for state in trace.states if state.detected_h is not None), default=None
        ),
        first_impact_h=first_impact_h,
        regional_cell_h=regional_cell_h,
        regional_cell_delay_h=_since(first_impact_h, regional_cell_h),
        responder_wait_max_h=_longest_wait_h(trace),
        restored_80_h=restored_80_h,
        restoration_h=_since(first_impact_h, restored_80_h),
        bed_days_lost=sum(row.bed_days_lost for row in establishments),
        ed_visits=visits,
        ed_visits_diverted=int(care.diverted_out[:, emergency].sum()),
        ed_visits_unmet=unmet,
        ed_unmet_share=unmet / visits if visits else 0.0,
        time_critical_patients=time_critical,
        time_critical_delay_min=toll.time_critical_min.total() / time_critical if time_critical else 0.0,
        surgeries_postponed=int(toll.postponed.total()),
        surgeries_backlog=int(care.waiting[-1, scheduled].sum()),
        backlog_recovery_h=_since(first_impact_h, recovered_h(care, wards, first_impact_h)),
        icu_unmet_patient_h=toll.icu_unmet_patient_h.total(),
        icu_waiting_max=int(toll.critical_waiting.values.sum(axis=1).max(initial=0)),
        ed_waiting_max=int(care.waiting[:, emergency].sum(axis=1).max(initial=0)),
        ed_occupancy_max=_fullest(trace, emergency),
        ed_diversion_h=float(care.full_h[:, emergency].sum()),
        ed_boarded_long=int(care.by_kind[0, 1]),
        samu_calls_unanswered=int(care.unmet[:, wards.of(Stream.SAMU)].sum()),
        delay_deaths=harm.deaths,
        healthy_days_lost=harm.healthy_days,
        thresholds_broken=(),
        first_broken_h=None,
        first_broken_finess=None,
        first_broken_indicator=None,
    )


def _fullest(trace: Trace, emergency: NDArray[np.bool_]) -> float:
    """Patients in care and waiting over the region's ordinary boxes, in the worst hour."""
    boxes = trace.prepared.wards.places[emergency].sum()
    there = (trace.care.in_care[:, emergency] + trace.care.waiting[:, emergency]).sum(axis=1)
    return float(there.max(initial=0) / boxes) if boxes else 0.0


def _longest_wait_h(trace: Trace) -> float | None:
    """Whoever still waits at the horizon has waited until then: leaving him out would flatter the region."""
    horizon_h = float(trace.prepared.scenario.horizon_h)
    states = trace.states[: trace.prepared.establishments]
    waits = (state.waited_h(horizon_h) for state in states)
    return max((wait_h for wait_h in waits if wait_h is not None), default=None)


def _since(first_h: float | None, then_h: float | None) -> float | None:
    return None if first_h is None or then_h is None else then_h - first_h


def _ghts_impacted(prepared: PreparedCampaign, establishments: tuple[EstablishmentOutcome, ...]) -> int:
    sites = prepared.region.establishments
    return len({sites[row.finess].ght for row in establishments if row.impact_h is not None} - {None})


def _establishments(trace: Trace) -> tuple[EstablishmentOutcome, ...]:
    """A row an establishment, in the order of their numbers."""
    prepared = trace.prepared
    sites = prepared.region.establishments
    care = trace.care
    emergency = np.flatnonzero(prepared.wards.of(*EMERGENCY))
    visits, sent_on, unmet, full_h = (
        dict(zip(emergency.tolist(), counts[:, emergency].sum(axis=0).tolist(), strict=True))
        for counts in (care.demand, care.diverted_out, care.unmet, care.full_h)
    )
    rows = []
    for node, (finess, site) in enumerate(sites.items()):
        state = trace.states[node]
        via = None if state.via_link is None else prepared.links[state.via_link]
        via_node = None if via is None else prepared.nodes[via.source]
        departments = prepared.wards.emergencies_of(finess)
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
                declared_h=state.declared_h,
                service_lost_h=trace.service_lost_h.get(node),
                impact_h=state.impact_h,
                restored_h=state.restored_h,
                machines_hit_share=state.machines_hit,
                backups_destroyed=state.backups_destroyed,
                data_stolen=state.data_stolen,
                responder_wait_h=state.responder_wait_h,
                bed_days_lost=_bed_days_lost(site.beds, trace.bed_capacity.get(node, []), prepared),
                ed_visits=sum([visits[ward] for ward in departments]),
                ed_visits_diverted=sum([sent_on[ward] for ward in departments]),
                ed_visits_unmet=sum([unmet[ward] for ward in departments]),
                ed_diversion_h=float(sum([full_h[ward] for ward in departments])),
            )
        )
    return tuple(rows)


def _bed_days_lost(beds: int, changes: list[tuple[float, float]], prepared: PreparedCampaign) -> float:
    """Beds times the share lost, over the days that each level of capacity lasted."""
    if not changes:
        return 0.0
    ends = [*(at_h for at_h, _ in changes), float(prepared.scenario.horizon_h)][1:]
    lost = sum((1.0 - share) * (end_h - at_h) for (at_h, share), end_h in zip(changes, ends, strict=True))
    return beds * lost / HOURS_A_DAY


def _restored_80_h(trace: Trace) -> float | None:
    """When four fifths of the beds' capacity lost at worst in the establishments hit were back, for good."""
    sites = list(trace.prepared.region.establishments.values())
    hit = [node for node in trace.bed_capacity if trace.states[node].impact_h is not None]
    changes = sorted((at_h, node, share) for node in hit for at_h, share in trace.bed_capacity[node])
    lost_now: dict[int, float] = {}
    curve = []
    for at_h, node, share in changes:
        lost_now[node] = (1.0 - share) * sites[node].beds
        curve.append((at_h, sum(lost_now.values())))
    bound = STILL_LOST * max((lost for _, lost in curve), default=0.0)
    if not bound or curve[-1][1] > bound:
        return None
    back = len(curve) - 1
    while back > 0 and curve[back - 1][1] <= bound:
        back -= 1
    return curve[back][0]


def _hours(prepared: PreparedCampaign, care: Record) -> Hours:
    """Wards summed by territory and stream; a share of capacity is that of the places."""
    wards = prepared.wards
    counts = np.empty((len(COUNTS), len(care.demand), len(wards.groups)), np.int32)
    sum_groups(care, wards.group_starts, counts)
    shares = np.empty((len(care.demand), len(wards.groups)), np.float32)
    share_groups(care.capacity, wards.places, wards.group_starts, shares)
    return Hours(groups=wards.groups, **dict(zip(COUNTS, counts, strict=True)), capacity_share=shares)


@compiled
def sum_groups(care: Record, starts: NDArray[np.intp], summed: NDArray[np.int32]) -> None:
    """The sums of neighbouring columns, of which each group begins where `starts` says.

    `summed` is of shape (counts, hours, groups), in the order of `COUNTS`: all at one pass, three times as fast.
    """
    columns = care.demand.shape[1]
    for row in range(care.demand.shape[0]):
        hour, ward = U4(row), U4(0)
        for one in range(len(starts)):
            group = U4(one)
            end = starts[group + 1] if one + 1 < len(starts) else columns
            demand, served, out, arrived, unmet, waiting, in_care = 0, 0, 0, 0, 0, 0, 0
            while ward < end:
                demand += care.demand[hour, ward]
                served += care.served[hour, ward]
                out += care.diverted_out[hour, ward]
                arrived += care.diverted_in[hour, ward]
                unmet += care.unmet[hour, ward]
                waiting += care.waiting[hour, ward]
                in_care += care.in_care[hour, ward]
                ward = U4(ward + 1)
            summed[0, hour, group] = demand
            summed[1, hour, group] = served
            summed[2, hour, group] = out
            summed[3, hour, group] = arrived
            summed[4, hour, group] = unmet
            summed[5, hour, group] = waiting
            summed[6, hour, group] = in_care


@compiled
def share_groups(
    capacity: NDArray[np.float32],
    places: NDArray[np.float64],
    starts: NDArray[np.intp],
    shares: NDArray[np.float32],
) -> None:
    """The means of neighbouring columns weighed by places; of wards without any, by nothing."""
    for hour in range(capacity.shape[0]):
        for group in range(len(starts)):
            end = starts[group + 1] if group + 1 < len(starts) else capacity.shape[1]
            share, weight, bare = 0.0, 0.0, 0.0
            for ward in range(starts[group], end):
                share += capacity[hour, ward] * places[ward]
                weight += places[ward]
                bare += capacity[hour, ward]
            shares[hour, group] = share / weight if weight > 0.0 else bare / (end - starts[group])
