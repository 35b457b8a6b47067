"""What the built-in scenarios promise, and how one that makes no sense is refused."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

import simulation
from simulation.inputs.library import SCENARIOS
from simulation.inputs.scenarios.fit import check_fit
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.scenarios.wave import Movement, Payload, WayIn
from simulation.replication import replicate
from tests.campaigns import campaign_of, prepare_campaign
from topologies.errors import BadInput
from topologies.fields.quantity import Quantity
from topologies.reading.documents import places_in
from topologies.region import Region

NAMES = simulation.scenario_names()
TWO_WAVES = SCENARIOS.file("second-wave")
A_STRIKE = SCENARIOS.file("host-down")
A_SURGE = SCENARIOS.file("ransomware-heat-wave")


@pytest.fixture(scope="module")
def scenarios() -> list[Scenario]:
    return [simulation.load_scenario(name) for name in NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_bears_the_name_of_its_file_and_fits_ile_de_france(
    name: str, ile_de_france: Region
) -> None:
    scenario = simulation.load_scenario(name)
    assert scenario.name == name
    prepare_campaign(ile_de_france, scenario, event=scenario.in_region(ile_de_france).event)


def test_no_scenario_names_a_node_of_one_region(scenarios: list[Scenario]) -> None:
    points = chain.from_iterable(wave.entry_points for scenario in scenarios for wave in scenario.waves)
    assert not [point for point in points if isinstance(point, str)]


def test_every_text_is_in_french_and_in_english(scenarios: list[Scenario]) -> None:
    for scenario in scenarios:
        reasons = [threshold.reason for threshold in scenario.thresholds]
        for text in (scenario.title, scenario.story, scenario.tests, *reasons):
            assert text.fr != text.en, (scenario.name, text)


def test_every_number_has_a_source_and_an_invented_attack_says_that_it_is_an_exercise(
    scenarios: list[Scenario],
) -> None:
    for scenario in scenarios:
        for quantity in quantities_of(scenario):
            assert "from memory" not in quantity.source, scenario.name
        invented = any("an exercise, not a forecast" in source for source in scenario.sources)
        invented |= any(source.startswith("exercise, not a forecast") for source in scenario.sources)
        assert invented == bool(scenario.waves), scenario.name


def quantities_of(scenario: Scenario) -> Iterator[Quantity]:
    """The numbers of a scenario that carry a source."""
    if scenario.surge:
        yield scenario.surge.emergency
    for wave in scenario.waves:
        dwell = wave.detonation.after_h if wave.detonation else None
        yield from (each for each in (wave.skill, wave.key_h, wave.lasts_h, dwell) if each)


def test_the_scenarios_know_every_payload_movement_way_in_and_occasion(scenarios: list[Scenario]) -> None:
    waves = list(chain.from_iterable(scenario.waves for scenario in scenarios))
    assert {wave.payload for wave in waves} == set(Payload)
    assert {wave.movement for wave in waves} == set(Movement)
    assert {wave.way_in for wave in waves} == set(WayIn)
    given = [wave.detonation for wave in waves if wave.detonation]
    for occasion in ("at", "after_h", "sites", "arrival"):
        assert any(getattr(detonation, occasion) for detonation in given), occasion
    assert any(wave.after for wave in waves)
    assert any(wave.ends for wave in waves)
    assert any(scenario.surge for scenario in scenarios)


def test_in_an_ordinary_month_nobody_is_compromised(ile_de_france: Region) -> None:
    month = simulation.load_scenario("ordinary-month").model_copy(update={"horizon_h": 24})
    prepared = prepare_campaign(
        ile_de_france, month, simulation.load_posture("baseline"), simulation.load_parameters()
    )
    for number in range(50):
        outcome = replicate(prepared, 1, number)
        assert outcome.replication.establishments_compromised == 0
        assert {event.actor for event in outcome.timeline} <= {"establishment", "region"}
        assert [event.kind for event in outcome.timeline if event.cause is None] == ["ordinary_life"]


def refused(tmp_path: Path, source: Path, right: str, wrong: str) -> list[str]:
    """What is told of a scenario in which one thing was made wrong."""
    text = source.read_text()
    assert right in text
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(right, wrong, 1))
    with pytest.raises(BadInput) as refusal:
        simulation.load_scenario(path)
    assert all(str(finding.remedy) for finding in refusal.value.findings)
    return [str(finding) for finding in refusal.value.findings]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("2026-03-07T02:00:00+01:00", "2026-03-01T02:00:00+01:00", "detonation.at"),
        ("2026-03-07T02:00:00+01:00", "2027-03-07T02:00:00+01:00", "detonation.at"),
        ("wave: first", "wave: third", "none of the waves"),
        ("wave: first", "wave: second", "circle of waves"),
        ("name: second\n", "name: first\n", "same name"),
        ("way_in: credentials", "way_in: door", "way_in"),
        ("payload: ransomware", "payload: denial", "needs lasts_h"),
        ("value: 0.6", "value: 1.6", "skill"),
        ("    at: '2026-03-07T02:00:00+01:00'", "    {}", "when the payload goes off"),
        ("  detonation:\n    at: '2026-03-07T02:00:00+01:00'\n", "", "needs detonation"),
        ("  way_in: exploit", "  links: [transfer]", "which only patients follow"),
        ("  after:\n", "  begins: '2026-03-09T02:00:00+01:00'\n  after:\n", "keep begins or after"),
    ],
)
def test_a_wave_that_makes_no_sense_is_refused_with_its_line_and_a_remedy(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    findings = refused(tmp_path, TWO_WAVES, right, wrong)
    assert any(told in finding and "mine.yaml line" in finding for finding in findings), findings


def test_waves_that_wait_for_one_another_are_refused(tmp_path: Path) -> None:
    wrong = "  after:\n    wave: second\n  way_in: exploit"
    findings = refused(tmp_path, TWO_WAVES, "  way_in: exploit", wrong)
    assert any("first → second → first" in finding for finding in findings), findings


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("  lasts_h:", "  key_h:", "outage needs lasts_h; add lasts_h"),
        (
            "  lasts_h:",
            "  detonation: {arrival: true}\n  lasts_h:",
            "outage has no detonation; drop detonation",
        ),
        ("payload: outage", "payload: theft", "theft needs detonation; add detonation"),
        ("payload: outage", "payload: denial\n  attacked: yes", "denial has no attacked; drop attacked"),
    ],
)
def test_a_strike_lasts_and_nobody_sets_it_off(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    findings = refused(tmp_path, A_STRIKE, right, wrong)
    assert any(told in finding and "mine.yaml line" in finding for finding in findings), findings


def test_a_surge_beyond_the_horizon_is_refused(tmp_path: Path) -> None:
    findings = refused(tmp_path, A_SURGE, "ends: '2026-07-24", "ends: '2026-09-24")
    assert any("surge from" in finding and "lengthen horizon_h" in finding for finding in findings), findings


def test_a_target_outside_the_region_is_refused_with_its_line_or_without_a_file_with_its_name(
    tmp_path: Path, ile_de_france: Region
) -> None:
    path, baseline = tmp_path / "mine.yaml", simulation.load_posture("baseline")
    text = TWO_WAVES.read_text()
    occasion = "    at: '2026-03-07T02:00:00+01:00'\n"
    path.write_text(text.replace(occasion, occasion + "    target: host:zz\n", 1))
    scenario = simulation.load_scenario(path)
    line = text[: text.index(occasion)].count("\n") + 2
    with pytest.raises(BadInput) as refusal:
        check_fit(campaign_of(ile_de_france, scenario, baseline), scenario_at=places_in(path))
    (finding,) = refusal.value.findings
    assert finding.where == f"mine.yaml line {line}, column 5, waves.0.detonation.target"
    assert str(finding.problem) == "host:zz is not in ile-de-france"
    assert str(finding.remedy).startswith("use host:")
    with pytest.raises(BadInput, match=r"  second-wave, waves\.0\.detonation\.target: host:zz is not in"):
        simulation.simulate(ile_de_france, scenario, baseline, seed=1, replication=0)
