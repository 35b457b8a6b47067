"""Those who wait for teams against the theory of queues: M/M/c meets Erlang C, and Little's law holds.

Thousands of hours are needed to meet a mean. So theory is simulated for as long, without the model, and the model is
compared with it call by call.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush, heapreplace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng
from simpy import Environment, Event

from simulation.engine.event_kinds import Actor
from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.inputs.parameters.responder_levels import Task
from simulation.replication import PreparedCampaign
from simulation.response.computer_teams import ComputerTeams
from simulation.response.recovery import Recovery
from simulation.response.responders import ResponderLevel, Responders
from simulation.response.teams import Teams
from tests.validation.queueing import SERVICE_H, TEAMS, erlang_c_wait_h, standard_error

WARM_UP_H = 2_000.0
LATE_H = 200.0
"""Before the end: who asks so late may still wait when the history ends, and is not counted."""
COMPARED_H = 1_000.0
LOADS = [0.5, 0.8, 0.95]


@dataclass(frozen=True)
class History:
    """Independent calls that come at random, in order, and the work that each asks for."""

    arrivals_h: list[float]
    services_h: list[float]
    until_h: float


@dataclass(frozen=True)
class Waits:
    """What a history of calls led to."""

    waits_h: list[float]
    """By call."""
    waiting: list[float]
    """How many wait at each whole hour, from the first."""


def history(load: float, draw: int, until_h: float) -> History:
    rng = default_rng([draw, round(load * 100)])
    rate_per_h = load * TEAMS / SERVICE_H
    arrivals_h = np.cumsum(rng.exponential(1.0 / rate_per_h, int(rate_per_h * until_h * 1.1) + 100))
    arrivals_h = arrivals_h[arrivals_h < until_h]
    services_h = rng.exponential(SERVICE_H, len(arrivals_h))
    return History(arrivals_h.tolist(), services_h.tolist(), until_h)


def waits_by_theory(calls: History, teams: int, priorities: Sequence[int] = (0,)) -> Waits:
    """Whoever is free first serves the lowest number first, then who asked first; calls bear the numbers in turn."""
    free_h, queue = [0.0] * teams, list[tuple[int, int]]()
    begins_h = [0.0] * len(calls.arrivals_h)

    def serve_until(hour: float) -> None:
        while queue and free_h[0] <= hour:
            call = heappop(queue)[1]
            begins_h[call] = max(free_h[0], calls.arrivals_h[call])
            heapreplace(free_h, begins_h[call] + calls.services_h[call])

    for call, arrival_h in enumerate(calls.arrivals_h):
        serve_until(arrival_h)
        heappush(queue, (priorities[call % len(priorities)], call))
        serve_until(arrival_h)
    serve_until(np.inf)
    hours = np.arange(1.0, calls.until_h)
    asked, begun = (np.searchsorted(np.sort(each), hours) for each in (calls.arrivals_h, begins_h))
    waits = np.subtract(begins_h, calls.arrivals_h)
    return Waits(waits.tolist(), (asked - begun).astype(float).tolist())


def waits_of(calls: History, teams: int) -> Waits:
    """The same of the responders of the model."""
    env = Environment()
    level = ResponderLevel(
        name="regional",
        actor=Actor.REGION,
        task=Task.LEAD,
        teams=teams,
        more_a_week=0.0,
        most=teams,
        activation_h=0.0,
        travel_h=0.0,
    )
    responders = Responders(env, (level,))
    waits = [calls.until_h] * len(calls.arrivals_h)
    waiting = 0
    seen: list[float] = []

    def ask(number: int) -> Generator[Event, object, None]:
        nonlocal waiting
        waiting += 1
        team = yield from responders.engage(0)
        waiting -= 1
        waits[number] = float(env.now) - calls.arrivals_h[number]
        yield env.timeout(calls.services_h[number])
        responders.release(team)

    def look() -> Generator[Event, object, None]:
        while True:
            yield env.timeout(1.0)
            seen.append(float(waiting))

    def come() -> Generator[Event, object, None]:
        for number, arrival_h in enumerate(calls.arrivals_h):
            yield env.timeout(max(0.0, arrival_h - env.now))
            env.process(ask(number))

    env.process(come())  # one after the other: thousands that wait to come would lengthen the queue of events
    env.process(look())
    env.run(until=calls.until_h)
    return Waits(waits, seen)


def agree(model: Waits, theory: Waits, calls: History) -> None:
    """Call by call and hour by hour, but for those who ask so late that they may still wait."""
    counted = np.array(calls.arrivals_h) < calls.until_h - LATE_H
    assert np.array(model.waits_h)[counted] == pytest.approx(np.array(theory.waits_h)[counted], abs=1e-6)
    assert max(theory.waits_h) > 0
    assert model.waiting == theory.waiting


@pytest.mark.parametrize("load", LOADS)
def test_each_call_waits_for_responders_as_long_as_theory_says(load: float) -> None:
    for draw in range(3):
        calls = history(load, draw, COMPARED_H)
        agree(waits_of(calls, TEAMS), waits_by_theory(calls, TEAMS), calls)


@pytest.mark.parametrize("priorities", [(0,), (3, 1, 2)])
@pytest.mark.parametrize("load", LOADS)
def test_so_said_theory_meets_erlang_c_and_littles_law(load: float, priorities: tuple[int, ...]) -> None:
    """Twelve independent histories; standard errors are between them, since waits within one depend on each other.

    With priorities, the mean wait of all is the same.
    """
    until_h = WARM_UP_H + (2_000.0 if load < 0.9 else 12_000.0)
    counted_until_h = until_h - LATE_H
    means, little = [], []
    for draw in range(12):
        calls = history(load, draw, until_h)
        found = waits_by_theory(calls, TEAMS, priorities)
        arrivals_h = np.array(calls.arrivals_h)
        counted = (arrivals_h >= WARM_UP_H) & (arrivals_h < counted_until_h)
        means.append(float(np.mean(np.array(found.waits_h)[counted])))
        queue = float(np.mean(found.waiting[int(WARM_UP_H) : int(counted_until_h)]))
        little.append(queue - counted.sum() / (counted_until_h - WARM_UP_H) * means[-1])
    assert abs(np.mean(means) - erlang_c_wait_h(load)) < 3 * standard_error(means)
    # Little's law: mean number waiting = arrivals an hour times the mean wait.
    assert abs(np.mean(little)) < 3 * standard_error(little) + 1e-3


def test_each_call_waits_for_the_groups_own_teams_as_long_as_theory_says(small: PreparedCampaign) -> None:
    """Establishments of one group ask for its teams, each with its own priority."""
    for draw in range(3):
        calls = history(0.8, draw, COMPARED_H)
        recovery = pooled_recovery(small, TEAMS)
        priorities = [small.response.priorities[node] for node in recovery.situation.nodes.sites]
        assert len(set(priorities)) > 1
        agree(waits_for_own_teams(recovery, calls), waits_by_theory(calls, TEAMS, priorities), calls)


def waits_for_own_teams(recovery: Recovery, calls: History) -> Waits:
    situation = recovery.situation
    sites = situation.nodes.sites
    waits = [calls.until_h] * len(calls.arrivals_h)
    seen: list[float] = []

    def ask(number: int) -> Generator[Event, object, None]:
        node, work_h = sites[number % len(sites)], calls.services_h[number]
        yield situation.env.timeout(calls.arrivals_h[number])
        yield from recovery.teams.own(node, work_h)
        waits[number] = situation.now_h - work_h - calls.arrivals_h[number]

    def look() -> Generator[Event, object, None]:
        while True:
            yield situation.env.timeout(1.0)
            seen.append(float(len(recovery.teams.own_of(sites[0]).queue)))

    for number in range(len(calls.arrivals_h)):
        situation.env.process(ask(number))
    situation.env.process(look())
    situation.env.run(until=calls.until_h)
    return Waits(waits, seen)


def pooled_recovery(prepared: PreparedCampaign, teams: int) -> Recovery:
    """The recovery of a replication in which all share so many teams, who never tire, and every machine is hit."""
    p, nodes = prepared.campaign.parameters, prepared.nodes
    everyone = ComputerTeams(members=tuple(nodes.number_of.values()), teams=teams)
    response = replace(prepared.response, computer_teams=(everyone,), computer_team_of=(0,) * len(nodes))
    tireless = p.responders.fatigue_a_week.model_copy(update={"value": 0.0})
    situation = Situation.at_start(nodes, Luck(1, 0), prepared.campaign.scenario.horizon_h)
    for state in situation.states:
        state.machines_hit = 1.0
    p = p.changed({"fatigue_a_week": tireless})
    return Recovery(situation, response, p, Teams(situation, response, p))


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
    calls = History(arrivals_h, services_h, 2_000.0)
    few, many = (waits_of(calls, number).waits_h for number in (teams, teams + more))
    assert all(less <= wait + 1e-9 for less, wait in zip(many, few, strict=True))
