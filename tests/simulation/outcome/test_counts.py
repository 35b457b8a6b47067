"""What is counted of a replication, and what is said to be missing."""

from typing import Any

import numpy as np
import pytest

from simulation.attack.attack_events import AttackBegins, Foothold, Impact, StrikeBegins
from simulation.care.flow.codes import CONDITIONS
from simulation.care.flow.record import COMMUNE_COUNTS, CONDITION_COUNTS, TOTALS, Record, blank_history
from simulation.engine.event_kinds import Actor, EventKind
from simulation.engine.nodes import Node, NodeState
from simulation.engine.random_streams import Luck
from simulation.engine.timeline import TimelineEvent
from simulation.inputs.streams import Stream
from simulation.outcome.counting import replication_of
from simulation.outcome.indicators.attack import waves_gone_off
from simulation.outcome.records import ReplicationOutcome
from simulation.outcome.trace import Trace
from simulation.replication import PreparedCampaign
from tests.regions import FIRST, SECOND


def quiet(prepared: PreparedCampaign) -> Record:
    """Hours in which nothing happens."""
    shape = prepared.care.wards.expected.shape
    of_departments = (shape[0], len(prepared.care.wards.emergency_departments))
    of_exams = (shape[0], int(prepared.care.wards.of(Stream.IMAGING, Stream.LABORATORY).sum()))
    return Record(
        demand=np.zeros(shape, np.int32),
        served=np.zeros(shape, np.int32),
        diverted_out=np.zeros(shape, np.int32),
        diverted_in=np.zeros(shape, np.int32),
        ambulances_diverted_out=np.zeros(of_departments, np.int32),
        ambulances_diverted_in=np.zeros(of_departments, np.int32),
        moved_on_out=np.zeros(of_departments, np.int32),
        moved_on_in=np.zeros(of_departments, np.int32),
        urgent_exams=np.zeros(of_exams, np.int32),
        late_exams=np.zeros(of_exams, np.int32),
        unmet=np.zeros(shape, np.int32),
        waiting=np.zeros(shape, np.int32),
        in_care=np.zeros(shape, np.int32),
        in_corridor=np.zeros(of_departments, np.int32),
        capacity_share=np.ones(shape, np.float32),
        diversion_h=np.zeros(of_departments, np.float32),
        ambulances_late=np.zeros(of_departments, np.int32),
        no_ambulances_h=np.zeros(of_departments, np.float32),
        closed_h=np.zeros(of_departments, np.float32),
        time_critical_min=np.zeros(of_departments, np.float32),
        by_condition=np.zeros(len(CONDITIONS), CONDITION_COUNTS),
        by_commune=np.zeros(len(prepared.care.wards.homes.communes), COMMUNE_COUNTS),
        came=np.zeros(len(prepared.care.wards.table.homes.commune), np.int64),
        totals=np.zeros(1, TOTALS),
        history=blank_history(0),
    )


def states(prepared: PreparedCampaign) -> tuple[NodeState, ...]:
    return tuple(NodeState() for _ in prepared.nodes.names)


def row_of(prepared: PreparedCampaign, care: Record, **left: Any) -> ReplicationOutcome:
    """The row of a replication that leaves this behind, and nothing else."""
    nothing: dict[str, Any] = {
        "states": states(prepared),
        "timeline": (),
        "drawn": {},
        "bed_capacity": {},
        "emergency_lost": {},
        "regional_cell_h": None,
        "service_lost_h": {},
    }
    trace = Trace(
        campaign=prepared.campaign,
        nodes=prepared.nodes,
        links=prepared.attack.links,
        wards=prepared.care.wards,
        replication=0,
        care=care,
        luck=Luck(1, 0),
        **{**nothing, **left},
    )
    return replication_of(trace)


def test_hours_without_a_critical_bed_add_up_over_sites(small: PreparedCampaign) -> None:
    care = quiet(small)
    first, second = (small.care.wards.of_site[f][Stream.CRITICAL_CARE] for f in (FIRST, SECOND))
    care.waiting[10, first] = 2
    care.waiting[20, second] = 3
    assert row_of(small, care).icu_unmet_patient_h == 5.0


def test_a_share_of_visits_is_of_those_that_were_lost(small: PreparedCampaign) -> None:
    care = quiet(small)
    ward = small.care.wards.of_site[FIRST][Stream.EMERGENCY_ADULT]
    care.demand[:50, ward] = 2
    care.unmet[[3, 8], ward] = 3
    row = row_of(small, care)
    assert (row.ed_visits, row.ed_visits_unmet, row.ed_unmet_share) == (100, 6, 0.06)


