"""Prefect's server cannot start, in each of the ways that were reported: a sentence, and nothing else."""

import os
import re
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread, Timer
from types import SimpleNamespace
from typing import Any, cast

import pytest

from flows.server import address, database, failure_causes, isolation, prefect_folder, server, subprocesses
from flows.server.external_server import BadSetting, NoServer
from tests.flows.commands import SCENARIO, Tocsin

NEWEST = "a3b9c7d2e5f1"


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test sets of Prefect's is its own."""
    monkeypatch.setattr(os, "environ", os.environ.copy())
    monkeypatch.setattr(isolation, "honoured", {})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Prefect's folder, named by the user."""
    monkeypatch.setitem(isolation.honoured, isolation.HOME, str(tmp_path / "prefect"))
    return tmp_path / "prefect"


def a_database(file: Path, *, revision: str = NEWEST, tables: int = 200) -> Path:
    """A database as Prefect's server leaves one, less most of its tables."""
    file.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("create table alembic_version (version_num text)")
        made.execute("insert into alembic_version values (?)", [revision])
        for number in range(tables):
            made.execute(f"create table table_{number} (id integer primary key, name text)")
    return file


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("/proc/nowhere/prefect", "No such file"),
        ("file", "Not a directory"),
        ("file/below", "Not a directory"),
        ("/proc/sys", "(No such|Permission|Read-only|not permitted)"),
        ("link", "File exists|Not a directory"),
    ],
)
def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, reason: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    folder = tmp_path / place
    monkeypatch.setitem(isolation.honoured, isolation.HOME, str(folder))
    with pytest.raises(NoServer, match=f"{re.escape(str(folder))} cannot be written .*{reason}"):
        prefect_folder.prepare()


@pytest.mark.parametrize(
    ("name", "can"), [("what?", False), ("a%20b", False), ("a#b", True), ("100 % é@:", True)]
)
def test_a_folder_beside_which_prefect_would_keep_its_database_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, can: bool
) -> None:
    monkeypatch.setitem(isolation.honoured, isolation.HOME, str(tmp_path / name))
    if can:
        assert prefect_folder.prepare() == tmp_path / name
        return
    with pytest.raises(NoServer, match=r"elsewhere than in .*unset PREFECT_HOME"):
        prefect_folder.prepare()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", ["ro", "size=64k"])
def test_a_folder_that_is_read_only_or_full_is_told(tmp_path: Path, options: str) -> None:
    told = within_a_file_system(tmp_path, options, f"serve --port {free_port()} --lang en")
    assert told.count("Error:") == 1
    assert str(tmp_path) in told
    assert ("Read-only file system" if options == "ro" else "make room (32 MB)") in told


def within_a_file_system(mounted: Path, options: str, arguments: str) -> str:
    """What the command says in a namespace where this folder is a file system of its own, mounted like that."""
    command = (
        f"mount -t tmpfs -o {options} none {mounted} && exec {sys.executable} -m flows.cli.main {arguments}"
    )
    environment = os.environ | {"PREFECT_HOME": str(mounted / "prefect")}
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", command], capture_output=True, text=True, check=False, env=environment
    )
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip(f"no file system can be mounted here: {done.stderr}")
    assert done.returncode == 1
    return done.stderr


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def test_what_is_made_is_private(home: Path) -> None:
    assert prefect_folder.prepare().stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("content", [None, b"", "made"])
