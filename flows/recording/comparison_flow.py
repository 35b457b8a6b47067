"""The Prefect flow `comparison`: campaigns on the same random numbers, as one run, with what each avoids or costs.

Its parameters are the fields of Prefect's form, checked by the process before the flow begins, and told in words by
`flows/control_room/fields.py`.
"""

from typing import Annotated

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import Field

import simulation
from flows.execution.comparison import MOST_COMPARED
from flows.recording import artifacts
from flows.recording.campaign_flow import (
    EventName,
    PostureName,
    RegionName,
    Replications,
    ScenarioName,
    Seed,
    Workers,
)
from flows.recording.following import WAITING_TASKS, follow
from flows.recording.run_name import name_of_run
from results import Comparison, Detail
from simulation import Uncertainty

StudyName = Annotated[str, Field(json_schema_extra={"enum": simulation.STUDIES.names()})]
Compared = Field(default=(), max_length=MOST_COMPARED)


@flow(
    name="comparison",
    flow_run_name=name_of_run,
    task_runner=ThreadPoolTaskRunner(max_workers=WAITING_TASKS),  # type: ignore[arg-type]  # Prefect's generics
)
def comparison(
    region: RegionName,
    scenario: ScenarioName | None = None,
    study: StudyName | None = None,
    postures: Annotated[tuple[PostureName, ...], Compared] = (),
    scenarios: Annotated[tuple[ScenarioName, ...], Compared] = (),
    events: Annotated[tuple[EventName, ...], Compared] = (),
    posture: PostureName | None = None,
    event: EventName | None = None,
    settings: tuple[str, ...] = (),
    replications: Replications = 200,
    seed: Seed = 1,
    store: str = "store",
    workers: Workers | None = None,
    parameters: Uncertainty = Uncertainty.DRAWN,
    hours: Detail | None = None,
) -> Comparison | State[Comparison]:
    """Run campaigns that differ in one thing on the same random numbers, and say what each avoids or costs."""
    return follow(artifacts.publish_comparison)
