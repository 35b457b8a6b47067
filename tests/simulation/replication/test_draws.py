"""Draws: what replications take the uncertain parameters to be."""

import numpy as np
import pytest

from simulation.inputs.campaign import CRISIS_SHARED, ORDINARY_SHARED
from simulation.inputs.parameters.parameters import ORDINARY_LIFE, Parameters, load_parameters
from simulation.replication.draws import CRISIS_PARTS, ORDINARY_PARTS, Draws
from topologies.fields.quantity import Quantity

CRISIS, ORDINARY = "breakout_h", "medicine_occupancy"


@pytest.fixture(scope="module")
def draws() -> Draws:
    return Draws(load_parameters())


def value(parameters: Parameters, name: str) -> float:
    return parameters.quantities[name].value


def chance_below(quantity: Quantity, number: float) -> float:
    """How likely a value up to this one is, by the triangle of the range on its own scale."""
    low, tip, high = quantity.low, quantity.value, quantity.high
    if quantity.log_sd is not None or high > 4.0 * low > 0.0:
        low, tip, high, number = (float(np.log(each)) for each in (low, tip, high, number))
    if number < tip:
        return (number - low) ** 2 / ((high - low) * (tip - low))
    return 1.0 - (high - number) ** 2 / ((high - low) * (high - tip))


@pytest.mark.parametrize(
    ("name", "shared", "parts"),
    [(CRISIS, CRISIS_SHARED, CRISIS_PARTS), (ORDINARY, ORDINARY_SHARED, ORDINARY_PARTS)],
)
def test_a_block_takes_one_value_in_each_equally_likely_part(
    draws: Draws, name: str, shared: int, parts: int
) -> None:
    quantity = load_parameters().quantities[name]
    drawn = [value(draws.all(1, shared * number)[0], name) for number in range(parts)]
    hit = sorted(int(parts * chance_below(quantity, one)) for one in drawn)
    assert hit == list(range(parts))


def test_those_who_share_a_draw_have_equal_parameters_and_others_have_not(draws: Draws) -> None:
    first, second, third = (draws.all(1, number)[0] for number in (0, 1, CRISIS_SHARED))
    assert first == second
    assert value(first, ORDINARY) == value(third, ORDINARY)
    assert value(first, CRISIS) != value(third, CRISIS)
    assert value(first, ORDINARY) != value(draws.all(1, ORDINARY_SHARED)[0], ORDINARY)
    assert value(first, CRISIS) != value(draws.all(2, 0)[0], CRISIS)


def test_ordinary_life_is_drawn_alike_with_and_without_the_crisis(draws: Draws) -> None:
    ordinary, both = draws.ordinary_life(3, 40).quantities, draws.all(3, 40)[0].quantities
    central = load_parameters().quantities
    for name, quantity in ordinary.items():
        assert quantity == (both if name in ORDINARY_LIFE else central)[name]


def test_a_parameter_more_or_less_moves_no_other() -> None:
    parameters = load_parameters()
    sure = parameters.quantities[CRISIS]
    certain = sure.model_copy(update={"low": sure.value, "high": sure.value})
    without = Draws(parameters.changed({CRISIS: certain})).all(1, 5)[0].quantities
    with_all = Draws(parameters).all(1, 5)[0].quantities
    assert {name for name, one in without.items() if one != with_all[name]} == {CRISIS}


def test_a_rehearsed_plan_is_never_drawn_worse_than_none(draws: Draws) -> None:
    for number in range(0, 40, CRISIS_SHARED):
        for cost in draws.all(1, number)[0].outages.costs:
            assert cost.kept_rehearsed[0] >= cost.kept[0]
            assert cost.lengthened_rehearsed[0] <= cost.lengthened[0]
            assert cost.minutes_rehearsed[0] <= cost.minutes[0]


def test_no_draw_of_a_campaign_breaks_an_order(draws: Draws) -> None:
    for number in range(0, CRISIS_SHARED * CRISIS_PARTS, CRISIS_SHARED):
        _, drawn = draws.all(1, number)
        assert drawn["paper_settled"] <= drawn["paper_shock"]
        assert drawn["untested_backups_multiply"] <= drawn["lost_backups_multiply"]
        assert drawn["trust_unknown"] <= drawn["trust_separate"] <= drawn["trust_entity"]
