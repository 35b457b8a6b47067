"""Terminals: on each, lines can be read, no word is cut, and bars move only where they can go back."""

import contextlib
import os
import pty
import re
import subprocess
import sys
import termios

import pytest

from flows.terminal.guarded import Guarded
from flows.terminal.screen import fit_width
from flows.terminal.sheet import Sheet
from tests.flows.commands import ROOT


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
@pytest.mark.parametrize("arguments", [["run", "--help"], ["scenarios"]])
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
