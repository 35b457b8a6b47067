"""A campaign whose parameters are drawn."""

from dataclasses import replace

import pytest

import simulation
from simulation import Uncertainty
from simulation.inputs.campaign import CRISIS_SHARED, ORDINARY_SHARED
from simulation.inputs.library import load_scenario
from simulation.replication import replicate
from simulation.replication.prepared_campaign import PreparedCampaign, as_drawn, prepare, spared
from tests.campaigns import prepare_campaign
from tests.simulation.same import same
from topologies.region import Region


@pytest.fixture(scope="module")
def central(small_region: Region) -> PreparedCampaign:
    return prepare_campaign(small_region, load_scenario("ransomware-large-hospital"))


def drawn(central: PreparedCampaign) -> PreparedCampaign:
    return prepare(replace(central.campaign, uncertainty=Uncertainty.DRAWN))


def test_a_replication_is_the_same_alone_and_after_any_other(central: PreparedCampaign) -> None:
    others, wanted = drawn(central), CRISIS_SHARED + 1
    for before in (ORDINARY_SHARED, CRISIS_SHARED, 0):
        replicate(others, 1, before)
    assert same(replicate(others, 1, wanted), replicate(drawn(central), 1, wanted))


def test_whether_parameters_are_drawn_is_part_of_what_a_campaign_is(central: PreparedCampaign) -> None:
    assert drawn(central).campaign.id != central.campaign.id
    assert not same(replicate(drawn(central), 1, 0), replicate(central, 1, 0))


def test_an_outcome_tells_what_was_drawn_for_it(central: PreparedCampaign) -> None:
    drawn_for_it = replicate(drawn(central), 1, 0).parameters
    taken = as_drawn(drawn(central), 1, 0).campaign.parameters.quantities
    assert drawn_for_it == {name: one.value for name, one in taken.items() if one.low < one.high}
    assert replicate(central, 1, 0).parameters == {}


def test_the_twin_has_the_ordinary_life_of_the_replication_that_it_mirrors(central: PreparedCampaign) -> None:
    attacked, twin = drawn(central), spared(drawn(central))
    there, here = as_drawn(attacked, 1, 0), as_drawn(twin, 1, 0)
    assert here.campaign.parameters == there.campaign.parameters
    assert here.attack.waves == ()
    assert replicate(twin, 1, 0).replication.establishments_compromised == 0


def test_the_twin_that_is_run_by_itself_draws_the_same(central: PreparedCampaign) -> None:
    attacked = drawn(central)
    alone = prepare(simulation.ordinary_twin(attacked.campaign))
    for number in (0, ORDINARY_SHARED + 1):
        mirrored, by_itself = replicate(spared(attacked), 1, number), replicate(alone, 1, number)
        assert same(mirrored, by_itself)
        assert mirrored.parameters == by_itself.parameters
