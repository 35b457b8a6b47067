"""Folder of a region: it appears whole or not at all, and one that is there is not overwritten without being asked.

Everything is written into a folder aside, forced to the disk, and then takes its name. Where another has that name and
is to be replaced, it steps aside first and goes last: whatever ends the program, one of the two is there in full.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from topologies.errors import InputError, Message

HEADER = "region.yaml"
SUFFIXES = frozenset({".yaml", ".csv", ".md"})
"""Of the files of a region."""


class NotWritten(InputError):
    """The folder is not written; what was there is as it was."""


def written(files: Mapping[str, str], folder: Path, *, replace: bool) -> None:
    """The folder holds these texts, by the names of their files (`part/region.yaml`), and nothing else."""
    refuse_what_is_there(folder, replace=replace)
    try:
        with _aside(folder) as aside:
            for name, text in files.items():
                _write(aside / name, text)
            for inside in {aside, *((aside / name).parent for name in files)}:
                sync(inside)
            _take_name(aside, folder)
            sync(folder.parent)
    except OSError as error:
        gaps = {"folder": folder, "reason": error}
        raise NotWritten(
            Message("{folder} cannot be written: {reason}; choose another place", gaps)
        ) from error


def refuse_what_is_there(folder: Path, *, replace: bool) -> None:
    """Raises `NotWritten` where something has this name already, unless it is a region that is to be replaced."""
    if not os.path.lexists(folder):
        return
    name = {"folder": folder}
    if not replace:
        raise NotWritten(Message("{folder} exists already; choose another name, or add --replace", name))
    if not _is_a_region(folder):
        raise NotWritten(
            Message("{folder} is not a region's folder and is left alone; choose another name", name)
        )


def _is_a_region(folder: Path) -> bool:
    """It holds a region, regions that it joins, and nothing else that its owner might miss."""
    if not folder.is_dir() or folder.is_symlink():
        return False
    inside = [*folder.iterdir()]
    return any(file.name == HEADER for file in inside) and all(
        (file.is_file() and file.suffix in SUFFIXES) or _is_a_region(file) for file in inside
    )


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A new folder beside the one that is meant, gone afterwards unless it has taken its name."""
    beside = folder.absolute().parent
    beside.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=f".{folder.name}.", suffix=".partial", dir=beside))
    try:
        aside.chmod(0o755 & ~umask())
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def umask() -> int:
    """The permissions that new files of this process lack."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _take_name(aside: Path, folder: Path) -> None:
    """The folder aside has the name; what had it is gone."""
    if not os.path.lexists(folder):
        aside.rename(folder)
        return
    before = aside.with_suffix(".before")
    folder.rename(before)
    try:
        aside.rename(folder)
    except OSError:
        before.rename(folder)
        raise
    shutil.rmtree(before)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    with file.open("x", encoding="utf-8", newline="\n") as new:
        new.write(text)
        new.flush()
        os.fsync(new.fileno())


def sync(folder: Path) -> None:
    """What was named in the folder is so on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    with suppress(OSError):  # some file systems have no folders to force
        os.fsync(descriptor)
    os.close(descriptor)
