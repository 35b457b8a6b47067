"""Images: those that cannot wait go first, all others pile up until there are places for them."""

import numpy as np
import pytest

from simulation.care.capacity.ward_table import WardNumber
from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.flow.care import Care
from simulation.care.flow.codes import Exam
from simulation.care.flow.rules.care_by_the_rules import Change
from simulation.engine.random_streams import Luck
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import Stream
from tests.regions import FIRST, small_region
from tests.validation.care_runs import simulated

DAYS = 21
FALLS_H, BACK_H = 24.0, 11 * 24.0


@pytest.fixture(scope="module")
def wards(parameters: Parameters) -> Wards:
    scenario = load_scenario("ordinary-month").model_copy(update={"horizon_h": DAYS * 24})
    return wards_of(small_region(), scenario, parameters)


@pytest.fixture(scope="module")
def images(wards: Wards) -> WardNumber:
    return wards.of_site[FIRST][Stream.IMAGING]


def with_left(wards: Wards, parameters: Parameters, images: WardNumber, share: float) -> Care:
    """For ten days so much of the imaging is left; it is whole before and after."""
    changes = [Change(FALLS_H, images, share), Change(BACK_H, images, 1.0)]
    return simulated(wards, parameters, Luck(1, 0), changes)


def test_planned_images_pile_up_and_none_is_dropped(
    wards: Wards, parameters: Parameters, images: WardNumber
) -> None:
    """After ten days at 40 % the list goes down only by what is held above the plan: a tenth a day."""
    record = with_left(wards, parameters, images, 0.4).record
    column = wards.table.exam_number[images]
    a_day, waiting = 24 * wards.table.hourly[images], record.waiting[:, images]
    assert record.unmet[:, images].sum() == record.late_exams[:, column].sum() == 0
    assert waiting[int(BACK_H)] > 4 * a_day
    assert waiting[int(BACK_H)] - waiting[-1] < 0.15 * (DAYS * 24 - BACK_H) / 24 * a_day


def test_emergency_patients_do_not_wait_behind_planned_images(
    wards: Wards, parameters: Parameters, images: WardNumber
) -> None:
    """What is left is enough for all that cannot wait, whatever is piled up behind it."""
    care = with_left(wards, parameters, images, 0.4)
    department = wards.of_site[FIRST][Stream.EMERGENCY_ADULT]
    column = wards.table.exam_number[images]
    assert care.record.waiting[-1, images] > 10 > care.state.urgent_waiting[column]
    assert care.state.exam_h[department, Exam.IMAGE] < 0.5


def test_an_urgent_image_that_waits_too_long_is_planned_with_the_others(
    wards: Wards, parameters: Parameters, images: WardNumber
) -> None:
    record = with_left(wards, parameters, images, 0.0).record
    column = wards.table.exam_number[images]
    patience = int(wards.table.patience_h[images])
    falls, back = int(FALLS_H), int(BACK_H)
    assert record.late_exams[: falls + patience - 1, column].sum() == 0
    asked = record.urgent_exams[falls : back - patience, column].sum()
    assert record.late_exams[:, column].sum() == pytest.approx(asked, abs=3)
    assert record.unmet[:, images].sum() == 0
    assert np.all(record.urgent_exams[:, column] <= record.demand[:, images])
