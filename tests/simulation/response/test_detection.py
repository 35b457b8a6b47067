"""What is noticed, and when."""

from functools import partial
from math import inf, log

import pytest

from simulation.engine.event_kinds import Channel
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.replication import PreparedCampaign
from simulation.response.detecting.detection import Detection
from tests.regions import ALONE, FIRST, SECOND


def noticed(
    prepared: PreparedCampaign,
    replication: int,
    vigilant_h: float | None,
    noise: float = 1.0,
    hush: float = 1.0,
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
        situation.after(10.0, partial(detection.hear_hush, prepared.nodes.number_of[finess], hush))
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


def test_an_alert_that_is_overlooked_leaves_the_clock_running(small: PreparedCampaign) -> None:
    """Without supervision own staff closes four alerts of five, as in Ireland in 2021."""
    first, closed, understood = small.nodes.number_of[FIRST], 0, 0
    for replication in range(200):
        situation = Situation.at_start(small.nodes, Luck(1, replication), 5_000.0)
        heard: list[str] = []
        situation.signals.overlooked.subscribe(partial(_hear, heard, "closed"))
        situation.signals.reported.subscribe(partial(_hear, heard, "understood"))
        Detection(situation, small.response, small.campaign.parameters).hear_noise(first, 1.0)
        situation.env.run(until=5_000.0)
        assert heard.count("understood") <= 1
        closed += heard.count("closed")
        understood += heard.count("understood")
    p = small.campaign.parameters.detection
    alerts_per_h = log(2.0) / p.detection_h.value / (1.0 - p.alert_overlooked.value)
    assert closed / (closed + understood) == pytest.approx(
        alerts_per_h * p.alert_overlooked.value / (alerts_per_h + log(2.0) / p.cert_warning_h.value), abs=0.06
    )


def _hear(heard: list[str], what: str, _node: Node, _channel: Channel) -> None:
    heard.append(what)


def test_attackers_who_keep_still_are_noticed_later(small: PreparedCampaign) -> None:
    stirring, still = noticed(small, 0, None), noticed(small, 0, None, hush=0.01)
    assert stirring
    assert all(still.get(node, inf) > hour for node, hour in stirring.items())
