"""Prefect's database that cannot be used, in each of the ways that were reported: a sentence, and nothing else."""

import os
import socket
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread, Timer

import pytest

from flows.server import database, isolation
from flows.server.external_server import BadSetting, NoServer
from tests.flows.commands import SCENARIO, Tocsin, free_port

NEWEST = "a3b9c7d2e5f1"


def a_database(file: Path, *, revision: str = NEWEST, tables: int = 200) -> Path:
    """A database as Prefect's server leaves one, less most of its tables."""
    file.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("create table alembic_version (version_num text)")
        made.execute("insert into alembic_version values (?)", [revision])
        for number in range(tables):
            made.execute(f"create table table_{number} (id integer primary key, name text)")
    return file


@pytest.mark.parametrize("content", [None, b"", "made"])
def test_a_database_that_can_be_used_is_accepted_and_left_as_it_was(
    home: Path, content: bytes | str | None
) -> None:
    file = home / "prefect.db"
    if content == "made":
        a_database(file)
    elif content is not None:
        home.mkdir()
        file.write_bytes(b"")
    before = file.read_bytes() if file.exists() else None
    database.check(home)
    assert (file.read_bytes() if file.exists() else None) == before


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
        ("newer", "its version is not that of the installed Prefect"),
        ("another program's", "its version is not that of the installed Prefect"),
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
        assert finishing.finished.is_set()
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
