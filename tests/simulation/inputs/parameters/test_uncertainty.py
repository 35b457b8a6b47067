"""Uncertainty: a value drawn lies in its range, higher for a higher chance, and its tip is the likeliest."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulation.inputs.parameters.parameters import ORDINARY_LIFE, load_parameters
from simulation.inputs.parameters.uncertainty import (
    AT_LEAST,
    AT_MOST,
    ERR_ALIKE,
    in_order,
    quantile,
    unknown_of,
    with_values,
)
from topologies.fields.quantity import Quantity

PAIRS = [(low, high) for high, low in AT_LEAST.items()] + list(AT_MOST.items())
"""Parameters of which the second is at least the first."""
ORDERED = sorted({name for pair in PAIRS for name in pair})
CHANCES = st.floats(0.0, 1.0)
NUMBERS = st.floats(0.0, 1e4)


@example((5463.0, 1366.2296493134058, 1366.2296493134058), 1.0, 2e-292, None)
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
def test_what_errs_alike_is_drawn_at_one_chance(names: tuple[str, ...]) -> None:
    assert len({unknown_of(name) for name in names}) == 1
    assert len({name in ORDINARY_LIFE for name in names}) == 1


@given(st.lists(NUMBERS, min_size=len(ORDERED), max_size=len(ORDERED)))
def test_no_draw_breaks_an_order_wherever_ranges_lie(numbers: list[float]) -> None:
    values = in_order(dict(zip(ORDERED, numbers, strict=True)))
    assert all(values[low] <= values[high] for low, high in PAIRS)
    assert in_order(values) == values


def test_what_yields_is_drawn_together_with_the_other_and_stays_within_its_range() -> None:
    everyone = load_parameters().quantities
    for low, high in PAIRS:
        assert (low in ORDINARY_LIFE) == (high in ORDINARY_LIFE)
        assert all(everyone[name].low < everyone[name].high for name in (low, high))
    assert all(everyone[other].high <= everyone[name].high for name, other in AT_LEAST.items())
    assert all(everyone[name].low <= everyone[other].low for name, other in AT_MOST.items())


def test_a_limit_of_ours_is_no_assumption_and_is_not_drawn() -> None:
    for name in ("event_patients_per_hour_most", "reference_beds", "heat_step_f"):
        quantity = load_parameters().quantities[name]
        assert quantity.low == quantity.high
