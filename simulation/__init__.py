"""What happens to a region: (Region, Scenario, Posture, seed) → Outcome, pure, without input or output.

>>> import simulation, topologies
>>> region = topologies.load("ile-de-france")
>>> scenario = simulation.load_scenario("ransomware-opening-ceremony")
>>> outcome = simulation.simulate(
...     region, scenario, simulation.load_posture("prepared"), seed=1, replication=0
... )
>>> outcome.replication.ed_visits > 300_000
True
"""

from importlib import import_module
from types import EllipsisType
from typing import TYPE_CHECKING

from simulation.inputs.events.event import Event
from simulation.inputs.events.fit import check_event_fit
from simulation.inputs.library import (
    event_file,
    event_names,
    load_event,
    load_posture,
    load_scenario,
    posture_file,
    posture_names,
    scenario_file,
    scenario_names,
)
from simulation.inputs.parameters.parameters import Parameters, load_parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.fit import check_fit
from simulation.inputs.scenarios.scenario import Scenario
from simulation.outcome.records import Outcome
from topologies.region import Region

if TYPE_CHECKING:
    from simulation.prepared import PreparedCampaign, prepare
    from simulation.replication import replicate

COMPILED = {
    "replicate": "simulation.replication",
    "PreparedCampaign": "simulation.prepared",
    "prepare": "simulation.prepared",
}
"""Names that are looked up in their modules when they are used."""

MODEL_VERSION = "4"
"""Changes whenever equal inputs give other outcomes: campaigns of two versions never mix."""


def simulate(  # noqa: PLR0913 - the four inputs of a replication, its name, and who gathers
    region: Region,
    scenario: Scenario,
    posture: Posture,
    seed: int,
    replication: int,
    *,
    event: Event | EllipsisType | None = ...,
    parameters: Parameters | None = None,
) -> Outcome:
    """One replication, by itself; a campaign is prepared once and then replicated.

    The event is the scenario's own unless one is given, or `None` for nobody who gathers; the parameters are the
    built-in ones unless others are given.
    """
    if isinstance(event, EllipsisType):
        event = load_event(scenario.event) if scenario.event else None
    from simulation.prepared import prepare
    from simulation.replication import replicate

    prepared = prepare(region, scenario, posture, parameters or load_parameters(), event=event)
    return replicate(prepared, seed, replication)


def __getattr__(name: str) -> object:
    """What needs the compiler, when it is first asked for: who reads results need not wait for it."""
    if name not in COMPILED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(COMPILED[name]), name)


__all__ = [
    "MODEL_VERSION",
    "Event",
    "Outcome",
    "Parameters",
    "Posture",
    "PreparedCampaign",
    "Scenario",
    "check_event_fit",
    "check_fit",
    "event_file",
    "event_names",
    "load_event",
    "load_parameters",
    "load_posture",
    "load_scenario",
    "posture_file",
    "posture_names",
    "prepare",
    "replicate",
    "scenario_file",
    "scenario_names",
    "simulate",
]
