"""The Prefect flow `campaign`: a run in Prefect's terms, with a task per chunk, a progress bar, tables and a verdict.

Its parameters are the fields of Prefect's form, checked by the process before the flow begins.
"""

from typing import Annotated

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import Field

import simulation
import topologies
from flows.execution.plan import LARGEST_SEED, MOST_REPLICATIONS, MOST_WORKERS, NO_EVENT
from flows.recording import artifacts
from flows.recording.following import WAITING_TASKS, follow
from results import Detail, Summary
from simulation import Uncertainty

RegionName = Annotated[str, Field(json_schema_extra={"enum": topologies.names()})]
ScenarioName = Annotated[str, Field(json_schema_extra={"enum": simulation.scenario_names()})]
EventName = Annotated[str, Field(json_schema_extra={"enum": [*simulation.event_names(), NO_EVENT]})]
PostureName = Annotated[str, Field(json_schema_extra={"enum": simulation.posture_names()})]
Replications = Annotated[int, Field(ge=1, le=MOST_REPLICATIONS)]
Seed = Annotated[int, Field(ge=0, le=LARGEST_SEED)]
Workers = Annotated[int, Field(ge=1, le=MOST_WORKERS)]


@flow(
    name="campaign",
    flow_run_name="{region} · {scenario} · {posture}",
    task_runner=ThreadPoolTaskRunner(max_workers=WAITING_TASKS),  # type: ignore[arg-type]  # Prefect's generics
)
def campaign(
    region: RegionName,
    scenario: ScenarioName,
    posture: PostureName = "baseline",
    replications: Replications = 200,
    seed: Seed = 1,
    store: str = "store",
    workers: Workers | None = None,
    event: EventName | None = None,
    settings: tuple[str, ...] = (),
    parameters: Uncertainty = Uncertainty.DRAWN,
    hours: Detail | None = None,
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
        hours: How finely hours are kept; of each hospital when it is left empty, bands for very many replications.
    """
    return follow(artifacts.publish)
