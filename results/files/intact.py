"""Intact files: a file is checked against its digest when it is opened, and what is wrong with it is reported."""

import errno
from hashlib import file_digest, sha256
from pathlib import Path

import pyarrow as pa

from results.files.places import is_here
from topologies.errors import Message


class DamagedFile(Exception):
    """The file is not what was written."""

    def __init__(self, problem: Message) -> None:
        super().__init__(problem)
        self.problem = problem


def ordinary(path: Path) -> Path:
    """The same path; `OSError` for a pipe or a device, which one could read for ever."""
    if is_here(path) and path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "Invalid argument", str(path))
    return path


def digest_of_file(path: Path) -> str:
    """The SHA-256 of the file's bytes."""
    if not is_here(path):
        return sha256(path.read_bytes()).hexdigest()
    with ordinary(path).open("rb", buffering=0) as file:
        return file_digest(file, "sha256").hexdigest()


def open_intact(path: Path, digest: str) -> pa.NativeFile:
    """The file, open, once its bytes are known to be those that were written; else `DamagedFile`.

    It is not mapped into memory: a failing disk would then kill the process, instead of raising an error. One that lies
    elsewhere is fetched once, and read from memory.
    """
    try:
        if not is_here(path):
            content = path.read_bytes()
            if sha256(content).hexdigest() == digest:
                return pa.BufferReader(content)
        elif digest_of_file(path) == digest:
            return pa.OSFile(str(path))
    except FileNotFoundError as error:
        raise DamagedFile(Message("is missing")) from error
    except OSError as error:
        raise DamagedFile(
            Message("cannot be read: {reason}", {"reason": error.strerror or str(error)})
        ) from error
    raise DamagedFile(Message("is damaged: its bytes are not those that were written"))
