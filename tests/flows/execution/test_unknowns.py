"""Unknowns: an unknown that the attack never meets moves nothing, and trials are the same again."""

from pathlib import Path

import pytest

from flows.execution import unknowns
from flows.execution.unknowns import Question, make_ready, run_otherwise
from simulation import load_posture, load_scenario
from tests.topologies.building.validating.test_doubts import SOUND, folder_with
from topologies.building.catalogue import draft_of
from topologies.building.unknowns import region_drawn, unknowns_of


def test_what_the_attack_never_meets_moves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unknowns, "_place", [])
    draft = draft_of(folder_with(tmp_path / "here", SOUND))
    question = Question(
        draft=draft,
        scenario=load_scenario("ransomware-ght-support").model_copy(update={"horizon_h": 480}),
        posture=load_posture("baseline"),
        seed=1,
        replications=2,
        drawings=1,
        candidates=9,
    )
    make_ready(question)
    as_drawn = run_otherwise(0, None)
    assert run_otherwise(0, None) == as_drawn
    assert len(as_drawn[1]) == question.replications
    asked = unknowns_of(draft, *region_drawn(draft, 0), most=9)
    protection = next(each for each in asked if each.rule == "protection")
    chance, said = run_otherwise(0, protection)
    assert said == as_drawn[1]
    assert 0.0 < chance < 1.0
