"""How does a command keep another program beside it, such as Prefect's server, and never leave it behind?

A companion runs in a session of its own, so that Ctrl-C does not reach it before the command has said its farewells. It
reads a pipe that the command holds open, and so learns that the command is gone, even when it was killed.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.surroundings import COMPANION

LOOK_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class Companion:
    """A module of ours that runs beside the command, with all that it starts."""

    process: "subprocess.Popen[bytes]"

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
    module: str, arguments: Sequence[str], environment: Mapping[str, str], descriptors: Sequence[int] = ()
) -> Companion:
    """The module is starting beside the command, as `python -m` does; it inherits these file descriptors."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, **environment, COMPANION: module},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        pass_fds=descriptors,
        start_new_session=True,
    )
    return Companion(process)


def end_with_command() -> None:
    """In a companion: it ends, with all that it started, when the command that started it is gone."""
    threading.Thread(target=_watch_command, daemon=True).start()


def _watch_command() -> None:
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)
