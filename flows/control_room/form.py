"""The form: what Prefect's pages, and whoever speaks to its API, may ask of a control room.

On the command line one asks for any file, as the user that one is. From the form one asks as somebody else: names of
what is built in, files below the folders that the operator named, and stores below theirs. A path is judged before
anything is opened, so that no message says a word of what a file elsewhere holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

import topologies
from flows.execution.plan import NO_EVENT, Order, check_numbers
from simulation import EVENTS, POSTURES, SCENARIOS
from topologies.errors import BadInput, InputError, Message, nearest_names
from topologies.reading.documents import Document, document_in
from topologies.reading.explanations import explained

LONGEST = 60
"""Characters of what was asked that a refusal repeats."""


MOST_SETTINGS = 100

NAMING = ("extends", "event")
"""Fields of a document that name another one."""


class BadForm(InputError):
    """The form asks for what it may not have."""


class Form(BaseModel):
    """What is asked, each of it of its own type."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the operator of a control room lets others use."""

    store: Path
    """Stores of the form lie in this folder, or are it."""
    folders: tuple[Path, ...] = ()
    """Regions, scenarios, postures and events of the form lie in these, or are built in."""

    def arguments(self) -> list[str]:
        """The room as arguments of a program of ours; `room_of` is the way back."""
        return [str(self.store), *map(str, self.folders)]

    def files(self) -> list[str]:
        """The scenarios, postures and events in the folders, as the form names them."""
        return self._names("*.yaml")

    def regions(self) -> list[str]:
        """The regions in the folders, as the form names them."""
        return [str(Path(name).parent) for name in self._names("region.yaml")]

    def _names(self, pattern: str) -> list[str]:
        return sorted(
            str(file.relative_to(folder)) for folder in self.folders for file in folder.rglob(pattern)
        )


def room_of(arguments: Sequence[str]) -> Room:
    """The room that a program of ours was told of.

    >>> room_of(Room(store=Path("store"), folders=(Path("mine"),)).arguments()).folders[0].name
    'mine'
    """
    store, *folders = map(Path, arguments)
    return Room(store=store, folders=tuple(folders))


def check_folders(room: Room) -> None:
    """The folders that the operator offers are there."""
    for folder in room.folders:
        if not folder.is_dir():
            raise BadForm(Message("{folder} is not a folder; name one that holds files", {"folder": folder}))


def order_of(asked: Mapping[str, object], room: Room) -> Order:
    """What a form orders, with the paths that it may use; `BadForm` when it may not have them."""
    try:
        form = Form.model_validate(asked)
    except ValidationError as errors:
        raise _malformed(errors) from None
    found = {
        "region": _found("region", form.region, topologies.names(), room),
        "scenario": _found("scenario", form.scenario, SCENARIOS.names(), room),
        "posture": _found("posture", form.posture, POSTURES.names(), room),
        "event": form.event and _found("event", form.event, [*EVENTS.names(), NO_EVENT], room),
        "store": _store(form.store, room),
        "settings": tuple(form.settings),
    }
    order = Order(**(form.model_dump() | found))
    check_numbers(order)
    return order


def _found(field: str, asked: str, built_in: Sequence[str], room: Room) -> str:
    """The name of what is built in, or the path of a file or a region's folder in one of the folders."""
    if asked in built_in:
        return asked
    path = _lies_in(room.folders, asked)
    if path is not None:
        for other in _rests_on(path):
            if _lies_in(room.folders, other) is None:
                raise BadForm(_out_of_reach(field, asked, other))
        return str(path)
    gaps = {"field": field, "asked": asked[:LONGEST], "nearest": nearest_names(asked[:LONGEST], built_in)}
    raise BadForm(
        Message(
            "the form asks for the {field} {asked}, which is neither built in nor in a folder of this "
            "control room; "
            "choose {nearest}, or have its operator add --folder",
            gaps,
        )
    )


def _lies_in(folders: Sequence[Path], asked: str | Path) -> Path | None:
    """Where the path leads, when that lies in one of the folders, and so does whatever is in it."""
    for folder in folders:
        path = _below(folder, asked, strict=True)
        if path and all(_below(folder, inner, strict=True) for inner in path.rglob("*")):
            return path
    return None


def _rests_on(path: Path) -> Iterator[Path]:
    """The files and folders that a document names by their paths, and those that these name; none is opened before."""
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
    """What a file or a region's folder says, if that can be read."""
    try:
        return document_in(path / "region.yaml" if path.is_dir() else path)
    except BadInput:  # told when it is used
        return None


def _out_of_reach(field: str, asked: str, other: Path) -> Message:
    return Message(
        "the {field} {asked} rests on {other}, which is in no folder of this control room; put it there, or have its "
        "operator add --folder",
        {"field": field, "asked": asked[:LONGEST], "other": other.name[:LONGEST]},
    )


def _store(asked: str, room: Room) -> str:
    store = _below(room.store, asked, strict=False)
    if store is None:
        raise BadForm(
            Message(
                "the form asks for the store {asked}, which is not below {store}; name a folder in it",
                {"asked": asked[:LONGEST], "store": room.store},
            )
        )
    return str(store)


def _below(folder: Path, asked: str | Path, *, strict: bool) -> Path | None:
    """Where the path leads, by whatever links and dots, when that is the folder or lies in it; strict: and is there."""
    try:
        path = (folder / asked).resolve(strict=strict)
    except (OSError, RuntimeError, ValueError):  # not there, links in a circle, characters that no path holds
        return None
    return path if path.is_relative_to(folder.resolve()) else None


def _malformed(errors: ValidationError) -> BadForm:
    """The first thing that is wrong with the fields of a form."""
    error = errors.errors(include_url=False)[0]
    problem, remedy = explained(error, Form)
    gaps = {"field": ".".join(map(str, error["loc"]))[:LONGEST], "problem": problem, "remedy": remedy}
    return BadForm(Message("the form is refused, {field}: {problem}; {remedy}", gaps))
