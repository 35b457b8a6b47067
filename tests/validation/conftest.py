"""The same inputs as the tests of the simulation."""

from tests.simulation.conftest import (
    baseline,
    helpless,
    parameters,
    scenario,
    small,
    small_region,
    small_scenario,
    sure,
)

__all__ = [
    "baseline",
    "helpless",
    "parameters",
    "scenario",
    "small",
    "small_region",
    "small_scenario",
    "sure",
]
