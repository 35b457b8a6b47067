"""`tocsin timeline` says what led to an event, from the first act, and what patients met because of it."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import results
from simulation.outcome.records import TimelineRow
from tests.flows.commands import Tocsin
from tests.results import synthetic
from tests.results.synthetic import SITES, START

FIRST, SECOND = list(SITES)[:2]
STORY = (
    ("ordinary_life", None, None, "", None),
    ("attack_begins", None, None, "wave", None),
    ("applications_down", FIRST, 1, "laboratory, record", None),
    ("ed_overloaded", SECOND, 2, "emergency_adult", None),
    ("patients_unmet", SECOND, 3, "emergency_adult", 7),
    ("patients_unmet", None, 0, "emergency_adult", 90),
)


def row(number: int) -> TimelineRow:
    kind, finess, cause, detail, patients = STORY[number]
    return TimelineRow(
        replication=0,
        event=number,
        at_h=float(number),
        at=START + timedelta(hours=number),
        actor="region",
        finess=finess,
        kind=kind,
        technique=None,
        cause=cause,
        detail=detail,
        patients=patients,
        hours=None,
    )


@pytest.fixture
def store(tmp_path: Path) -> Path:
    campaign = synthetic.campaign()
    opened = results.prepare(tmp_path / "store")
    told = replace(synthetic.outcome(0), timeline=synthetic.rows_of(TimelineRow, map(row, range(len(STORY)))))
    with opened.begin(campaign):
        opened.write_chunk(campaign.id, [told])
        opened.seal(campaign.id, 1)
    return opened.path


def test_why_tells_the_chain_from_the_first_act_to_the_patients(store: Path, verb: Tocsin) -> None:
    asked = ("timeline", synthetic.campaign().id, "--store", str(store), "--why", "2")
    said = verb(*asked, "--lang", "fr").stdout
    chain, toll = said.split("Ce qui en est venu aux patients")
    assert chain.index("commence") < chain.index("applications") < chain.index("dossier")
    assert "7 patients ne sont pas pris en charge (Urgences adultes)" in " ".join(toll.split())
    facts = json.loads(verb(*asked, "--json").stdout)
    assert [one["event"] for one in facts["events"]] == [1, 2]
    assert facts["patients"] == [{"kind": "patients_unmet", "stream": "emergency_adult", "patients": 7}]


def test_the_gravest_is_told_as_if_one_had_asked_why(store: Path, verb: Tocsin) -> None:
    asked = ("timeline", synthetic.campaign().id, "--store", str(store), "--json")
    assert json.loads(verb(*asked, "--gravest").stdout) == json.loads(verb(*asked, "--why", "4").stdout)


def test_ordinary_life_is_counted_and_not_told_line_by_line(store: Path, verb: Tocsin) -> None:
    asked = ("timeline", synthetic.campaign().id, "--store", str(store))
    said = " ".join(verb(*asked, "--lang", "fr").stdout.split())
    assert "7 patients ne sont pas pris en charge" in said
    assert "90 patients" not in said
    assert "Ne sont pas montrés : 2 événements de la vie ordinaire" in said.replace("\u00a0", " ")
    assert len(json.loads(verb(*asked, "--json").stdout)["events"]) == len(STORY)


def test_all_of_a_site_or_what_does_not_exist(store: Path, verb: Tocsin) -> None:
    asked = ("timeline", synthetic.campaign().id, "--store", str(store))
    facts = json.loads(verb(*asked, "--at", SECOND, "--json").stdout)
    assert [one["event"] for one in facts["events"]] == [3, 4]
    named = json.loads(verb(*asked, "--at", SITES[SECOND].replace("ô", "o").lower(), "--json").stdout)
    assert named == facts
    for wrong, remedy in (
        (("--why", "6"), "demandez"),
        (("--replication", "1"), "demandez"),
        (("--at", "Lyon"), f"plus proches : {FIRST}"),
    ):
        refused = verb(*asked, *wrong, "--lang", "fr")
        assert (refused.returncode, refused.stdout) == (2, "")
        assert remedy in refused.stderr.replace("\u00a0", " ")
