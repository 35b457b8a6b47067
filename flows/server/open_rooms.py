"""Open rooms: the control rooms of this user on this machine, which record runs that would start a server otherwise.

A control room writes where it answers into a private file in Prefect's folder, and holds a lock on it as long as it
lives: the system releases the lock when its process ends, however it ends. A run is recorded there only if the room has
the same database and the same Prefect, and answers.
"""

import json
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from flows.middleware import held_files
from flows.middleware.password import CLIENT_VARIABLE
from flows.server import isolation
from flows.server.address import answer_at
from flows.server.external_server import ExternalServer
from topologies.errors import Message

ANSWERS_WITHIN_S = 2.0
FOLDER = "rooms"
LONGEST = 4096


@dataclass(frozen=True, slots=True)
class OpenRoom(ExternalServer):
    """The server of a control room that is open: it was there before the run, and stays."""

    url: str
    file: Path

    def has_ended(self) -> bool:
        """Whether the room has closed."""
        return not held_files.is_held(self.file)

    def known_problem(self) -> Message | None:
        """That it has closed."""
        return (
            Message("the control room at {url} has closed", {"url": self.url}) if self.has_ended() else None
        )


@contextmanager
def announced(url: str, password: str | None) -> Iterator[None]:
    """Runs of this user on this machine find the room at this address, within."""
    said = {"url": url, "password": password, **_kind()}
    descriptor, file = held_files.create(_folder(), str(os.getpid()), json.dumps(said).encode())
    try:
        yield
    finally:
        file.unlink(missing_ok=True)
        os.close(descriptor)


def found() -> OpenRoom | None:
    """An open room that can record a run of this process."""
    for file in sorted(_folder().glob("*")):
        if not held_files.is_held(file):
            with suppress(OSError):
                file.unlink()
        elif (room := _room_in(file)) and _answers(room):
            return room
    return None


def _room_in(file: Path) -> OpenRoom | None:
    """What the file says of its room, if nobody but this user can have written it, and if the room is of our kind."""
    try:
        with file.open("rb") as opened:
            status = os.fstat(opened.fileno())
            others = stat.S_IMODE(status.st_mode) & (stat.S_IRWXG | stat.S_IRWXO)
            said = json.loads(opened.read(LONGEST))
    except (OSError, ValueError):
        return None
    if status.st_uid != os.getuid() or others or not _is_of_our_kind(said):
        return None
    known = {CLIENT_VARIABLE: said["password"]} if said["password"] else {}
    return OpenRoom({"PREFECT_API_URL": f"{said['url']}/api", **known}, said["url"], file)


def _is_of_our_kind(said: object) -> bool:
    return isinstance(said, Mapping) and {**said, **_kind()} == said and {"url", "password"} <= said.keys()


def _kind() -> dict[str, str]:
    """What the servers of a room and of a run must have in common: Prefect's version, and the database."""
    named = os.environ.get(isolation.DATABASE, "")
    return {"prefect": version("prefect"), "database": sha256(named.encode()).hexdigest()}


def _answers(room: OpenRoom) -> bool:
    password = room.client_settings.get(CLIENT_VARIABLE)
    said = answer_at(room.url, password, "/api/admin/version", ANSWERS_WITHIN_S)
    return said == json.dumps(version("prefect")).encode()


def _folder() -> Path:
    return isolation.prefect_folder() / FOLDER
