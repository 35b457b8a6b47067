"""Which scenarios, postures and events are built in, and how is one found by its name or its file?"""

from pathlib import Path

from simulation.inputs.events.event import Event
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from topologies.errors import Message, UnknownName, nearest_names
from topologies.fields.shown import shortened
from topologies.reading.documents import read_yaml

SCENARIOS, POSTURES, EVENTS = (Path(__file__).parent / kind for kind in ("scenarios", "postures", "events"))


def files_by_name(folder: Path) -> dict[str, Path]:
    """The documents of a folder and of the folders in it, in alphabetical order of their names."""
    return {file.stem: file for file in sorted(folder.rglob("*.yaml"), key=lambda file: file.stem)}


def file_named(name_or_path: str | Path, folder: Path, unknown: Message) -> Path:
    """The file that bears this name, or the path itself when it looks like one."""
    path = Path(name_or_path)
    if path.suffix in {".yaml", ".yml"} or len(path.parts) > 1:
        return path
    known = files_by_name(folder)
    if path.name not in known:
        nearest = nearest_names(path.name, list(known))
        raise UnknownName(unknown.filled({"name": shortened(path.name), "nearest": nearest}))
    return known[path.name]


def scenario_names() -> list[str]:
    """The built-in scenarios, in alphabetical order."""
    return list(files_by_name(SCENARIOS))


def posture_names() -> list[str]:
    """The built-in postures, in alphabetical order."""
    return list(files_by_name(POSTURES))


def event_names() -> list[str]:
    """The built-in events, in alphabetical order."""
    return list(files_by_name(EVENTS))


def scenario_file(name_or_path: str | Path) -> Path:
    """The file of a scenario that is given by its name or its file."""
    return file_named(
        name_or_path, SCENARIOS, Message("no scenario is called {name}; the nearest: {nearest}")
    )


def load_scenario(name_or_path: str | Path) -> Scenario:
    """A built-in scenario by its name, or one of the planner's by its file; refused whole when it is wrong."""
    return read_yaml(scenario_file(name_or_path), Scenario, {"event": load_event})


def posture_file(name_or_path: str | Path) -> Path:
    """The file of a posture that is given by its name or its file."""
    return file_named(name_or_path, POSTURES, Message("no posture is called {name}; the nearest: {nearest}"))


def load_posture(name_or_path: str | Path) -> Posture:
    """A built-in posture by its name, or one of the planner's by its file; refused whole when it is wrong."""
    return read_yaml(posture_file(name_or_path), Posture)


def event_file(name_or_path: str | Path) -> Path:
    """The file of an event that is given by its name or its file."""
    return file_named(name_or_path, EVENTS, Message("no event is called {name}; the nearest: {nearest}"))


def load_event(name_or_path: str | Path) -> Event:
    """A built-in event by its name, or one of the planner's by its file; refused whole when it is wrong."""
    return read_yaml(event_file(name_or_path), Event)
