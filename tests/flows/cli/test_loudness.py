"""`-q` leaves facts and errors; `-v` tells of each chunk."""

import pytest

from flows.cli.commands import VERBS
from flows.terminal import console, progress
from flows.terminal.console import Loudness
from tests.flows.commands import Tocsin

NOWHERE = ["run", "nowhere", "ransomware-large-hospital"]


def test_quiet_leaves_facts_and_errors(verb: Tocsin) -> None:
    message, *error = verb(*NOWHERE).stderr.splitlines()
    assert "nowhere" in message
    for quiet in (verb("-q", *NOWHERE), verb(*NOWHERE, "--quiet")):
        assert quiet.returncode == 2
        assert quiet.stderr.splitlines() == error
    assert verb("postures", "-q").stdout == verb("postures").stdout


def test_every_verb_takes_both(verb: Tocsin) -> None:
    for run, _text, _example in VERBS:
        said = verb(run.__name__, "--help").stdout
        assert "--quiet" in said
        assert "--verbose" in said


def test_verbose_tells_of_each_chunk_and_usual_of_each_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    for loudness, told in ((Loudness.VERBOSE, 4), (Loudness.USUAL, 2), (Loudness.QUIET, 0)):
        console.speak(loudness)
        with progress.display(100) as shown:
            for done in (4, 8, 8, 12, 20):
                shown.show(done)
        assert len(capsys.readouterr().err.splitlines()) == told
    console.speak(Loudness.USUAL)
