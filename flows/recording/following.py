"""Following: a run in Prefect's terms, with a task per chunk and a progress bar.

Nothing is computed here. A flow follows the run that its process has put into `followed`, and ends that run when it is
stopped itself. Its log has a line for what was there before, for each chunk, for the verdict, and for where all lies.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.exceptions import TerminationSignal
from prefect.futures import as_completed
from prefect.runtime import flow_run
from prefect.states import Cancelled, Completed, Failed

from flows.execution.chunk import Chunk
from flows.recording.artifacts import Conclusion, Progress, task_of, title_of
from flows.workers import machine
from flows.workers.executor import Halted
from results.presentation.language import _, error_in_words
from results.presentation.numbers import number
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


def publish_no_more(_summary: object) -> None:
    """A run of the command has no further publisher: its person has the screen."""


further: ContextVar[Callable[[Any], None]] = ContextVar("further", default=publish_no_more)
"""What else the next flow publishes of its summary, where its process has the store at hand."""


@task(name="chunk", task_run_name="{title}", cache_policy=NO_CACHE)
def run_chunk(title: str, finished: "Future[Chunk]") -> Chunk | State[Chunk]:
    """Wait until the replications of the chunk are in the store."""
    try:
        return finished.result()
    except Halted:
        return Cancelled(message=_("Stopped before it was finished."))
    except TocsinError as error:
        return Failed(message=error_in_words(error))


def follow(publish: Callable[[T], Conclusion]) -> State[T]:
    """Follow the run to its end, whose summary is published; the state says the verdict, or why there is none."""
    log = get_run_logger()
    try:
        with followed.get() as run:
            summary: T = _summary_of(run)
            conclusion = publish(summary)
            further.get()(summary)
    except (Halted, TerminationSignal):
        return Cancelled(message=_("Stopped; what was finished is kept."))
    except TocsinError as error:
        return Failed(message=error_in_words(error))
    log.info(conclusion.sentence)
    kept = _("Results: {name} in {store}.")
    log.info(kept.format(name=conclusion.name, store=flow_run.get_parameters()["store"]))
    return Completed(message=conclusion.sentence, data=summary)


def _summary_of(run: FollowedRun) -> Any:
    """Each chunk is reported as it is finished, then the summary is there."""
    log = get_run_logger()
    missing = sum(map(len, run.chunks))
    log.info(_there_before(run.replications, missing))
    progress = Progress.of(run.replications, missing)
    tasks = {run_chunk.submit(task_of(chunk), finished): chunk for chunk, finished in run.chunks.items()}
    for reported in as_completed(list(tasks)):
        chunk = tasks[reported]
        if run.chunks[chunk].exception() is None:
            progress.advance(len(chunk))
            finished = _("{chunk}: done, {done} of {total}")
            log.info(
                finished.format(
                    chunk=title_of(chunk), done=number(progress.done), total=number(progress.total)
                )
            )
    return run.summary.result()


def _there_before(total: int, missing: int) -> str:
    """What is computed, and what need not be."""
    sentence = _(
        "{missing} of {total} {total:replication|replications} to compute, the days without the attack included and "
        "first; the store holds the others."
    )
    return sentence.format(missing=number(missing), total=number(total))
