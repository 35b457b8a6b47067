"""What reaches the screen, whatever the screen is."""

import contextlib
import errno
import fcntl
import json
import os
import pty
import re
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from rich.table import Table

from flows.cli.commands.run import run
from flows.terminal import console
from flows.terminal.guarded import Guarded
from flows.terminal.screen import Unwritten, fit_width
from flows.terminal.sheet import Sheet
from flows.terminal.stand_ins import HANDLER
from results.presentation import language
from tests.flows.commands import ROOT, SCENARIO, plain
from topologies.errors import Message, RunFailed, UnknownName
from topologies.fields.title import Title

Shell = Callable[..., "subprocess.CompletedProcess[str]"]

TEXT = ["scenarios"]
FACTS = ["postures", "baseline", "--json"]
HELP = ["run", "--help"]
TOLD = {"fr": "impossible d'écrire sur la sortie standard", "en": "standard output cannot be written"}


@pytest.fixture
def shell(environment: dict[str, str], tmp_path: Path) -> Shell:
    """Run the command behind a redirection of the shell's."""

    def run(redirection: str, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        script = f'"$@" {redirection}'
        done = subprocess.run(
            [
                "bash",
                "-o",
                "pipefail",
                "-c",
                script,
                "bash",
                sys.executable,
                "-m",
                "flows.cli.main",
                *arguments,
            ],
            check=False,
            capture_output=True,
            cwd=tmp_path,
            env=environment | more,
            timeout=60,
        )
        out, err = (plain(text.decode("utf-8", "replace")) for text in (done.stdout, done.stderr))
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run


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
    done = shell(redirection, "regions", "ile-de-france")
    assert (done.returncode, done.stderr) == (code, "")
    assert ("Île-de-France" in done.stdout) == facts


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


@pytest.mark.parametrize(
    ("encoding", "letters"),
    [
        ("utf-8", "é ✓ … œ ’ 1\u202f234 ± °C ━"),
        ("latin-1", "é OK ... oe ' 1 234 ± °C -"),
        ("cp1252", "é OK … œ ’ 1 234 ± °C -"),
        ("ascii", "e OK ... oe ' 1 234 +/- deg C -"),
        ("cp437", "é OK ... oe ' 1 234 ± °C -"),
        ("iso-8859-15", "é OK ... œ ' 1 234 ± °C -"),
    ],
)
def test_what_an_encoding_lacks_is_written_by_what_stands_for_it(encoding: str, letters: str) -> None:
    assert on_stream(encoding, "é ✓ … œ ’ 1\u202f234 ± °C ━") == letters


def test_columns_stay_where_they_are_behind_a_longer_stand_in() -> None:
    assert on_stream("ascii", "✓   99 %") == "OK  99 %"
    assert on_stream("ascii", "✗   99 %") == "x   99 %"


def on_stream(encoding: str, text: str) -> str:
    written = BytesIO()
    stream = TextIOWrapper(written, encoding, HANDLER)
    stream.write(text)
    stream.flush()
    return written.getvalue().decode(encoding)


@pytest.mark.parametrize("columns", [12, 17, 18, 30])
def test_a_line_is_not_broken_at_a_space_that_does_not_break(columns: int) -> None:
    console = Guarded(width=columns, file=StringIO())
    with console.capture() as captured:
        console.print("n’est pas rendue\u00a0: 95\u202f% des jours\u00a0; voir")
    lines = captured.get().splitlines()
    assert len(lines) > 1
    assert not [line for line in lines if line.lstrip()[0] in ":;%"]
    assert max(map(len, lines)) <= columns


def test_a_console_on_a_stream_of_somebody_else_writes_what_that_has() -> None:
    stream = TextIOWrapper(written := BytesIO(), "ascii", "strict")
    sheet = Sheet(show_header=False)
    sheet.add_row("✓", "3 réplications…")
    Guarded(file=stream, width=30).print(sheet)
    stream.flush()
    assert written.getvalue().split() == [b"OK", b"3", b"replications..."]


@pytest.mark.parametrize(
    ("environ", "arguments", "told"),
    [
        ({"PYTHONIOENCODING": "ascii"}, ["scenarios", "nowhere"], "Erreur : aucun scenario"),
        ({"PYTHONIOENCODING": "latin-1:strict"}, ["--help"], "COMMANDE"),
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, ["regions"], "Ile-de-France"),
        ({"PYTHONIOENCODING": "cp1252"}, ["postures", "prepared"], "hypoth"),
    ],
)
def test_no_encoding_costs_what_is_told(
    shell: Shell, environ: dict[str, str], arguments: list[str], told: str
) -> None:
    done = shell("", *arguments, **environ)
    assert told in done.stdout + done.stderr
    assert "UnicodeEncodeError" not in done.stderr


def test_facts_in_json_stay_whole_in_any_encoding_and_hold_nothing_that_a_terminal_obeys() -> None:
    fact = {"titre": "Orléans ✓ \x1b[31m \x9b0m \x7f \u202e \u200b \udc80 \U000e0041 \u00a0"}
    for encoding in ("utf-8", "latin-1", "ascii"):
        text = console.json_of(fact, encoding)
        text.encode(encoding)
        assert json.loads(text) == fact
        assert all(c.isprintable() or c in "\n\xa0" for c in text)
    assert "Orléans ✓" in console.json_of(fact, "utf-8")


CODES = [
    "\x1b[31m",
    "\x9b31m",
    "\x07",
    "\x08",
    "\r",
    "\n",
    "\x7f",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u2028",
    "\udcff",
]


