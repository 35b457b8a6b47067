"""How does a command keep another program beside it, such as Prefect's server, and never leave it behind?

A companion runs in a session of its own, so that Ctrl-C does not reach it before the command has said its farewells. It
reads a pipe that the command holds open, and so learns that the command is gone, even when it was killed. What it says
on standard error is not for the screen: the command remembers the end of it, in case it is asked for a cause.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from flows.cli import packages
from flows.server.surroundings import COMPANION

LOOK_EVERY_S = 0.05
LINES_REMEMBERED = 200
LONGEST_LINE = 1000


class LastWords:
    """The end of what a companion says on standard error, read as it is said."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._lines: deque[bytes] = deque(maxlen=LINES_REMEMBERED)
        self._reader = threading.Thread(target=self._read, args=[stream], daemon=True)
        self._reader.start()

    def text(self, within_s: float = 1.0) -> str:
        """The lines said so far; all of them when the companion has ended."""
        self._reader.join(within_s)
        return b"".join(list(self._lines)).decode(errors="replace")

    def _read(self, stream: IO[bytes]) -> None:
        with stream:
            while line := stream.readline(LONGEST_LINE):
                self._lines.append(line)


@dataclass(frozen=True, slots=True)
class Companion:
    """A module of ours that runs beside the command, with all that it starts."""

    process: "subprocess.Popen[bytes]"
    said: LastWords

    def ended(self, within_s: float) -> int | None:
        """The exit code of one that ended by itself by then."""
        try:
            return self.process.wait(within_s)
        except subprocess.TimeoutExpired:
            return None

    def stop(self, within_s: float) -> None:
        """It ended in order, with all that it started, or was killed when that took too long."""
        self._signal(signal.SIGTERM)
        latest = time.monotonic() + within_s
        while self._is_there() and time.monotonic() < latest:
            time.sleep(LOOK_EVERY_S)
        self.kill()

    def kill(self) -> None:
        """It is gone, and all that it started."""
        self._signal(signal.SIGKILL)
        self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()

    def _is_there(self) -> bool:
        self.process.poll()
        return self._signal(0)

    def _signal(self, signum: int) -> bool:
        """The companion and all that it started have the signal; false when none of them is left."""
        try:
            os.killpg(self.process.pid, signum)
        except ProcessLookupError:
            return False
        return True


def start(
    module: str,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    descriptors: Sequence[int] = (),
    tell: Callable[[str], None] | None = None,
) -> Companion:
    """The module is starting beside the command, as `python -m` does; it inherits these file descriptors.

    What it writes on standard output is told line by line, if somebody listens.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, **packages.found_by_children(), **environment, COMPANION: module},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE if tell else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=descriptors,
        start_new_session=True,
    )
    assert process.stderr is not None  # a pipe was asked for
    if tell and process.stdout is not None:
        threading.Thread(target=_pass_on, args=[process.stdout, tell], daemon=True).start()
    return Companion(process, LastWords(process.stderr))


def _pass_on(stream: IO[bytes], tell: Callable[[str], None]) -> None:
    with stream:
        while line := stream.readline(LONGEST_LINE):
            tell(line.decode(errors="replace").rstrip("\n"))


def end_with_command() -> None:
    """In a companion: it ends, with all that it started, when the command that started it is gone."""
    threading.Thread(target=_watch_command, daemon=True).start()


def _watch_command() -> None:
    while os.read(
        sys.stdin.fileno(), 1
    ):  # not of the stream, which a daemon would hold locked when Python ends
        continue
    os.killpg(0, signal.SIGKILL)
