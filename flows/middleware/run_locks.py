"""Run locks: which runs in Prefect's database still have a process.

A process holds a locked file for its run. The system releases the lock when the process ends, however it ends; neither
process numbers, which are reused, nor clocks are involved. The files lie next to Prefect's database, on the machine of
the run: runs of other machines have none, and are left alone.
"""

import fcntl
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

NEW = "new-"


def hold(run: UUID) -> int:
    """A lock on the run, held while this file descriptor is open, here or in a subprocess that inherited it."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, new = tempfile.mkstemp(prefix=NEW, dir=folder)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    Path(new).rename(folder / f"{run}.{Path(new).name.removeprefix(NEW)}")  # never seen unlocked
    return descriptor


def abandoned() -> Iterator[tuple[UUID, list[Path]]]:
    """The runs that had a lock and have no process any more, with their files."""
    locked: dict[UUID, list[Path]] = defaultdict(list)
    for file in _folder().glob("*"):
        with suppress(ValueError):  # files that are being created, and foreign ones
            locked[UUID(file.name.partition(".")[0])].append(file)
    for run, files in locked.items():
        if not any(map(_is_held, files)):
            yield run, files


def _is_held(file: Path) -> bool:
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return False
    except OSError:
        return True  # another user's, as after sudo, or no descriptor is left: unknown
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True  # it is locked, or the folder has no locks: unknown
    finally:
        os.close(descriptor)
    return False


def _folder() -> Path:
    from prefect.settings import get_current_settings

    return get_current_settings().home / "running"
