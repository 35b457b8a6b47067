"""The published incidents that can be replayed, found by name or by file."""

from pathlib import Path

from backtest.incident import Incident
from simulation.inputs.library import file_named, files_by_name
from topologies.errors import Message
from topologies.reading.documents import read_yaml

INCIDENTS = Path(__file__).with_name("incidents")


def incident_names() -> list[str]:
    """The published incidents that can be replayed, in alphabetical order."""
    return list(files_by_name(INCIDENTS))


def load_incident(name_or_path: str | Path) -> Incident:
    """A published incident by its name, or one in a file; refused whole when it is wrong."""
    unknown = Message("no incident is called {name}; the nearest: {nearest}")
    return read_yaml(file_named(name_or_path, INCIDENTS, unknown), Incident)
