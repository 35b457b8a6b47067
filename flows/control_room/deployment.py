"""The deployment: the campaign as a form in Prefect's pages, with its choices and its help."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

import simulation
import topologies
from flows.control_room.shared_folders import SharedFolders
from flows.execution.plan import NO_EVENT

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

NAME = "tocsin"


def create(client: "SyncPrefectClient", shared: SharedFolders) -> UUID:
    """Create or update the deployment of the campaign; returns its id."""
    from flows.recording.campaign_flow import campaign

    return client.create_deployment(
        client.create_flow(campaign),
        NAME,
        description=campaign.description,
        parameter_openapi_schema=_fields(shared),
        enforce_parameter_schema=True,
        paused=False,
    )


def _fields(shared: SharedFolders) -> dict[str, Any]:
    """The fields of the form: built-in names, then the files that the operator offers."""
    from prefect.utilities.callables import parameter_schema

    from flows.recording.campaign_flow import campaign

    schema = parameter_schema(campaign).model_dump()
    fields, files = schema["properties"], shared.files()
    fields["region"]["enum"] = [*topologies.names(), *shared.regions()]
    fields["scenario"]["enum"] = [*simulation.scenario_names(), *files]
    fields["posture"]["enum"] = [*simulation.posture_names(), *files]
    fields["event"]["anyOf"][0]["enum"] = [*simulation.event_names(), NO_EVENT, *files]
    fields["store"] |= {
        "default": ".",
        "description": f"A folder in {shared.store} that receives the results.",
    }
    return schema
