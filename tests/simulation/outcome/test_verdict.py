"""When and where a region breaks first."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulation.care.flow.codes import CONDITIONS
from simulation.care.flow.record import COMMUNE_COUNTS, CONDITION_COUNTS, TOTALS, Record, blank_history
from simulation.engine.nodes import NodeState
from simulation.engine.random_streams import Luck
from simulation.inputs.scenarios.scenario import Scenario, Threshold
from simulation.inputs.streams import Stream
from simulation.outcome.counting import replication_of
from simulation.outcome.records import ReplicationOutcome
from simulation.outcome.trace import Trace
from simulation.replication import PreparedCampaign
from tests.regions import FIRST, SECOND
from topologies.fields.title import Title


def with_thresholds(prepared: PreparedCampaign, bounds: dict[str, float]) -> PreparedCampaign:
    reason = Title(fr="essai", en="test")
    thresholds = tuple(
        Threshold(indicator=name, at_most=most, reason=reason) for name, most in bounds.items()
    )
    scenario: Scenario = prepared.campaign.scenario.model_copy(update={"thresholds": thresholds})
    return replace(prepared, campaign=replace(prepared.campaign, scenario=scenario))


def quiet(prepared: PreparedCampaign) -> Record:
    """Hours in which nothing happens."""
    shape = prepared.care.wards.expected.shape
    of_departments = (shape[0], len(prepared.care.wards.emergency_departments))
    of_imaging = (shape[0], int(prepared.care.wards.of(Stream.IMAGING).sum()))
    return Record(
        demand=np.zeros(shape, np.int32),
        served=np.zeros(shape, np.int32),
        diverted_out=np.zeros(shape, np.int32),
        diverted_in=np.zeros(shape, np.int32),
        ambulances_diverted_out=np.zeros(of_departments, np.int32),
        ambulances_diverted_in=np.zeros(of_departments, np.int32),
        moved_on_out=np.zeros(of_departments, np.int32),
        moved_on_in=np.zeros(of_departments, np.int32),
        urgent_images=np.zeros(of_imaging, np.int32),
        late_images=np.zeros(of_imaging, np.int32),
        unmet=np.zeros(shape, np.int32),
        waiting=np.zeros(shape, np.int32),
        in_care=np.zeros(shape, np.int32),
        capacity_share=np.ones(shape, np.float32),
        diversion_h=np.zeros(shape, np.float32),
        ambulances_late=np.zeros(of_departments, np.int32),
        no_ambulances_h=np.zeros(of_departments, np.float32),
        closed_h=np.zeros(of_departments, np.float32),
        time_critical_min=np.zeros(shape, np.float32),
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


def first_broken(row: ReplicationOutcome) -> tuple[float | None, str | None, str | None]:
    assert row.held is (row.thresholds_broken == ())
    assert row.first_broken_indicator == next(iter(row.thresholds_broken), None)
    return row.first_broken_h, row.first_broken_indicator, row.first_broken_finess


HELD = (None, None, None)


def test_the_running_sum_breaks_at_the_hour_and_site_that_brought_it(small: PreparedCampaign) -> None:
    prepared = with_thresholds(small, {"icu_unmet_patient_h": 4.0})
    care = quiet(prepared)
    first, second = (prepared.care.wards.of_site[f][Stream.CRITICAL_CARE] for f in (FIRST, SECOND))
    care.waiting[10, first] = 2
    care.waiting[20, second] = 3
    assert first_broken(row_of(prepared, care)) == (21.0, "icu_unmet_patient_h", SECOND)


def test_a_bound_that_is_just_met_holds(small: PreparedCampaign) -> None:
    prepared = with_thresholds(small, {"icu_unmet_patient_h": 2.0})
    care = quiet(prepared)
    care.waiting[10, prepared.care.wards.of_site[FIRST][Stream.CRITICAL_CARE]] = 2
    assert first_broken(row_of(prepared, care)) == HELD


def test_a_share_of_visits_breaks_at_the_hour_in_which_too_many_were_lost(small: PreparedCampaign) -> None:
    prepared = with_thresholds(small, {"ed_unmet_share": 0.05})
    care = quiet(prepared)
    ward = prepared.care.wards.of_site[FIRST][Stream.EMERGENCY_ADULT]
    care.demand[:50, ward] = 2
    care.unmet[[3, 8], ward] = 3
    row = row_of(prepared, care)
    assert (row.ed_visits, row.ed_visits_unmet, row.ed_unmet_share) == (100, 6, 0.06)
    assert first_broken(row) == (9.0, "ed_unmet_share", FIRST)


def test_a_wait_for_a_team_that_never_comes_breaks_too(small: PreparedCampaign) -> None:
    prepared = with_thresholds(small, {"responder_wait_max_h": 24.0})
    some = states(prepared)
    some[prepared.nodes.number_of[SECOND]].responders_asked_h = 100.0
    row = row_of(prepared, quiet(prepared), states=some)
    assert first_broken(row) == (124.0, "responder_wait_max_h", SECOND)
    assert row.responder_wait_max_h == prepared.campaign.scenario.horizon_h - 100.0


def test_thresholds_break_in_order_of_time_and_a_restoration_that_does_not_come_at_its_due_hour(
    small: PreparedCampaign,
) -> None:
    bounds = {"restoration_h": 240.0, "regional_cell_delay_h": 8.0, "surgeries_postponed": 4.0}
    prepared = with_thresholds(small, bounds)
    some = states(prepared)
    for finess in (FIRST, SECOND):
        some[prepared.nodes.number_of[finess]].impact_h = 72.0
    row = row_of(prepared, quiet(prepared), states=some, regional_cell_h=75.0)
    assert first_broken(row) == (312.0, "restoration_h", FIRST)
    late = row_of(prepared, quiet(prepared), states=some, regional_cell_h=81.0)
    assert late.thresholds_broken == ("regional_cell_delay_h", "restoration_h")
    assert first_broken(late) == (80.0, "regional_cell_delay_h", FIRST)


def test_without_an_impact_nothing_is_due(small: PreparedCampaign) -> None:
    prepared = with_thresholds(small, {"restoration_h": 1.0, "regional_cell_delay_h": 1.0})
    assert first_broken(row_of(prepared, quiet(prepared))) == HELD


def test_an_operation_is_postponed_once_on_the_day_for_which_it_was_planned(small: PreparedCampaign) -> None:
    care = quiet(small)
    ward = small.care.wards.of_site[FIRST][Stream.SURGERY_SCHEDULED]
    care.demand[2, ward] = 5
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
    prepared = with_thresholds(small, {"time_critical_delay_min": 10.0})
    care = quiet(prepared)
    care.by_condition["came"][0] = 4
    care.time_critical_min[5, prepared.care.wards.of_site[FIRST][Stream.EMERGENCY_ADULT]] = 40.0
    assert first_broken(row_of(prepared, care)) == HELD
    care.time_critical_min[9, prepared.care.wards.of_site[SECOND][Stream.EMERGENCY_ADULT]] = 41.0
    assert first_broken(row_of(prepared, care)) == (10.0, "time_critical_delay_min", SECOND)
