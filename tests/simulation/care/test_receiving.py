"""Who cannot care for a patient is sent none: by what a site declares, whatever its name."""

from dataclasses import replace

import pytest

from simulation.care.capacity.staffing.receiving import OF_ANY_KIND, takes_from
from simulation.inputs.streams import EMERGENCY, Stream
from simulation.replication import PreparedCampaign
from tests.campaigns import prepare_campaign
from tests.regions import FIRST, SECOND, THIRD, establishment
from topologies.region import MOST_VISITS_PER_BED, Establishment

GENERAL = establishment(FIRST, None, 60_000, 500)
CHILDREN = replace(GENERAL, adult_emergency=False, paediatric_emergency=True)
EYES = establishment(SECOND, None, int(MOST_VISITS_PER_BED) * 36 + 1, 36)


@pytest.mark.parametrize(
    ("target", "source", "refused"),
    [
        (GENERAL, CHILDREN, set()),
        (GENERAL, EYES, set()),
        (CHILDREN, CHILDREN, set()),
        (CHILDREN, GENERAL, set(OF_ANY_KIND)),
        (EYES, GENERAL, {*EMERGENCY, *OF_ANY_KIND}),
    ],
)
def test_a_site_is_sent_what_it_can_care_for(
    target: Establishment, source: Establishment, refused: set[Stream]
) -> None:
    assert {stream for stream in Stream if not takes_from(target, source, stream)} == refused


def test_a_department_with_hardly_a_bed_behind_it_keeps_its_own_patients_and_is_sent_nobody(
    small: PreparedCampaign,
) -> None:
    campaign = small.campaign
    few = replace(campaign.region.establishments[THIRD], beds_mco=5)
    sites = {**campaign.region.establishments, THIRD: few}
    region = replace(campaign.region, establishments=sites)
    prepared = prepare_campaign(region, campaign.scenario, campaign.posture, campaign.parameters)
    usual, wards = small.care.wards, prepared.care.wards
    mine = wards.of_site[THIRD][Stream.EMERGENCY_ADULT]
    assert mine not in wards.table.neighbour_ward
    assert mine not in wards.table.homes.reach_ward, "nobody goes there instead of to another"
    assert wards.of_site[THIRD][Stream.MEDICINE] not in wards.table.neighbour_ward
    assert usual.of_site[THIRD][Stream.EMERGENCY_ADULT] in usual.table.neighbour_ward
    first, after = wards.table.neighbour_first[mine : mine + 2]
    assert after > first, "it sends whom it cannot keep"
    assert wards.table.hourly[mine] == usual.table.hourly[usual.of_site[THIRD][Stream.EMERGENCY_ADULT]]
