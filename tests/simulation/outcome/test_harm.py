"""What lost minutes cost: nothing without them, and never less with more."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.care.flow.codes import CONDITIONS
from simulation.care.flow.record import CONDITION_COUNTS, TOTALS, Record
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters, load_parameters
from simulation.outcome.harm import Draw, Harm, harm_of

MINUTES = st.lists(st.floats(0, 1e6), min_size=len(CONDITIONS), max_size=len(CONDITIONS))
BOARDED = st.integers(0, 10_000)


def harm(
    minutes: list[float], boarded: int = 0, luck: Luck | None = None, p: Parameters | None = None
) -> Harm:
    """The harm of so many minutes by condition, and of so many who waited long for a bed."""
    by_condition, totals = np.zeros(len(CONDITIONS), CONDITION_COUNTS), np.zeros(1, TOTALS)
    by_condition["minutes"] = minutes
    totals["boarded_long"] = boarded
    nothing = np.zeros((1, 1), np.int32)
    counts = dict.fromkeys(Record._fields, nothing)
    record = Record(**{**counts, "by_condition": by_condition, "totals": totals})  # type: ignore[arg-type]
    return harm_of(record, p or load_parameters(), luck or Luck(1, 0))


def test_nought_minutes_nought_harm() -> None:
    assert all(harm([0.0] * len(CONDITIONS), luck=Luck(1, number)) == Harm(0.0, 0.0) for number in range(50))


@given(minutes=MINUTES, more=MINUTES, boarded=BOARDED, longer=BOARDED, draw=st.integers(0, 1_000))
def test_more_minutes_never_less_harm(
    minutes: list[float], more: list[float], boarded: int, longer: int, draw: int
) -> None:
    less = harm(minutes, boarded, Luck(1, draw))
    greater = harm(
        [one + other for one, other in zip(minutes, more, strict=True)], boarded + longer, Luck(1, draw)
    )
    assert greater.deaths >= less.deaths >= 0.0
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
    costs = [one.healthy_days if condition == "stroke" else one.deaths for one in found]
    others = [one.deaths if condition == "stroke" else one.healthy_days for one in found]
    assert curve.low * 1_000 <= min(costs) <= max(costs) <= curve.high * 1_000
    mean = 1_000 * (curve.low + curve.value + curve.high) / 3
    assert np.mean(costs) == pytest.approx(mean, rel=0.08)
    assert set(others) == {0.0}


def test_who_waited_long_for_a_bed_is_counted(parameters: Parameters) -> None:
    curve = parameters.conditions.boarding_deaths_per_delayed
    assert 100 * curve.low <= harm([0.0] * len(CONDITIONS), 100).deaths <= 100 * curve.high


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
    assert (found.deaths, found.healthy_days) == (4.0, 1.0)


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
        assert harm(minutes, luck=Luck(1, 7), p=p).deaths == pytest.approx(1.0 - (1.0 - draws[draw]) ** 0.5)
