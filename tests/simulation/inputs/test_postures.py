"""What the built-in postures promise, and how one that makes no sense is refused."""

from pathlib import Path

import pytest

import simulation
from simulation.inputs.library import POSTURES as SHELF
from simulation.inputs.postures.posture import Levers, Posture
from topologies.errors import BadInput

POSTURES = simulation.posture_names()
EXERCISES = ("exercises-none", "exercises-half", "exercises-all")
BASELINE = SHELF.file("baseline")


def changed(posture: Posture, reference: Posture) -> set[str]:
    """The levers, teams and other settings in which a posture differs from another."""
    apart = {name for name in Levers.model_fields if differ(posture.levers, reference.levers, name)}
    teams, others = posture.responders.teams, reference.responders.teams
    apart |= {level for level in teams.keys() | others.keys() if teams.get(level) != others.get(level)}
    if posture.responders.served_first is not reference.responders.served_first:
        apart.add("served_first")
    fields = ("establishments", "regional_cell")
    return apart | {name for name in fields if differ(posture, reference, name)}


def differ(one: object, other: object, field: str) -> bool:
    return bool(getattr(one, field) != getattr(other, field))


@pytest.mark.parametrize("name", POSTURES)
def test_a_posture_bears_the_name_of_its_file_in_two_languages(name: str) -> None:
    posture = simulation.load_posture(name)
    assert posture.name == name
    assert posture.title.fr != posture.title.en
    assert posture.story.fr != posture.story.en


@pytest.mark.parametrize("name", POSTURES)
def test_a_posture_says_of_every_level_why_it_is_assumed_or_where_it_is_published(name: str) -> None:
    posture = simulation.load_posture(name)
    for lever in Levers.model_fields:
        level = getattr(posture.levers, lever)
        assert level.assumption or "none" not in level.source, (name, lever)
        assert round(level.low, 3) == level.low, (name, lever)


def test_the_exercise_postures_differ_from_the_baseline_in_exercises_only() -> None:
    baseline = simulation.load_posture("baseline")
    levels = []
    for name in EXERCISES:
        posture = simulation.load_posture(name)
        levels.append(posture.levers.exercises.value)
        assert changed(posture, baseline) <= {"exercises"}
    assert levels == [0.0, 0.5, 1.0]


def test_alone_or_together_establishments_are_protected_as_in_the_baseline() -> None:
    baseline = simulation.load_posture("baseline")
    isolated, pooled = simulation.load_posture("isolated"), simulation.load_posture("pooled")
    means = {"shared_soc", "ght_pooling", "regional"}
    assert changed(isolated, baseline) == means | {"regional_cell"}
    assert changed(pooled, baseline) == means
    assert not isolated.regional_cell
    assert isolated.responders.teams["regional"].value == 0


def test_care_at_its_end_pools_no_more_than_today() -> None:
    apart = changed(simulation.load_posture("care-2027"), simulation.load_posture("baseline"))
    assert apart == set(Levers.model_fields) - {"shared_soc", "ght_pooling"}


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("  directory:", "  directories:", "directories"),
        ("    value: 0.35", "    value: 1.35", "directory.value"),
        ("  served_first: patients_at_stake", "  served_first: friends", "responders.served_first"),
        ("regional_cell: true", "regional_cell: perhaps", "regional_cell"),
    ],
)
def test_a_posture_that_makes_no_sense_is_refused_with_its_line_and_a_remedy(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    text = BASELINE.read_text()
    line = next(n for n, one in enumerate(text.splitlines(), 1) if right in one)
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(right, wrong, 1))
    with pytest.raises(BadInput) as refusal:
        simulation.load_posture(path)
    findings = refusal.value.findings
    told_at = [each for each in findings if f"mine.yaml line {line}," in each.where and told in each.where]
    assert told_at, findings
    assert all(str(each.remedy) for each in told_at)
