"""One registry of indicators: what is counted, bounded and shown is what it lists."""

from dataclasses import fields
from types import NoneType
from typing import get_args, get_type_hints

import pytest

from simulation import load_scenario, scenario_names
from simulation.inputs.indicators.bounds import DEADLINES, HIGHEST_BOUNDS
from simulation.inputs.indicators.registry import INDICATORS, THEMES
from simulation.outcome.columns import NumberColumn
from simulation.outcome.counting import COUNTED
from simulation.outcome.records import ReplicationOutcome
from simulation.outcome.trace import Trace
from simulation.replication import PreparedCampaign, trace_of


@pytest.fixture(scope="module")
def trace(small: PreparedCampaign) -> Trace:
    return trace_of(small, 1, 0)


def test_every_indicator_of_the_registry_is_a_column_and_every_column_is_one_of_them_or_the_number() -> None:
    columns = [field.name for field in fields(ReplicationOutcome)]
    number = [field.name for field in fields(NumberColumn)]
    assert columns[: len(number)] == number
    assert set(columns) == {*number, *INDICATORS}
    assert len(columns) == len(number) + sum(map(len, THEMES.values()))


def test_every_indicator_is_counted_once(trace: Trace) -> None:
    counted = [name for count in COUNTED for name in vars(count(trace))]
    assert sorted(counted) == sorted(INDICATORS)


def test_a_bound_is_on_what_the_attack_adds_or_is_a_deadline_of_what_may_not_be_over(trace: Trace) -> None:
    columns = {name: value for count in COUNTED for name, value in vars(count(trace)).items()}
    assert all(INDICATORS[name].wait for name in DEADLINES)
    assert [name for name in set(HIGHEST_BOUNDS) - DEADLINES if columns[name] is None] == []
    assert [name for name, most in HIGHEST_BOUNDS.items() if (columns[name] or 0.0) > most] == []


def test_who_still_waits_at_the_horizon_is_known_of_each_time_that_may_be_missing(trace: Trace) -> None:
    """A column in hours that may be null says for want of what: nothing to wait for, or not over yet."""
    columns = get_type_hints(ReplicationOutcome)
    hours = {
        name for name, each in INDICATORS.items() if each.unit == "h" and NoneType in get_args(columns[name])
    }
    assert hours == {name for name, each in INDICATORS.items() if each.wait}
    for name in hours:
        wait = INDICATORS[name].wait
        assert wait is not None
        assert {wait.since, wait.over} - {None} <= set(INDICATORS)


def test_the_scenarios_bound_indicators_of_the_registry() -> None:
    bounded = {each.indicator for name in scenario_names() for each in load_scenario(name).thresholds}
    assert bounded <= set(HIGHEST_BOUNDS)
