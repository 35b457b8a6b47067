"""The built-in studies compare what they say."""

import pytest

from simulation.inputs.library import POSTURES, STUDIES
from simulation.inputs.postures.posture import Levers, Posture
from simulation.inputs.studies.study import Study, stepped

ALL = STUDIES.names()


def levels(posture: Posture) -> dict[str, float]:
    return {name: level.value for name, level in posture.levers}


def changed(posture: Posture, reference: Posture) -> set[str]:
    """The levers at another level."""
    known = levels(reference)
    return {name for name, level in levels(posture).items() if level != known[name]}


@pytest.mark.parametrize("name", ALL)
def test_a_study_bears_the_name_of_its_file_and_compares_known_postures(name: str) -> None:
    study: Study = STUDIES.load(name)
    assert study.name == name
    assert study.title.fr != study.title.en
    for posture in (study.reference, *study.postures, *([study.toward] if study.toward else [])):
        POSTURES.load(posture)


def test_exercise_coverage_is_none_half_and_all() -> None:
    study: Study = STUDIES.load("exercise-coverage")
    names = (study.postures[0], study.reference, study.postures[1])
    assert [POSTURES.load(name).levers.exercises.value for name in names] == [0.0, 0.5, 1.0]


@pytest.mark.parametrize("name", [name for name in ALL if STUDIES.load(name).toward])
def test_a_step_moves_its_levers_to_their_target_with_their_sources_and_nothing_else(name: str) -> None:
    study: Study = STUDIES.load(name)
    reference, toward = POSTURES.load(study.reference), POSTURES.load(study.toward or "")
    for step in study.steps:
        posture = stepped(reference, toward, step)
        assert changed(posture, reference) == set(step.levers)
        for lever in step.levers:
            assert dict(posture.levers)[lever] == dict(toward.levers)[lever]
        assert posture.responders == reference.responders
        assert Posture.model_validate(posture.model_dump()) == posture


def test_care_2027_takes_each_lever_once_that_the_programme_moves() -> None:
    study: Study = STUDIES.load("care-2027")
    moved = changed(POSTURES.load("care-2027"), POSTURES.load("baseline"))
    assert sorted(lever for step in study.steps for lever in step.levers) == sorted(moved)
    assert all(len(step.levers) == 1 for step in study.steps)
    assert moved < set(Levers.model_fields)


def test_no_lever_is_in_two_funding_domains() -> None:
    study: Study = STUDIES.load("funding-domains")
    levers = [lever for step in study.steps for lever in step.levers]
    assert len(levers) == len(set(levers))
