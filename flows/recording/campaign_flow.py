"""The Prefect flow `campaign`: a run in Prefect's terms, with a task per chunk, a progress bar, tables and a verdict.

It computes nothing. It follows the run that its process has put into `followed`, and ends that run when it is stopped
itself. Its parameters are the fields of Prefect's form, checked by the process before the flow begins.
"""

from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Annotated, Protocol

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.exceptions import TerminationSignal
from prefect.futures import as_completed
from prefect.states import Cancelled, Failed
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import Field

import simulation
import topologies
from flows.execution.chunk import Chunk
from flows.execution.plan import LARGEST_SEED, MOST_REPLICATIONS, MOST_WORKERS, NO_EVENT
from flows.recording import artifacts
from flows.workers import machine
from flows.workers.pool import Halted
from results import Summary
from results.presentation.language import _, error_in_words
from simulation import Uncertainty
from topologies.errors import TocsinError

WAITING_TASKS = 2 * machine.cores() + 2
"""Tasks that Prefect shows as running: those of the chunks that are being computed, and the next ones."""

RegionName = Annotated[str, Field(json_schema_extra={"enum": topologies.names()})]
ScenarioName = Annotated[str, Field(json_schema_extra={"enum": simulation.scenario_names()})]
EventName = Annotated[str, Field(json_schema_extra={"enum": [*simulation.event_names(), NO_EVENT]})]
PostureName = Annotated[str, Field(json_schema_extra={"enum": simulation.posture_names()})]


class FollowedRun(Protocol):
    """A run that the flow can follow."""

    @property
    def replications(self) -> int:
        """How many replications the whole campaign has."""
        ...

    @property
    def chunks(self) -> Mapping[Chunk, "Future[Chunk]"]:
        """The chunks that are computed now; each future is done when its chunk is in the store."""
        ...

    @property
    def summary(self) -> "Future[Summary]":
        """The summary of the whole campaign."""
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


@flow(
    name="campaign",
    flow_run_name="{region} · {scenario} · {posture}",
    task_runner=ThreadPoolTaskRunner(max_workers=WAITING_TASKS),  # type: ignore[arg-type]  # Prefect's generics
)
def campaign(
    region: RegionName,
    scenario: ScenarioName,
    posture: PostureName = "baseline",
    replications: Annotated[int, Field(ge=1, le=MOST_REPLICATIONS)] = 200,
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)] = 1,
    store: str = "store",
    workers: Annotated[int, Field(ge=1, le=MOST_WORKERS)] | None = None,
    event: EventName | None = None,
    settings: tuple[str, ...] = (),
    parameters: Uncertainty = Uncertainty.DRAWN,
) -> Summary | State[Summary]:
    """Run a scenario many times, beside the same days without it, and say whether care holds.

    Args:
        region: The health region that is attacked.
        scenario: The attack and the event during which it strikes.
        posture: How prepared the region is.
        replications: How many times the scenario is run; those that the store holds already are not run again.
        seed: Names the random numbers; two postures with the same seed meet the same attempts.
        store: The folder that receives the results.
        workers: Processes that compute; as many as there are cores when it is left empty.
        event: Who gathers meanwhile; the scenario's own event when it is left empty.
        settings: Other levels of the posture's levers, such as backups=0.9.
        parameters: Drawn where each replication takes uncertain parameters from their ranges; central for chance alone.
    """
    try:
        with followed.get() as run:
            return _follow(run)
    except (Halted, TerminationSignal):
        return Cancelled(message=_("Stopped; what was finished is kept."))
    except TocsinError as error:
        return Failed(message=error_in_words(error))


def _follow(run: FollowedRun) -> Summary:
    """Report each chunk as it is finished, then the summary."""
    progress = artifacts.Progress.of(run.replications, missing=sum(map(len, run.chunks)))
    tasks = {
        run_chunk.submit(artifacts.title_of(chunk), finished): chunk for chunk, finished in run.chunks.items()
    }
    for reported in as_completed(list(tasks)):
        chunk = tasks[reported]
        if run.chunks[chunk].exception() is None:
            progress.advance(len(chunk))
    summary = run.summary.result()
    artifacts.publish(summary)
    return summary
