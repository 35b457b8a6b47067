"""Prefect's database: checked before its server starts.

A server that cannot use its database retries for a minute, and then says so in pages of its own words.
"""

import os
import re
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from flows.server import isolation
from flows.server.external_server import BadSetting, NoServer
from flows.server.prefect_folder import another
from topologies.errors import Message

LOCKED_S, OURS_LOCKED_S = 2.5, 60.0
"""How long to wait for the lock of another program, and of a server of ours, which may be creating its tables."""
POLL_S = 0.2
READ_WHOLE = 64 * 2**20
"""Bytes up to which a whole database is checked, in a third of a second."""
ANSWERS_WITHIN_S = 3
POSTGRESQL_PORT = 5432
COMMAND_LENGTH = 60
"""Characters of a command line that a message quotes."""
PRIMARY = 0xFF
"""Mask of SQLite's primary error codes."""
NOT_WRITTEN = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_PROTOCOL,  # of folders on a network, which lock otherwise than SQLite needs
}
MIGRATIONS = "server/database/_migrations/versions/sqlite"
REVISION = re.compile(r"""^revision(?:: str)? = ["'](\w+)["']""", re.MULTILINE)


def check(folder: Path) -> None:
    """The database that Prefect's server will use is sound, of its version and not locked, or not there yet."""
    url = os.environ.get(isolation.DATABASE)
    if url is None:
        check_file(folder / "prefect.db")
    elif url.startswith("sqlite+aiosqlite:///"):
        path = url.removeprefix("sqlite+aiosqlite:///").partition("?")[0]
        if path and path != ":memory:":
            check_file(Path(path))
    elif url.startswith("postgresql+asyncpg://"):
        check_server(url)
    else:
        raise BadSetting(
            Message(
                "{name} begins with neither sqlite+aiosqlite:/// nor postgresql+asyncpg://, the only "
                "databases that Prefect supports: correct it, or do without: unset {name}",
                {"name": database_setting()},
            )
        )


def database_setting() -> str:
    """The variable in which the user named the database."""
    old, name = isolation.OLD_DATABASE, isolation.DATABASE
    return old if old in isolation.honoured and name not in isolation.honoured else name


