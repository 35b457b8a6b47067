"""The form of a campaign: what Prefect's pages, and every user of its API, may ask of a control room.

On the command line, people may name any file that they can read. Users of the form are other people: they may name what
is built in, files below the folders that the operator shares, and stores below the shared one. Paths are checked before
anything is opened, so that no message quotes a file elsewhere.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

import topologies
from flows.control_room.shared_folders import SharedFolders
from flows.execution.plan import NO_EVENT, Order, check_numbers
from results import Detail
from simulation import EVENTS, POSTURES, SCENARIOS, Uncertainty
from topologies.errors import BadInput, InputError, Message, nearest_names
from topologies.reading.documents import Document, document_in
from topologies.reading.explanations import explained

LONGEST = 60
"""Characters of a value that a message quotes."""
MOST_SETTINGS = 100
NAMING = ("extends", "event")
"""Fields of a document that name another one."""


class BadForm(InputError):
    """The form asks for something that it may not have."""


class Form(BaseModel):
    """The fields of the form, of strict types."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    region: str
    scenario: str
    posture: str = "baseline"
    replications: int = 200
    seed: int = 1
    store: str = "."
    workers: int | None = None
    event: str | None = None
    settings: list[str] = Field(default=[], max_length=MOST_SETTINGS)
    parameters: Uncertainty = Field(default=Uncertainty.DRAWN, strict=False)
    hours: Detail | None = Field(default=None, strict=False)


def order_of(asked: Mapping[str, object], shared: SharedFolders) -> Order:
    """The order of a form, with paths resolved; `BadForm` for fields or paths that are not allowed."""
    try:
        form = Form.model_validate(asked)
    except ValidationError as errors:
        raise malformed(errors, Form) from None
    resolved = {
        "region": found("region", form.region, shared),
        "scenario": found("scenario", form.scenario, shared),
        "posture": found("posture", form.posture, shared),
        "event": form.event and found("event", form.event, shared),
        "store": found_store(form.store, shared),
        "settings": tuple(form.settings),
    }
    order = Order(**(form.model_dump() | resolved))
    check_numbers(order)
    return order


BUILT_IN: Mapping[str, Callable[[], Sequence[str]]] = {
    "region": topologies.names,
    "scenario": SCENARIOS.names,
    "posture": POSTURES.names,
    "event": lambda: [*EVENTS.names(), NO_EVENT],
}
"""What comes with the program, by the field that names one."""


def found(field: str, asked: str, shared: SharedFolders) -> str:
    """The built-in name, or the path of a file or a region's folder in a shared folder."""
    built_in = BUILT_IN[field]()
    if asked in built_in:
        return asked
    path = shared.input_at(asked)
    if path is not None:
        for other in _files_behind(path):
            if shared.input_at(other) is None:
                raise BadForm(_out_of_reach(field, asked, other))
        return str(path)
    gaps = {"field": field, "asked": asked[:LONGEST], "nearest": nearest_names(asked[:LONGEST], built_in)}
    raise BadForm(
        Message(
            "the form asks for the {field} {asked}, which is neither built in nor in a folder of this control room; "
            "choose {nearest}, or have its operator add --folder",
            gaps,
        )
    )


def _files_behind(path: Path) -> Iterator[Path]:
    """The files and folders that a document names, and those that these name; each is yielded before it is opened."""
    known = {*topologies.names(), *SCENARIOS.names(), *POSTURES.names(), *EVENTS.names()}
    pending, seen = [path], {path}
    while pending:
        document = _document(pending.pop())
        named = [document.named(field) for field in NAMING] if document else []
        for other in [folder / name for name, folder in filter(None, named) if name not in known]:
            yield other
            if (again := other.resolve()) not in seen:
                seen.add(again)
                pending.append(again)


def _document(path: Path) -> Document | None:
    """The content of a file or of a region's folder, if it can be read."""
    try:
        return document_in(path / "region.yaml" if path.is_dir() else path)
    except BadInput:  # reported when it is used
        return None


def _out_of_reach(field: str, asked: str, other: Path) -> Message:
    return Message(
        "the {field} {asked} rests on {other}, which is in no folder of this control room; put it there, or have its "
        "operator add --folder",
        {"field": field, "asked": asked[:LONGEST], "other": other.name[:LONGEST]},
    )


def found_store(asked: str, shared: SharedFolders) -> str:
    """The path of a store that is the shared one or lies in it."""
    store = shared.store_at(asked)
    if store is None:
        raise BadForm(
            Message(
                "the form asks for the store {asked}, which is not below {store}; name a folder in it",
                {"asked": asked[:LONGEST], "store": shared.store},
            )
        )
    return str(store)


def malformed(errors: ValidationError, form: type[BaseModel]) -> BadForm:
    """The first error in the fields of a form."""
    error = errors.errors(include_url=False)[0]
    problem, remedy = explained(error, form)
    gaps = {"field": ".".join(map(str, error["loc"]))[:LONGEST], "problem": problem, "remedy": remedy}
    return BadForm(Message("the form is refused, {field}: {problem}; {remedy}", gaps))
