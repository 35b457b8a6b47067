"""A planner who types what the French pages show gets what they promise: every file is accepted, every command is."""

from pathlib import Path

import pytest

from flows.cli.main import run_verb
from flows.recording import campaign_run
from tests.docs.screens import PLANNERS, commands_of, files_of, save_files_of

TEXTS = [page.read_text("utf-8") for page in PLANNERS]
COMMANDS = sorted({" ".join(command) for text in TEXTS for command in commands_of(text)})
NOT_PLAYED = ("backtest", "doctor", "report", "sensitivity", "serve", "sheets", "store")
"""They take long, or look at a machine or a folder that is not here."""


class Checked(Exception):
    """All that was asked is in order; nothing is computed here."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The planner's folder, with all that the pages have her copy and save."""
    folder = tmp_path_factory.mktemp("planner")
    for text in TEXTS:
        save_files_of(text, folder)
    return folder


@pytest.mark.parametrize("command", [each for each in COMMANDS if not each.startswith(NOT_PLAYED)])
def test_each_command_is_accepted(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def checked(*_: object) -> None:
        raise Checked

    monkeypatch.chdir(folder)
    monkeypatch.setenv("TOCSIN_LANG", "fr")
    monkeypatch.setattr(campaign_run, "run_for_command", checked)
    refused_on_purpose = "inverse.yaml" in command
    try:
        assert run_verb(command.split()) == (2 if refused_on_purpose else 0), capsys.readouterr().err
    except Checked:
        assert not refused_on_purpose


def test_every_file_is_used_by_a_command() -> None:
    files = {name for text in TEXTS for name, _ in files_of(text)}
    assert not {name for name in files if not any(Path(name).parts[0] in command for command in COMMANDS)}
