"""Every scenario on every region: it finds whom to attack, or it is refused where it makes no sense."""

import pytest

import simulation
import topologies
from simulation import Campaign
from simulation.inputs.scenarios.scenario import Scenario
from simulation.replication import prepare, replicate
from topologies.errors import BadInput
from topologies.region import Region

SCENARIOS = [simulation.load_scenario(name) for name in simulation.scenario_names()]
ONE_HOSPITAL = {"mayotte", "saint-pierre-et-miquelon"}
SEVERAL_HOSPITALS = {"second-wave", "two-attackers"}
OF_THE_GAMES = "wiper-games"
GAMES = {
    "auvergne-rhone-alpes",
    "centre-val-de-loire",
    "hauts-de-france",
    "ile-de-france",
    "nouvelle-aquitaine",
    "pays-de-la-loire",
    "provence-alpes-cote-d-azur",
}
"""Where Paris 2024 was held."""


ALPS = {"auvergne-rhone-alpes", "provence-alpes-cote-d-azur"}


def campaign_in(region: Region, scenario: Scenario) -> Campaign:
    posture = simulation.load_posture("baseline")
    return Campaign(region=region, scenario=scenario.in_region(region), posture=posture, seed=1)


@pytest.fixture(scope="module", params=[name for name in topologies.names() if name != "france"])
def region(request: pytest.FixtureRequest) -> Region:
    return topologies.load(request.param)


@pytest.fixture(scope="module")
def campaigns(region: Region) -> dict[str, Campaign]:
    """One of each scenario there."""
    return {scenario.name: campaign_in(region, scenario) for scenario in SCENARIOS}


def problems_of(campaign: Campaign) -> list[str]:
    """Why it is refused, if it is."""
    try:
        simulation.check(campaign)
    except BadInput as refusal:
        return [str(finding.problem) for finding in refusal.findings]
    return []


def test_every_scenario_runs_where_it_makes_sense(region: Region, campaigns: dict[str, Campaign]) -> None:
    problems = {name: problems_of(campaign) for name, campaign in campaigns.items()}
    refused = {name for name, found in problems.items() if found}
    assert all("has nothing for {" in problem for found in problems.values() for problem in found)
    assert (OF_THE_GAMES in refused) == GAMES.isdisjoint(region.parts)
    if region.name in ONE_HOSPITAL:
        assert refused >= SEVERAL_HOSPITALS
    else:
        assert refused <= {OF_THE_GAMES}


def test_an_event_is_left_out_where_it_has_nothing_and_nowhere_else(
    region: Region, campaigns: dict[str, Campaign]
) -> None:
    for name, regions in (("ransomware-opening-ceremony", GAMES), ("alpes-2030", ALPS)):
        assert (campaigns[name].scenario.event is None) == regions.isdisjoint(region.parts)


def test_nobody_is_chosen_twice_and_all_are_in_the_region(
    region: Region, campaigns: dict[str, Campaign]
) -> None:
    nodes = {*region.establishments, *region.services}
    for name, campaign in campaigns.items():
        found = [found for aim in campaign.aims.values() for found in aim.entry_points]
        settled = [node for one in found if one.drawn is None for node in one.nodes]
        assert len(set(settled)) == len(settled), name
        assert {node for one in found for node in one.nodes} <= nodes, name


@pytest.mark.parametrize(
    ("name", "scenario"),
    [
        ("mayotte", "island-alone"),
        ("corse", "ransomware-opening-ceremony"),
        ("guyane", "second-wave"),
        ("martinique", "samu-telephony-denied"),
    ],
)
def test_a_replication_runs_to_its_end(name: str, scenario: str) -> None:
    campaign = campaign_in(topologies.load(name), simulation.load_scenario(scenario))
    outcome = replicate(prepare(campaign), 1, 0)
    assert any(event.kind in {"attack_begins", "strike"} for event in outcome.timeline)
    assert outcome.replication.ed_visits > 1_000
