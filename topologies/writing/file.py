"""File: it appears whole or not at all, and one that is there is not overwritten without being asked."""

import os
from pathlib import Path
from tempfile import mkstemp

from topologies.errors import Message
from topologies.writing.folder import NotWritten, sync, umask


def written_file(content: bytes, file: Path, *, replace: bool) -> None:
    """The file holds this."""
    refuse_file(file, replace=replace)
    aside: Path | None = None
    try:
        file.absolute().parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = mkstemp(prefix=f".{file.name}.", suffix=".partial", dir=file.absolute().parent)
        aside = Path(name)
        with os.fdopen(descriptor, "wb") as new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        aside.chmod(0o644 & ~umask())
        aside.replace(file)
        sync(file.absolute().parent)
    except OSError as error:
        gaps = {"file": file, "reason": error}
        raise NotWritten(Message("{file} cannot be written: {reason}; choose another place", gaps)) from error
    finally:
        if aside is not None:
            aside.unlink(missing_ok=True)


def refuse_file(file: Path, *, replace: bool) -> None:
    """Raises `NotWritten` where something has this name already, unless it is a file that is to be replaced."""
    if not os.path.lexists(file):
        return
    if file.is_dir():
        raise NotWritten(Message("{file} is a folder; name a file", {"file": file}))
    if not replace:
        raise NotWritten(
            Message("{folder} exists already; choose another name, or add --replace", {"folder": file})
        )
