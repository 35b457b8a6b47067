"""Subprocesses: programs that a command starts, such as Prefect's server, and never leaves behind.

A subprocess runs in a session of its own: Ctrl-C reaches the command, which then ends its subprocesses in order. It
reads a pipe that the command holds open, and so notices when the command is gone, even when it was killed. Its standard
error does not reach the screen: the command keeps the last lines, in case it has to explain a failure.
"""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from flows import packages
from flows.server.isolation import SUBPROCESS

POLL_S = 0.05
LINES_KEPT = 200
LONGEST_LINE = 1000


class StderrTail:
    """The last lines that a subprocess wrote on standard error, read as they are written."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._lines: deque[bytes] = deque(maxlen=LINES_KEPT)
        self._reader = threading.Thread(target=self._read, args=[stream], daemon=True)
        self._reader.start()

    def text(self, timeout_s: float = 1.0) -> str:
        """The last lines so far; the very last ones once the subprocess has ended."""
        self._reader.join(timeout_s)
        return b"".join(list(self._lines)).decode(errors="replace")

    def _read(self, stream: IO[bytes]) -> None:
        with stream:
            while line := stream.readline(LONGEST_LINE):
                self._lines.append(line)


@dataclass(frozen=True, slots=True)
class Subprocess:
    """A module of ours in a process of its own, with everything that it starts in turn."""

    popen: "subprocess.Popen[bytes]"
    stderr: StderrTail

    def wait(self, timeout_s: float) -> int | None:
        """The exit code, if it ends by itself in that time."""
        try:
            return self.popen.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return None

    def stop(self, timeout_s: float) -> None:
        """It and everything that it started have ended, by SIGTERM, or by SIGKILL when that took too long."""
        self._signal(signal.SIGTERM)
        latest = time.monotonic() + timeout_s
        while self._is_alive() and time.monotonic() < latest:
            time.sleep(POLL_S)
        self.kill()

    def kill(self) -> None:
        """It and everything that it started are gone."""
        self._signal(signal.SIGKILL)
        self.popen.wait()
        if self.popen.stdin is not None:
            self.popen.stdin.close()

    def _is_alive(self) -> bool:
        self.popen.poll()
        return self._signal(0)

    def _signal(self, signum: int) -> bool:
        """Send the signal to it and to everything that it started; false when none of them is left."""
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
    inherited: Mapping[str, str] | None = None,
) -> Subprocess:
    """Start a module as `python -m` does; it inherits these file descriptors, and the environment or one of before.

    `on_line` is called with each line that it writes on standard output.
    """
    around = os.environ if inherited is None else inherited
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env={**around, **packages.found_by_subprocesses(), **environment, SUBPROCESS: module},
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
    """In a subprocess: end it, with everything that it started, as soon as its parent is gone."""
    threading.Thread(target=_watch_parent, daemon=True).start()


@contextmanager
def importing() -> Iterator[None]:
    """No garbage is looked for among what an import of Prefect makes, and keeps: it takes a tenth less."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def _watch_parent() -> None:
    while os.read(
        sys.stdin.fileno(), 1
    ):  # not of the stream, which a daemon would hold locked when Python ends
        continue
    os.killpg(0, signal.SIGKILL)
