"""The deployments: a campaign and a comparison as forms in Prefect's pages, with their choices and their help."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

import simulation
import topologies
from flows.control_room import standing_orders
from flows.control_room.fields import FORMS, told_of
from flows.control_room.offered import OFFERED
from flows.control_room.shared_folders import SharedFolders
from flows.execution.plan import NO_EVENT
from flows.recording.recorder import AnyOrder
from results.presentation.language import _, named, of
from simulation import EVENTS, POSTURES, SCENARIOS, STUDIES, Event, Posture, Scenario
from simulation.inputs.library import Shelf
from simulation.inputs.studies.study import Study
from topologies.building.folders.outlines import outline_of

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

NAME = "tocsin"


def create(client: "SyncPrefectClient", shared: SharedFolders) -> dict[UUID, str]:
    """Create or update the deployments; returns what each offers, by its id."""
    from flows.recording.flow_of import FLOWS

    found = {}
    for name, offered in OFFERED.items():
        flow, form = client.create_flow(FLOWS[offered.order]), fields_of(offered.order, shared)
        deployment = client.create_deployment(
            flow,
            NAME,
            description=description_of(name, shared),
            parameter_openapi_schema=form,
            enforce_parameter_schema=True,
            paused=False,
        )
        found[deployment] = name
        if name == "campaign":
            found[standing_orders.readiness(client, flow, form, shared)] = name
    standing_orders.automate(client)
    return found


def fields_of(order: type[AnyOrder], shared: SharedFolders) -> dict[str, Any]:
    """The fields of the form: built-in names, then the files that the operator offers."""
    from prefect.utilities.callables import parameter_schema

    from flows.recording.flow_of import FLOWS

    flow = FLOWS[order]
    schema: dict[str, Any] = parameter_schema(flow).model_dump()
    choices = _choices(shared)
    for name, field in schema["properties"].items():
        _flatten(field)
        if name in choices:
            _offer(field, choices[name])
        title, help_ = told_of(flow.name, name)
        field["title"], field["description"] = _(title), _(help_).format(store=shared.store)
    schema["properties"]["store"]["default"] = "."
    return schema


def description_of(flow: str, shared: SharedFolders) -> str:
    """What the form is for, and what each name in its lists means, as a page of Prefect's (Markdown)."""
    own = [*shared.regions(), *shared.files()]
    heading = _("Files of this control room")
    of_operator = [f"\n## {heading}\n", *(f"- `{name}`" for name in own)] if own else []
    return "\n".join([_(FORMS[flow]), *_meanings(), *of_operator])


def _meanings() -> Iterator[str]:
    """What is built in, under its heading, each with its title."""
    yield f"\n## {_('Regions')}\n"
    for name in topologies.names():
        yield f"- `{name}`: {named(outline_of(name).title)}"
    shelves: Mapping[str, Shelf[Scenario] | Shelf[Posture] | Shelf[Event] | Shelf[Study]] = {
        _("Scenarios"): SCENARIOS,
        _("Postures"): POSTURES,
        _("Events"): EVENTS,
        _("Studies"): STUDIES,
    }
    for heading, shelf in shelves.items():
        yield f"\n## {heading}\n"
        for name in shelf.names():
            yield f"- `{name}`: {of(shelf.load(name).title)}"


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


def _flatten(field: dict[str, Any]) -> None:
    """A field that may be left empty is one of its type that nobody must fill: one entry, not two tabs."""
    if "anyOf" in field:
        one, _nothing = field.pop("anyOf")
        field |= one
        del field["default"]


def _offer(field: dict[str, Any], choices: list[str]) -> None:
    """The choices of a field that takes one, or several."""
    field.get("items", field)["enum"] = choices
