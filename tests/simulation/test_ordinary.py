"""The ordinary twin: one for all that strikes on the same days, on the same random numbers."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

import simulation
from simulation import Campaign, ordinary_twin
from simulation.inputs.library import load_scenario
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from simulation.replication import PreparedCampaign, replicate, spared
from tests.simulation.same import same
from topologies.region import Region

Asked = tuple[Campaign, ...]


@pytest.fixture(scope="module")
def asked(
    small_region: Region, small_scenario: Scenario, baseline: Posture, prepared_posture: Posture
) -> Asked:
    """Two attacks on the same days, one of them under two postures."""
    worm = load_scenario("worm-unpatched").waves[0]
    began = worm.model_copy(update={"begins": None, "ends": None, "entry_points": ("nowhere",)})
    (wave,) = small_scenario.waves
    other = small_scenario.model_copy(
        update={
            "name": "worm",
            "waves": (began.model_copy(update={"entry_points": wave.entry_points}),),
            "thresholds": small_scenario.thresholds[:1],
        }
    )
    return tuple(
        Campaign(region=small_region, scenario=scenario, posture=posture, seed=1)
        for scenario, posture in (
            (small_scenario, baseline),
            (small_scenario, prepared_posture),
            (other, prepared_posture),
        )
    )


def test_all_that_strikes_on_the_same_days_shares_one_twin_whatever_the_posture(asked: Asked) -> None:
    assert len({campaign.id for campaign in asked}) == 3
    assert len({ordinary_twin(campaign).id for campaign in asked}) == 1


def test_other_days_a_surge_or_another_seed_have_another_twin(asked: Asked) -> None:
    campaign, *_ = asked
    scenario = campaign.scenario
    surge = load_scenario("ransomware-heat-wave").surge
    others = [
        replace(campaign, seed=2),
        replace(campaign, scenario=scenario.model_copy(update={"horizon_h": scenario.horizon_h + 24})),
        replace(campaign, scenario=scenario.model_copy(update={"start": scenario.start - timedelta(days=1)})),
        replace(campaign, scenario=scenario.model_copy(update={"surge": surge})),
    ]
    assert len({ordinary_twin(each).id for each in [campaign, *others]}) == 5


def test_ordinary_life_is_its_own_twin(asked: Asked) -> None:
    twin = ordinary_twin(asked[0])
    assert ordinary_twin(twin) is twin
    assert twin.scenario.waves == ()


def test_an_attack_removed_leaves_the_twin_to_the_last_bit(asked: Asked) -> None:
    """So a worker that has prepared an attack runs its twin too, and the store is the same whichever attack it was."""
    twin = simulation.prepare(ordinary_twin(asked[0]))
    expected = [replicate(twin, 1, number) for number in range(2)]
    for campaign in asked:
        removed = spared(simulation.prepare(campaign))
        assert all(same(replicate(removed, 1, number), expected[number]) for number in range(2))


DEPEND = {"medicine", "critical_care", "surgery_urgent", "laboratory"}
"""Streams that others pass patients on to; and of analyses clinicians ask for what can be made."""
TOUCHES_CARE = {"isolation", "impact", "switched_off", "outage", "plan_blanc"}
"""What first costs or adds capacity."""


def test_an_attack_and_its_twin_share_their_patients_and_all_that_comes_before(
    small: PreparedCampaign,
) -> None:
    for number in range(3):
        asked, twin = replicate(small, 1, number), replicate(spared(small), 1, number)
        first = [stream not in DEPEND for _, stream in twin.hours.groups]
        assert np.array_equal(asked.hours.demand[:, first], twin.hours.demand[:, first])
        assert asked.replication.time_critical_patients == twin.replication.time_critical_patients
        acts = [event.at_h for event in asked.timeline if event.kind in TOUCHES_CARE]
        before = int(min(acts, default=0.0))
        for name in ("demand", "served", "waiting", "in_care", "unmet"):
            one, other = getattr(asked.hours, name), getattr(twin.hours, name)
            assert np.array_equal(one[:before], other[:before])
        assert twin.replication.went_off_h is None
