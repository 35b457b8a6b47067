"""What each level of a plan blanc adds, puts off and costs afterwards."""

import numpy as np
import pytest
from numpy.typing import NDArray

from simulation.care.capacity.surge import HIGHEST, PlanBlanc
from simulation.care.flow.changes import INTACT, Left
from simulation.engine.signals import Footing
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import EMERGENCY, NUMBER, STREAMS, Stream


def intact() -> NDArray[np.float64]:
    return np.tile(INTACT, (len(STREAMS), 1))


def act(parameters: Parameters, level: int, *rests_for: float) -> NDArray[np.float64]:
    left = intact()
    PlanBlanc(parameters).act(Footing(level, rests_for), left)
    return left


def test_no_plan_changes_nothing(parameters: Parameters) -> None:
    assert np.array_equal(act(parameters, 0), intact())


@pytest.mark.parametrize("level", [1, 2])
def test_a_plan_recalls_staff_opens_beds_and_puts_operations_off(parameters: Parameters, level: int) -> None:
    left = act(parameters, level)
    staff, beds, deprograms = (
        parameters.quantities[f"plan_blanc_{level}_{what}"].value for what in ("staff", "beds", "deprograms")
    )
    expected = {
        **dict.fromkeys(EMERGENCY, 1.0 + staff),
        Stream.MEDICINE: 1.0 + beds,
        Stream.CRITICAL_CARE: 1.0 + beds,
        Stream.SURGERY_SCHEDULED: 1.0 - deprograms,
    }
    for stream in STREAMS:
        assert left[NUMBER[stream], Left.CAPACITY] == pytest.approx(expected.get(stream, 1.0)), stream
    shorter = 1.0 - parameters.plan_blanc.discharge_lounge_share.value
    assert left[NUMBER[Stream.MEDICINE], Left.STAYS] == pytest.approx(shorter)
    assert np.all(np.delete(left[:, Left.STAYS], NUMBER[Stream.MEDICINE]) == 1.0)
    assert np.array_equal(left[:, Left.MINUTES :], intact()[:, Left.MINUTES :])


def test_the_second_level_does_more_than_the_first(parameters: Parameters) -> None:
    none, first, second = (act(parameters, level)[:, Left.CAPACITY] for level in range(HIGHEST + 1))
    scheduled = NUMBER[Stream.SURGERY_SCHEDULED]
    others = np.delete(np.arange(len(STREAMS)), scheduled)
    assert np.all(none[others] <= first[others])
    assert np.all(first[others] <= second[others])
    assert none[scheduled] > first[scheduled] > second[scheduled]


def test_where_something_is_lost_a_plan_makes_up_for_some_of_it_and_never_gives_more(
    parameters: Parameters,
) -> None:
    left = np.tile((0.5, 1.2, 7.0, *INTACT[3:]), (len(STREAMS), 1))
    left[NUMBER[Stream.CRITICAL_CARE]] = INTACT
    PlanBlanc(parameters).act(Footing(1), left)
    staff = parameters.plan_blanc.plan_blanc_1_staff.value
    expected = [0.5 * (1 + staff), 1.2, 7.0, *INTACT[3:]]
    assert left[NUMBER[Stream.EMERGENCY_ADULT]].tolist() == pytest.approx(expected)
    assert left[NUMBER[Stream.CRITICAL_CARE]].tolist() == list(INTACT)


def test_who_was_recalled_takes_a_share_of_the_hours_back(parameters: Parameters) -> None:
    p = parameters.plan_blanc
    left = act(parameters, 0, 0.0, 4.0, 2.0)
    given = 4.0 * p.plan_blanc_1_staff.value + 2.0 * p.plan_blanc_2_staff.value
    lost = 1.0 - left[NUMBER[Stream.EMERGENCY_ADULT], Left.CAPACITY]
    assert lost * p.plan_blanc_rest_days.value == pytest.approx(given * p.plan_blanc_rest_share.value)
    assert left[NUMBER[Stream.SURGERY_SCHEDULED], Left.CAPACITY] == 1.0
