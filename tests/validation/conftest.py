"""The same inputs as the tests of the simulation."""

from tests.simulation.conftest import baseline, helpless, parameters, scenario

__all__ = ["baseline", "helpless", "parameters", "scenario"]
