"""The Prefect flow `campaign`: what the store lacks is run chunk by chunk, then the whole is told."""

import os
from typing import Annotated

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.exceptions import TerminationSignal
from prefect.futures import as_completed
from prefect.states import Cancelled
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import Field

import results
import simulation
import topologies
from flows import artifacts, executors
from flows.chunk import Chunk
from flows.executors import Executor
from flows.plan import NO_EVENT, Order, plan_of
from results import Summary

WAITING_TASKS = 2 * (os.cpu_count() or 1) + 2
"""Tasks that wait for the pool at once: enough that no worker is ever idle."""

RegionName = Annotated[str, Field(json_schema_extra={"enum": topologies.names()})]
ScenarioName = Annotated[str, Field(json_schema_extra={"enum": simulation.scenario_names()})]
EventName = Annotated[str, Field(json_schema_extra={"enum": [*simulation.event_names(), NO_EVENT]})]
PostureName = Annotated[str, Field(json_schema_extra={"enum": simulation.posture_names()})]


@task(name="chunk", task_run_name="{title}", cache_policy=NO_CACHE)
def run_chunk(title: str, executor: Executor, chunk: Chunk) -> Chunk:
    """The replications of the chunk are in the store; the executor computes, the task waits."""
    return executor.run(chunk)


@flow(
    name="campaign",
    flow_run_name="{region} · {scenario} · {posture}",
    task_runner=ThreadPoolTaskRunner(max_workers=WAITING_TASKS),  # type: ignore[arg-type]  # Prefect's generics
)
def campaign(
    region: RegionName,
    scenario: ScenarioName,
    posture: PostureName = "baseline",
    replications: Annotated[int, Field(ge=1)] = 200,
    seed: Annotated[int, Field(ge=0)] = 1,
    store: str = "store",
    workers: Annotated[int, Field(ge=1)] | None = None,
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
    order = Order(
        region=region,
        scenario=scenario,
        posture=posture,
        replications=replications,
        seed=seed,
        store=store,
        workers=workers,
        event=event,
    )
    plan = plan_of(order)
    with plan.store.begin(plan.campaign), executors.processes(plan) as executor:
        chunks = plan.chunks()
        progress = artifacts.Progress.of(plan, missing=sum(map(len, chunks)))
        tasks = [run_chunk.submit(artifacts.title_of(chunk), executor, chunk) for chunk in chunks]
        try:
            for finished in as_completed(tasks):
                progress.advance(len(finished.result()))
        except (executors.Halted, TerminationSignal):
            executor.stop()
            return Cancelled(message="stopped; the chunks that were finished are kept")
        plan.store.seal(plan.campaign.id, replications)
    summary = results.summarise(plan.store, plan.campaign.id)
    artifacts.publish(summary)
    return summary
