"""What workers are asked to do in the tests of the pool; they import this by its name, which must not take long."""

import os
import signal
import time
from pathlib import Path

from topologies.errors import BadStore, Message


def double(number: int) -> int:
    return 2 * number


def die_at_first(marks: Path, number: int) -> int:
    """The first worker that is asked dies; the others do it."""
    if not (marks / str(number)).exists():
        (marks / str(number)).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def stop_at_first(marks: Path, number: int) -> int:
    if not (marks / str(number)).exists():
        (marks / str(number)).touch()
        os.kill(os.getpid(), signal.SIGSTOP)
    return number


def hang_at_first(marks: Path, number: int) -> int:
    if not (marks / str(number)).exists():
        (marks / str(number)).touch()
        time.sleep(600)
    return number


def starve_at_first(marks: Path, number: int) -> int:
    if not (marks / str(number)).exists():
        (marks / str(number)).touch()
        raise MemoryError
    return number


def die(_number: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Untransportable(Exception):
    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def fail(kind: str) -> None:
    if kind == "ours":
        raise BadStore(Message("{store} is full", {"store": "here"}))
    raise Untransportable(1, 2)


def nap(seconds: float) -> None:
    time.sleep(seconds)
