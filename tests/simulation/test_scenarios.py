"""What the built-in scenarios and postures promise."""

from itertools import chain
from pathlib import Path

import pytest

import simulation
from simulation.crisis import replicate
from simulation.library import HERE
from simulation.scenario import Scenario
from simulation.theatre import prepare
from simulation.wave import Movement, Payload, WayIn
from topologies.errors import BadInput
from topologies.region import Region

SCENARIOS = simulation.scenario_names()
EXERCISES = ("exercises-none", "exercises-half", "exercises-all")
TWO_WAVES = HERE / "scenarios" / "second-wave.yaml"


@pytest.fixture(scope="module")
def scenarios() -> list[Scenario]:
    return [simulation.load_scenario(name) for name in SCENARIOS]


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_bears_the_name_of_its_file_and_fits_ile_de_france(
    name: str, ile_de_france: Region
) -> None:
    scenario = simulation.load_scenario(name)
    assert scenario.name == name
    prepare(ile_de_france, scenario, simulation.load_posture("baseline"), simulation.load_parameters())


@pytest.mark.parametrize("name", simulation.posture_names())
def test_a_posture_bears_the_name_of_its_file(name: str) -> None:
    assert simulation.load_posture(name).name == name


def test_the_scenarios_know_every_payload_movement_way_in_and_occasion(scenarios: list[Scenario]) -> None:
    waves = list(chain.from_iterable(scenario.waves for scenario in scenarios))
    assert {wave.payload for wave in waves} == set(Payload)
    assert {wave.movement for wave in waves} == set(Movement)
    assert {wave.way_in for wave in waves} == set(WayIn)
    given = [wave.detonation for wave in waves if wave.detonation]
    for occasion in ("at", "after_h", "sites", "detected", "arrival"):
        assert any(getattr(detonation, occasion) for detonation in given), occasion
    assert any(wave.after for wave in waves)
    assert any(scenario.surge for scenario in scenarios)


def test_the_exercise_postures_differ_in_exercises_only() -> None:
    levels = []
    for name in EXERCISES:
        posture = simulation.load_posture(name)
        levels.append(posture.levers.exercises.value)
        own = posture.levers.model_dump(exclude={"exercises"})
        assert own == simulation.load_posture("baseline").levers.model_dump(exclude={"exercises"})
        assert posture.responders == simulation.load_posture("baseline").responders
    assert levels == [0.0, 0.5, 1.0]


def test_in_an_ordinary_month_nobody_is_compromised(ile_de_france: Region) -> None:
    month = simulation.load_scenario("ordinary-month").model_copy(update={"horizon_h": 24})
    theatre = prepare(ile_de_france, month, simulation.load_posture("baseline"), simulation.load_parameters())
    for number in range(50):
        outcome = replicate(theatre, 1, number)
        assert outcome.replication.establishments_compromised == 0
        assert outcome.timeline == ()


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("2026-03-07T02:00:00+01:00", "2026-03-01T02:00:00+01:00", "detonation.at"),
        ("wave: first", "wave: third", "none of the waves"),
        ("wave: first", "wave: second", "circle of waves"),
        ("name: second\n", "name: first\n", "same name"),
        ("way_in: credentials", "way_in: door", "way_in"),
        ("payload: ransomware", "payload: denial", "needs lasts_h"),
        ("value: 0.6", "value: 1.6", "skill"),
        ("    at: '2026-03-07T02:00:00+01:00'", "    {}", "when the payload goes off"),
    ],
)
def test_a_wave_that_makes_no_sense_is_refused_with_its_line_and_a_remedy(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    text = TWO_WAVES.read_text()
    assert right in text
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(right, wrong, 1))
    with pytest.raises(BadInput) as refusal:
        simulation.load_scenario(path)
    findings = [f"{finding.where}: {finding.problem}; {finding.remedy}" for finding in refusal.value.findings]
    assert any(told in finding and "mine.yaml line" in finding for finding in findings), findings


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("  directory:", "  directories:", "directories"),
        ("    value: 0.35", "    value: 1.35", "directory.value"),
    ],
)
def test_a_posture_with_an_unknown_lever_or_a_share_outside_nought_to_one_is_refused(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    text = (HERE / "postures" / "baseline.yaml").read_text()
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(right, wrong, 1))
    with pytest.raises(BadInput) as refusal:
        simulation.load_posture(path)
    assert any(told in finding.where for finding in refusal.value.findings), refusal.value.findings
