"""Doors: whom a department lets in by decision, and where the others go."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from simulation.care.capacity.ward_table import WardNumber
from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.flow.arrivals import draw_arrivals
from simulation.care.flow.changes import Doors
from simulation.care.flow.record import Record
from simulation.care.flow.rules.care_by_the_rules import Change
from simulation.engine.random_streams import Luck
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import Stream
from tests.regions import FIRST, small_region
from tests.validation.care_runs import simulated

HOURS = 5 * 24
SHUTS_H, OPENS_H = 30.5, 90.25
WHILE_SHUT = slice(31, 90)


@pytest.fixture(scope="module")
def wards(parameters: Parameters) -> Wards:
    scenario = load_scenario("ordinary-month").model_copy(update={"horizon_h": HOURS})
    wards = wards_of(small_region(), scenario, parameters)
    # Who leaves unseen stays at home: only doors move anybody on.
    return replace(wards, table=wards.table._replace(tries_next_share=0.0))


@pytest.fixture(scope="module")
def first(wards: Wards) -> WardNumber:
    return wards.of_site[FIRST][Stream.EMERGENCY_ADULT]


def shut(wards: Wards, parameters: Parameters, *departments: int, **so: float) -> Record:
    """For some days these departments are shut so; else as on ordinary days."""
    numbers = [WardNumber(ward) for ward in departments]
    changes = [Change(SHUTS_H, ward, 1.0, 1.0, 0.0, **so) for ward in numbers]  # type: ignore[arg-type]
    changes += [Change(OPENS_H, ward, 1.0) for ward in numbers]
    return simulated(wards, parameters, Luck(1, 0), changes).record


def came(wards: Wards, parameters: Parameters, first: int, *, by_ambulance: bool) -> int:
    """How many set out for the department while it is shut."""
    arrivals = draw_arrivals(wards, parameters, Luck(1, 0))
    mine = (arrivals.ward == first) & (arrivals.by_ambulance == by_ambulance)
    return int((mine & (arrivals.came_h >= SHUTS_H) & (arrivals.came_h < OPENS_H)).sum())


def joined(record: Record, ward: int) -> NDArray[np.int32]:
    """How many join the department when they first come, by hour while it is shut."""
    none = record.demand[:, ward] - record.diverted_out[:, ward] - record.unmet[:, ward]
    return none[WHILE_SHUT]


def test_nobody_comes_to_a_closed_department(wards: Wards, parameters: Parameters, first: WardNumber) -> None:
    record = shut(wards, parameters, first, doors=Doors.CLOSED)
    department = int(wards.table.emergency_number[first])
    waits = slice(31 + 24, 90)
    assert record.diverted_in[WHILE_SHUT, first].sum() == 0
    assert np.all(joined(record, first)[24:] == 0), "who waited before has been taken or has left"
    by_ambulance = came(wards, parameters, first, by_ambulance=True)
    assert record.ambulances_diverted_out[:, department].sum() >= by_ambulance
    by_themselves = came(wards, parameters, first, by_ambulance=False)
    gone = record.moved_on_out[:, department].sum() + record.totals["stayed_away"][0]
    assert gone == by_themselves
    share = record.totals["stayed_away"][0] / by_themselves
    assert share == pytest.approx(parameters.doors.stays_away_share.value, abs=0.1)
    assert record.served[waits, first].sum() == 0
    assert record.closed_h[:, department].sum() == pytest.approx(OPENS_H - SHUTS_H, abs=1e-4)
    assert record.closed_h.sum() == pytest.approx(OPENS_H - SHUTS_H, abs=1e-4)
    assert record.no_ambulances_h.sum() == 0.0


def test_a_department_that_takes_no_ambulances_takes_those_who_walk_in(
    wards: Wards, parameters: Parameters, first: WardNumber
) -> None:
    record = shut(wards, parameters, first, doors=Doors.NO_AMBULANCES)
    department = int(wards.table.emergency_number[first])
    assert record.moved_on_out.sum() == record.totals["stayed_away"][0] == 0
    by_ambulance = came(wards, parameters, first, by_ambulance=True)
    assert record.ambulances_diverted_out[31:90, department].sum() >= 0.9 * by_ambulance
    assert record.ambulances_diverted_in[WHILE_SHUT, department].sum() == 0
    assert record.served[WHILE_SHUT, first].sum() > 0
    assert record.no_ambulances_h[:, department].sum() == pytest.approx(OPENS_H - SHUTS_H, abs=1e-4)


def test_where_every_department_is_closed_patients_are_taken_all_the_same(
    wards: Wards, parameters: Parameters
) -> None:
    departments = wards.emergency_departments.tolist()
    record, calm = shut(wards, parameters, *departments, doors=Doors.CLOSED), shut(wards, parameters)
    assert record.moved_on_out.sum() == record.totals["stayed_away"][0] == 0
    assert record.served[:, departments].sum() >= 0.99 * calm.served[:, departments].sum()


def test_some_who_would_walk_in_shun_a_department_that_was_struck(
    wards: Wards, parameters: Parameters, first: WardNumber
) -> None:
    half = shut(wards, parameters, first, shunned=0.5)
    department = int(wards.table.emergency_number[first])
    gone = half.moved_on_out[:, department].sum() + half.totals["stayed_away"][0]
    assert gone / came(wards, parameters, first, by_ambulance=False) == pytest.approx(0.5, abs=0.1)
    assert half.no_ambulances_h.sum() == half.closed_h.sum() == 0.0
    # Where all are shunned alike, who shuns one shuns the next.
    everywhere = shut(wards, parameters, *wards.emergency_departments.tolist(), shunned=0.5)
    assert everywhere.moved_on_out.sum() == 0


def test_nobody_is_transferred_to_a_ward_that_takes_none(wards: Wards, parameters: Parameters) -> None:
    beds = np.flatnonzero(wards.of(Stream.MEDICINE)).tolist()
    # All are full but one, which takes nobody.
    full = [Change(SHUTS_H, WardNumber(ward), 0.5) for ward in beds[1:]]
    roomy = Change(SHUTS_H, WardNumber(beds[0]), 1.5)
    record = simulated(
        wards, parameters, Luck(1, 0), [*full, roomy._replace(doors=Doors.NO_AMBULANCES)]
    ).record
    its_doors_open = simulated(wards, parameters, Luck(1, 0), [*full, roomy]).record
    late = slice(48, None)
    assert its_doors_open.diverted_in[late, beds[0]].sum() > 0
    assert record.diverted_in[late, beds[0]].sum() == 0
