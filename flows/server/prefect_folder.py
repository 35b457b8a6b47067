"""Prefect's folder: created, writable and with free space before its server starts.

Prefect itself would only say, after a minute, that its database cannot be opened, and not why.
"""

import errno
import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

from flows.server import isolation
from flows.server.external_server import NoServer
from flows.terminal import console
from results.presentation.language import _
from simulation.engine.caches.own_folders import PRIVATE
from topologies.errors import Message

ROOM_BYTES = 32 * 2**20
"""Bytes that a first start and its journal may take; a fresh database takes 2 MB."""


def prepare() -> Path:
    """Prefect's folder exists and can be written; our own default folder is private."""
    folder = isolation.prefect_folder()
    if isolation.DATABASE not in os.environ:
        _check_name(folder)
    try:
        _make(folder)
        if isolation.HOME not in isolation.honoured:
            folder.chmod(PRIVATE)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"room")
            file.flush()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise _unusable(folder, error) from error
    if free < ROOM_BYTES:
        raise _full(folder)
    return folder


def startup_lock(folder: Path) -> int:
    """A lock on starting a server in this folder, until it is closed: two servers would both create the tables."""
    descriptor = os.open(
        folder, os.O_RDONLY
    )  # not of a file in it, which could be another user's, as after sudo
    with suppress(OSError):  # of folders that have no locks: whoever starts one server at a time needs none
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def say_if_temporary(folder: Path) -> None:
    """Name a temporary folder on the screen, for people who look for their runs later."""
    if isolation.is_temporary():
        console.say_at_once(
            _("There is no writable home folder: Prefect's runs are kept in {folder}.").format(folder=folder)
        )


def _check_name(folder: Path) -> None:
    """The path means itself in the URL of a database, into which Prefect copies it without escaping."""
    path = str(folder)
    if "?" in path or unquote(path) != path:
        raise NoServer(
            Message(
                "Prefect would keep its database elsewhere than in {folder}, since ? and % mean "
                "something else in its "
                "addresses; {other}",
                {"folder": folder, "other": another()},
            )
        )


def _make(folder: Path) -> None:
    """Create the folder and its parents; those that are created are private."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=PRIVATE, exist_ok=True)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "Not a directory")


def _unusable(folder: Path, error: OSError) -> NoServer:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _full(folder)
    gaps = {"folder": folder, "reason": error.strerror or str(error), "other": another()}
    return NoServer(
        Message("Prefect's folder {folder} cannot be written ({reason}): correct that, or {other}", gaps)
    )


def _full(folder: Path) -> NoServer:
    return NoServer(
        Message(
            "there is no room for Prefect's database in {folder}: make room ({room} MB), or {other}",
            {"folder": folder, "room": ROOM_BYTES // 2**20, "other": another()},
        )
    )


def another() -> Message:
    """The remedy: how to use another folder."""
    if isolation.HOME in isolation.honoured:
        return Message("do without it: unset PREFECT_HOME")
    return Message("name another folder, such as PREFECT_HOME=/tmp/prefect")
