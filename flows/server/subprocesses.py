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
from flows.server.isolation import SUBPROCESS

POLL_S = 0.05
LINES_KEPT = 200
LONGEST_LINE = 1000


class StderrTail:
    """The end of what a companion says on standard error, read as it is said."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._lines: deque[bytes] = deque(maxlen=LINES_KEPT)
        self._reader = threading.Thread(target=self._read, args=[stream], daemon=True)
        self._reader.start()

    def text(self, timeout_s: float = 1.0) -> str:
        """The lines said so far; all of them when the companion has ended."""
        self._reader.join(timeout_s)
        return b"".join(list(self._lines)).decode(errors="replace")

    def _read(self, stream: IO[bytes]) -> None:
        with stream:
            while line := stream.readline(LONGEST_LINE):
                self._lines.append(line)


@dataclass(frozen=True, slots=True)
class Subprocess:
    """A module of ours that runs beside the command, with all that it starts."""

    popen: "subprocess.Popen[bytes]"
    stderr: StderrTail

    def wait(self, timeout_s: float) -> int | None:
        """The exit code of one that ended by itself by then."""
        try:
            return self.popen.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return None

    def stop(self, timeout_s: float) -> None:
        """It ended in order, with all that it started, or was killed when that took too long."""
        self._signal(signal.SIGTERM)
        latest = time.monotonic() + timeout_s
        while self._is_alive() and time.monotonic() < latest:
            time.sleep(POLL_S)
        self.kill()

    def kill(self) -> None:
        """It is gone, and all that it started."""
        self._signal(signal.SIGKILL)
        self.popen.wait()
        if self.popen.stdin is not None:
            self.popen.stdin.close()

    def _is_alive(self) -> bool:
        self.popen.poll()
        return self._signal(0)

    def _signal(self, signum: int) -> bool:
        """The companion and all that it started have the signal; false when none of them is left."""
        try:
            os.killpg(self.popen.pid, signum)
        except ProcessLookupError:
            return False
        return True


def start(
    module: str,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    descriptors: Sequence[int] = (),
    on_line: Callable[[str], None] | None = None,
) -> Subprocess:
    """The module is starting beside the command, as `python -m` does; it inherits these file descriptors.

    What it writes on standard output is told line by line, if somebody listens.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, **packages.found_by_subprocesses(), **environment, SUBPROCESS: module},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE if on_line else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=descriptors,
        start_new_session=True,
    )
    assert process.stderr is not None  # a pipe was asked for
    if on_line and process.stdout is not None:
        threading.Thread(target=_report_lines, args=[process.stdout, on_line], daemon=True).start()
    return Subprocess(process, StderrTail(process.stderr))


def _report_lines(stream: IO[bytes], on_line: Callable[[str], None]) -> None:
    with stream:
        while line := stream.readline(LONGEST_LINE):
            on_line(line.decode(errors="replace").rstrip("\n"))


def end_with_parent() -> None:
    """In a companion: it ends, with all that it started, when the command that started it is gone."""
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    while os.read(
        sys.stdin.fileno(), 1
    ):  # not of the stream, which a daemon would hold locked when Python ends
        continue
    os.killpg(0, signal.SIGKILL)
