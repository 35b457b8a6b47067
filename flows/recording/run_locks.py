"""Presence: which runs of Prefect's record still have a process?

A process signs for its run with a file that it keeps locked. The system lets go of the lock when the process ends,
however it ends; no number of a process can be taken for another's, and no clock is asked. The files lie beside
Prefect's database, on the machine where the run is: those of another machine are not seen, and its runs not judged.
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
    """The run has a process as long as this file descriptor is open, here or in a child that inherited it."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, new = tempfile.mkstemp(prefix=NEW, dir=folder)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    Path(new).rename(folder / f"{run}.{Path(new).name.removeprefix(NEW)}")  # it appears under its name locked
    return descriptor


def abandoned() -> Iterator[tuple[UUID, list[Path]]]:
    """The runs that were signed for and have no process any more, with their files."""
    signed: dict[UUID, list[Path]] = defaultdict(list)
    for file in _folder().glob("*"):
        with suppress(ValueError):  # new ones, and what others may have put there
            signed[UUID(file.name.partition(".")[0])].append(file)
    for run, files in signed.items():
        if not any(map(_is_held, files)):
            yield run, files


def _is_held(file: Path) -> bool:
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return False
    except OSError:
        return True  # another user's, as after sudo, or no descriptor is left: nothing can be said
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True  # it is, or the folder has no locks: as above
    finally:
        os.close(descriptor)
    return False


def _folder() -> Path:
    from prefect.settings import get_current_settings

    return get_current_settings().home / "running"
