"""Executors: what runs jobs in other processes, of this machine (`pool.py`) or of a Dask cluster (`cluster.py`)."""

from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Protocol, Self, TypeVar

T = TypeVar("T")


class Halted(Exception):
    """The executor was stopped before this job was done."""


def say_nothing(_sentence: str) -> None:
    """A report that nobody reads."""


class Executor(Protocol):
    """Workers that jobs are submitted to; within it they run, and at its end no job is left."""

    def submit(self, function: Callable[..., T], *arguments: object) -> "Future[T]":
        """Have the next free worker call the function, which it imports by name."""
        ...

    def stop(self) -> None:
        """No job is begun any more; the futures of unfinished jobs raise `Halted`."""
        ...

    def processes(self) -> list[int]:
        """The process numbers of the workers on this machine."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...
