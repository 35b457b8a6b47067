"""Folders of ours: where caches and state lie, also for someone without a home.

Each place is taken only where it can be written. The last one is the temporary folder of the machine, where anybody may
have put something: only a folder that this user made, and that nobody else may enter, is used there.
"""

import os
import stat
import tempfile
from pathlib import Path

PRIVATE = 0o700
OTHERS = 0o077
"""The rights of everybody but the owner."""


def home() -> Path | None:
    """The home of this user; none for a user whom the machine does not know and who has set none."""
    path = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises, and may be relative
    return path if path.is_absolute() else None


def named_by(variable: str) -> Path | None:
    """The folder that a variable of the environment names; one that is relative counts for nothing (XDG says so)."""
    path = Path(os.environ.get(variable, ""))
    return path if path.is_absolute() else None


def can_hold(folder: Path) -> bool:
    """The folder can be written, or made."""
    for place in (folder, *folder.parents):
        try:
            mode = place.stat().st_mode
        except FileNotFoundError:
            if place.is_symlink():
                return False  # a link that leads nowhere
        except OSError:
            return False
        else:
            return stat.S_ISDIR(mode) and os.access(place, os.W_OK | os.X_OK)
    return False


def temporary_place() -> Path:
    """Where everybody on this machine may write for a while."""
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        return Path("/tmp")  # nothing can be written there either, which whoever tries is told


def temporary_folder() -> Path:
    """This user's own folder in the temporary one, found again by the next run."""
    folder = temporary_place() / f"tocsin-{os.getuid()}"
    try:
        folder.mkdir(mode=PRIVATE)
    except FileExistsError:
        if not _is_ours_alone(folder):
            return Path(tempfile.mkdtemp(prefix=f"{folder.name}-"))
    return folder


def _is_ours_alone(folder: Path) -> bool:
    """This user made it, and nobody else may enter; a link is none, wherever it leads."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & OTHERS
