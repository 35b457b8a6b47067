"""The library of published incidents: a folder each, with the account and the region that it happened in."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import simulation
import topologies
from backtest.account import Account, Course
from backtest.calibration.beliefs import Beliefs, load_learnt
from backtest.replay.stages import BroughtBack, load_brought_back
from simulation import Campaign
from simulation.inputs.scenarios.wave import Wave
from topologies.errors import Message, UnknownName, nearest_names
from topologies.fields.shown import shortened
from topologies.reading.documents import places_in, read_yaml
from topologies.region import LinkKind, Region

INCIDENTS = Path(__file__).with_name("incidents")
ACCOUNT = "incident.yaml"


@dataclass(frozen=True, slots=True)
class Incident:
    """A published incident, and the campaign that replays it."""

    account: Account
    eve: Campaign
    """As it could be told before it was known where the payload went off."""
    day: Campaign | None
    """As it was told on the day; `None` where that is not known."""
    beliefs: Beliefs
    """What is believed of the parameters without this incident."""
    brought_back: BroughtBack
    """By what published shares of servers and applications are read off the model's stages."""


def incident_names() -> list[str]:
    """The built-in incidents, in alphabetical order."""
    return sorted(account.parent.name for account in INCIDENTS.glob(f"*/{ACCOUNT}"))


@cache
def accounts() -> tuple[Account, ...]:
    """The accounts of all built-in incidents."""
    return tuple(read_yaml(INCIDENTS / name / ACCOUNT, Account) for name in incident_names())


def load(name_or_folder: str | Path, seed: int = 1) -> Incident:
    """An incident by its name, or by the folder that holds it; refused whole when anything in it is wrong."""
    folder = _folder(name_or_folder)
    account = read_yaml(folder / ACCOUNT, Account)
    region = topologies.load(folder)

    def campaign(course: Course) -> Campaign:
        asked = Campaign(
            region=region,
            scenario=course,
            posture=account.posture(simulation.load_posture("baseline")),
            parameters=account.parameters(simulation.load_parameters()),
            seed=seed,
        )
        simulation.check(asked, scenario_at=places_in(folder / ACCOUNT))
        return asked

    return Incident(
        account=account,
        eve=campaign(account.course),
        day=campaign(_with_what_they_came_by(account.day, region)) if account.day else None,
        beliefs=load_learnt().without_incident(account.name),
        brought_back=load_brought_back(),
    )


def _with_what_they_came_by(day: Course, region: Region) -> Course:
    """Where several who share a directory were hit at one instant, it was by that directory: it is held too."""
    (wave,) = day.waves
    directories = Counter(
        link.target
        for link in region.links
        if link.kind is LinkKind.DIRECTORY and link.source in wave.entry_points
    )
    shared = tuple(name for name, hit in directories.items() if hit > 1 and name not in wave.entry_points)
    held = Wave.model_validate(dict(wave) | {"entry_points": (*wave.entry_points, *shared)})
    return Course.model_validate(dict(day) | {"waves": (held,)})


def _folder(name_or_folder: str | Path) -> Path:
    path = Path(name_or_folder)
    if len(path.parts) > 1:
        return path
    if path.name not in incident_names():
        nearest = nearest_names(path.name, incident_names())
        raise UnknownName(
            Message(
                "no incident is called {name}; the nearest: {nearest}",
                {"name": shortened(path.name), "nearest": nearest},
            )
        )
    return INCIDENTS / path.name
