"""What a verb shows of a planner's own file, and of a scenario in a region."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import simulation
from flows.cli.commands.postures import POSTURES
from flows.cli.commands.scenarios import SCENARIOS
from flows.execution.plan import Order, plan_of
from results.analysis.frequency import Severity
from results.presentation.language import VARIABLE
from tests.flows.commands import Tocsin
from topologies.errors import BadInput

ORDER = Order(
    region="ile-de-france",
    scenario="ransomware-opening-ceremony",
    posture="baseline",
    replications=1,
    seed=1,
    store="store",
    workers=1,
)


def written(folder: Path, text: str) -> str:
    path = folder / "mine.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_posture_shows_where_establishments_differ_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "fr")
    own = "establishments:\n  '750100125': {backups: 0.9, source: notre audit}\n"
    POSTURES.show(POSTURES.load(written(tmp_path, f"extends: baseline\n{own}")))
    shown = " ".join(capsys.readouterr().out.split())
    assert "(750100125) Sauvegardes 0,9 notre audit" in shown
    POSTURES.show(simulation.load_posture("baseline"))
    assert "Établissements qui diffèrent" not in capsys.readouterr().out


def test_a_scenario_calls_its_waves_by_their_titles(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "en")
    SCENARIOS.show(simulation.load_scenario("second-wave"))
    shown = capsys.readouterr().out
    assert "Second wave: ransomware" in shown
    assert 'Begins 48 h after "First wave" has gone off' in shown


def test_a_scenario_tells_what_it_chooses_in_a_region_and_that_its_event_is_elsewhere(verb: Tocsin) -> None:
    shown = verb("scenarios", "ransomware-opening-ceremony", "--region", "corse")
    told = " ".join(shown.stdout.split())
    assert "Corse n'accueille rien de l'événement paris-2024 : le scénario est joué sans lui" in told
    assert "à commencer par les plus fréquentés : aucun dans cette région" in told
    assert "le plus grand hôpital de chacun de 3 GHT :" in told
    assert "faute d'autres" in told
    facts = json.loads(verb("scenarios", "ransomware-opening-ceremony", "--region", "corse", "--json").stdout)
    assert facts["region"] == "corse"
    assert [len(found["nodes"]) for found in facts["aims"]["ceremony"]["entry_points"]] == [0, 2, 1]
    refused = verb("scenarios", "wiper-games", "--region", "corse")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "corse n'a rien pour {nearest: venues, count: 4} ; nommez" in refused.stderr


def test_an_event_that_has_nothing_in_the_region_is_left_out_unless_it_was_asked_for(tmp_path: Path) -> None:
    order = replace(ORDER, region="corse", store=str(tmp_path / "store"))
    plan = plan_of(order)
    assert plan.campaign.scenario.event is None
    assert plan.left_out is not None
    assert plan.left_out.name == "paris-2024"
    assert plan.campaign.id == plan_of(replace(order, event="none")).campaign.id
    with pytest.raises(BadInput, match="nothing of it happens in corse"):
        plan_of(replace(order, event="paris-2024"))


def test_how_often_what_severity_is_told_to_a_program_and_to_a_person(verb: Tocsin) -> None:
    told = json.loads(verb("frequency", "bretagne", "--json").stdout)
    assert [one["severity"] for one in told["severities"]] == [str(severity) for severity in Severity]
    assert sum(one["per_year"] for one in told["severities"]) == pytest.approx(told["all"]["per_year"])
    shown = verb("frequency", "bretagne", "--lang", "fr").stdout
    assert all(source in " ".join(shown.split()) for source in ("un seul poste", "CERT Santé"))
