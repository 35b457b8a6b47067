"""Those who wait for teams against the theory of queues: M/M/c meets Erlang C, and Little's law holds."""

from collections.abc import Callable, Generator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng
from simpy import Environment, Event

from simulation.engine.event_kinds import Actor
from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.replication import PreparedCampaign
from simulation.response.computer_teams import ComputerTeams
from simulation.response.recovery import Recovery
from simulation.response.responders import ResponderLevel, Responders
from tests.validation.queueing import SERVICE_H, TEAMS, erlang_c_wait_h, standard_error

WARM_UP_H = 2_000.0
LATE_H = 200.0
"""Before the end: who asks so late may still wait when the history ends, and is not counted."""

WaitsOf = Callable[[list[float], list[float], int, float], tuple[list[float], list[float]]]
"""From hours of calls, hours of work, teams and the end: the wait of each call, and the number waiting each hour."""


def waits_of(
    arrivals_h: list[float], services_h: list[float], teams: int, until_h: float
) -> tuple[list[float], list[float]]:
    """Wait of each who asked, in order, and the number waiting at each whole hour."""
    env = Environment()
    level = ResponderLevel(name="regional", actor=Actor.REGION, teams=teams, activation_h=0.0, travel_h=0.0)
    responders = Responders(env, (level,))
    waits = [until_h] * len(arrivals_h)
    waiting = 0
    seen: list[float] = []

    def ask(number: int) -> Generator[Event, object, None]:
        nonlocal waiting
        waiting += 1
        team = yield from responders.engage(0)
        waiting -= 1
        waits[number] = float(env.now) - arrivals_h[number]
        yield env.timeout(services_h[number])
        responders.release(team)

    def look() -> Generator[Event, object, None]:
        while True:
            yield env.timeout(1.0)
            seen.append(float(waiting))

    def come() -> Generator[Event, object, None]:
        for number, arrival_h in enumerate(arrivals_h):
            yield env.timeout(max(0.0, arrival_h - env.now))
            env.process(ask(number))

    env.process(come())  # one after the other: thousands that wait to come would lengthen the queue of events
    env.process(look())
    env.run(until=until_h)
    return waits, seen


def meets_erlang_c_and_littles_law(waits_of: WaitsOf, load: float) -> None:
    """Twelve independent histories; standard errors are between them, since waits within one depend on each other."""
    rate_per_h = load * TEAMS / SERVICE_H
    until_h = WARM_UP_H + (2_000.0 if load < 0.9 else 12_000.0)
    counted_until_h = until_h - LATE_H
    means, little = [], []
    for draw in range(12):
        rng = default_rng([draw, round(load * 100)])
        count = int(rate_per_h * until_h * 1.1) + 100
        arrivals_h = np.cumsum(rng.exponential(1.0 / rate_per_h, count))
        arrivals_h = arrivals_h[arrivals_h < until_h]
        services_h = rng.exponential(SERVICE_H, len(arrivals_h))
        waits, seen = waits_of(arrivals_h.tolist(), services_h.tolist(), TEAMS, until_h)
        counted = (arrivals_h >= WARM_UP_H) & (arrivals_h < counted_until_h)
        means.append(float(np.mean(np.array(waits)[counted])))
        queue = float(np.mean(seen[int(WARM_UP_H) : int(counted_until_h)]))
        little.append(queue - counted.sum() / (counted_until_h - WARM_UP_H) * means[-1])
    assert abs(np.mean(means) - erlang_c_wait_h(load)) < 3 * standard_error(means)
    # Little's law: mean number waiting = arrivals an hour times the mean wait.
    assert abs(np.mean(little)) < 3 * standard_error(little) + 1e-3


@pytest.mark.long
@pytest.mark.parametrize("load", [0.5, 0.8, 0.95])
def test_responders_meet_erlang_c_and_littles_law(load: float) -> None:
    meets_erlang_c_and_littles_law(waits_of, load)


def test_the_establishments_own_teams_meet_erlang_c_and_littles_law(small: PreparedCampaign) -> None:
    """Establishments of one group ask for its teams, each with its own priority: the mean wait of all is the same."""

    def waits_for_own_teams(
        arrivals_h: list[float], services_h: list[float], teams: int, until_h: float
    ) -> tuple[list[float], list[float]]:
        recovery = pooled_recovery(small, teams)
        situation, stage = recovery.situation, recovery.stages[0]
        sites = situation.nodes.sites
        usual_h = [recovery._work_h(node, stage) for node in sites]
        waits = [until_h] * len(arrivals_h)
        seen: list[float] = []

        def ask(number: int) -> Generator[Event, object, None]:
            node, work_h = sites[number % len(sites)], services_h[number]
            days = stage.work.value * work_h / usual_h[node]
            yield situation.env.timeout(arrivals_h[number])
            work = stage.work.model_copy(update={"value": days})
            yield from recovery._with_computer_team(node, replace(stage, work=work))
            waits[number] = situation.now_h - work_h - arrivals_h[number]

        def look() -> Generator[Event, object, None]:
            while True:
                yield situation.env.timeout(1.0)
                seen.append(float(len(recovery.computer_teams[0].queue)))

        for number in range(len(arrivals_h)):
            situation.env.process(ask(number))
        situation.env.process(look())
        situation.env.run(until=until_h)
        return waits, seen

    assert len({small.response.priorities[node] for node in small.nodes.sites}) > 1
    meets_erlang_c_and_littles_law(waits_for_own_teams, 0.8)


def pooled_recovery(prepared: PreparedCampaign, teams: int) -> Recovery:
    """The recovery of a replication in which all share so many teams, who never tire, and every machine is hit."""
    p, nodes = prepared.campaign.parameters, prepared.nodes
    everyone = ComputerTeams(members=tuple(nodes.number_of.values()), teams=teams)
    response = replace(prepared.response, computer_teams=(everyone,), computer_team_of=(0,) * len(nodes))
    tireless = p.responders.fatigue_a_week.model_copy(update={"value": 0.0})
    situation = Situation.at_start(nodes, Luck(1, 0), prepared.campaign.scenario.horizon_h)
    for state in situation.states:
        state.machines_hit = 1.0
    return Recovery(situation, response, p.changed({"fatigue_a_week": tireless}))


@settings(max_examples=60, deadline=None)
@given(
    asked=st.lists(st.tuples(st.floats(0, 50), st.floats(0.1, 20)), min_size=1, max_size=25),
    teams=st.integers(1, 5),
    more=st.integers(1, 3),
)
def test_more_responders_never_lengthen_a_wait_first_come_first_served(
    asked: list[tuple[float, float]], teams: int, more: int
) -> None:
    """On the same calls and the same work (Kiefer and Wolfowitz 1955: every wait falls as a server is added)."""
    asked.sort()
    arrivals_h, services_h = [each[0] for each in asked], [each[1] for each in asked]
    few, _ = waits_of(arrivals_h, services_h, teams, 2_000.0)
    many, _ = waits_of(arrivals_h, services_h, teams + more, 2_000.0)
    assert all(less <= wait + 1e-9 for less, wait in zip(many, few, strict=True))
