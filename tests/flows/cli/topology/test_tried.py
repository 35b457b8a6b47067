"""What is tried of a region, as a person and a program read it: failures one by one, unknowns one by one."""

import json

import pytest

from flows.cli.commands.topology.unknowns import COLUMN, WHAT
from flows.execution import failures, unknowns
from flows.execution.unknowns import Answer
from results.analysis.single_points import Failure, Loss, Point
from results.analysis.value_of_information import Change
from tests.flows.commands import Tocsin
from topologies.building.unknowns import Unknown
from topologies.importing.forms.questions import questions

ENGLISH, FRENCH = {"TOCSIN_LANG": "en"}, {"TOCSIN_LANG": "fr"}
FEW = Loss(mean=1_234.4, interval=(1_200.0, 1_268.8))
NONE = Loss(mean=0.0, interval=(0.0, 0.0))


def failure(node: str, rank: int, loss: Loss) -> Failure:
    return Failure(
        point=Point(node=node, customers=3, visits=0, betweenness=0.25),
        by_runs=rank,
        by_graph=3 - rank,
        patients=loss,
        ed_visits_unmet=loss,
        surgeries_postponed=loss,
        delay_min=loss,
        delay_deaths=loss,
    )


def answer(rule: str, entity: str, patients: float) -> Answer:
    change = Change(patients=patients, interval=(0.0, 2 * patients), held_share=0.125)
    return Answer(
        unknown=Unknown(rule=rule, entity=entity, members=("970209714",), visits=0, beds=100), change=change
    )


def test_both_rankings_are_shown(verb: Tocsin, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [failure("samu:972", 1, FEW), failure("platform:regional", 2, NONE)]
    monkeypatch.setattr(failures, "failures_of", lambda *_asked: found)
    told = verb("topology", "failures", "martinique", "--hours", "24", **ENGLISH)
    assert told.returncode == 0
    assert "Martinique: 24 hours down" in told.stdout
    (line,) = (each for each in told.stdout.splitlines() if "SAMU 972" in each)
    assert " ".join(line.split()) == "1 2 SAMU 972 3 1,234 ± 34 1,234 ± 34 1,234 ± 34 1,234.40"
    facts = json.loads(verb("topology", "failures", "martinique", "--json", **ENGLISH).stdout)
    assert (facts["hours"], [each["name"] for each in facts["failures"]]) == (
        48,
        ["SAMU 972", "Plateforme régionale du GRADeS"],
    )


def test_what_is_to_be_declared_is_told_with_its_column(
    verb: Tocsin, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [answer("vendor", "private-b", 800.0), answer("beds", "970209714", 0.0)]
    monkeypatch.setattr(unknowns, "answers_to", lambda *_asked: found)
    told = verb("topology", "unknowns", "martinique", **FRENCH)
    assert told.returncode == 0
    for part in ("groupe privé B", "record_vendors", "800 (0–1 600)", "± 12,5 %", "dont 1 ne change rien"):
        assert part in " ".join(told.stdout.split())
    assert "lits" not in told.stdout
    facts = json.loads(verb("topology", "unknowns", "martinique", "--json", **FRENCH).stdout)
    assert [each["column"] for each in facts["unknowns"]] == ["record_vendors", "beds_mco, beds_other"]


def test_every_unknown_has_its_question_in_the_form() -> None:
    assert COLUMN.keys() == WHAT.keys()
    assert {column for columns in COLUMN.values() for column in columns.split(", ")} <= questions().keys()
