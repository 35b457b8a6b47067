"""What is noticed, and when."""

from functools import partial

import pytest

from simulation.engine.event_kinds import Channel
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.replication import PreparedCampaign
from simulation.response.detection import Detection
from tests.regions import ALONE, FIRST, SECOND


def noticed(
    prepared: PreparedCampaign, replication: int, vigilant_h: float | None, noise: float = 1.0
) -> dict[Node, float]:
    """The hour at which each node notices when two groups can be heard from hour 10."""
    horizon_h = prepared.campaign.scenario.horizon_h
    situation = Situation.at_start(prepared.nodes, Luck(1, replication), horizon_h)
    hours: dict[Node, float] = {}

    def notice(node: Node, _channel: Channel) -> None:
        hours.setdefault(node, situation.now_h)

    detection = Detection(situation, prepared.response, prepared.campaign.parameters)
    detection.vigilance_gain = 50.0
    situation.signals.reported.subscribe(notice)
    for finess in (FIRST, SECOND, ALONE):
        situation.after(10.0, partial(detection.hear_noise, prepared.nodes.number_of[finess], noise))
    if vigilant_h is not None:
        situation.after(vigilant_h, partial(detection.raise_vigilance, 0))
    situation.env.run(until=horizon_h)
    return hours


@pytest.mark.parametrize("replication", range(20))
def test_vigilance_only_brings_forward_what_is_noticed(small: PreparedCampaign, replication: int) -> None:
    asleep, awake = noticed(small, replication, None), noticed(small, replication, 100.0)
    assert awake.keys() >= asleep.keys()
    for node, hour in asleep.items():
        assert awake[node] <= hour + 1e-9
        assert (awake[node] == hour) == (hour <= 100.0)


def test_those_behind_one_directory_share_one_clock(small: PreparedCampaign) -> None:
    seen: set[int] = set()
    for replication in range(20):
        seen |= noticed(small, replication, 100.0).keys()
    assert seen <= {small.nodes.number_of[FIRST], small.nodes.number_of[ALONE]}
    assert small.nodes.number_of[FIRST] in seen


def test_what_makes_no_noise_is_never_noticed(small: PreparedCampaign) -> None:
    assert noticed(small, 0, 100.0, noise=0.0) == {}
