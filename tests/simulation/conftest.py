"""The real region, prepared once per posture."""

from collections.abc import Callable

import pytest

from simulation.inputs.library import load_event
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from simulation.prepared import Theatre, prepare
from topologies.region import Region


@pytest.fixture(scope="session")
def theatre_of(
    ile_de_france: Region, scenario: Scenario, parameters: Parameters
) -> Callable[[Posture], Theatre]:
    """The real region under the real scenario and its event, for a posture."""
    event = load_event(scenario.event) if scenario.event else None
    theatres: dict[str, Theatre] = {}

    def theatre(posture: Posture) -> Theatre:
        if posture.name not in theatres:
            theatres[posture.name] = prepare(ile_de_france, scenario, posture, parameters, event=event)
        return theatres[posture.name]

    return theatre
