"""What is noticed, and when."""

from functools import partial

import pytest
from simpy import Environment

from simulation.engine.random_streams import Luck
from simulation.engine.situation import Scene
from simulation.engine.timeline import Fate, Journal
from simulation.prepared import Theatre
from simulation.response.detection import Watch
from tests.regions import ALONE, FIRST, SECOND


def noticed(
    theatre: Theatre, replication: int, sharpen_h: float | None, noise: float = 1.0
) -> dict[int, float]:
    """The hour at which each node notices when two groups are watched from hour 10."""
    env = Environment()
    journal = Journal(replication, theatre.scenario.start, lambda: float(env.now))
    scene = Scene(env, theatre, Luck(1, replication), journal, [Fate() for _ in theatre.nodes])
    hours: dict[int, float] = {}

    def notice(node: int, _channel: str) -> None:
        hours.setdefault(node, scene.now_h)

    watch = Watch(scene, notice)
    for finess in (FIRST, SECOND, ALONE):
        node = theatre.nodes.index(finess)
        scene.after(10.0, partial(watch.hear, node, noise))
    if sharpen_h is not None:
        scene.after(sharpen_h, lambda: watch.sharpen(50.0))
    env.run(until=theatre.scenario.horizon_h)
    return hours


@pytest.mark.parametrize("replication", range(20))
def test_vigilance_only_brings_forward_what_is_noticed(small: Theatre, replication: int) -> None:
    asleep, awake = noticed(small, replication, None), noticed(small, replication, 100.0)
    assert awake.keys() >= asleep.keys()
    for node, hour in asleep.items():
        assert awake[node] <= hour + 1e-9
        assert (awake[node] == hour) == (hour <= 100.0)


def test_those_behind_one_directory_share_one_clock(small: Theatre) -> None:
    seen: set[int] = set()
    for replication in range(20):
        seen |= noticed(small, replication, 100.0).keys()
    assert seen <= {small.nodes.index(FIRST), small.nodes.index(ALONE)}
    assert small.nodes.index(FIRST) in seen


def test_what_makes_no_noise_is_never_noticed(small: Theatre) -> None:
    assert noticed(small, 0, 100.0, noise=0.0) == {}