def test_a_database_that_can_be_used_is(home: Path, content: bytes | str | None) -> None:
    file = home / "prefect.db"
    if content == "made":
        a_database(file)
    elif content is not None:
        home.mkdir()
        file.write_bytes(b"")
    database.check(home)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("a folder", "it is a folder"),
        ("a pipe", "it is a pipe, a socket or a device"),
        ("a device", "it is a pipe, a socket or a device"),
        ("a link to nothing", "it is a link to nowhere/prefect.db, which is not there"),
        ("garbage", "it is damaged: file is not a database"),
        ("torn", "it is damaged"),
        ("overwritten", "it is damaged"),
        ("newer", "it is of another version of Prefect than"),
        ("another program's", "it is of another version of Prefect than"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_with_what_to_do(home: Path, kind: str, told: str) -> None:
    file = a_database(home / "prefect.db", revision="ffffffffffff" if kind == "newer" else NEWEST)
    content = file.read_bytes()
    if kind == "a folder":
        file.unlink()
        file.mkdir()
    elif kind in {"a pipe", "a device", "a link to nothing"}:
        file.unlink()
        if kind == "a pipe":
            os.mkfifo(file)
        else:
            file.symlink_to("/dev/null" if kind == "a device" else "nowhere/prefect.db")
    elif kind == "garbage":
        file.write_bytes(b"no database" * 1000)
    elif kind == "torn":
        file.write_bytes(content[: len(content) // 2])
    elif kind == "overwritten":
        file.write_bytes(content[:8192] + bytes(range(256)) * 64 + content[8192 + 256 * 64 :])
    elif kind == "another program's":
        with closing(sqlite3.connect(file)) as made, made:
            made.execute("drop table alembic_version")
    with pytest.raises(NoServer) as refusal:
        database.check(home)
    assert told in str(refusal.value)
    assert f"mv {home} {home}.old" in str(refusal.value)


def test_a_database_that_is_whole_and_cannot_be_written_is_not_put_aside(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = a_database(home / "prefect.db")
    monkeypatch.setattr(database, "_wait_for_lock", lambda made, _: made.execute("pragma query_only = 1"))
    monkeypatch.setattr(database, "_check_integrity", lambda made: made.execute("create table more (id)"))
    with pytest.raises(NoServer, match="readonly database") as refusal:
        database.check_file(file)
    assert "unset PREFECT_HOME" in str(refusal.value)
    assert " mv " not in str(refusal.value)


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_a_locked_database_is_told_with_who_holds_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    monkeypatch.setattr(database, "LOCKED_S", 0.3)
    file = a_database(home / "prefect.db")
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        f"c.execute('pragma journal_mode={mode}'); c.execute('begin immediate'); print(flush=True); input()"
    )
    latin = "é".encode("latin-1")  # as command lines of other encodings are
    with subprocess.Popen(
        [sys.executable, "-c", code, file, latin], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(NoServer, match=f"process {holder.pid} .* has locked Prefect's database"):
            database.check(home)
        holder.kill()


def test_a_server_of_ours_that_makes_its_tables_is_waited_for(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOCKED_S", 0.0)
    monkeypatch.setattr(database, "_lock_holders", lambda _: iter([(1, "python -m flows.server.server 5")]))
    file = a_database(home / "prefect.db")
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("begin immediate")
        finishing = Timer(0.5, other.execute, ["commit"])
        finishing.start()
        database.check(home)
        finishing.join()


@pytest.mark.parametrize("name", [isolation.DATABASE, isolation.OLD_DATABASE])
@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql+asyncpg://me:s3cret@127.0.0.1:{closed}/prefect", "Connection refused"),
        ("postgresql+asyncpg://me:s3cret@nowhere.invalid/prefect", "no database server answers at nowhere"),
        ("mysql://me:s3cret@127.0.0.1/prefect", "neither sqlite"),
    ],
)
def test_a_database_server_that_is_not_there_is_told_without_its_password(
    monkeypatch: pytest.MonkeyPatch, home: Path, name: str, url: str, told: str
) -> None:
    monkeypatch.setitem(isolation.honoured, name, url.format(closed=free_port()))
    isolation.apply_settings()
    with pytest.raises((NoServer, BadSetting)) as refusal:
        database.check(home)
    assert told in str(refusal.value)
    assert f"unset {name}" in str(refusal.value)
    assert "s3cret" not in str(refusal.value)


@pytest.fixture
def refusing() -> Iterator[int]:
    """The port of something that speaks like PostgreSQL, and refuses every password."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=refuse_each, args=[listener], daemon=True).start()
        yield listener.getsockname()[1]


def refuse_each(listener: socket.socket) -> None:
    said = b'SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user "me"\0\0'
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return  # the test is over
        with client, suppress(ConnectionError):
            if client.recv(8)[4:] == struct.pack("!i", 80877103):
                client.sendall(b"N")  # it speaks no TLS
                client.recv(4096)
            client.sendall(b"R" + struct.pack("!ii", 8, 3))
            client.recv(4096)
            client.sendall(b"E" + struct.pack("!i", len(said) + 4) + said)


def test_a_password_that_the_database_server_refuses_is_told(
    tocsin: Tocsin, tmp_path: Path, refusing: int
) -> None:
    url = f"postgresql+asyncpg://me:s3cret@127.0.0.1:{refusing}/prefect"
    done = tocsin("serve", "--port", str(free_port()), "--lang", "fr", **{isolation.DATABASE: url})
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Démarrage du serveur Prefect…",
        "Erreur : le serveur de bases de données refuse l'utilisateur ou le mot de passe de "
        f"{isolation.DATABASE} : corrigez cette variable, ou passez-vous-en : unset {isolation.DATABASE}",
    ]


def test_run_refuses_before_anything_is_computed(tocsin: Tocsin, tmp_path: Path) -> None:
    a_database(tmp_path / "prefect/prefect.db", revision="ffffffffffff")
    arguments = ["run", *SCENARIO, "--store", str(tmp_path / "store"), "--lang", "en"]
    done = tocsin(*arguments, PREFECT_HOME=str(tmp_path / "prefect"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("Error:") == 1
    assert f"mv {tmp_path}/prefect {tmp_path}/prefect.old" in done.stderr
    assert list((tmp_path / "store").glob("*/*")) == []


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
    ('asyncpg.exceptions.InvalidCatalogNameError: database "prefect" does not exist', "knows no database"),
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
    living = server.LocalServer(cast("Any", complaining), "127.0.0.1", 1, None)
    assert "no room is left" in str(living.known_problem())
    said = "nothing known"
    assert living.known_problem() is None


def test_what_it_said_is_kept_where_nobody_knows_the_cause(tmp_path: Path) -> None:
    told = str(failure_causes.server_failure(tmp_path, "Traceback\nPuzzling: error\n", 1))
    assert f"(Puzzling: error); {tmp_path}/server.log" in told
    assert (tmp_path / "server.log").read_text() == "Traceback\nPuzzling: error\n"
    assert (tmp_path / "server.log").stat().st_mode & 0o777 == 0o600
    assert "was killed" in str(failure_causes.server_failure(tmp_path, "", -signal.SIGKILL))


def test_of_two_servers_on_one_folder_one_waits_while_the_other_makes_its_tables(tmp_path: Path) -> None:
    first, turns = prefect_folder.startup_lock(tmp_path), []
    second = Thread(target=lambda: turns.append(prefect_folder.startup_lock(tmp_path)))
    second.start()
    second.join(0.2)
    assert not turns
    os.close(first)
    second.join()
    os.close(turns[0])


def test_the_death_of_a_server_is_told_at_once(home: Path) -> None:
    home.mkdir()
    with address.listen("127.0.0.1", 0) as listener:
        descriptor, port = listener.fileno(), listener.getsockname()[1]
        dying = subprocesses.start("flows.no_such_module", [], {}, [descriptor])
    began = time.monotonic()
    with pytest.raises(NoServer, match="no_such_module"):
        server.LocalServer(dying, "127.0.0.1", port, None).wait_until_ready()
    assert time.monotonic() - began < 3
