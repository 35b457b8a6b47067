"""Results: analyses that cannot wait go first, clinicians ask for fewer, and nobody holds a box while they wait."""

from dataclasses import replace

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

DAYS = 8
FALLS_H = 24.0
LONGER = 1.3


@pytest.fixture(scope="module")
def wards(parameters: Parameters) -> Wards:
    scenario = load_scenario("ordinary-month").model_copy(update={"horizon_h": DAYS * 24})
    return wards_of(small_region(), scenario, parameters)


@pytest.fixture(scope="module")
def laboratory(wards: Wards) -> WardNumber:
    return wards.of_site[FIRST][Stream.LABORATORY]


@pytest.fixture(scope="module")
def department(wards: Wards) -> WardNumber:
    return wards.of_site[FIRST][Stream.EMERGENCY_ADULT]


def with_left(
    wards: Wards, parameters: Parameters, laboratory: WardNumber, share: float, back_h: float | None = None
) -> Care:
    """From the second day on so much of the laboratory is left, until it is whole again."""
    changes = [Change(FALLS_H, laboratory, share, LONGER)]
    if back_h:
        changes.append(Change(back_h, laboratory, 1.0))
    return simulated(wards, parameters, Luck(1, 0), changes)


def test_with_half_a_laboratory_emergencies_wait_only_for_work_by_hand(
    wards: Wards, parameters: Parameters, laboratory: WardNumber, department: WardNumber
) -> None:
    """Routine analyses are lost, hardly any urgent one is, and a result takes as much longer as the work."""
    care = with_left(wards, parameters, laboratory, 0.5)
    column = wards.table.exam_number[laboratory]
    lost, late = care.record.unmet[:, laboratory].sum(), care.record.late_exams[:, column].sum()
    assert lost > 20 * late
    by_hand_h = parameters.emergency.emergency_result_h.value * (LONGER - 1.0)
    assert care.state.exam_h[department, Exam.ANALYSIS] == pytest.approx(by_hand_h, abs=0.3)
    assert care.state.in_corridor[department] == 0


def test_clinicians_ask_for_what_can_be_made_and_no_less_than_they_need(
    wards: Wards, parameters: Parameters, laboratory: WardNumber
) -> None:
    column, least = wards.table.exam_number[laboratory], parameters.sessions.laboratory_asked_least.value
    learnt = slice(int(FALLS_H) + 72, None)
    ordinary = simulated(wards, parameters, Luck(1, 0)).record.demand[learnt, laboratory].sum()
    can_make = float(wards.table.places[laboratory] * 0.9 / LONGER / wards.table.hourly[laboratory])
    for left, asked in ((0.9, can_make), (0.1, least), (0.0, least)):
        care = with_left(wards, parameters, laboratory, left)
        assert care.state.asked[column] == pytest.approx(asked, abs=0.01)
        assert care.record.demand[learnt, laboratory].sum() == pytest.approx(asked * ordinary, rel=0.03)
    back = with_left(wards, parameters, laboratory, 0.0, back_h=3 * 24.0)
    assert back.state.asked[column] == pytest.approx(1.0, abs=0.01)


def test_who_waits_for_long_waits_in_a_chair(
    wards: Wards, parameters: Parameters, laboratory: WardNumber, department: WardNumber
) -> None:
    """Without a laboratory more patients are cared for than there are boxes, and hardly any more leave unseen."""
    struck = with_left(wards, parameters, laboratory, 0.0)
    in_boxes = replace(wards, table=wards.table._replace(chair_after_h=1e9))
    held = with_left(in_boxes, parameters, laboratory, 0.0)
    calm = simulated(wards, parameters, Luck(1, 0))
    assert struck.state.exam_h[department, Exam.ANALYSIS] == parameters.emergency.exam_delay_most_h.value
    lasts = slice(int(FALLS_H) + 24, None)
    there, ordinarily = (care.record.in_care[lasts, department].mean() for care in (struck, calm))
    assert there > 1.15 * ordinarily
    assert struck.state.in_corridor[department] > 0
    unseen = [int(care.record.unmet[:, department].sum()) for care in (calm, struck, held)]
    assert unseen[0] <= unseen[1] < unseen[2]
    assert unseen[1] - unseen[0] < (unseen[2] - unseen[0]) / 2


def test_boarders_beyond_their_share_of_the_boxes_wait_in_the_corridor(
    wards: Wards, parameters: Parameters, department: WardNumber
) -> None:
    """Without beds all boxes would be taken by who waits for one; half of them are left to those who come.

    Who is time-critical keeps their box whatever the share.
    """
    beds = wards.of_site[FIRST][Stream.MEDICINE]
    full = [Change(FALLS_H, beds, 0.0)]
    held = replace(wards, table=wards.table._replace(boarders_in_boxes_share=1.0))
    care, before = (simulated(each, parameters, Luck(1, 0), full) for each in (wards, held))
    theirs = wards.table.boarders_in_boxes_share * care.state.of_ward["open_places"][department]
    people = care.state.patients
    keeps = (people["condition"] > 0) & (people["holds"] == department) & ~people["in_corridor"]
    assert care.state.boarding[department] - keeps.sum() < theirs + 1.0
    assert care.state.in_corridor[department] > 0
    assert care.record.served[:, department].sum() > before.record.served[:, department].sum()
    assert np.all(care.record.in_care >= 0)
