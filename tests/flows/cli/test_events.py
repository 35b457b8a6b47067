"""What one is told of an event, and how a run takes another one than its scenario's."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import simulation
from flows.execution.plan import Order, plan_of
from results.store.description import described
from tests.flows.commands import SCENARIO, Tocsin
from tests.flows.runs import run_here
from topologies.errors import BadInput, UnknownName

FESTIVAL = """\
name: festival-plaine
title: {fr: Festival de la plaine, en: Plain festival}
sources: [organiser, 2026]
sessions:
  - {venue: Plaine Saint-Denis, latitude: 48.92, longitude: 2.36, capacity: 60000, days: [2024-07-27, 2024-07-28],
     hours: [[14, 23]], attendance: 55000, outdoor: true}
visitors:
  - {first_day: 2024-07-27, last_day: 2024-07-28, people: 20000}
casualties:
  - {venue: Plaine Saint-Denis, latitude: 48.92, longitude: 2.36, at: 2024-07-27T21:00+02:00, people: 120}
"""


@pytest.fixture
def festival(tmp_path: Path) -> Path:
    path = tmp_path / "festival.yaml"
    path.write_text(FESTIVAL, "utf-8")
    return path


def order(tmp_path: Path, event: str | None) -> Order:
    region, scenario = SCENARIO
    return Order(
        region=region,
        scenario=scenario,
        posture="baseline",
        replications=1,
        seed=1,
        store=str(tmp_path / "store"),
        workers=1,
        event=event,
    )


def test_the_events_are_listed_as_lines_and_as_json(verb: Tocsin) -> None:
    names = simulation.event_names()
    assert [line.split()[0] for line in verb("events").stdout.splitlines()] == names
    assert [each["name"] for each in json.loads(verb("events", "--json").stdout)["events"]] == names


def test_an_event_tells_its_venues_its_days_its_crowd_and_its_sources(verb: Tocsin) -> None:
    told = " ".join(verb("events", "paris-2024").stdout.split())
    for part in (
        "Cérémonie d'ouverture",
        "326 000",
        "26 juil. 2024",
        "Visiteurs",
        "source publiée",
        "Congés",
        "spectateurs au rugby à sept",
    ):
        assert part in told, part
    facts = json.loads(verb("events", "paris-2024", "--json").stdout)
    assert facts["name"] == "paris-2024"
    assert facts["attendance_by_day"]["2024-07-26"] >= 326_000
    assert len(facts["venues"]) == 35


def test_the_event_of_a_file_is_told_too(verb: Tocsin, festival: Path) -> None:
    told = verb("events", str(festival), "--lang", "en").stdout
    assert "Attendance by day: 110,000 in all" in told
    assert "Mass casualties: 120 people" in told


def test_what_is_no_event_is_told_in_one_message(verb: Tocsin, festival: Path) -> None:
    unknown = verb("events", "paris-2042")
    festival.write_text(FESTIVAL.replace("55000", "65000"), "utf-8")
    overfull = verb("events", str(festival))
    assert (unknown.returncode, overfull.returncode) == (2, 2)
    assert "paris-2024" in unknown.stderr
    assert "festival.yaml ligne 5" in overfull.stderr
    assert "65000 dépasse la capacité" in overfull.stderr


def test_a_run_takes_the_scenarios_event_another_or_none(tmp_path: Path, festival: Path) -> None:
    own, named, none, other = (
        plan_of(order(tmp_path, event)).campaign for event in (None, "paris-2024", "none", str(festival))
    )
    assert own.id == named.id
    assert len({own.id, none.id, other.id}) == 3
    assert none.scenario.event is None
    assert none.inputs["scenario"]["event"] is None
    assert described(other).event == "festival-plaine"
    assert other.inputs["scenario"]["event"]["sessions"][0]["attendance"] == 55000
    assert set(other.digests) == {
        "region",
        "scenario",
        "posture",
        "parameters",
        "assumptions",
        "aims",
        "uncertainty",
    }


def test_two_crowds_of_one_name_are_two_campaigns(tmp_path: Path, festival: Path) -> None:
    campaign = plan_of(order(tmp_path, str(festival))).campaign
    festival.write_text(FESTIVAL.replace("55000", "54000"), "utf-8")
    fewer = simulation.load_event(festival)
    assert replace(campaign, scenario=campaign.scenario.model_copy(update={"event": fewer})).id != campaign.id


def test_an_event_that_does_not_fit_is_refused_before_anything_is_written(
    tmp_path: Path, festival: Path
) -> None:
    with pytest.raises(UnknownName, match="paris-2024"):
        plan_of(order(tmp_path, "paris-2042"))
    festival.write_text(
        FESTIVAL.replace("48.92, longitude: 2.36, capacity", "2.36, longitude: 48.92, capacity")
    )
    with pytest.raises(BadInput, match=r"festival\.yaml line 5, column 6, sessions\.0\.venue"):
        plan_of(order(tmp_path, str(festival)))
    assert not (tmp_path / "store").exists()


def test_a_run_from_the_command_says_whose_crowd_was_there(verb: Tocsin, tmp_path: Path) -> None:
    """Both campaigns are in the store already: what is said of them is the same."""
    for event in (None, "none"):
        run_here(plan_of(order(tmp_path, event)))
    arguments = ["run", *SCENARIO, "-n", "1", "--workers", "1", "--store", str(tmp_path / "store"), "--json"]
    own = json.loads(verb(*arguments).stdout)
    none = json.loads(verb(*arguments, "--event", "none").stdout)
    assert (own["event"], none["event"]) == ("paris-2024", None)
    assert own["campaign"] != none["campaign"]
    assert own["new_replications"] == none["new_replications"] == 0
