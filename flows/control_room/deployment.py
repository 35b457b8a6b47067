"""The deployments: a campaign and a comparison as forms in Prefect's pages, with their choices and their help."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

import simulation
import topologies
from flows.control_room.offered import OFFERED
from flows.control_room.shared_folders import SharedFolders
from flows.execution.plan import NO_EVENT
from flows.recording.recorder import AnyOrder

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

NAME = "tocsin"


def create(client: "SyncPrefectClient", shared: SharedFolders) -> dict[UUID, str]:
    """Create or update the deployments; returns what each offers, by its id."""
    from flows.recording.flow_of import FLOWS

    found = {}
    for name, offered in OFFERED.items():
        flow = FLOWS[offered.order]
        deployment = client.create_deployment(
            client.create_flow(flow),
            NAME,
            description=flow.description,
            parameter_openapi_schema=fields_of(offered.order, shared),
            enforce_parameter_schema=True,
            paused=False,
        )
        found[deployment] = name
    return found


def fields_of(order: type[AnyOrder], shared: SharedFolders) -> dict[str, Any]:
    """The fields of the form: built-in names, then the files that the operator offers."""
    from prefect.utilities.callables import parameter_schema

    from flows.recording.flow_of import FLOWS

    schema: dict[str, Any] = parameter_schema(FLOWS[order]).model_dump()
    fields, choices = schema["properties"], _choices(shared)
    for name in fields.keys() & choices.keys():
        _offer(fields[name], choices[name])
    fields["store"] |= {
        "default": ".",
        "description": f"A folder in {shared.store} that receives the results.",
    }
    return schema


def _choices(shared: SharedFolders) -> Mapping[str, list[str]]:
    """What may be chosen in each field."""
    files = shared.files()
    scenarios = [*simulation.scenario_names(), *files]
    postures = [*simulation.posture_names(), *files]
    events = [*simulation.event_names(), NO_EVENT, *files]
    return {
        "region": [*topologies.names(), *shared.regions()],
        "scenario": scenarios,
        "scenarios": scenarios,
        "posture": postures,
        "postures": postures,
        "event": events,
        "events": events,
    }


def _offer(field: dict[str, Any], choices: list[str]) -> None:
    """The choices of a field that takes one, may be left empty, or takes several."""
    one = field["items"] if "items" in field else field["anyOf"][0] if "anyOf" in field else field
    one["enum"] = choices
