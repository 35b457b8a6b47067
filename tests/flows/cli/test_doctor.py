import json
import os
import socket
import sys
import tempfile
from collections import namedtuple
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from flows.cli import checkup
from flows.cli.checkup import Mark
from flows.server import isolation
from flows.workers import machine
from results.presentation import language
from simulation.engine.caches import code_folder, own_folders
from tests.flows.commands import Tocsin

Space = namedtuple("Space", "total used free")


@pytest.fixture(autouse=True)
def machine_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told in English, with a state folder and a current folder of its own, and nothing set."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in isolation.PROXIES}
    monkeypatch.setattr(
        os, "environ", kept | {language.VARIABLE: "en", "XDG_STATE_HOME": str(tmp_path / "state")}
    )
    monkeypatch.setattr(isolation, "honoured", {})
    monkeypatch.setattr(isolation, "ignored", {})
    monkeypatch.chdir(tmp_path)


def not_installed(_name: str) -> str:
    raise PackageNotFoundError


def a_file_in_place_of_state(tmp_path: Path, _patch: pytest.MonkeyPatch) -> None:
    (tmp_path / "state").touch()


def nothing_kept(_folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(code_folder, "is_kept", lambda: False)


def nowhere_to_keep(_folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(code_folder, "FOLDER", None)


def no_home(tmp_path: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tempfile, "tempdir", str(tmp_path))
    patch.delenv("XDG_STATE_HOME")
    patch.setattr(own_folders, "can_hold", lambda _: False)


def taken(_folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(socket.socket, "connect_ex", lambda *_: 0)


def ascii_only(_folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sys, "stdout", TextIOWrapper(BytesIO(), encoding="ascii"))


def no_loopback(_folder: Path, patch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> socket.socket:
        raise OSError(101, "Network is unreachable")

    patch.setattr(socket, "create_connection", unreachable)


def full(_folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(checkup, "disk_usage", lambda _: Space(1, 1, 0))


def foreign(_folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setitem(isolation.ignored, "PREFECT_LOGGING_LEVEL", "foo")


@pytest.mark.parametrize(
    ("question", "spoil", "mark", "told"),
    [
        (checkup.python, lambda _f, p: p.setattr(sys, "version_info", (3, 10, 0)), Mark.CARE, "3.11"),
        (checkup.packages, lambda _f, p: p.setattr(checkup, "version", not_installed), Mark.BAD, "prefect"),
        (checkup.packages, lambda _f, p: p.setattr(checkup, "requires", not_installed), Mark.CARE, "sources"),
        (checkup.compiled_code, nothing_kept, Mark.CARE, "flows.execution.compile_ahead"),
        (checkup.compiled_code, nowhere_to_keep, Mark.CARE, "XDG_CACHE_HOME"),
        (checkup.state, no_home, Mark.CARE, "tocsin-"),
        (checkup.prefect, a_file_in_place_of_state, Mark.BAD, "Not a directory"),
        (checkup.settings, foreign, Mark.CARE, "PREFECT_LOGGING_LEVEL"),
        (checkup.proxies, lambda _f, p: p.setenv("all_proxy", "x"), Mark.GOOD, "all_proxy"),
        (checkup.loopback, no_loopback, Mark.BAD, "ip link"),
        (checkup.port, taken, Mark.CARE, "--port 4201"),
        (checkup.shared_memory, lambda _f, p: p.setattr(os, "access", lambda *_: False), Mark.CARE, "/dev/shm"),
        (checkup.encoding, ascii_only, Mark.CARE, "PYTHONUTF8"),
        (checkup.cores, lambda _f, p: p.setattr(machine, "cores", lambda: 0), Mark.GOOD, "0 of"),
        (checkup.memory, lambda _f, p: p.setattr(machine, "memory", lambda: 2**28), Mark.CARE, "800 MB"),
        (checkup.disk, full, Mark.BAD, "--store"),
    ],
)  # fmt: skip
def test_what_is_not_as_it_should_be_is_told_with_its_remedy(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    question: Callable[[], checkup.Answer],
    spoil: Callable[[Path, pytest.MonkeyPatch], None],
    mark: Mark,
    told: str,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(checkup, "QUESTIONS", {"Python": question})
        spoil(tmp_path, patch)
        (line,) = checkup.checkup()
    assert line.mark is mark
    assert told in f"{line.said} {line.remedy}"


def test_on_a_machine_as_it_should_be_a_run_can_start(tocsin: Tocsin) -> None:
    done = tocsin("doctor", COLUMNS="80")
    assert done.returncode == 0
    assert "Une campagne peut être lancée." in done.stdout
    assert "✗" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert done.stderr == ""


def test_a_program_is_told_the_same_and_the_exit_code_says_that_a_run_would_fail(
    tocsin: Tocsin, tmp_path: Path
) -> None:
    (tmp_path / "prefect").touch()
    done = tocsin("doctor", "--json", "--lang", "en", PREFECT_HOME=str(tmp_path / "prefect"))
    told = json.loads(done.stdout)
    assert (done.returncode, told["ready"]) == (1, False)
    (bad,) = (line for line in told["checks"] if line["mark"] == "bad")
    assert bad["name"] == "prefect"
    assert str(tmp_path / "prefect") in bad["said"]
