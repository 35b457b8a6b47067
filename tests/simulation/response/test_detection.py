"""What is noticed, and when."""

from functools import partial

import pytest
from simpy import Environment

from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.engine.timeline import NodeState, Timeline
from simulation.prepared import PreparedCampaign
from simulation.response.detection import Detection
from tests.regions import ALONE, FIRST, SECOND


def noticed(
    prepared: PreparedCampaign, replication: int, vigilant_h: float | None, noise: float = 1.0
) -> dict[int, float]:
    """The hour at which each node notices when two groups are watched from hour 10."""
    env = Environment()
    timeline = Timeline(replication, prepared.scenario.start, lambda: float(env.now))
    situation = Situation(
        env, prepared, Luck(1, replication), timeline, [NodeState() for _ in prepared.nodes]
    )
    hours: dict[int, float] = {}

    def notice(node: int, _channel: str) -> None:
        hours.setdefault(node, situation.now_h)

    detection = Detection(situation, notice)
    for finess in (FIRST, SECOND, ALONE):
        node = prepared.nodes.index(finess)
        situation.after(10.0, partial(detection.raise_noise, node, noise))
    if vigilant_h is not None:
        situation.after(vigilant_h, lambda: detection.raise_vigilance(50.0))
    env.run(until=prepared.scenario.horizon_h)
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
    assert seen <= {small.nodes.index(FIRST), small.nodes.index(ALONE)}
    assert small.nodes.index(FIRST) in seen


def test_what_makes_no_noise_is_never_noticed(small: PreparedCampaign) -> None:
    assert noticed(small, 0, 100.0, noise=0.0) == {}
