"""Following: a run in Prefect's terms, with a task per chunk and a progress bar.

Nothing is computed here. A flow follows the run that its process has put into `followed`, and ends that run when it is
stopped itself.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.exceptions import TerminationSignal
from prefect.futures import as_completed
from prefect.states import Cancelled, Failed

from flows.execution.chunk import Chunk
from flows.recording import artifacts
from flows.workers import machine
from flows.workers.pool import Halted
from results.presentation.language import _, error_in_words
from topologies.errors import TocsinError

T = TypeVar("T")

WAITING_TASKS = 2 * machine.cores() + 2
"""Tasks that Prefect shows as running: those of the chunks that are being computed, and the next ones."""


class FollowedRun(Protocol):
    """A run that a flow can follow."""

    @property
    def replications(self) -> int:
        """How many replications there are in all."""
        ...

    @property
    def chunks(self) -> Mapping[Chunk, "Future[Chunk]"]:
        """The chunks that are computed now; each future is done when its chunk is in the store."""
        ...

    @property
    def summary(self) -> "Future[Any]":
        """The summary of it all."""
        ...


followed: ContextVar[AbstractContextManager[FollowedRun]] = ContextVar("followed")
"""The run that the next flow follows; entered when the flow begins, left when it ends."""


@task(name="chunk", task_run_name="{title}", cache_policy=NO_CACHE)
def run_chunk(title: str, finished: "Future[Chunk]") -> Chunk | State[Chunk]:
    """Wait until the replications of the chunk are in the store."""
    try:
        return finished.result()
    except Halted:
        return Cancelled(message=_("Stopped before it was finished."))
    except TocsinError as error:
        return Failed(message=error_in_words(error))


def follow(publish: Callable[[T], None]) -> T | State[T]:
    """Follow the run to its end, whose summary is published; a state where it has none."""
    try:
        with followed.get() as run:
            summary: T = _summary_of(run)
            publish(summary)
            return summary
    except (Halted, TerminationSignal):
        return Cancelled(message=_("Stopped; what was finished is kept."))
    except TocsinError as error:
        return Failed(message=error_in_words(error))


def _summary_of(run: FollowedRun) -> Any:
    """Each chunk is reported as it is finished, then the summary is there."""
    progress = artifacts.Progress.of(run.replications, missing=sum(map(len, run.chunks)))
    tasks = {
        run_chunk.submit(artifacts.title_of(chunk), finished): chunk for chunk, finished in run.chunks.items()
    }
    for reported in as_completed(list(tasks)):
        chunk = tasks[reported]
        if run.chunks[chunk].exception() is None:
            progress.advance(len(chunk))
    return run.summary.result()
