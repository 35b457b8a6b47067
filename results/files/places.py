"""Places: where a store lies, a folder of this machine, or one that fsspec reaches, such as s3://bucket/folder.

Both are paths: that of another place is read by the same calls. Nothing is renamed, synced or locked there.
"""

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, cast

from topologies.errors import BadStore, Message

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem
    from upath import UPath

ELSEWHERE = "://"


def place_of(named: Path | str) -> Path:
    """The path of a folder, by its path or its URL; `BadStore` where nothing reaches it from here."""
    if not isinstance(named, str) or ELSEWHERE not in named:
        return named if isinstance(named, Path) and not is_here(named) else Path(named).absolute()
    if importlib.util.find_spec("upath") is None:
        raise BadStore(
            Message(
                "{store} is no folder of this machine, and what reads others is not installed; "
                'run pip install "tocsin[s3]"',
                {"store": named},
            )
        )
    from upath import UPath

    try:
        place = UPath(named)
        place.fs  # noqa: B018 - made here, so that what it lacks is said now
    except (ImportError, ValueError) as error:
        raise unreached(named, error) from error
    return cast("Path", place)


def is_here(path: Path) -> bool:
    """It is a path of this machine."""
    return isinstance(path, Path)


def unreached(named: Path | str, error: Exception) -> BadStore:
    """Why nothing is read there, in the words of who refused."""
    reason = str(error) or type(error).__name__
    return BadStore(
        Message(
            "{store} cannot be reached: {reason}; check the address, the rights and the network",
            {"store": str(named), "reason": reason},
        )
    )


def files_for_arrow(path: Path) -> "tuple[FileSystem, str]":
    """The file system of a path, as Arrow reads it, and the name of the path in it."""
    from pyarrow import fs

    if is_here(path):
        return fs.LocalFileSystem(), str(path)
    elsewhere = cast("UPath", path)
    return fs.PyFileSystem(fs.FSSpecHandler(elsewhere.fs)), elsewhere.path
