"""One registry of indicators: what is counted, bounded and shown is what it lists."""

from dataclasses import fields

import pytest

from simulation import load_scenario, scenario_names
from simulation.inputs.indicators.bounds import HIGHEST_BOUNDS
from simulation.inputs.indicators.registry import INDICATORS, THEMES
from simulation.outcome.counting import COUNTED
from simulation.outcome.records import ReplicationOutcome, ThresholdColumns
from simulation.outcome.trace import Trace
from simulation.replication import PreparedCampaign, trace_of


@pytest.fixture(scope="module")
def trace(small: PreparedCampaign) -> Trace:
    return trace_of(small, 1, 0)


def test_every_indicator_of_the_registry_is_a_column_and_every_column_is_one_of_them_or_of_the_verdict() -> (
    None
):
    columns = [field.name for field in fields(ReplicationOutcome)]
    verdict = [field.name for field in fields(ThresholdColumns)]
    assert columns[: len(verdict)] == verdict
    assert set(columns) == {*verdict, *INDICATORS}
    assert len(columns) == len(verdict) + sum(map(len, THEMES.values()))


def test_every_indicator_is_counted_once(trace: Trace) -> None:
    counted = [name for count in COUNTED for name in vars(count(trace).columns)]
    assert sorted(counted) == sorted(INDICATORS)


def test_every_bound_that_the_registry_allows_can_break_and_no_other(trace: Trace) -> None:
    checks = {name: check for count in COUNTED for name, check in count(trace).broken.items()}
    assert set(checks) == set(HIGHEST_BOUNDS)
    assert [name for name, check in checks.items() if check(HIGHEST_BOUNDS[name]) is not None] == []


def test_the_scenarios_bound_indicators_of_the_registry() -> None:
    bounded = {each.indicator for name in scenario_names() for each in load_scenario(name).thresholds}
    assert bounded <= set(HIGHEST_BOUNDS)
