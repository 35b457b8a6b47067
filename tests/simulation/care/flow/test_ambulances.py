"""Ambulances that a full department keeps are missing for the next call."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.care.capacity.ward_table import PARTS_AN_HOUR, WardNumber
from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.flow.record import Record
from simulation.care.flow.rules.care_by_the_rules import Change
from simulation.engine.random_streams import Luck
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import Parameters
from tests.regions import small_region
from tests.validation.care_runs import simulated

HOURS = 5 * 24
FALLS_H = 30.0


@pytest.fixture(scope="module")
def wards(parameters: Parameters) -> Wards:
    scenario = load_scenario("ordinary-month").model_copy(update={"horizon_h": HOURS})
    return wards_of(small_region(), scenario, parameters)


def struck(wards: Wards, parameters: Parameters, left: float) -> Record:
    """From an hour on all departments have this share of their places."""
    departments = wards.emergency_departments.tolist()
    changes = [Change(FALLS_H, WardNumber(ward), left) for ward in departments]
    return simulated(wards, parameters, Luck(1, 0), changes).record


def test_on_ordinary_days_an_ambulance_is_nearly_always_free(wards: Wards, parameters: Parameters) -> None:
    record = struck(wards, parameters, 1.0)
    came = record.demand[:, wards.emergency_departments].sum() * parameters.emergency.ambulance_share.value
    assert record.ambulances_late.sum() < 0.03 * came


def test_departments_that_are_full_keep_ambulances_at_their_doors(
    wards: Wards, parameters: Parameters
) -> None:
    record = struck(wards, parameters, 0.2)
    late = record.ambulances_late.sum()
    assert late > 10
    late_h, most_h = record.totals["ambulance_late_h"][0], wards.table.ambulance_late_most / PARTS_AN_HOUR
    assert late / PARTS_AN_HOUR <= late_h <= late * most_h
    assert record.ambulances_late[: int(FALLS_H)].sum() <= late / 10


def test_crews_that_leave_at_once_are_not_missed(wards: Wards, parameters: Parameters) -> None:
    at_once = replace(wards, table=wards.table._replace(handover_most=0))
    kept, gone = (struck(some, parameters, 0.2).ambulances_late.sum() for some in (wards, at_once))
    assert gone < kept / 2


def test_who_comes_does_not_depend_on_ambulances(wards: Wards, parameters: Parameters) -> None:
    none = replace(wards, table=wards.table._replace(ambulances=np.zeros_like(wards.table.ambulances)))
    few, many = struck(none, parameters, 1.0), struck(wards, parameters, 1.0)
    assert np.array_equal(few.demand, many.demand)
    assert few.ambulances_late.sum() > 100
    waits = [record.by_condition["minutes"].sum() for record in (few, many)]
    assert waits[0] > waits[1], "who is time-critical is cared for later"
    assert few.by_condition["late_min"].sum() == pytest.approx(waits[0] - waits[1], rel=0.05)
