"""A payload laid before the cut works until the site has been searched, and not where everything is off."""

import pytest

from simulation.attack.laid import LaidPayload
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.replication import PreparedCampaign
from tests.campaigns import beyond_measure

HERE = Node(0)


@pytest.mark.parametrize(
    ("after_h", "is_off", "works"), [(1.0, False, True), (1.0, True, False), (2_000.0, False, False)]
)
def test_a_payload_laid_before_the_cut_works_until_somebody_has_looked(
    small: PreparedCampaign, after_h: float, is_off: bool, works: bool
) -> None:
    situation = Situation.at_start(small.nodes, Luck(1, 0), 3_000.0)
    sure = beyond_measure(small.campaign.parameters, {"laid_payload_works": 1.0})
    laid = LaidPayload(situation, small.attack, sure, "wave")
    state = situation.states[HERE]
    assert not laid.works(HERE, state), "nothing is cut"
    state.isolated_h, state.switched_off_h = 0.0, 0.0 if is_off else None
    situation.env.run(until=after_h)
    assert laid.works(HERE, state) is works
