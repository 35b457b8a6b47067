"""What lost minutes cost: nothing without them, and never less with more."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.care.flow.codes import CONDITIONS
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters, load_parameters
from simulation.outcome.harmed.exposure import Exposure
from simulation.outcome.harmed.harm import Draw, Harm, harm_of

MINUTES = st.lists(st.floats(0, 1e6), min_size=len(CONDITIONS), max_size=len(CONDITIONS))
BOARDED = st.integers(0, 10_000)
NOBODY = [0.0] * len(CONDITIONS)
NO_MINUTES = dict.fromkeys(CONDITIONS, 0.0)


def exposure(minutes: list[float], boarded: int = 0) -> Exposure:
    """So many minutes after the door by condition, and so many who waited long for a bed."""
    return Exposure(
        before_min=NO_MINUTES,
        after_min=dict(zip(CONDITIONS, minutes, strict=True)),
        infarctions_diverted=0.0,
        boarded_long=boarded,
        critical_refused=0,
        calls_lost=0,
        paper_days=0.0,
        waited_days=0.0,
    )


def harm(
    minutes: list[float], boarded: int = 0, luck: Luck | None = None, p: Parameters | None = None
) -> Harm:
    """The harm of so many minutes after the door by condition, and of so many who waited long for a bed."""
    return harm_of(exposure(minutes, boarded), p or load_parameters(), luck or Luck(1, 0))


def test_nought_minutes_nought_harm() -> None:
    for number in range(50):
        found = harm(NOBODY, luck=Luck(1, number))
        assert {getattr(found, name) for name in found.__slots__} == {0.0}


KINDS = {
    "infarctions_diverted": ("diversion", "diverted_infarction_deaths"),
    "boarded_long": ("boarding", "boarding_deaths_per_delayed"),
    "critical_refused": ("intensive_care", "refused_critical_deaths"),
    "calls_lost": ("calls", "lost_call_deaths"),
    "paper_days": ("paper", "paper_deaths_per_day"),
    "waited_days": ("waiting", "waiting_deaths_per_day"),
}


@pytest.mark.parametrize("exposed", KINDS)
def test_each_exposure_costs_what_its_figure_says_in_its_own_column(
    exposed: str, parameters: Parameters
) -> None:
    kind, name = KINDS[exposed]
    figure = parameters.quantities[name]
    for number in range(20):
        found = harm_of(
            replace(exposure(NOBODY), **dict[str, Any]({exposed: 1_000})), parameters, Luck(1, number)
        )
        assert 1_000 * figure.low <= getattr(found, kind) <= 1_000 * figure.high
        assert {getattr(found, other) for other in found.__slots__ if other != kind} == {0.0}


def test_minutes_before_and_after_the_door_cost_alike_and_stand_apart(parameters: Parameters) -> None:
    minutes = dict(zip(CONDITIONS, (10.0, 20.0, 30.0, 40.0, 50.0), strict=True))
    before = harm_of(replace(exposure(NOBODY), before_min=minutes), parameters, Luck(1, 0))
    after = harm_of(replace(exposure(NOBODY), after_min=minutes), parameters, Luck(1, 0))
    assert before.before_door == after.after_door > 0.0
    assert before.after_door == after.before_door == 0.0
    assert before.healthy_days == after.healthy_days > 0.0
    assert before.delays == after.delays


@given(minutes=MINUTES, more=MINUTES, boarded=BOARDED, longer=BOARDED, draw=st.integers(0, 1_000))
def test_more_minutes_never_less_harm(
    minutes: list[float], more: list[float], boarded: int, longer: int, draw: int
) -> None:
    less = harm(minutes, boarded, Luck(1, draw))
    greater = harm(
        [one + other for one, other in zip(minutes, more, strict=True)], boarded + longer, Luck(1, draw)
    )
    assert greater.delays >= less.delays >= 0.0
    assert greater.healthy_days >= less.healthy_days >= 0.0


@pytest.mark.parametrize("condition", CONDITIONS)
def test_each_condition_costs_what_its_curve_says_within_its_range(
    condition: str, parameters: Parameters
) -> None:
    """A stroke costs healthy days, the others lives; over the luck of replications, the mean of the triangle."""
    minutes = [1_000.0 * (name == condition) for name in CONDITIONS]
    name = "stroke_healthy_days_per_min" if condition == "stroke" else f"{condition}_deaths_per_min"
    curve = parameters.quantities[name]
    found = [harm(minutes, luck=Luck(2, number)) for number in range(400)]
    costs = [one.healthy_days if condition == "stroke" else one.delays for one in found]
    others = [one.delays if condition == "stroke" else one.healthy_days for one in found]
    assert curve.low * 1_000 <= min(costs) <= max(costs) <= curve.high * 1_000
    mean = 1_000 * (curve.low + curve.value + curve.high) / 3
    assert np.mean(costs) == pytest.approx(mean, rel=0.08)
    assert set(others) == {0.0}


def test_who_waited_long_for_a_bed_is_counted(parameters: Parameters) -> None:
    curve = parameters.conditions.boarding_deaths_per_delayed
    assert 100 * curve.low <= harm([0.0] * len(CONDITIONS), 100).delays <= 100 * curve.high


def test_harm_is_of_the_replication_and_of_nothing_else() -> None:
    minutes = [10.0] * len(CONDITIONS)
    assert harm(minutes, 3, Luck(1, 4)) == harm(minutes, 3, Luck(1, 4))
    assert harm(minutes, 3, Luck(1, 4)) != harm(minutes, 3, Luck(1, 5))


def test_a_range_without_width_gives_its_value(parameters: Parameters) -> None:
    fixed = {
        name: parameters.quantities[name].model_copy(update={"low": 0.5, "value": 0.5, "high": 0.5})
        for name in parameters.quantities
        if name.endswith(("deaths_per_min", "days_per_min"))
    }
    found = harm([2.0] * len(CONDITIONS), p=parameters.changed(fixed))
    assert (found.delays, found.healthy_days) == (4.0, 1.0)


def test_each_curve_has_a_draw_of_its_own_whatever_the_order_of_the_others(parameters: Parameters) -> None:
    """Curves of a width of one from nought: the harm of a replication is the quantile of its draw."""
    names = {
        "stemi": Draw.STEMI,
        "trauma": Draw.TRAUMA,
        "arrest": Draw.ARREST,
        "resuscitation": Draw.RESUSCITATION,
    }
    draws = Luck(1, 7).stream("harm").random(len(Draw))
    flat = {"low": 0.0, "value": 0.0, "high": 1.0}
    for condition, draw in names.items():
        name = f"{condition}_deaths_per_min"
        p = parameters.changed({name: parameters.quantities[name].model_copy(update=flat)})
        minutes = [1.0 * (each == condition) for each in CONDITIONS]
        assert harm(minutes, luck=Luck(1, 7), p=p).delays == pytest.approx(1.0 - (1.0 - draws[draw]) ** 0.5)
