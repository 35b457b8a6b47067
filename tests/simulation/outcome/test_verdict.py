"""When and where a region breaks first."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.care.capacity.staffing import CONDITIONS
from simulation.care.flow.arrays import Record
from simulation.engine.timeline import NodeState
from simulation.inputs.scenarios.scenario import Gauge, Scenario, Threshold
from simulation.inputs.streams import NUMBER, Stream
from simulation.outcome.records import ReplicationOutcome
from simulation.outcome.verdict import BrokenThreshold, Toll, broken_thresholds_of, toll_of
from simulation.prepared import PreparedCampaign
from simulation.replication import replicate
from tests.regions import FIRST, SECOND
from topologies.fields.title import Title


def with_thresholds(prepared: PreparedCampaign, bounds: dict[Gauge, float]) -> PreparedCampaign:
    reason = Title(fr="essai", en="test")
    thresholds = tuple(Threshold(indicator=g, at_most=most, reason=reason) for g, most in bounds.items())
    scenario: Scenario = prepared.scenario.model_copy(update={"thresholds": thresholds})
    return replace(prepared, scenario=scenario)


def quiet(prepared: PreparedCampaign) -> Record:
    """Hours in which nothing happens."""
    shape = prepared.wards.expected.shape
    return Record(
        demand=np.zeros(shape, np.int32),
        served=np.zeros(shape, np.int32),
        diverted_out=np.zeros(shape, np.int32),
        diverted_in=np.zeros(shape, np.int32),
        unmet=np.zeros(shape, np.int32),
        waiting=np.zeros(shape, np.int32),
        in_care=np.zeros(shape, np.int32),
        capacity=np.ones(shape, np.float32),
        full_h=np.zeros(shape, np.float32),
        time_critical_min=np.zeros(shape, np.float32),
        by_kind=np.zeros((len(CONDITIONS) + 1, 3)),
        history=np.empty((0, 4)),
    )


@pytest.fixture
def outcome(small: PreparedCampaign) -> ReplicationOutcome:
    row = replicate(small, 1, 0).replication
    return replace(row, regional_cell_delay_h=3.0, restoration_h=None, ed_visits=1000)


def first_broken(
    prepared: PreparedCampaign, care: Record, toll: Toll, some: list[NodeState], outcome: ReplicationOutcome
) -> BrokenThreshold | None:
    return next(iter(broken_thresholds_of(prepared, care, toll, some, outcome)), None)


def states(prepared: PreparedCampaign) -> list[NodeState]:
    return [NodeState() for _ in prepared.nodes]


def test_the_running_sum_breaks_at_the_hour_and_site_that_brought_it(
    small: PreparedCampaign, outcome: ReplicationOutcome
) -> None:
    prepared = with_thresholds(small, {Gauge.ICU_UNMET: 4.0})
    care = quiet(prepared)
    first, second = (prepared.wards.of_site[f][Stream.CRITICAL_CARE] for f in (FIRST, SECOND))
    care.waiting[10, first] = 2
    care.waiting[20, second] = 3
    breach = first_broken(prepared, care, toll_of(prepared, care), states(prepared), outcome)
    assert breach is not None
    assert (breach.at_h, breach.indicator, breach.finess) == (21.0, Gauge.ICU_UNMET, SECOND)


def test_a_bound_that_is_just_met_holds(small: PreparedCampaign, outcome: ReplicationOutcome) -> None:
    prepared = with_thresholds(small, {Gauge.ICU_UNMET: 2.0})
    care = quiet(prepared)
    care.waiting[10, prepared.wards.of_site[FIRST][Stream.CRITICAL_CARE]] = 2
    assert first_broken(prepared, care, toll_of(prepared, care), states(prepared), outcome) is None


def test_a_wait_for_a_team_that_never_comes_breaks_too(
    small: PreparedCampaign, outcome: ReplicationOutcome
) -> None:
    prepared = with_thresholds(small, {Gauge.RESPONDER_WAIT: 24.0})
    some = states(prepared)
    some[prepared.nodes.index(SECOND)].responders_asked_h = 100.0
    care = quiet(prepared)
    breach = first_broken(prepared, care, toll_of(prepared, care), some, outcome)
    assert breach is not None
    assert (breach.at_h, breach.finess) == (124.0, SECOND)


def test_a_restoration_that_does_not_come_breaks_at_its_due_hour(
    small: PreparedCampaign, outcome: ReplicationOutcome
) -> None:
    prepared = with_thresholds(small, {Gauge.RESTORATION: 240.0, Gauge.REGIONAL_CELL_DELAY: 8.0})
    some = states(prepared)
    for finess in (FIRST, SECOND):
        some[prepared.nodes.index(finess)].impact_h = 72.0
    care = quiet(prepared)
    breach = first_broken(prepared, care, toll_of(prepared, care), some, outcome)
    assert breach is not None
    assert (breach.at_h, breach.indicator, breach.finess) == (312.0, Gauge.RESTORATION, FIRST)


def test_without_an_impact_nothing_is_due(small: PreparedCampaign, outcome: ReplicationOutcome) -> None:
    prepared = with_thresholds(small, {Gauge.RESTORATION: 1.0, Gauge.REGIONAL_CELL_DELAY: 1.0})
    spared = replace(outcome, first_impact_h=None, regional_cell_delay_h=None)
    care = quiet(prepared)
    assert first_broken(prepared, care, toll_of(prepared, care), states(prepared), spared) is None


def test_an_operation_is_postponed_once_on_the_day_for_which_it_was_planned(small: PreparedCampaign) -> None:
    care = quiet(small)
    ward = small.wards.of_site[FIRST][Stream.SURGERY_SCHEDULED]
    care.demand[2, ward] = 5
    care.waiting[2:60, ward] = 3
    toll: Toll = toll_of(small, care)
    assert toll.postponed.total() == 3


def test_a_critically_ill_patient_counts_from_the_hour_after_he_came_and_for_his_stay_when_lost(
    small: PreparedCampaign,
) -> None:
    care = quiet(small)
    ward = small.wards.of_site[FIRST][Stream.CRITICAL_CARE]
    care.demand[10, ward] = 2
    care.waiting[10:13, ward] = 2
    care.unmet[13, ward] = 2
    stay_h = small.wards.stays[NUMBER[Stream.CRITICAL_CARE]].mean_h
    assert toll_of(small, care).icu_unmet_patient_h.total() == pytest.approx(2 * 2 + 2 * stay_h)


def test_minutes_are_shared_among_all_time_critical_patients(
    small: PreparedCampaign, outcome: ReplicationOutcome
) -> None:
    prepared = with_thresholds(small, {Gauge.TIME_CRITICAL_DELAY: 10.0})
    care = quiet(prepared)
    patients = replace(outcome, time_critical_patients=4)
    care.time_critical_min[5, prepared.wards.of_site[FIRST][Stream.EMERGENCY_ADULT]] = 40.0
    assert first_broken(prepared, care, toll_of(prepared, care), states(prepared), patients) is None
    care.time_critical_min[9, prepared.wards.of_site[SECOND][Stream.EMERGENCY_ADULT]] = 41.0
    breach = first_broken(prepared, care, toll_of(prepared, care), states(prepared), patients)
    assert breach is not None
    assert (breach.at_h, breach.finess) == (10.0, SECOND)
