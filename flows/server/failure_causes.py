"""Causes of failure: what Prefect's server wrote last, turned into a cause and a remedy.

Whatever can be checked beforehand has been (`database.py`, `prefect_folder.py`). The rest is recognised by the words of
SQLite, of PostgreSQL and of the system.
"""

import re
import signal
from pathlib import Path

from flows.server.database import database_setting
from flows.server.external_server import NoServer
from results.presentation.language import later
from topologies.errors import Message

NO_PASSWORD = later(
    "the database server refuses the user or the password in {setting}: correct it, or do without: unset "
    "{setting}"
)
NO_DATABASE = later(
    "the database server has no database of the name in {setting}: have it created, or do without: unset "
    "{setting}"
)
DATABASE_GONE = later("the database server does not answer: start it, or do without: unset {setting}")
FULL = later(
    "no room is left for Prefect's database in {folder}: make room, or set PREFECT_HOME to another folder"
)
LOCKED = later(
    "another program keeps Prefect's database in {folder} locked: end it, or set PREFECT_HOME to another "
    "folder"
)
DAMAGED = later(
    "Prefect's database in {folder} is damaged: move it away, and a new one is created: mv {folder} "
    "{folder}.old"
)
NOT_WRITTEN = later(
    "Prefect's database in {folder} cannot be written: correct its permissions, or set PREFECT_HOME to "
    "another folder"
)
OTHER_VERSION = later(
    "Prefect's database in {folder} is of another version of Prefect: move it away, and a new one is "
    "created: mv {folder} {folder}.old"
)
INCOMPLETE = later("the installation is not complete ({said}): install Tocsin again")
NO_MEMORY = later("memory ran out: close other programs, or ask for fewer workers")

PATTERNS = (
    (
        r"password authentication failed|InvalidPassword|InvalidAuthorization|role .* does not exist",
        NO_PASSWORD,
    ),
    (r"InvalidCatalogName|database \"?.*\"? does not exist", NO_DATABASE),
    (r"ConnectionRefusedError|Connect call failed|ConnectionDoesNotExist|CannotConnectNow", DATABASE_GONE),
    (r"No space left on device|database or disk is full|Disk quota exceeded", FULL),
    (r"database is locked|database table is locked", LOCKED),
    (r"malformed|file is not a database", DAMAGED),
    (r"readonly database|unable to open database|Permission denied|Read-only file system", NOT_WRITTEN),
    (r"Can't locate revision|no such table|no such column", OTHER_VERSION),
    (r"ModuleNotFoundError|ImportError", INCOMPLETE),
    (r"MemoryError|Cannot allocate memory", NO_MEMORY),
)
"""In order of precedence."""


def known_cause(folder: Path, said: str) -> Message | None:
    """The cause that the output of a server points to, if it is a known one."""
    lines = [line.strip() for line in said.splitlines()]
    gaps: dict[str, object] = {"folder": folder, "setting": database_setting()}
    for words, template in PATTERNS:
        for line in lines:
            if re.search(words, line):
                return Message(template, gaps | {"said": line})
    return None


def server_failure(folder: Path, said: str, exit_code: int | None) -> NoServer:
    """Why a server ended, by its output and exit code; output without a known cause is kept in a file."""
    if cause := known_cause(folder, said):
        return NoServer(cause)
    if exit_code == -signal.SIGKILL:
        return NoServer(
            Message("Prefect's server was killed; if memory ran out, close other programs, then try again")
        )
    last = said.strip().rpartition("\n")[-1]
    return NoServer(
        Message(
            "Prefect's server ended by itself ({said}); its output is in {log}",
            {"said": last or exit_code, "log": _kept(folder, said)},
        )
    )


def _kept(folder: Path, said: str) -> Path:
    """The file that holds the output of the last server that failed for an unknown cause."""
    log = folder / "server.log"
    log.touch(mode=0o600)
    log.write_text(said, "utf-8")
    return log
