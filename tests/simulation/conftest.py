"""The real region, prepared once per posture."""

from collections.abc import Callable

import pytest

from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from simulation.replication import PreparedCampaign
from tests.campaigns import prepare_campaign, prepared_again
from topologies.region import Region


@pytest.fixture(scope="session")
def prepared_for(
    ile_de_france: Region, scenario: Scenario, parameters: Parameters
) -> Callable[[Posture], PreparedCampaign]:
    """The real region under the real scenario and its event, for a posture."""
    campaigns: dict[str, PreparedCampaign] = {}

    def prepare_once(posture: Posture) -> PreparedCampaign:
        if not campaigns:
            campaigns[posture.name] = prepare_campaign(
                ile_de_france, scenario, posture, parameters, event=scenario.event
            )
        if posture.name not in campaigns:
            campaigns[posture.name] = prepared_again(next(iter(campaigns.values())), posture=posture)
        return campaigns[posture.name]

    return prepare_once
