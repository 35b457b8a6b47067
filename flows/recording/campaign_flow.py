"""The Prefect flow `campaign`: a run in the terms of Prefect, with a task for each chunk, a bar, tables and a verdict.

It computes nothing: it follows the run that its process names in `followed`, and ends that run when it is stopped. The
parameters are those of Prefect's form; what they ask for has been checked by whoever named the run.
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
from flows.execution import machine
from flows.execution.chunk import Chunk
from flows.execution.plan import LARGEST_SEED, MOST_REPLICATIONS, MOST_WORKERS, NO_EVENT
from flows.execution.pool import Halted
from flows.recording import artifacts
from results import Summary
from results.presentation.language import _, error_told
from topologies.errors import TocsinError

WAITING_TASKS = 2 * machine.cores() + 2
"""Tasks that are shown as running at once: those of the chunks that are computed, and the next ones."""

RegionName = Annotated[str, Field(json_schema_extra={"enum": topologies.names()})]
ScenarioName = Annotated[str, Field(json_schema_extra={"enum": simulation.scenario_names()})]
EventName = Annotated[str, Field(json_schema_extra={"enum": [*simulation.event_names(), NO_EVENT]})]
PostureName = Annotated[str, Field(json_schema_extra={"enum": simulation.posture_names()})]


class Run(Protocol):
    """A run that can be followed."""

    @property
    def replications(self) -> int:
        """How many the whole campaign has."""
        ...

    @property
    def chunks(self) -> Mapping[Chunk, "Future[Chunk]"]:
        """Those that are computed now; each is done when it is in the store."""
        ...

    @property
    def summary(self) -> "Future[Summary]":
        """What the whole campaign says."""
        ...


followed: ContextVar[AbstractContextManager[Run]] = ContextVar("followed")
"""The run that the next flow follows: entered when the flow has begun, left when it ends."""


@task(name="chunk", task_run_name="{title}", cache_policy=NO_CACHE)
def run_chunk(title: str, finished: "Future[Chunk]") -> Chunk | State[Chunk]:
    """The replications of the chunk are in the store."""
    try:
        return finished.result()
    except Halted:
        return Cancelled(message=_("Stopped before it was finished."))
    except TocsinError as error:
        return Failed(message=error_told(error))


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
) -> Summary | State[Summary]:
    """Run a scenario many times, and say whether the region holds.

    Args:
        region: The health region that is attacked.
        scenario: The attack and the event during which it strikes.
        posture: How prepared the region is.
        replications: How many times the scenario is run; those that the store holds already are not run again.
        seed: Names the random numbers; two postures with the same seed meet the same attempts.
        store: The folder that receives the results.
        workers: Processes that compute; as many as there are cores when it is left empty.
        event: Who gathers meanwhile; the scenario's own event when it is left empty.
    """
    try:
        with followed.get() as run:
            return _followed(run)
    except (Halted, TerminationSignal):
        return Cancelled(message=_("Stopped; what was finished is kept."))
    except TocsinError as error:
        return Failed(message=error_told(error))


def _followed(run: Run) -> Summary:
    """Each chunk was noted as it was finished, then what the whole campaign says."""
    progress = artifacts.Progress.of(run.replications, missing=sum(map(len, run.chunks)))
    tasks = {
        run_chunk.submit(artifacts.title_of(chunk), finished): chunk for chunk, finished in run.chunks.items()
    }
    for noted in as_completed(list(tasks)):
        chunk = tasks[noted]
        if run.chunks[chunk].exception() is None:
            progress.advance(len(chunk))
    summary = run.summary.result()
    artifacts.publish(summary)
    return summary
