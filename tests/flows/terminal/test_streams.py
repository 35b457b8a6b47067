"""Streams: standard output and standard error, whatever they lead to."""

import errno
import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.cli.commands.campaigns.run import run
from flows.terminal.screen import Unwritten
from results.presentation import language
from tests.flows.commands import ROOT, SCENARIO, plain
from topologies.errors import RunFailed

Shell = Callable[..., "subprocess.CompletedProcess[str]"]

TEXT = ["scenarios"]


FACTS = ["postures", "baseline", "--json"]


HELP = ["run", "--help"]


TOLD = {"fr": "impossible d'écrire sur la sortie standard", "en": "standard output cannot be written"}


@pytest.mark.parametrize("arguments", [TEXT, FACTS, HELP])
@pytest.mark.parametrize(("redirection", "language"), [(">/dev/full", "fr"), (">&-", "en")])
def test_what_cannot_be_written_is_an_error_in_one_sentence(
    shell: Shell, arguments: list[str], redirection: str, language: str
) -> None:
    done = shell(redirection, *arguments, TOCSIN_LANG=language)
    assert (done.returncode, done.stdout) == (1, "")
    assert TOLD[language] in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("redirection", "code", "facts"),
    [
        ("2>&-", 0, True),
        ("2>/dev/full", 0, True),
        ("<&-", 0, True),
        ("<&- 2>&-", 0, True),
        (">&- 2>&-", 1, False),
        (">/dev/full 2>/dev/full", 1, False),
        ("| head -1", 0, True),
        ("2>&1 | head -1", 0, True),
    ],
)
def test_no_closed_full_or_broken_stream_gets_in_the_way_of_another(
    shell: Shell, redirection: str, code: int, facts: bool
) -> None:
    done = shell(redirection, "scenarios", SCENARIO[1])
    assert (done.returncode, done.stderr) == (code, "")
    assert ("Rançongiciel" in done.stdout) == facts


def test_a_pipe_that_takes_no_more_for_now_is_waited_for(environment: dict[str, str]) -> None:
    """What made the pipe may have made it non-blocking: Python's own stream then loses what it cannot write."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli.main", "events", "paris-2024", "--json"],
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment,
    )
    os.close(writing)
    time.sleep(0.5)
    with os.fdopen(reading, "rb") as reader:
        assert json.load(reader)["name"] == "paris-2024"
    assert process.communicate()[1] == b""
    assert process.returncode == 0


@pytest.mark.parametrize("language_spoken", ["fr", "en"])
def test_a_finished_campaign_whose_verdict_cannot_be_written_is_said_to_be_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language_spoken: str
) -> None:
    def refused(_done: object) -> None:
        raise Unwritten(OSError(errno.ENOSPC, "No space left on device"))

    monkeypatch.setenv(language.VARIABLE, language_spoken)
    monkeypatch.setattr("flows.recording.campaign_run.run_for_command", lambda order, plan, tell: tell(None))
    monkeypatch.setattr("flows.cli.briefing.facts_of", refused)
    store = str(tmp_path / "store")
    with pytest.raises(RunFailed) as failed:
        run(*SCENARIO, store=store, json=True)
    told = plain(language.error_in_words(failed.value))
    assert store in told
    assert {"fr": "plus de place sur le disque", "en": "No space left on device"}[language_spoken] in told
    assert {"fr": "la même commande", "en": "the same command"}[language_spoken] in told
