"""The form of a comparison, with the same restrictions as that of a campaign."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.control_room.form import MOST_SETTINGS, BadForm, found, found_store, malformed
from flows.control_room.shared_folders import SharedFolders
from flows.execution.comparison import MOST_COMPARED, ComparisonOrder
from results import Detail
from simulation import STUDIES, Uncertainty
from topologies.errors import Message, nearest_names

LONGEST = 60
"""Characters of a value that a message quotes."""


class ComparisonForm(BaseModel):
    """The fields of the form, of strict types."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    region: str
    scenario: str | None = None
    study: str | None = None
    postures: list[str] = Field(default=[], max_length=MOST_COMPARED)
    scenarios: list[str] = Field(default=[], max_length=MOST_COMPARED)
    events: list[str] = Field(default=[], max_length=MOST_COMPARED)
    posture: str | None = None
    event: str | None = None
    settings: list[str] = Field(default=[], max_length=MOST_SETTINGS)
    replications: int = 200
    seed: int = 1
    store: str = "."
    workers: int | None = None
    parameters: Uncertainty = Field(default=Uncertainty.DRAWN, strict=False)
    hours: Detail | None = Field(default=None, strict=False)


def comparison_order_of(asked: Mapping[str, object], shared: SharedFolders) -> ComparisonOrder:
    """The order of a form, with paths resolved; `BadForm` for fields or paths that are not allowed."""
    try:
        form = ComparisonForm.model_validate(asked)
    except ValidationError as errors:
        raise malformed(errors, ComparisonForm) from None
    if form.study is not None:
        _check_study(form.study)
    resolved = {
        "region": found("region", form.region, shared),
        "scenario": form.scenario and found("scenario", form.scenario, shared),
        "postures": tuple(found("posture", each, shared) for each in form.postures),
        "scenarios": tuple(found("scenario", each, shared) for each in form.scenarios),
        "events": tuple(found("event", each, shared) for each in form.events),
        "posture": form.posture and found("posture", form.posture, shared),
        "event": form.event and found("event", form.event, shared),
        "store": found_store(form.store, shared),
        "settings": tuple(form.settings),
    }
    return ComparisonOrder(**(form.model_dump() | resolved))


def _check_study(asked: str) -> None:
    """A study of the program's: one in a file could name postures anywhere."""
    if asked not in STUDIES.names():
        raise BadForm(
            Message(
                "the form asks for the study {asked}, which is not built in; choose {nearest}",
                {"asked": asked[:LONGEST], "nearest": nearest_names(asked[:LONGEST], STUDIES.names())},
            )
        )
