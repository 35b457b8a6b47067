"""What a verb shows of a planner's own file."""

from pathlib import Path

import pytest

import simulation
from flows.cli.commands.postures import POSTURES
from flows.cli.commands.scenarios import SCENARIOS
from results.presentation.language import VARIABLE


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
