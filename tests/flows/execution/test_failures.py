"""Failures: each alone, against the same week with the same patients."""

import pytest

from flows.execution import failures
from flows.execution.failures import Trial, make_ready, run_week
from results.analysis.single_points import Care
from simulation import Campaign, check, load_posture, load_scenario
from simulation.inputs.scenarios.failure import week_of
from tests.regions import DIRECTORY, FIRST
from topologies.region import Region

TRIAL = Trial(hours=48, replications=2, candidates=3, seed=1)


@pytest.fixture
def here(small_region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process tries failures, as a worker does."""
    monkeypatch.setattr(failures, "_place", [])
    week = week_of(load_scenario("ordinary-month"), TRIAL.hours)
    ordinary = Campaign(region=small_region, scenario=week, posture=load_posture("baseline"), seed=1)
    check(ordinary)
    make_ready(ordinary, TRIAL)


@pytest.mark.usefixtures("here")
def test_a_hospital_that_is_down_costs_care_and_what_renders_nothing_costs_none() -> None:
    calm, failing = run_week(None), run_week(FIRST)
    assert all(down.cared_for < up.cared_for for down, up in zip(failing, calm, strict=True))
    assert run_week(DIRECTORY) == calm


@pytest.mark.usefixtures("here")
def test_the_same_seed_gives_the_same_care_again() -> None:
    first: list[Care] = run_week(FIRST)
    assert run_week(FIRST) == first
    assert len({care.cared_for for care in first}) == TRIAL.replications


def test_a_long_failure_is_followed_until_after_its_end() -> None:
    month = load_scenario("ordinary-month")
    assert week_of(month, 48).horizon_h == 168
    assert week_of(month, 200).horizon_h == 312