@pytest.mark.parametrize("code", CODES)
def test_no_code_of_a_title_or_of_a_message_reaches_the_terminal(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    title = f"Lyon{code}TIENT"
    page = Guarded(width=80, highlight=False, markup=False)
    with page.capture() as captured:
        table = Table(title)
        table.add_row(title)
        page.print(title, table)
    console.say_at_once(title)
    printed = [captured.get(), capsys.readouterr().err.removesuffix("\n")]
    printed.append(language.error_in_words(UnknownName(Message("no {name}", {"name": title}))))
    printed.append(language.of(Title.model_construct(fr=title, en=title)))
    assert len(printed[0].splitlines()) == 1 + 5, "a line, and a table of one row"
    for text in printed:
        assert "Lyon" in text
        assert "TIENT" in text
        assert all(c.isprintable() or c == "\n" for c in text)
    assert all("\n" not in text for text in printed[1:])


@pytest.mark.parametrize("size", ["0", "abc", "1", "-5", "99999999999999999999", "²", "", " 80 "])
def test_a_size_of_the_terminal_that_nobody_could_read_is_replaced(size: str) -> None:
    environ = {"COLUMNS": size, "LINES": size, "TERMINAL_WIDTH": size}
    fit_width(environ)
    assert all(1 <= int(each) <= 9999 for each in environ.values())
    assert 40 <= int(environ.get("COLUMNS", "80")) <= 400


@pytest.mark.parametrize(
    ("size", "environ"),
    [
        ((0, 0), {}),
        ((24, 10), {}),
        ((24, 80), {"TERM": "dumb", "COLUMNS": "0"}),
        ((24, 80), {"NO_COLOR": "1", "LINES": "0"}),
        ((24, 80), {"FORCE_COLOR": "1", "TERMINAL_WIDTH": "wide"}),
    ],
)
@pytest.mark.parametrize("arguments", [HELP, TEXT])
def test_every_terminal_shows_lines_that_can_be_read(
    environment: dict[str, str], arguments: list[str], size: tuple[int, int], environ: dict[str, str]
) -> None:
    bare = {name: value for name, value in environment.items() if name not in {"COLUMNS", "TERM"}}
    code, shown = on_terminal(size, bare | environ, *arguments)
    assert code == 0
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in shown.splitlines()]
    assert "\x1b" not in "".join(lines)
    assert max(map(len, lines)) >= 30
    assert ("\x1b[3" in shown) <= (not environ.keys() & {"NO_COLOR", "TERM"})


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_no_word_of_a_table_is_cut(columns: int) -> None:
    words = "Établissements Chimiothérapie Télémaintenance"
    sheet = Sheet()
    for word in words.split():
        sheet.add_column(word, justify="right")
    sheet.add_row(*words.split())
    page = Guarded(width=columns)
    with page.capture() as captured:
        page.print(sheet)
    assert sorted(captured.get().replace(" ", "").replace("\n", "")) == sorted(2 * words.replace(" ", ""))


def on_terminal(size: tuple[int, int], environ: dict[str, str], *arguments: str) -> tuple[int, str]:
    """Run the command in a terminal of so many lines and columns: its exit code, and all that it showed."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, size)
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli.main", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env=environ,
    )
    os.close(theirs)
    shown = b""
    with (
        contextlib.suppress(OSError),
        os.fdopen(ours, "rb", 0) as terminal,
    ):  # EIO: the last to write has left
        while read := terminal.read(4096):
            shown += read
    return process.wait(60), shown.decode()


def test_a_bar_that_is_broken_off_leaves_the_cursor_shown(environment: dict[str, str]) -> None:
    code = "import os, signal, time; from flows.execution import shutdown; shutdown.handle_signals(); "
    code += "os.kill(os.getpid(), signal.SIGINT); time.sleep(9)"
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", code],
        stderr=theirs,
        env=environment | {"TERM": "xterm"},
        check=False,
        timeout=60,
    )
    assert done.returncode == 130
    assert os.read(ours, 100) == b"\x1b[?25h"
    os.close(ours)
    os.close(theirs)


@pytest.mark.parametrize(
    ("environ", "on_a_terminal", "bar"),
    [({"TERM": "xterm"}, True, True), ({"TERM": "dumb"}, True, False), ({"FORCE_COLOR": "1"}, False, False)],
)
def test_a_bar_moves_only_where_it_can_go_back(
    environment: dict[str, str], environ: dict[str, str], on_a_terminal: bool, bar: bool
) -> None:
    code = "from flows.terminal import progress\n"
    code += "with progress.display(1) as shown: raise SystemExit(type(shown) is progress.Bar)"
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", code],
        stderr=theirs if on_a_terminal else subprocess.DEVNULL,
        env=environment | {"TERM": "xterm"} | environ,
        check=False,
        timeout=60,
    )
    os.close(ours)
    os.close(theirs)
    assert done.returncode == bar


@pytest.mark.parametrize("language_spoken", ["fr", "en"])
def test_a_finished_campaign_whose_verdict_cannot_be_written_is_said_to_be_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language_spoken: str
) -> None:
    def refused(_done: object) -> None:
        raise Unwritten(OSError(errno.ENOSPC, "No space left on device"))

    monkeypatch.setenv(language.VARIABLE, language_spoken)
    monkeypatch.setattr("flows.execution.campaign_run.run_for_command", lambda order, plan: None)
    monkeypatch.setattr("flows.cli.briefing.facts_of", refused)
    store = str(tmp_path / "store")
    with pytest.raises(RunFailed) as failed:
        run(*SCENARIO, store=store, json=True)
    told = plain(language.error_in_words(failed.value))
    assert store in told
    assert {"fr": "plus de place sur le disque", "en": "No space left on device"}[language_spoken] in told
    assert {"fr": "la même commande", "en": "the same command"}[language_spoken] in told
