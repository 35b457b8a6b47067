"""The model against what really happened."""

from pathlib import Path

import pytest

import simulation
import topologies
from flows.backtest import Progress, backtest
from results.coverage import Found, coverage
from simulation.incident import Incident
from simulation.library import HERE
from simulation.parameters import Parameters
from topologies.errors import BadInput

REPLICATIONS = 30


def nobody(_: Progress) -> None:
    """Nobody is told."""


@pytest.fixture(scope="module")
def figures() -> list[Found]:
    incidents = [simulation.load_incident(name) for name in simulation.incident_names()]
    return backtest(incidents, REPLICATIONS, 1, None, nobody)


@pytest.mark.timeout(400)
def test_four_fifths_of_what_was_observed_lie_within_intervals_that_say_something(
    figures: list[Found],
) -> None:
    whole = coverage(figures)
    assert whole.hits >= 0.8 * whole.figures
    assert whole.median_relative_width is not None
    assert whole.median_relative_width < 1.5


def test_every_figure_of_every_incident_is_found(figures: list[Found]) -> None:
    known = {
        (name, figure.name)
        for name in simulation.incident_names()
        for figure in simulation.load_incident(name).figures
    }
    assert {(each.incident, each.figure) for each in figures} == known


@pytest.mark.parametrize("name", simulation.incident_names())
def test_what_is_known_of_an_incident_names_levers_and_parameters(name: str) -> None:
    incident = simulation.load_incident(name)
    assert incident.name == name
    assert incident.topology in topologies.incident_names()
    used = {parameter for figure in incident.figures for parameter in figure.used_for}
    assert used <= set(Parameters.model_fields)
    assert not used & set(incident.known), "what is known is not to be found"


def test_a_back_test_does_not_depend_on_the_workers() -> None:
    incidents: list[Incident] = [simulation.load_incident("rouen-2019")]
    one, two = (backtest(incidents, 10, 3, workers, nobody) for workers in (1, 2))
    assert one == two


def test_an_incident_that_knows_of_no_such_parameter_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    text = (HERE / "incidents" / "cannes-2024.yaml").read_text()
    path.write_text(text.replace("  isolation_h:", "  isolation_hours:", 1))
    with pytest.raises(BadInput, match="isolation_hours"):
        simulation.load_incident(path)
