"""Entry points that a region's data choose: what may be written, what it comes to, and what chance decides."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import ValidationError

import simulation
from simulation.engine.random_streams import Luck
from simulation.inputs.library import SCENARIOS
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.choice import Among, Choice, Point
from simulation.inputs.scenarios.chosen import Aim
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.scenarios.wave import Detonation
from simulation.replication import prepare, replicate
from tests.campaigns import campaign_of
from tests.regions import ALONE, DIRECTORY, FIRST, SECOND, THIRD
from tests.simulation.same import same
from topologies.errors import BadInput
from topologies.reading.documents import places_in
from topologies.region import Region, ServiceKind


@pytest.fixture(scope="module")
def mixed(small_region: Region) -> Region:
    """The small region, of which the hospital alone is private."""
    private = replace(small_region.establishments[ALONE], public=False)
    return replace(small_region, establishments={**small_region.establishments, ALONE: private})


@pytest.fixture
def aim_of(mixed: Region, small_scenario: Scenario) -> Callable[..., Aim]:
    """The aim of the only wave, with these entry points."""

    def aim(*points: Point, target: Point | None = None) -> Aim:
        return campaign_of(mixed, attacking(small_scenario, *points, target=target)).aims["ceremony"]

    return aim


def attacking(scenario: Scenario, *points: Point, target: Point | None = None) -> Scenario:
    (wave,) = scenario.waves
    detonation = Detonation(at=wave.detonation.at if wave.detonation else None, target=target)
    return scenario.model_copy(
        update={"waves": (wave.model_copy(update={"entry_points": points, "detonation": detonation}),)}
    )


@pytest.mark.parametrize(
    ("choice", "chosen"),
    [
        (Choice(largest=Among.EMERGENCY, count=3), [FIRST, SECOND, ALONE]),
        (Choice(largest=Among.EMERGENCY, count=30), [FIRST, SECOND, ALONE, THIRD]),
        (Choice(largest=Among.PUBLIC, count=2), [FIRST, SECOND]),
        (Choice(largest=Among.PRIVATE, count=2), [ALONE]),
        (Choice(largest=Among.GHT, count=2), [FIRST]),
        (Choice(largest=Among.GHT_SUPPORT), [FIRST]),
        (Choice(largest=Among.DIRECTORY), [DIRECTORY]),
        (Choice(largest=Among.VENDOR), []),
        (Choice(nearest="venues"), []),
    ],
)
def test_a_choice_takes_the_largest_and_no_more_than_there_are(
    aim_of: Callable[..., Aim], choice: Choice, chosen: list[str]
) -> None:
    assert [*aim_of(choice).nodes] == chosen


def test_no_choice_takes_what_is_named_or_was_taken_before(aim_of: Callable[..., Aim]) -> None:
    largest = Choice(largest=Among.EMERGENCY)
    assert [*aim_of(largest, FIRST, largest, Choice(drawn=Among.EMERGENCY)).nodes] == [
        SECOND,
        FIRST,
        ALONE,
        THIRD,
    ]
    assert aim_of(FIRST, target=Choice(largest=Among.EMERGENCY)).target == (FIRST,)


def test_the_second_wave_comes_upon_others_than_the_first(mixed: Region) -> None:
    scenario, two = simulation.load_scenario("second-wave"), Choice(largest=Among.EMERGENCY, count=2)
    waves = tuple(wave.model_copy(update={"entry_points": (two,)}) for wave in scenario.waves)
    aims = campaign_of(mixed, scenario.model_copy(update={"waves": waves})).aims
    assert {name: [*aim.nodes] for name, aim in aims.items()} == {
        "first": [FIRST, SECOND],
        "second": [ALONE, THIRD],
    }


def test_every_kind_of_service_can_be_chosen_and_the_one_that_serves_most_patients_is(
    ile_de_france: Region, small_scenario: Scenario
) -> None:
    def served(service: str) -> int:
        ends = {link.target for link in ile_de_france.links_from(service)}
        sites = (ile_de_france.establishments.get(end) for end in ends)
        return sum(site.ed_visits_per_year or 0 for site in sites if site)

    for kind in ServiceKind:
        choice = Choice(largest=Among(kind.value), count=2)
        ends = [*campaign_of(ile_de_france, attacking(small_scenario, choice)).aims["ceremony"].nodes]
        of_kind = [one.id for one in ile_de_france.services.values() if one.kind is kind]
        assert ends == sorted(of_kind, key=served, reverse=True)[:2]


def test_the_nearest_to_the_venues_begin_with_the_largest_crowd(
    ile_de_france: Region, scenario: Scenario
) -> None:
    choice = Choice(nearest="venues", count=2)
    campaign = campaign_of(ile_de_france, attacking(scenario, choice), event=scenario.event)
    names = [ile_de_france.establishments[node].name for node in campaign.aims["ceremony"].nodes]
    # the ceremony on the Seine, then the Stade de France
    assert names == ["AP-HP Necker-Enfants malades", "CH de Saint-Denis Delafontaine"]


def test_what_is_chosen_is_attacked_as_if_it_were_named(mixed: Region, small_scenario: Scenario) -> None:
    chosen = campaign_of(mixed, attacking(small_scenario, Choice(largest=Among.EMERGENCY, count=2)))
    named = campaign_of(mixed, attacking(small_scenario, FIRST, SECOND))
    assert same(replicate(prepare(chosen), 1, 0), replicate(prepare(named), 1, 0))
    assert chosen.id != named.id


def test_each_replication_draws_anew_and_no_posture_changes_the_draw(
    mixed: Region, small_scenario: Scenario, prepared_posture: Posture
) -> None:
    drawn = Choice(drawn=Among.EMERGENCY, count=2)
    scenario = attacking(small_scenario, ALONE, drawn)
    attack, other = (
        prepare(campaign_of(mixed, scenario, posture)).attack for posture in (None, prepared_posture)
    )
    names = [*mixed.establishments, *mixed.services]
    picked = Counter[str]()
    for number in range(300):
        points = attack.entry_points(0, Luck(1, number))
        assert points == other.entry_points(0, Luck(1, number))
        first, *rest = [names[point] for point in points]
        assert first == ALONE
        assert len({*rest}) == 2
        picked.update(rest)
    assert {*picked} == {FIRST, SECOND, THIRD}
    assert all(abs(times - 200) < 4 * (300 * 2 / 9) ** 0.5 for times in picked.values()), picked


def test_two_waves_draw_other_hospitals(mixed: Region) -> None:
    scenario, one = simulation.load_scenario("second-wave"), Choice(drawn=Among.EMERGENCY, count=2)
    waves = tuple(wave.model_copy(update={"entry_points": (one,)}) for wave in scenario.waves)
    attack = prepare(campaign_of(mixed, scenario.model_copy(update={"waves": waves}))).attack
    for number in range(20):
        first, second = (attack.entry_points(wave, Luck(1, number)) for wave in (0, 1))
        assert len({*first, *second}) == 4


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{largest: ght, drawn: ght}", "chooses in two ways: largest, drawn; keep one of largest"),
        ("{count: 3}", "does not say how to choose"),
        ("{largest: hospital}", "'hospital' is not one of the choices; use"),
        ("{largets: ght}", "largets is not a field here; use largest"),
        ("{nearest: hospitals}", "'hospitals' is not one of the choices; use venues"),
        ("{largest: ght, count: 0}", "must be more than 0"),
        ("{largest: ght, count: three}", "must be a whole number"),
        ("[ght]", "must be text"),
        ("hospital", "write a FINESS number"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_with_its_line_and_a_remedy(
    tmp_path: Path, written: str, told: str
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        f"extends: second-wave\nname: mine\nwaves:\n"
        f"  - {{name: one, title: {{fr: un, en: one}}, payload: denial, lasts_h: 3,\n     entry_points: [{written}]}}\n"
    )
    with pytest.raises(BadInput) as refusal:
        simulation.load_scenario(path)
    assert any(
        told in str(finding) and "mine.yaml line 5" in str(finding) for finding in refusal.value.findings
    ), refusal.value.findings


@pytest.mark.parametrize("target", [Choice(drawn=Among.GHT), Choice(largest=Among.GHT, count=2)])
def test_a_target_is_one_node(target: Choice) -> None:
    with pytest.raises(ValidationError, match="target is not one node"):
        Detonation(target=target)


def test_a_wave_that_finds_nothing_in_the_region_is_refused_with_its_line(
    tmp_path: Path, mixed: Region
) -> None:
    path = tmp_path / "mine.yaml"
    text = SCENARIOS.file("host-down").read_text()
    path.write_text(text.replace("  - 'host:a'", "  - {largest: host}"))
    campaign = campaign_of(mixed, simulation.load_scenario(path))
    with pytest.raises(BadInput) as refusal:
        simulation.check(campaign, scenario_at=places_in(path))
    (finding,) = refusal.value.findings
    assert finding.where.startswith("mine.yaml line ")
    assert finding.where.endswith("waves.0.entry_points")
    assert str(finding.problem) == "small has nothing for {largest: host, count: 1}"


def test_what_is_chosen_is_stored_with_the_inputs(mixed: Region, small_scenario: Scenario) -> None:
    points = (Choice(largest=Among.PRIVATE), Choice(drawn=Among.GHT))
    campaign = campaign_of(mixed, attacking(small_scenario, *points))
    assert campaign.inputs["aims"]["ceremony"]["entry_points"] == [
        {"nodes": [ALONE], "drawn": None},
        {"nodes": [FIRST], "drawn": 1},
    ]
    assert Scenario.model_validate(campaign.inputs["scenario"]) == campaign.scenario
