"""Run locks: which runs in Prefect's database still have a process.

A process holds a file for its run (`held_files`). The files lie next to Prefect's database, on the machine of the run:
runs of other machines have none, and are left alone.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from flows.middleware import held_files


def hold(run: UUID) -> int:
    """A lock on the run, held while this file descriptor is open, here or in a subprocess that inherited it."""
    return held_files.create(_folder(), str(run))[0]


def abandoned() -> Iterator[tuple[UUID, list[Path]]]:
    """The runs that had a lock and have no process any more, with their files."""
    for run, files in _locked().items():
        if not any(map(held_files.is_held, files)):
            yield run, files


def alive() -> int:
    """How many runs have a process on this machine."""
    return sum(any(map(held_files.is_held, files)) for files in _locked().values())


def _locked() -> dict[UUID, list[Path]]:
    """The runs that had a lock, with their files."""
    locked: dict[UUID, list[Path]] = defaultdict(list)
    for file in _folder().glob("*"):
        with suppress(ValueError):  # files that are being created, and foreign ones
            locked[UUID(file.name.partition(".")[0])].append(file)
    return locked


def _folder() -> Path:
    from prefect.settings import get_current_settings

    return get_current_settings().home / "running"
