"""The library: scenarios, postures, events and studies that come with the program, by name; any other, by its file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

from simulation.inputs.events.event import Event
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.studies.study import Study
from topologies.errors import Message, UnknownName, nearest_names
from topologies.fields.quantity import Input
from topologies.fields.shown import shortened
from topologies.reading.documents import Document
from topologies.reading.extending import document_with_bases, named_by
from topologies.reading.positions import Place

HERE = Path(__file__).parent

M_co = TypeVar("M_co", bound=Input, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Generic[M_co]):
    """A document that was read."""

    value: M_co
    at: Callable[[Place], str]
    """Where each of its fields is written."""
    others: Mapping[str, "Read[Input]"]
    """The documents that it names, by the field that does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf(Generic[M_co]):
    """The documents of one kind: those of a folder by their names, any other by its file; each refused whole or not."""

    folder: Path
    model: type[M_co]
    unknown: Message
    """What is said of a name that no document has; its gaps are `name` and `nearest`."""
    others: "Mapping[str, Shelf[Input]]" = field(default_factory=lambda: MappingProxyType({}))
    """Fields that name a document of another shelf."""

    def names(self) -> list[str]:
        """The built-in ones, in alphabetical order."""
        return list(files_by_name(self.folder))

    def file(self, name_or_path: str | Path, beside: Path = Path()) -> Path:
        """The file of a document by its name, or by its path in a folder."""
        return file_named(name_or_path, self.folder, self.unknown, beside)

    def load(self, name_or_path: str | Path) -> M_co:
        """The document of this name or in this file; `BadInput` when it is wrong."""
        return self.read(name_or_path).value

    def read(self, name_or_path: str | Path) -> Read[M_co]:
        """The same, with where its fields are written."""
        return self.judged(self.document(name_or_path))

    def document(self, name_or_path: str | Path) -> Document:
        """What is written in it and in those that it extends, not judged yet."""
        path = self.file(name_or_path)
        return document_with_bases(path, self.file, path.stem)

    def judged(self, document: Document) -> Read[M_co]:
        """What the document holds, with the documents that it names in place of their names."""
        others = {
            field: shelf.read(path)
            for field, shelf in self.others.items()
            if (path := named_by(document, field, shelf.file)) is not None
        }
        value = document.as_model(self.model, {field: other.value for field, other in others.items()})
        return Read(value=value, at=document.at, others=others)


def files_by_name(folder: Path) -> dict[str, Path]:
    """The documents of a folder and of the folders in it, in alphabetical order of their names."""
    return {file.stem: file for file in sorted(folder.rglob("*.yaml"), key=lambda file: file.stem)}


def file_named(name_or_path: str | Path, folder: Path, unknown: Message, beside: Path = Path()) -> Path:
    """The file that bears this name, or the path itself, from the folder beside it, when it looks like one."""
    path = Path(name_or_path)
    if path.suffix in {".yaml", ".yml"} or len(path.parts) > 1:
        return beside / path
    known = files_by_name(folder)
    if path.name not in known:
        gaps = {"name": shortened(path.name), "nearest": nearest_names(path.name, list(known))}
        raise UnknownName(unknown.filled(gaps))
    return known[path.name]


EVENTS = Shelf(
    folder=HERE / "events",
    model=Event,
    unknown=Message("no event is called {name}; the nearest: {nearest}"),
)
POSTURES = Shelf(
    folder=HERE / "postures",
    model=Posture,
    unknown=Message("no posture is called {name}; the nearest: {nearest}"),
)
SCENARIOS = Shelf(
    folder=HERE / "scenarios",
    model=Scenario,
    unknown=Message("no scenario is called {name}; the nearest: {nearest}"),
    others={"event": EVENTS},
)

STUDIES = Shelf(
    folder=HERE / "studies",
    model=Study,
    unknown=Message("no study is called {name}; the nearest: {nearest}"),
)

event_names, posture_names, scenario_names = EVENTS.names, POSTURES.names, SCENARIOS.names
load_event, load_posture, load_scenario = EVENTS.load, POSTURES.load, SCENARIOS.load
