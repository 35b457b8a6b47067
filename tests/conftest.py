"""The suite as a whole: how its tests are shared out to several processes, and inputs that many of them use."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

import topologies
from flows.workers.machine import cores
from simulation.inputs.library import load_posture, load_scenario
from simulation.inputs.parameters.parameters import Parameters, load_parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.scenarios.wave import Detonation
from simulation.replication import PreparedCampaign
from tests import regions
from tests.campaigns import prepare_campaign
from tests.regions import FIRST
from topologies.region import Region

MOST_PROCESSES = 4
"""Many tests start processes of their own; with more of them at once, those that bound a time would wait."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """The whole suite is shared by the cores; tests that are named run in this process, where one can look on."""
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return min(cores(), MOST_PROCESSES) if whole else 0


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of several processes, each takes one file after another: those that last begin first, so that none ends late."""
    if hasattr(config, "workerinput"):
        long = {item.path for item in items if item.get_closest_marker("long")}
        items.sort(key=lambda item: item.path not in long)


@pytest.fixture(autouse=True, scope="session")
def no_wait_for_the_disk() -> Iterator[None]:
    """No test pulls a plug: what is written need not reach the disk at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session")
def small_region() -> Region:
    """Three hospitals of one GHT and one alone, all within reach of each other."""
    return regions.small_region()


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return load_scenario("ransomware-opening-ceremony")


@pytest.fixture(scope="session")
def small_scenario(scenario: Scenario) -> Scenario:
    """The payload goes off after three days in whatever the first hospital has let in."""
    wave = scenario.waves[0].model_copy(
        update={
            "entry_points": (FIRST,),
            "detonation": Detonation(at=datetime(2024, 7, 24, 6, tzinfo=UTC)),
        }
    )
    horizon_h = 20 * 24
    in_time = tuple(each for each in scenario.thresholds if each.at_most <= horizon_h)
    return scenario.model_copy(
        update={"waves": (wave,), "horizon_h": horizon_h, "event": None, "thresholds": in_time}
    )


@pytest.fixture(scope="session")
def parameters() -> Parameters:
    return load_parameters()


@pytest.fixture(scope="session")
def baseline() -> Posture:
    return load_posture("baseline")


@pytest.fixture(scope="session")
def prepared_posture() -> Posture:
    return load_posture("prepared")


@pytest.fixture(scope="session")
def helpless(baseline: Posture) -> Posture:
    """Nothing resists and nothing detects: what can happen does."""
    names = type(baseline.levers).model_fields
    none = {name: getattr(baseline.levers, name).model_copy(update={"value": 0.0}) for name in names}
    return baseline.model_copy(update={"levers": baseline.levers.model_copy(update=none)})


@pytest.fixture(scope="session")
def sure(parameters: Parameters) -> Parameters:
    """Every attempt of the attacker succeeds."""
    certain = {
        name: parameters.quantities[name].model_copy(update={"value": 1.0})
        for name in (
            "foothold_success",
            "privilege_success",
            "directory_control_success",
            "shared_directory_reached",
            "trust_separate",
            "backups_lost",
        )
    }
    return parameters.changed(certain)


@pytest.fixture(scope="session")
def small(
    small_region: Region, small_scenario: Scenario, helpless: Posture, sure: Parameters
) -> PreparedCampaign:
    """The small region, helpless before an attacker who never fails."""
    return prepare_campaign(small_region, small_scenario, helpless, sure)


@pytest.fixture(scope="session")
def ile_de_france() -> Region:
    return topologies.load("ile-de-france")
