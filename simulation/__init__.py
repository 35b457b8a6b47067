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

from simulation.crisis import replicate
from simulation.event import Event
from simulation.event_fit import check_event_fit
from simulation.fit import check_fit
from simulation.incident import Incident
from simulation.library import (
    event_file,
    event_names,
    incident_names,
    load_event,
    load_incident,
    load_posture,
    load_scenario,
    posture_file,
    posture_names,
    scenario_file,
    scenario_names,
)
from simulation.outcome import Outcome
from simulation.parameters import Parameters, load_parameters
from simulation.posture import Posture
from simulation.scenario import Scenario
from simulation.theatre import Theatre, prepare
from topologies.region import Region

MODEL_VERSION = "4"
"""Changes whenever equal inputs give other outcomes: campaigns of two versions never mix."""


def simulate(region: Region, scenario: Scenario, posture: Posture, seed: int, replication: int) -> Outcome:
    """One replication, by itself; a campaign prepares the theatre once and replicates on it."""
    event = load_event(scenario.event) if scenario.event else None
    theatre = prepare(region, scenario, posture, load_parameters(), event=event)
    return replicate(theatre, seed, replication)


__all__ = [
    "MODEL_VERSION",
    "Event",
    "Incident",
    "Outcome",
    "Parameters",
    "Posture",
    "Scenario",
    "Theatre",
    "check_event_fit",
    "check_fit",
    "event_file",
    "event_names",
    "incident_names",
    "load_event",
    "load_incident",
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
