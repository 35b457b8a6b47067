"""Planned stays in medicine: put off before emergencies lack a bed, and called in again as fast as is planned."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from simulation.care.capacity.ward_table import WardNumber
from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.flow.care import Care
from simulation.care.flow.rules.care_by_the_rules import Change
from simulation.engine.random_streams import Luck
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import Stream
from tests.regions import FIRST, small_region
from tests.validation.care_runs import simulated

HOURS = 21 * 24
STRUCK_H, BACK_H = 50, 266
WHILE_STRUCK = slice(STRUCK_H + 1, BACK_H)


@pytest.fixture(scope="module")
def wards(parameters: Parameters) -> Wards:
    scenario = load_scenario("ordinary-month").model_copy(update={"horizon_h": HOURS})
    return wards_of(small_region(), scenario, parameters)


@pytest.fixture(scope="module")
def beds(wards: Wards) -> WardNumber:
    return wards.of_site[FIRST][Stream.MEDICINE]


def struck(
    wards: Wards, parameters: Parameters, beds: WardNumber, *, left: float, planned: float, back: float = 1.0
) -> Care:
    """So much of the beds is left for nine days, and so many of the planned are called in; then so much is back."""
    changes = [
        Change(float(STRUCK_H), beds, left, planned_share=planned),
        Change(float(BACK_H), beds, back),
    ]
    return simulated(wards, parameters, Luck(1, 0), changes)


def put_off(care: Care, ward: int) -> NDArray[np.int64]:
    """How many are still waiting, most of them at home, by hour."""
    return care.record.waiting[:, ward].astype(np.int64)


def test_who_can_wait_is_put_off_and_who_cannot_is_taken(
    wards: Wards, parameters: Parameters, beds: WardNumber
) -> None:
    care = struck(wards, parameters, beds, left=1.0, planned=0.0)
    calm = struck(wards, parameters, beds, left=1.0, planned=1.0)
    direct = float(wards.ordinary[WHILE_STRUCK, beds].sum())
    expected = direct * (1.0 - parameters.beds.medicine_cannot_wait_share.value)
    assert put_off(care, beds)[BACK_H - 1] == pytest.approx(expected, abs=4.0 * expected**0.5)
    others = care.record.demand[WHILE_STRUCK, beds].sum() - direct
    assert care.record.served[WHILE_STRUCK, beds].sum() >= 0.95 * others
    assert care.record.in_care[BACK_H - 1, beds] < calm.record.in_care[BACK_H - 1, beds]


def test_those_put_off_are_called_in_no_faster_than_is_planned(
    wards: Wards, parameters: Parameters, beds: WardNumber
) -> None:
    margin = 1.8
    wards = replace(wards, table=wards.table._replace(planned_margin=margin))
    waiting = put_off(struck(wards, parameters, beds, left=1.0, planned=0.0, back=1.2), beds)
    days = np.diff(waiting[BACK_H - 1 :: 24])
    planned = wards.table.hourly[beds] * wards.table.arrival_profile[wards.table.stream[beds]]
    assert waiting[-1] < waiting[BACK_H - 1], "some are made up for"
    assert waiting[-1] > 0, "not all at once, since beds are left for emergencies"
    most = margin * np.add.reduceat(planned[BACK_H:], np.arange(0, HOURS - BACK_H, 24))
    assert np.all(-days <= most[: len(days)] + 2.0)


def test_emergencies_take_the_beds_that_planned_stays_leave(
    wards: Wards, parameters: Parameters, beds: WardNumber
) -> None:
    """Fewer beds are left than are taken: nobody is put out, and emergencies are not kept out for days."""
    table = wards.table
    part = np.where(np.arange(len(table.stream)) == beds, 0.4, table.unplanned_part)
    care = struck(
        replace(wards, table=table._replace(unplanned_part=part)), parameters, beds, left=0.5, planned=0.0
    )
    first_day = slice(STRUCK_H, STRUCK_H + 24)
    department = wards.of_site[FIRST][Stream.EMERGENCY_ADULT]
    assert care.record.in_care[STRUCK_H, beds] > 0.5 * table.places[beds]
    calm = struck(wards, parameters, beds, left=1.0, planned=1.0)
    for ward in (beds, department):
        taken = care.record.served[first_day, ward].sum()
        assert taken >= 0.4 * calm.record.served[first_day, ward].sum()
    # Where nothing can be put off, they wait until as many have left as beds are lost.
    part = np.ones(len(table.stream))
    strict = struck(
        replace(wards, table=table._replace(unplanned_part=part)), parameters, beds, left=0.5, planned=0.0
    )
    assert strict.record.served[first_day, beds].sum() < care.record.served[first_day, beds].sum()


def test_in_an_ordinary_month_nobody_is_put_off(wards: Wards, parameters: Parameters) -> None:
    care = simulated(wards, parameters, Luck(1, 0))
    assert not care.state.planned["put_off"].any()
    in_care = care.state.planned["in_care"][wards.of(Stream.MEDICINE)]
    assert np.all(in_care <= care.state.of_ward["in_care"][wards.of(Stream.MEDICINE)])
    assert in_care.sum() > 0
