"""A planner's file states what differs, a setting states one lever, and both are judged as if all had been written."""

from pathlib import Path

import pytest

import simulation
from simulation.inputs.library import EVENTS, POSTURES, SCENARIOS
from simulation.inputs.postures.posture import Posture
from simulation.inputs.settings import with_settings
from topologies.errors import BadInput

BASELINE = simulation.load_posture("baseline")


def written(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as refused:
        POSTURES.load(path)
    assert all(str(finding.remedy) for finding in refused.value.findings)
    return str(refused.value)


def with_set(*settings: str) -> Posture:
    return POSTURES.judged(with_settings(POSTURES.document("baseline"), settings)).value


def test_a_posture_states_one_lever_and_the_rest_is_as_in_the_other(tmp_path: Path) -> None:
    mine = POSTURES.load(
        written(
            tmp_path,
            "extends: baseline\nlevers:\n"
            "  backups: {value: 0.9, low: 0.8, high: 1, source: our audit of 2026}\n",
        )
    )
    assert mine.levers.backups.value == 0.9
    assert mine.levers.backups.source == "our audit of 2026"
    assert mine.levers.backups.unit == BASELINE.levers.backups.unit
    changed = BASELINE.levers.model_copy(update={"backups": mine.levers.backups})
    assert (mine.levers, mine.responders, mine.story) == (changed, BASELINE.responders, BASELINE.story)


def test_a_document_is_called_by_its_file_and_not_like_the_one_that_it_extends(tmp_path: Path) -> None:
    mine = POSTURES.load(written(tmp_path, "extends: baseline\n", "ght-nord.yaml"))
    assert (mine.name, mine.title.fr, mine.title.en) == ("ght-nord", "ght-nord", "ght-nord")
    titled = POSTURES.load(
        written(tmp_path, "extends: baseline\nname: nord\ntitle: {fr: Le nord, en: The north}\n")
    )
    assert (titled.name, titled.title.fr) == ("nord", "Le nord")
    assert "name: is malformed: 'Le Nord'" in refusal(
        written(tmp_path, "extends: baseline\n", "Le Nord.yaml")
    )


def test_a_new_value_does_not_take_over_the_range_or_the_source_of_the_old_one(tmp_path: Path) -> None:
    path = written(tmp_path, "extends: baseline\nlevers:\n  backups: 0.9\n  detection: {value: 0.2}\n")
    levers = POSTURES.load(path).levers
    for lever, value in ((levers.backups, 0.9), (levers.detection, 0.2)):
        assert (lever.value, lever.low, lever.high, lever.source) == (value, value, value, "mine.yaml")
        assert (lever.assumption, lever.reason) == (False, None)


def test_a_range_alone_keeps_the_value_and_its_source(tmp_path: Path) -> None:
    path = written(tmp_path, "extends: baseline\nlevers:\n  backups: {low: 0}\n")
    lever = POSTURES.load(path).levers.backups
    assert lever == BASELINE.levers.backups.model_copy(update={"low": 0.0})


def test_what_is_wrong_is_found_at_its_line_in_the_file_where_it_stands(tmp_path: Path) -> None:
    told = refusal(written(tmp_path, "extends: baseline\n\nlevers:\n  backups: 1.9\n  bakups: 0.2\n"))
    assert "mine.yaml line 4, column 12, levers.backups.value: must be at most 1" in told
    assert "mine.yaml line 5, column 3, levers.bakups: bakups is not a field here; use backups" in told
    assert told.count("mine.yaml line") == 2
    written(tmp_path, "extends: baseline\nlevers: {backups: nothing}\n", "first.yaml")
    told = refusal(written(tmp_path, "extends: first.yaml\nlevers: {detection: 0.1}\n"))
    assert "first.yaml line 2, column 19, levers.backups.value: must be a number" in told


def test_a_file_extends_another_one_by_its_path_from_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    written(tmp_path / "shared", "extends: prepared\nlevers: {backups: 0.1, detection: 0.1}\n", "ght.yaml")
    mine = POSTURES.load(written(tmp_path, "extends: shared/ght.yaml\nlevers: {backups: 0.2}\n"))
    assert (mine.levers.backups.value, mine.levers.detection.value) == (0.2, 0.1)
    assert mine.levers.awareness == simulation.load_posture("prepared").levers.awareness


def test_what_cannot_be_extended_is_refused_with_the_line_that_says_so(tmp_path: Path) -> None:
    assert (
        "mine.yaml line 1, column 1, extends: no posture is called basline; the nearest: baseline"
        in refusal(written(tmp_path, "extends: basline\n"))
    )
    assert "absent.yaml: is missing" in refusal(written(tmp_path, "extends: absent.yaml\n"))
    written(tmp_path, "extends: mine.yaml\n", "other.yaml")
    told = refusal(written(tmp_path, "extends: other.yaml\n"))
    assert "other.yaml line 1" in told
    assert "a circle of documents that extend one another: mine.yaml → other.yaml → mine.yaml" in told


def test_a_list_is_replaced_whole_and_nothing_takes_a_field_away(tmp_path: Path) -> None:
    scenario = simulation.load_scenario("ransomware-heat-wave")
    path = written(
        tmp_path, f"extends: ransomware-heat-wave\nthresholds:\n{THRESHOLD}surge: null\nevent: null\n"
    )
    mine = SCENARIOS.load(path)
    assert [threshold.at_most for threshold in mine.thresholds] == [12]
    assert (mine.surge, mine.event) == (None, None)
    assert mine.waves == scenario.waves


THRESHOLD = "  - {indicator: icu_unmet_patient_h, at_most: 12, reason: {fr: a, en: a}}\n"


def test_a_scenario_names_an_event_of_the_planners_own_by_its_path(tmp_path: Path) -> None:
    written(tmp_path, "extends: paris-2024\nvisitors: []\n", "few.yaml")
    mine = SCENARIOS.read(written(tmp_path, "extends: ransomware-opening-ceremony\nevent: few.yaml\n"))
    assert mine.value.event == EVENTS.load(tmp_path / "few.yaml")
    assert mine.value.event is not None
    assert mine.value.event.visitors == ()
    told = with_event(tmp_path, "absent")
    assert "mine.yaml line 2, column 1, event: no event is called absent" in told


def with_event(folder: Path, event: str) -> str:
    path = written(folder, f"extends: ransomware-opening-ceremony\nevent: {event}\n")
    with pytest.raises(BadInput) as refused:
        SCENARIOS.load(path)
    return str(refused.value)


def test_a_setting_is_a_lever_whose_source_says_that_it_was_set() -> None:
    posture = with_set("backups=0.9", "responders.teams.regional=3", "regional_cell=no")
    assert posture.levers.backups.value == 0.9
    assert posture.levers.backups.source == "--set backups=0.9"
    assert posture.responders.teams["regional"].value == 3
    assert not posture.regional_cell
    assert posture.name.startswith("baseline-backups-0-9")
    assert posture.title.en == (
        f"{BASELINE.title.en}, --set backups=0.9, --set responders.teams.regional=3, --set regional_cell=no"
    )


def test_a_setting_of_an_establishment_adds_its_source_to_those_of_its_levers() -> None:
    posture = with_set("establishments.750100125.backups=0.9", "establishments.750100125.detection=0.1")
    own = posture.establishments["750100125"]
    assert (own.backups, own.detection) == (0.9, 0.1)
    assert own.source == (
        "--set establishments.750100125.backups=0.9; --set establishments.750100125.detection=0.1"
    )


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("bakups=0.9", "--set bakups=0.9, levers.bakups: bakups is not a field here; use backups"),
        ("backups=1.9", "--set backups=1.9, levers.backups.value: must be at most 1"),
        ("backups=0,9", "--set backups=0,9, levers.backups.value: must be a number"),
        ("backups", "--set backups: is no name and value; write --set backups=0.9"),
        ("backups=", "--set backups=: is no name and value"),
        ("backups.value.low=1", "--set backups.value.low=1, levers.backups.value: must be a number"),
        ("responders.teams.regional.x=1", "x is not a field here"),
        ("establishments.75.backups=1", "establishments.75"),
        ("establishments=1", "establishments: must have fields of its own"),
        ("levers.=1", "is not a field here"),
    ],
)
def test_a_setting_that_is_wrong_is_refused_as_in_a_file(setting: str, told: str) -> None:
    with pytest.raises(BadInput) as refused:
        with_set(setting)
    assert told in str(refused.value)
