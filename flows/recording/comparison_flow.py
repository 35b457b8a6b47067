"""The Prefect flow `comparison`: campaigns on the same random numbers, as one run, with what each avoids or costs.

Its parameters are the fields of Prefect's form, checked by the process before the flow begins.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
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
from results import Comparison, Detail
from simulation import Uncertainty

StudyName = Annotated[str, Field(json_schema_extra={"enum": simulation.STUDIES.names()})]
MOST_LETTERS = 120
"""Of a run's name."""
Compared = Field(default=(), max_length=MOST_COMPARED)


def name_of_run() -> str:
    """Region, scenario and what is compared."""
    return name_of(flow_run.parameters)


def name_of(asked: Mapping[str, Any]) -> str:
    """The same, from the parameters of a run.

    >>> name_of({"region": "corse", "scenario": "worm-unpatched", "postures": ["pooled", "isolated"]})
    'corse · worm-unpatched · pooled, isolated'
    """
    compared = asked.get("study") or ", ".join(
        name for axis in ("postures", "scenarios", "events") for name in asked.get(axis) or ()
    )
    return " · ".join(filter(None, (asked["region"], asked.get("scenario"), compared)))[:MOST_LETTERS]


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
    """Run campaigns that differ in one thing on the same random numbers, and say what each avoids or costs.

    Args:
        region: The health region that is attacked.
        scenario: The attack under which postures or events are compared; of scenarios that are compared, the first.
        study: Postures that are compared, by the name of what is asked; or fill in one of the next three.
        postures: Two or more, the first of which the others are compared with.
        scenarios: Two or more that begin and end at the same hour.
        events: Two or more; none for nobody who gathers.
        posture: How prepared the region is, where scenarios or events are compared.
        event: Who gathers meanwhile, where postures or scenarios are compared; the scenario's own when left empty.
        settings: Other levels of the postures' levers, such as backups=0.9.
        replications: How many times each is run; those that the store holds already are not run again.
        seed: Names the random numbers, the same for all.
        store: The folder that receives the results.
        workers: Processes that compute; as many as there are cores when it is left empty.
        parameters: Drawn where each replication takes uncertain parameters from their ranges; central for chance alone.
        hours: How finely hours are kept; of each hospital when it is left empty, bands for very many replications.
    """
    return follow(artifacts.publish_comparison)