def check_server(url: str) -> None:
    """A database server answers at this address; whether it accepts the password, Prefect's server finds out."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or POSTGRESQL_PORT
    except ValueError:
        host, port = None, 0
    if host is None:
        return  # given in another way, which Prefect's server may understand
    try:
        socket.create_connection((host, port), ANSWERS_WITHIN_S).close()
    except OSError as error:
        gaps = {
            "host": host,
            "port": port,
            "reason": error.strerror or str(error),
            "name": database_setting(),
        }
        raise NoServer(
            Message(
                "no database server answers at {host}:{port} ({reason}): start it, or do without: unset "
                "{name}",
                gaps,
            )
        ) from error


def check_file(file: Path) -> None:
    """The database in this file can be used, or created."""
    if problem := _not_a_file(file):
        raise _unusable(file, problem)
    if not file.exists() or not file.stat().st_size:
        return
    try:
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as database:
            _wait_for_lock(database, file)
            revision = _revision(database)
            if file.stat().st_size <= READ_WHOLE:
                _check_integrity(database)
            database.execute("rollback")
    except sqlite3.Error as error:
        raise _failure(file, error) from error
    if revision is not None and revision not in known_revisions():
        raise _unusable(
            file,
            Message(
                "its version is not that of the installed Prefect, {version}",
                {"version": version("prefect")},
            ),
        )


def _not_a_file(file: Path) -> Message | None:
    """What stands in place of a database file, if anything; SQLite would wait for a pipe, or follow a broken link."""
    if file.is_symlink() and not file.exists():
        return Message("it is a link to {target}, which is not there", {"target": file.readlink()})
    if file.is_dir():
        return Message("it is a folder")
    if file.exists() and not file.is_file():
        return Message("it is a pipe, a socket or a device, not a file")
    return None


def _wait_for_lock(database: sqlite3.Connection, file: Path) -> None:
    """Take the write lock; a server of ours that is creating its tables is given more time."""
    began = time.monotonic()
    while True:
        try:
            database.execute("begin immediate")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & PRIMARY not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise
            holders = dict(_lock_holders(file))
            is_ours = any("flows.server.server" in command for command in holders.values())
            if time.monotonic() - began > (OURS_LOCKED_S if is_ours else LOCKED_S):
                raise _locked(file, holders) from error
        time.sleep(POLL_S)


def _lock_holders(file: Path) -> Iterator[tuple[int, str]]:
    """Processes of this machine that hold a lock on the database, with their command lines (Linux only)."""
    inodes = {part.stat().st_ino for part in (file, Path(f"{file}-shm")) if part.exists()}
    locks = Path("/proc/locks")
    for line in locks.read_text().splitlines() if locks.exists() else ():
        *_, pid, place, _first, _last = line.split()
        if int(place.rpartition(":")[2]) in inodes and int(pid) not in {0, os.getpid()}:
            yield int(pid), _command_line(pid)


def _command_line(pid: str) -> str:
    """The beginning of a command line, whatever its encoding; empty for a process that has ended."""
    try:
        written = Path("/proc", pid, "cmdline").read_bytes()
    except OSError:
        return ""
    return written.decode(errors="replace").replace("\0", " ")[:COMMAND_LENGTH].strip()


def _revision(database: sqlite3.Connection) -> str | None:
    """The schema version (Alembic revision); `None` in a database without tables."""
    tables = {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")}
    if "alembic_version" not in tables:
        return "" if tables else None
    rows = database.execute("select version_num from alembic_version").fetchall()
    return str(rows[0][0]) if rows else None


def _check_integrity(database: sqlite3.Connection) -> None:
    ((found,),) = database.execute("pragma quick_check(1)").fetchall()
    if found != "ok":
        raise sqlite3.DatabaseError(found)


@cache
def known_revisions() -> frozenset[str]:
    """The schema versions that the installed Prefect can migrate from, read from its files without importing it."""
    prefect = find_spec("prefect")
    roots = (prefect.submodule_search_locations if prefect else None) or ()
    files = (file for root in roots for file in Path(root, MIGRATIONS).glob("*.py"))
    sources = (file.read_text("utf-8") for file in files)
    return frozenset(found[1] for source in sources if (found := REVISION.search(source)))


def _failure(file: Path, error: sqlite3.Error) -> NoServer:
    """An error of SQLite's by its kind: only a damaged database is to be put aside, not one that cannot be written."""
    kind, said = getattr(error, "sqlite_errorcode", 0) & PRIMARY, str(error)
    if kind not in NOT_WRITTEN:
        return _unusable(file, Message("it is damaged: {reason}", {"reason": said}))
    return NoServer(
        Message(
            "Prefect's database {file} cannot be written ({reason}): correct that, or {other}",
            {"file": file, "reason": said, "other": another()},
        )
    )


def _unusable(file: Path, problem: Message) -> NoServer:
    gaps: dict[str, object] = {"file": file, "problem": problem}
    if isolation.DATABASE in os.environ:
        return NoServer(
            Message(
                "the database {file} cannot be used ({problem}): name another one, or do without: unset "
                "{name}",
                gaps | {"name": database_setting()},
            )
        )
    # The whole folder: what SQLite keeps next to a database would spoil the one that is made in its place.
    return NoServer(
        Message(
            "Prefect's database {file} cannot be used ({problem}): move its folder away, and a new one "
            "is created (it holds no results of campaigns): mv {folder} {folder}.old",
            gaps | {"folder": file.parent},
        )
    )


def _locked(file: Path, holders: dict[int, str]) -> NoServer:
    """The message names the process that holds the lock, where that is known."""
    if not holders:
        return NoServer(
            Message(
                "another program has locked Prefect's database {file}: end it, "
                "or set PREFECT_HOME to another folder",
                {"file": file},
            )
        )
    pid, command = min(holders.items())
    return NoServer(
        Message(
            "process {pid} ({command}) has locked Prefect's database {file}: end it, "
            "or set PREFECT_HOME to another folder",
            {"file": file, "pid": pid, "command": command},
        )
    )