def test_a_wait_for_a_team_that_never_comes_counts_up_to_the_horizon_and_is_said(
    small: PreparedCampaign,
) -> None:
    some = states(small)
    site = some[small.nodes.number_of[SECOND]]
    site.responders_asked_h = 100.0
    row = row_of(small, quiet(small), states=some)
    assert row.responder_wait_max_h == small.campaign.scenario.horizon_h - 100.0
    assert row.responders_came is False
    site.responders_came_h = 130.0
    row = row_of(small, quiet(small), states=some)
    assert (row.responder_wait_max_h, row.responders_came) == (30.0, True)


def test_nothing_lost_and_not_back_are_told_apart(small: PreparedCampaign) -> None:
    some = states(small)
    node = small.nodes.number_of[FIRST]
    some[node].impact_h = 72.0
    told = [
        (row.capacity_back, row.restored_80_h, row.restoration_h)
        for capacity in ({}, {node: [(72.0, 0.5)]}, {node: [(72.0, 0.5), (100.0, 1.0)]})
        for row in [row_of(small, quiet(small), states=some, bed_capacity=capacity)]
    ]
    assert told == [(None, None, None), (False, None, None), (True, 100.0, 28.0)]


def test_nothing_put_off_and_not_caught_up_are_told_apart(small: PreparedCampaign) -> None:
    some = states(small)
    some[small.nodes.number_of[FIRST]].impact_h = 72.0
    ward = small.care.wards.of_site[FIRST][Stream.SURGERY_SCHEDULED]
    told = []
    for until_h in (0, 200, None):
        care = quiet(small)
        care.waiting[80:until_h, ward] = 10_000
        row = row_of(small, care, states=some)
        told.append((row.backlog_cleared, row.backlog_recovery_h))
    assert told == [(None, None), (True, 128.0), (False, None)]


def test_without_an_impact_there_is_nothing_to_wait_for(small: PreparedCampaign) -> None:
    row = row_of(small, quiet(small))
    assert row.went_off_h is row.first_impact_h is row.capacity_back is row.backlog_cleared is None
    assert row.responders_came is None


def test_a_wave_has_gone_off_where_what_went_off_goes_back_to_its_own_beginning() -> None:
    timeline = [
        TimelineEvent(0.0, None, AttackBegins("first"), None),
        TimelineEvent(1.0, Node(0), Foothold("T1190"), 0),
        TimelineEvent(2.0, Node(0), Impact("T1486", 0.5), 1),
        TimelineEvent(3.0, None, AttackBegins("second"), 0),
        TimelineEvent(4.0, Node(1), Foothold("T1078"), 3),
    ]
    assert waves_gone_off(timeline, ()) == {"first": 2.0}
    again = TimelineEvent(5.0, Node(1), Impact("T1486", 0.5), 4)
    assert waves_gone_off([*timeline, again], ()) == {"first": 2.0, "second": 5.0}
    strike = TimelineEvent(5.0, None, StrikeBegins(Actor.REGION, None, "third"), None)
    assert waves_gone_off([*timeline, strike], ()) == {"first": 2.0, "third": 5.0}
    leak = TimelineEvent(9.0, Node(1), EventKind.DATA_LEAK, 4)
    assert waves_gone_off([*timeline, leak], ()) == {"first": 2.0}
    assert waves_gone_off([*timeline, leak], {"second"}) == {"first": 2.0, "second": 9.0}


def test_an_operation_is_postponed_once_on_the_day_for_which_it_was_planned(small: PreparedCampaign) -> None:
    care = quiet(small)
    ward = small.care.wards.of_site[FIRST][Stream.SURGERY_SCHEDULED]
    care.demand[2, ward] = 5
    care.served[2, ward] = 2
    care.demand[30, ward] = care.served[30, ward] = 4
    care.waiting[2:60, ward] = 3
    assert row_of(small, care).surgeries_postponed == 3


def test_a_critically_ill_patient_counts_from_the_hour_after_arrival_and_for_the_stay_when_lost(
    small: PreparedCampaign,
) -> None:
    care = quiet(small)
    ward = small.care.wards.of_site[FIRST][Stream.CRITICAL_CARE]
    care.demand[10, ward] = 2
    care.waiting[10:13, ward] = 2
    care.unmet[13, ward] = 2
    stay_h = small.care.wards.stays[Stream.CRITICAL_CARE].mean_h
    row = row_of(small, care)
    assert row.icu_unmet_patient_h == pytest.approx(2 * 2 + 2 * stay_h)
    assert row.icu_waiting_max == 2


def test_minutes_are_shared_among_all_time_critical_patients(small: PreparedCampaign) -> None:
    prepared, care = small, quiet(small)
    care.by_condition["came"][0] = 4
    first, second = (prepared.care.wards.of_site[site][Stream.EMERGENCY_ADULT] for site in (FIRST, SECOND))
    care.time_critical_min[[5, 9], prepared.care.wards.table.emergency_number[[first, second]]] = [40.0, 41.0]
    assert row_of(prepared, care).time_critical_delay_min == 81.0 / 4
