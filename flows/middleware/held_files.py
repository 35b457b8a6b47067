"""Held files: private files that are locked by a process as long as it lives.

The system releases the lock when the process ends, however it ends; neither process numbers, which are reused, nor
clocks are involved.
"""

import fcntl
import os
import tempfile
from pathlib import Path

NEW = "new-"


def create(folder: Path, name: str, content: bytes = b"") -> tuple[int, Path]:
    """A new file whose name begins with this one, held while the descriptor is open, here or in a subprocess."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, new = tempfile.mkstemp(prefix=NEW, dir=folder)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    os.write(descriptor, content)
    file = folder / f"{name}.{Path(new).name.removeprefix(NEW)}"
    return descriptor, Path(new).rename(file)  # never seen unlocked, nor half written


def is_held(file: Path) -> bool:
    """Whether a process holds it, as far as can be known."""
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
