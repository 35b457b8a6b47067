"""The screen: standard output and standard error, set up once for whatever they lead to.

1. A character that their encoding lacks is written by its stand-in.
2. What cannot be written to standard output is an error: silence would pass for success. A reader who has left, as
   `head` does, has seen enough: the rest is dropped, and the exit code stays that of the verb.
3. What cannot be written to standard error is dropped: no run fails for a message that nobody can read.
4. A width too narrow to read is replaced by one that is not.
"""

import errno
import io
import os
import select
import sys
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Final, TextIO

from flows.terminal.stand_ins import HANDLER
from topologies.errors import Message, RunFailed

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

INPUT, OUTPUT, ERRORS = 0, 1, 2
NARROWEST: Final = 40
"""On a narrower terminal lines are written for this width, and the terminal breaks them."""
NARROWEST_HELP: Final = 80
"""typer's columns cut words on a narrower one."""
WIDEST: Final = 400


class Unwritten(RunFailed):
    """Standard output cannot be written."""

    def __init__(self, error: OSError) -> None:
        reason = Message("it is closed") if error.errno == errno.EBADF else error
        super().__init__(Message("standard output cannot be written ({reason})", {"reason": reason}))


def set_up() -> None:
    """The standard streams are open, and behave as stated above."""
    _fill_gaps()
    sys.stdout = _text(_Facts(OUTPUT, "w", closefd=False), sys.stdout)
    sys.stderr = _text(_Messages(ERRORS, "w", closefd=False), sys.stderr)
    fit_width(os.environ)


def fit_width(environ: MutableMapping[str, str]) -> None:
    """The variables of the terminal's size hold valid sizes: typer and rich fail on others.

    >>> environ = {"COLUMNS": "1", "LINES": "0", "TERMINAL_WIDTH": "wide"}
    >>> fit_width(environ)
    >>> environ
    {'COLUMNS': '40', 'TERMINAL_WIDTH': '80'}
    """
    environ.pop("TYPER_USE_RICH", None)  # without rich, typer's words stay English
    for name in ("COLUMNS", "LINES", "TERMINAL_WIDTH"):
        size = environ.pop(name, "").strip()
        if size.isascii() and size.isdecimal() and int(size[:9]) > 0:
            environ[name] = str(min(max(int(size[:9]), NARROWEST), WIDEST)) if name != "LINES" else size[:4]
    columns = int(environ.get("COLUMNS", _columns()))
    if 0 < columns < NARROWEST:
        environ["COLUMNS"] = str(NARROWEST)
    if 0 < columns < NARROWEST_HELP:
        environ["TERMINAL_WIDTH"] = str(NARROWEST_HELP)


def _columns() -> int:
    """Columns of the terminal; 0 where no stream leads to one, or where it does not say."""
    for descriptor in (INPUT, OUTPUT, ERRORS):
        try:
            return os.get_terminal_size(descriptor).columns
        except OSError:
            continue  # a file or a pipe
    return 0


def _fill_gaps() -> None:
    """Each of the three descriptors is open: otherwise the next file opened takes its number, and output corrupts it.

    Standard output is opened for reading, so that writing to it still fails, as when it was closed.
    """
    for descriptor, mode in ((INPUT, os.O_RDONLY), (OUTPUT, os.O_RDONLY), (ERRORS, os.O_WRONLY)):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, mode)  # takes the lowest number that is free: this one


def _text(raw: io.RawIOBase, before: TextIO | None) -> TextIO:
    """A text stream over these bytes, in the encoding that Python had chosen."""
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=before.encoding if before else "utf-8",
        errors=HANDLER,
        line_buffering=True,
    )


class _Patient(io.FileIO):
    """Bytes that wait for a slow reader, even on a pipe that was made non-blocking."""

    def write(self, data: "ReadableBuffer", /) -> int:
        while (written := super().write(data)) is None:
            select.select([], [self], [])
        return written


class _Facts(_Patient):
    """Standard output: what it refuses is an error."""

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            return memoryview(data).nbytes  # who read has seen enough, as `head` has after some lines
        except OSError as error:
            raise Unwritten(error) from error


class _Messages(_Patient):
    """Standard error: what it refuses is dropped; there is nowhere left to say so."""

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes
