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
from simulation.incident import Incident
from simulation.library import (
    incident_names,
    load_incident,
    load_posture,
    load_scenario,
    posture_names,
    scenario_names,
)
from simulation.outcome import Outcome
from simulation.parameters import Parameters, load_parameters
from simulation.posture import Posture
from simulation.scenario import Scenario
from simulation.theatre import Theatre, prepare
from topologies.region import Region

MODEL_VERSION = "2"
"""Changes whenever equal inputs give other outcomes: campaigns of two versions never mix."""


def simulate(region: Region, scenario: Scenario, posture: Posture, seed: int, replication: int) -> Outcome:
    """One replication, by itself; a campaign prepares the theatre once and replicates on it."""
    return replicate(prepare(region, scenario, posture, load_parameters()), seed, replication)


__all__ = [
    "MODEL_VERSION",
    "Incident",
    "Outcome",
    "Parameters",
    "Posture",
    "Scenario",
    "Theatre",
    "incident_names",
    "load_incident",
    "load_parameters",
    "load_posture",
    "load_scenario",
    "posture_names",
    "prepare",
    "replicate",
    "scenario_names",
    "simulate",
]
