"""Which scenarios, postures and events are built in, and how is one found by its name or its file?"""

from pathlib import Path

from simulation.event import Event
from simulation.incident import Incident
from simulation.posture import Posture
from simulation.scenario import Scenario
from topologies.complaints import shortened
from topologies.documents import read_yaml
from topologies.errors import Message, UnknownName, nearest_names

HERE = Path(__file__).parent


def _names(folder: str) -> list[str]:
    return sorted(file.stem for file in (HERE / folder).glob("*.yaml"))


def _file(name_or_path: str | Path, folder: str, unknown: str) -> Path:
    """The file that bears this name, or the path itself when it looks like one."""
    path = Path(name_or_path)
    if path.suffix in {".yaml", ".yml"} or len(path.parts) > 1:
        return path
    known = _names(folder)
    if path.name not in known:
        nearest = nearest_names(path.name, known)
        raise UnknownName(Message(unknown, {"name": shortened(path.name), "nearest": nearest}))
    return HERE / folder / f"{path.name}.yaml"


def scenario_names() -> list[str]:
    """The built-in scenarios, in alphabetical order."""
    return _names("scenarios")


def posture_names() -> list[str]:
    """The built-in postures, in alphabetical order."""
    return _names("postures")


def event_names() -> list[str]:
    """The built-in events, in alphabetical order."""
    return _names("events")


def incident_names() -> list[str]:
    """The published incidents that can be replayed, in alphabetical order."""
    return _names("incidents")


def load_incident(name_or_path: str | Path) -> Incident:
    """A published incident by its name, or one in a file; refused whole when it is wrong."""
    unknown = "no incident is called {name}; the nearest: {nearest}"
    return read_yaml(_file(name_or_path, "incidents", unknown), Incident)


def scenario_file(name_or_path: str | Path) -> Path:
    """The file of a scenario that is given by its name or its file."""
    unknown = "no scenario is called {name}; the nearest: {nearest}"
    return _file(name_or_path, "scenarios", unknown)


def load_scenario(name_or_path: str | Path) -> Scenario:
    """A built-in scenario by its name, or one of the planner's by its file; refused whole when it is wrong."""
    return read_yaml(scenario_file(name_or_path), Scenario)


def posture_file(name_or_path: str | Path) -> Path:
    """The file of a posture that is given by its name or its file."""
    unknown = "no posture is called {name}; the nearest: {nearest}"
    return _file(name_or_path, "postures", unknown)


def load_posture(name_or_path: str | Path) -> Posture:
    """A built-in posture by its name, or one of the planner's by its file; refused whole when it is wrong."""
    return read_yaml(posture_file(name_or_path), Posture)


def event_file(name_or_path: str | Path) -> Path:
    """The file of an event that is given by its name or its file."""
    unknown = "no event is called {name}; the nearest: {nearest}"
    return _file(name_or_path, "events", unknown)


def load_event(name_or_path: str | Path) -> Event:
    """A built-in event by its name, or one of the planner's by its file; refused whole when it is wrong."""
    return read_yaml(event_file(name_or_path), Event)
