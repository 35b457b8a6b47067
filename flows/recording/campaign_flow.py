"""The Prefect flow `campaign`: a run in Prefect's terms, with a task per chunk, a progress bar, tables and a verdict.

Its parameters are the fields of Prefect's form, checked by the process before the flow begins, and told in words by
`flows/control_room/fields.py`.
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
from flows.recording.run_name import name_of_run
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
    flow_run_name=name_of_run,
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
    """Run a scenario many times, beside the same days without it, and say whether care holds."""
    return follow(artifacts.publish)
