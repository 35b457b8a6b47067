"""What a site decides: everything off and on again, its doors, planned care; each with an end, and with its levers."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from simulation.care.flow.changes import PLANNED
from simulation.care.flow.record import Record
from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node
from simulation.inputs.clock import until_day_h, until_working_hours_h
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.streams import NUMBER, Stream
from simulation.outcome.trace import Trace
from simulation.replication import PreparedCampaign, prepare, replicate, trace_of
from tests.campaigns import beyond_measure, prepared_again
from topologies.region import Trust

ALL_OFF = {
    "switches_off_hit": 1.0,
    "switches_off_spared": 1.0,
    "switches_off_quiet": 1.0,
    "isolation_h": 0.5,
}
SEEN_EARLY = {"detection_h": 0.5, "triage_h": 0.1, "order_h": 0.1, "regional_cell_h": 0.1}
EVERY_MACHINE = {"machines_hit": 0.999, "machines_hit_concentration": 1_000.0}
RESUMES = EventKind.PLANNED_CARE_RESUMES
MINUTE = 1.0 / 60.0
HIT = [Node(number) for number in range(3)]


def under(
    small: PreparedCampaign, values: Mapping[str, float], posture: Posture | None = None, number: int = 0
) -> Trace:
    """A replication with these values, beyond what a document may give."""
    parameters: Parameters = beyond_measure(small.campaign.parameters, values)
    return trace_of(prepared_again(small, parameters=parameters, posture=posture), 1, number)


def hours_of(trace: Trace, node: Node, kind: EventKind) -> list[float]:
    """When events of this kind happened to a node."""
    return [event.at_h for event in trace.timeline if event.node == node and event.what.kind is kind]


def share_of(trace: Trace, care: Record, node: Node, stream: Stream) -> np.ndarray:
    """The share of its ordinary places that a stream has, by hour."""
    return care.capacity_share[:, trace.wards.of_site[trace.nodes.names[node]][stream]]


def test_where_the_payload_went_off_everything_is_off_with_the_cut_and_on_once_somebody_has_looked(
    small: PreparedCampaign,
) -> None:
    trace = under(
        small,
        ALL_OFF
        | {"machines_hit": 0.2, "investigate_days": 0.5, "directory_days": 0.5, "next_check_days": 0.05},
    )
    for node in HIT:
        state = trace.states[node]
        assert state.impact_h is not None
        assert state.switched_off_h == state.isolated_h
        on = hours_of(trace, node, EventKind.SWITCHED_ON)
        assert on
        assert min(on) > hours_of(trace, node, EventKind.STAGE_DONE)[0]
        assert state.switched_off_h is not None
        assert share_of(trace, trace.care, node, Stream.LABORATORY)[int(state.switched_off_h) + 2] < 0.2


def test_who_was_hit_goes_back_on_its_links_by_day_once_core_servers_and_workstations_are_clean(
    small: PreparedCampaign,
) -> None:
    trace = under(small, ALL_OFF | {"machines_hit": 0.2})
    back = 0
    for node in HIT:
        done = {
            str(event.what.detail): event.at_h
            for event in trace.timeline
            if event.node == node and event.what.kind is EventKind.STAGE_DONE
        }
        for at_h in hours_of(trace, node, EventKind.RECONNECTION):
            back += 1
            clean_h = max(done["core_servers"], done["workstations"])
            assert at_h == clean_h + until_working_hours_h(small.response.starts_at_h + clean_h)
    assert back


def test_who_is_off_without_being_hit_is_checked_and_whole_again(small: PreparedCampaign) -> None:
    """The other sites of a body follow the one that was hit, and wait for its directory."""
    quick = {
        "first_check_days": 0.5,
        "next_check_days": 0.2,
        "reentry_days_per_day": 0.01,
        "investigate_days": 0.1,
        "directory_days": 0.1,
        "clean_up_list_days": 0.1,
        "trust_network": 0.0,
        "effort_share": 0.0,
    }
    services = {
        name: replace(service, trust=Trust.NETWORK)
        for name, service in small.campaign.region.services.items()
    }
    one_body = replace(small.campaign.region, services=services)
    p = beyond_measure(small.campaign.parameters, ALL_OFF | quick)
    trace = trace_of(prepare(replace(small.campaign, region=one_body, parameters=p)), 1, 0)
    off = [node for node in HIT if trace.states[node].impact_h is None]
    assert len(off) == len(HIT) - 1
    for node in off:
        state = trace.states[node]
        assert state.switched_off_h is not None
        assert state.switched_on_h is not None
        assert state.reconnected_h is not None
        shares = share_of(trace, trace.care, node, Stream.MEDICINE)
        assert shares[int(state.switched_off_h) + 2] < 0.7
        assert shares[-1] > 0.95, "but for those who rest after the plan blanc"


def test_planned_care_stops_wholly_or_hardly_and_returns_one_stream_after_the_other(
    small: PreparedCampaign,
) -> None:
    trace = under(small, ALL_OFF | EVERY_MACHINE)
    stopped = [node for node in HIT if trace.states[node].planned_stopped_h is not None]
    assert stopped
    for node in stopped:
        state = trace.states[node]
        assert state.planned_stopped_h is not None
        shares = share_of(trace, trace.care, node, Stream.OUTPATIENT)
        at = int(state.planned_stopped_h) + 2
        assert shares[at] <= small.campaign.parameters.site.stopped_keeps.value + 1e-6
        if state.planned_resumed_h is None:
            continue
        resumed = [
            event.what.detail for event in trace.timeline if event.node == node if event.what.kind is RESUMES
        ]
        assert resumed == sorted(resumed, key=[str(stream) for stream in PLANNED].index)
        assert state.restored_h is None or state.planned_resumed_h < state.restored_h
        assert shares[int(state.planned_resumed_h) + 2] > 0.5, "near normal long before the systems"


def test_a_department_refuses_or_closes_by_decision_and_reopens_before_all_is_restored(
    small: PreparedCampaign,
) -> None:
    shut = {"ed_refuses_hit": 1.0, "ed_closes_share": 1.0}
    trace = under(small, ALL_OFF | EVERY_MACHINE | shut)
    for node in HIT:
        closed = hours_of(trace, node, EventKind.ED_CLOSES)
        reopens = hours_of(trace, node, EventKind.ED_REOPENS)
        assert len(closed) == 1
        assert trace.states[node].ed_shut_h == closed[0]
        assert all(closed[0] < at_h for at_h in reopens)
        if trace.states[node].restored_h is not None:
            assert reopens
    # On paper, they open by day; with their systems, at once.
    shuts = {EventKind.ED_CLOSES, EventKind.ED_REFUSES_AMBULANCES}
    on_paper = [
        event.at_h
        for event in trace.timeline
        if event.what.kind in shuts | {EventKind.ED_REOPENS}
        and event.cause is not None
        and trace.timeline[event.cause].what.kind in shuts
    ]
    assert on_paper
    assert not any(until_day_h(small.response.starts_at_h + at_h + MINUTE) for at_h in on_paper)
    assert trace.care.closed_h.sum() > 0
    spared = under(small, ALL_OFF | EVERY_MACHINE | {"ed_refuses_hit": 0.0})
    assert spared.care.closed_h.sum() == spared.care.no_ambulances_h.sum() == 0


def test_critical_care_is_emptied_by_the_crisis_cell_and_opens_again(small: PreparedCampaign) -> None:
    trace = under(small, ALL_OFF | EVERY_MACHINE | {"empties_critical": 1.0})
    emptied = False
    for node in HIT:
        closes = hours_of(trace, node, EventKind.CRITICAL_CARE_EMPTIED)
        reopens = hours_of(trace, node, EventKind.CRITICAL_CARE_REOPENS)
        assert len(closes) <= 1
        if not closes:
            continue
        emptied = True
        state = trace.states[node]
        assert state.crisis_cell_h is not None
        assert state.switched_off_h is not None
        assert max(state.crisis_cell_h, state.switched_off_h) < closes[0]
        assert all(closes[0] < at_h for at_h in reopens)
        assert share_of(trace, trace.care, node, Stream.CRITICAL_CARE)[int(closes[0]) + 2] == 0.0
        if state.restored_h is not None:
            assert reopens
    assert emptied
    assert trace.care.totals["moved_out"][0] > 0
    kept = under(small, ALL_OFF | EVERY_MACHINE | {"empties_critical": 0.0})
    assert kept.care.totals["moved_out"][0] == 0


def test_births_and_sessions_go_to_other_sites_by_decision_and_come_back(small: PreparedCampaign) -> None:
    decided = {"empties_maternity": 1.0, "sessions_elsewhere": 1.0}
    alone = ALL_OFF | EVERY_MACHINE | {"trust_separate": 0.0, "switches_off_spared": 0.0}
    trace, kept = under(small, alone | decided), under(small, alone | dict.fromkeys(decided, 0.0))
    begun = {e.what.detail for e in trace.timeline if e.what.kind is EventKind.CARE_MOVED}
    ended = {e.what.detail for e in trace.timeline if e.what.kind is EventKind.CARE_RETURNS}
    assert {Stream.MATERNITY, Stream.DIALYSIS, Stream.CHEMOTHERAPY} <= begun
    assert ended <= begun
    assert not any(e.what.kind is EventKind.CARE_MOVED for e in kept.timeline)
    for stream in (Stream.MATERNITY, Stream.DIALYSIS):
        wards = trace.wards.of(stream)
        assert trace.care.diverted_out[:, wards].sum() > kept.care.diverted_out[:, wards].sum()
    sessions = trace.wards.of(Stream.DIALYSIS)
    assert trace.care.unmet[:, sessions].sum() < kept.care.unmet[:, sessions].sum()


def test_sessions_go_elsewhere_also_where_all_was_left_on_or_nothing_was_hit(small: PreparedCampaign) -> None:
    """Who lost the machines of dialysis, or has switched them off, need not have lost everything."""
    left_on = EVERY_MACHINE | dict.fromkeys(("switches_off_hit", "switches_off_spared"), 0.0)
    for given in (left_on, ALL_OFF | SEEN_EARLY):
        trace = under(small, given | {"sessions_elsewhere": 1.0, "empties_critical": 1.0})
        kinds = {event.what.kind for event in trace.timeline}
        assert EventKind.CARE_MOVED in kinds
        assert EventKind.CRITICAL_CARE_EMPTIED not in kinds


def test_emergencies_keep_the_beds_that_planned_stays_leave(small: PreparedCampaign) -> None:
    """Where planned stays can be put off, more emergencies are taken than where none can, staffed alike."""
    departments = small.care.wards.emergency_departments
    alike = ALL_OFF | EVERY_MACHINE | {"emergency_bed_wait_h": 0.0}
    wait, cannot = (under(small, alike | {"medicine_cannot_wait_share": share}).care for share in (0.1, 1.0))
    assert wait.served[:, departments].sum() > cannot.served[:, departments].sum()


def test_plans_and_exercises_avoid_or_shorten_what_is_decided(small: PreparedCampaign) -> None:
    levers = small.campaign.posture.levers
    full = {
        name: getattr(levers, name).model_copy(update={"value": 1.0})
        for name in ("continuity_plan", "exercises")
    }
    rehearsed = small.campaign.posture.model_copy(update={"levers": levers.model_copy(update=full)})
    certain = {"plan_keeps_on": 1.0, "switches_off_hit": 1.0}
    assert all(under(small, certain).states[node].switched_off_h is not None for node in HIT)
    assert all(under(small, certain, rehearsed).states[node].switched_off_h is None for node in HIT)


def test_an_intruder_seen_in_time_does_not_darken_a_hospital_unless_somebody_is_hit(
    small: PreparedCampaign,
) -> None:
    seen = SEEN_EARLY | {"switches_off_hit": 1.0, "switches_off_spared": 1.0, "switches_off_quiet": 0.0}
    cut = 0
    for number in range(4):
        trace = under(small, seen, number=number)
        hit_h = min((state.impact_h or np.inf for state in trace.states), default=np.inf)
        for node in HIT:
            state = trace.states[node]
            cut += state.isolated_h is not None and state.isolated_h < hit_h
            assert state.switched_off_h is None or state.switched_off_h >= hit_h
    assert cut


@pytest.mark.parametrize("number", range(3))
def test_with_everything_encrypted_critical_care_is_never_better_off_and_nobody_gains(
    small: PreparedCampaign, number: int
) -> None:
    scenario = small.campaign.scenario.model_copy(update={"waves": ()})
    parameters = beyond_measure(small.campaign.parameters, EVERY_MACHINE)
    struck = prepared_again(small, parameters=parameters)
    peace = prepare(replace(struck.campaign, scenario=scenario))
    unmet = [replicate(each, 1, number).replication.icu_unmet_patient_h for each in (struck, peace)]
    assert unmet[0] >= unmet[1]
    trace = trace_of(struck, 1, number)
    for node in HIT:
        impact_h = trace.states[node].impact_h
        assert impact_h is not None
        for stream in trace.wards.of_site[trace.nodes.names[node]]:
            assert np.all(share_of(trace, trace.care, node, stream)[int(impact_h) + 1 :] <= 1.0), NUMBER[
                stream
            ]


def test_a_payload_laid_before_the_cut_goes_off_behind_it_unless_everything_is_off(
    small: PreparedCampaign,
) -> None:
    late = {
        "detection_h": 12.0,
        "triage_h": 0.1,
        "isolation_h": 0.1,
        "alert_overlooked": 0.0,
        "laid_payload_works": 1.0,
        "switches_off_hit": 0.0,
    }

    def hit_behind_the_cut(switches_off: float) -> int:
        values = late | dict.fromkeys(("switches_off_spared", "switches_off_quiet"), switches_off)
        traces = [under(small, values, number=each) for each in range(4)]
        states = [trace.states[node] for trace in traces for node in HIT]
        return sum((one.isolated_h or np.inf) < (one.impact_h or 0.0) for one in states)

    assert hit_behind_the_cut(0.0) > 0
    assert hit_behind_the_cut(1.0) == 0
