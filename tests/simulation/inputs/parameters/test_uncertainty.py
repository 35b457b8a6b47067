"""Uncertainty: a value drawn lies in its range, higher for a higher chance, and its tip is the likeliest."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.inputs.parameters.parameters import load_parameters
from simulation.inputs.parameters.uncertainty import (
    ERR_ALIKE,
    at_chances,
    quantile,
    unknown_of,
    with_values,
)
from simulation.replication.draws import ORDINARY_LIFE
from topologies.fields.quantity import Quantity

CHANCES = st.floats(0.0, 1.0)
NUMBERS = st.floats(0.0, 1e4)


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS), CHANCES, CHANCES, st.sampled_from([None, 0.5]))
def test_quantiles_lie_within_the_range_in_order(
    numbers: tuple[float, float, float], one: float, other: float, log_sd: float | None
) -> None:
    low, tip, high = sorted(numbers)
    quantity = Quantity(value=tip, low=low, high=high, unit="1", source="the test", log_sd=log_sd)
    less, more = (quantile(quantity, chance) for chance in sorted((one, other)))
    assert low <= less <= more * (1 + 1e-12) <= high * (1 + 1e-9)


def test_what_ranges_over_orders_of_magnitude_is_drawn_by_ratios() -> None:
    wide = Quantity(value=1.0, low=0.01, high=100.0, unit="h", source="the test")
    assert quantile(wide, 0.5) == pytest.approx(1.0)
    narrow = Quantity(value=2.0, low=1.0, high=3.0, unit="h", source="the test")
    assert quantile(narrow, 0.5) == pytest.approx(2.0)
    assert quantile(narrow, 0.125) == pytest.approx(1.5)


def test_parameters_take_the_values_drawn_and_keep_the_rest() -> None:
    everyone = load_parameters()
    changed = with_values(everyone, {"crisis_cell_h": 5.0, "outages.record.hosted": 0.5})
    differ = {
        name
        for name, quantity in changed.quantities.items()
        if quantity.value != everyone.quantities[name].value
    }
    assert differ == {"crisis_cell_h", "outages.record.hosted"}


@pytest.mark.parametrize("names", ERR_ALIKE)
def test_what_errs_alike_keeps_its_order_whatever_is_not_known(names: tuple[str, ...]) -> None:
    everyone = load_parameters().quantities
    for chance in np.linspace(0.0, 1.0, 101).tolist():
        drawn = at_chances({name: everyone[name] for name in names}, {unknown_of(names[0]): chance})
        values = [drawn[name].value for name in names]
        # What calibration writes may move an end by a hundredth.
        assert all(less <= 1.02 * more for less, more in pairwise(values))
    assert len({name in ORDINARY_LIFE for name in names}) == 1


def test_a_limit_of_ours_is_no_assumption_and_is_not_drawn() -> None:
    for name in ("event_patients_per_hour_most", "reference_beds", "heat_step_f"):
        quantity = load_parameters().quantities[name]
        assert quantity.low == quantity.high
