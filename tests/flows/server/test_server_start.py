"""A server that cannot start, or ends: a sentence, and nothing else."""

import signal
import socket
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from flows.server import address, failure_causes, server, subprocesses
from flows.server.external_server import NoServer
from tests.flows.commands import Tocsin


def test_a_machine_that_does_not_reach_itself_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> socket.socket:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket, "create_connection", unreachable)
    with pytest.raises(NoServer, match="ip link set lo up"):
        address.listen("127.0.0.1", 0)


@pytest.mark.parametrize("host", ["no.host.invalid", "\x1b[31m\u202e", "a\nb"])
def test_a_host_that_no_machine_is_called_is_told(host: str) -> None:
    with pytest.raises(address.BadAddress, match="nothing can listen"):
        address.listen(host, 0)


def test_a_port_that_is_taken_is_told(tocsin: Tocsin) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = tocsin("serve", "--port", port, "--lang", "en")
    assert done.returncode == 2
    assert f"127.0.0.1:{port} (Address already in use)" in done.stderr


SAID = [
    (
        'asyncpg.exceptions.InvalidCatalogNameError: database "prefect" does not exist',
        "has no database of the name",
    ),
    ("ConnectionRefusedError: [Errno 111] Connect call failed ('127.0.0.1', 5432)", "does not answer"),
    ("sqlite3.OperationalError: database or disk is full", "make room"),
    ("OSError: [Errno 28] No space left on device", "make room"),
    ("(sqlite3.OperationalError) database is locked", "keeps Prefect's database in"),
    ("(sqlite3.DatabaseError) database disk image is malformed", "is damaged"),
    ("(sqlite3.OperationalError) attempt to write a readonly database", "cannot be written"),
    ("alembic.util.exc.CommandError: Can't locate revision identified by 'f'", "of another version"),
    ("ModuleNotFoundError: No module named 'docket'", "not complete (ModuleNotFoundError"),
    ("MemoryError", "memory ran out"),
]


@pytest.mark.parametrize(("said", "told"), SAID)
def test_what_the_server_said_last_is_turned_into_a_cause(tmp_path: Path, said: str, told: str) -> None:
    pages = f"Traceback (most recent call last):\n  File x\n{said}\n\nERROR:    Application startup failed.\n"
    assert told in str(failure_causes.server_failure(tmp_path, pages, 3))


def test_what_a_living_server_complains_of_is_known_by_its_words(home: Path) -> None:
    said = "(sqlite3.OperationalError) database or disk is full\nINFO: something else"
    complaining = SimpleNamespace(stderr=SimpleNamespace(text=lambda: said))
    with address.listen("127.0.0.1", 0) as listener:
        living = server.LocalServer(listener, None, {}, process=cast("Any", complaining))
    assert "no room is left" in str(living.known_problem())
    said = "nothing known"
    assert living.known_problem() is None


def test_what_it_said_is_kept_where_nobody_knows_the_cause(tmp_path: Path) -> None:
    told = str(failure_causes.server_failure(tmp_path, "Traceback\nPuzzling: error\n", 1))
    assert f"(Puzzling: error); its output is in {tmp_path}/server.log" in told
    assert (tmp_path / "server.log").read_text() == "Traceback\nPuzzling: error\n"
    assert (tmp_path / "server.log").stat().st_mode & 0o777 == 0o600
    assert "was killed" in str(failure_causes.server_failure(tmp_path, "", -signal.SIGKILL))


def test_the_death_of_a_server_is_told_at_once(home: Path) -> None:
    home.mkdir()
    with address.listen("127.0.0.1", 0) as listener:
        dying = server.LocalServer(listener, None, {})
        dying.process = subprocesses.start("flows.no_such_module", [], {}, [listener.fileno()])
    began = time.monotonic()
    with pytest.raises(NoServer, match="no_such_module"):
        dying.wait_until_ready()
    assert time.monotonic() - began < 3
