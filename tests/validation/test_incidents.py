"""The model against what really happened."""

from pathlib import Path

import pytest
from pydantic import ValidationError

import backtest
import simulation
import topologies
from backtest.activity import UNTOLD, activity_of
from backtest.coverage import Found, coverage
from backtest.incident import Figure, Incident
from backtest.library import INCIDENTS
from flows.execution.replays import Progress, replay_all
from simulation.inputs.parameters.parameters import PARAMETER_NAMES
from simulation.inputs.streams import Stream
from simulation.outcome.trace import Trace
from simulation.replication import PreparedCampaign, trace_of
from tests.campaigns import prepare_campaign
from topologies.errors import BadInput

REPLICATIONS = 30


def nobody(_: Progress) -> None:
    """Nobody is told."""


@pytest.fixture(scope="module")
def figures() -> list[Found]:
    incidents = [backtest.load_incident(name) for name in backtest.incident_names()]
    return replay_all(incidents, REPLICATIONS, 1, None, nobody)


@pytest.mark.long
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
        for name in backtest.incident_names()
        for figure in backtest.load_incident(name).figures
    }
    assert {(each.incident, each.figure) for each in figures} == known


@pytest.mark.parametrize("name", backtest.incident_names())
def test_what_is_known_of_an_incident_names_levers_and_parameters(name: str) -> None:
    incident = backtest.load_incident(name)
    assert incident.name == name
    assert incident.topology in topologies.incident_names()
    used = {parameter for figure in incident.figures for parameter in figure.used_for}
    assert used <= {*PARAMETER_NAMES, "outages"}
    assert not used & set(incident.known), "what is known is not to be found"


def test_a_back_test_does_not_depend_on_the_workers() -> None:
    incidents: list[Incident] = [backtest.load_incident("rouen-2019")]
    one, two = (replay_all(incidents, 10, 3, workers, nobody) for workers in (1, 2))
    assert one == two


TOLD = tuple(stream for stream in Stream if stream not in UNTOLD)


@pytest.fixture(scope="module")
def ireland() -> tuple[PreparedCampaign, Trace, float]:
    """Ireland's first two weeks of which the second is the attack's, in the first replication in which it came."""
    incident = backtest.load_incident("hse-2021")
    prepared = prepare_campaign(
        topologies.load_incident("hse-2021"),
        incident.scenario.model_copy(update={"horizon_h": 360}),
        incident.posture(simulation.load_posture("baseline")),
        incident.parameters(simulation.load_parameters()),
    )
    for number in range(100):
        trace = trace_of(prepared, 1, number)
        impact_h = trace.states[prepared.nodes.number_of["993530004"]].impact_h
        if impact_h is not None:
            return prepared, trace, impact_h
    raise AssertionError("Ireland was spared a hundred times")


@pytest.mark.parametrize("stream", TOLD)
def test_activity_is_whole_in_the_week_before_a_payload(
    ireland: tuple[PreparedCampaign, Trace, float], stream: Stream
) -> None:
    prepared, trace, impact_h = ireland
    week = slice(int(impact_h) - 168, int(impact_h))
    level = activity_of(prepared.care.wards, trace.care, prepared.care.wards.of(stream), week)
    nobody_comes = stream in {Stream.CRITICAL_CARE, Stream.SAMU}
    assert level == (None if nobody_comes else pytest.approx(1.0, abs=0.06))


@pytest.mark.parametrize(
    "stream", [Stream.OUTPATIENT, Stream.MEDICINE, Stream.LABORATORY, Stream.RADIOTHERAPY]
)
def test_activity_falls_in_the_week_after_it(
    ireland: tuple[PreparedCampaign, Trace, float], stream: Stream
) -> None:
    prepared, trace, impact_h = ireland
    week = slice(int(impact_h), int(impact_h) + 168)
    level = activity_of(prepared.care.wards, trace.care, prepared.care.wards.of(stream), week)
    assert level is not None
    assert 0.0 < level < 0.9


def test_what_cannot_be_compared_with_an_ordinary_day_is_no_activity() -> None:
    with pytest.raises(ValidationError, match="without a day or streams"):
        Figure.model_validate({**ACTIVITY, "streams": ["surgery_urgent"]})
    with pytest.raises(ValidationError, match="without a day or streams"):
        Figure.model_validate({**ACTIVITY, "day": None})
    assert Figure.model_validate(ACTIVITY).streams == (Stream.OUTPATIENT,)


ACTIVITY = {
    "name": "outpatient-week-1",
    "title": {"fr": "Consultations en semaine 1", "en": "Outpatients in week 1"},
    "unit": "share",
    "observed": 0.25,
    "measure": "activity",
    "day": 0.0,
    "streams": ["outpatient"],
    "source": "the test",
}


def test_an_incident_that_knows_of_no_such_parameter_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    text = (INCIDENTS / "cannes-2024.yaml").read_text()
    path.write_text(text.replace("  isolation_h:", "  isolation_hours:", 1))
    with pytest.raises(BadInput, match="isolation_hours"):
        backtest.load_incident(path)
