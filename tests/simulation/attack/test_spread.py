"""What spreads reaches each vertex at the hour of its shortest way, whatever else happens on SimPy's clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from math import inf

import networkx
import numpy as np
import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng
from scipy.sparse.csgraph import csgraph_from_dense, dijkstra

from simulation.attack.spread import Edges, Spread


def after(env: simpy.Environment, delay: float, then: Callable[[], None]) -> None:
    def happen(_: simpy.Event) -> None:
        then()

    env.timeout(delay).callbacks.append(happen)


@dataclass
class Told:
    """A spread of which every arrival is written down; `refused` numbers the edges that fail."""

    vertices: int
    rows: list[tuple[int, int, float]]
    refused: set[int] = field(default_factory=set)
    env: simpy.Environment = field(default_factory=simpy.Environment)
    arrivals: list[tuple[float, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        edges = Edges.of(self.vertices, [row[0] for row in self.rows], [row[1] for row in self.rows])
        self.spread = Spread(self.env, edges, [row[2] for row in self.rows], self.arrive)

    def arrive(self, vertex: int, edge: int) -> bool:
        self.arrivals.append((self.env.now, vertex, edge))
        if edge in self.refused:
            return False
        self.spread.leave(vertex)
        return True

    def at(self, hour: float, then: Callable[[], None]) -> None:
        after(self.env, hour, then)

    def begin(self, vertex: int) -> None:
        self.spread.settle(vertex)
        self.spread.leave(vertex)

    def run(self) -> list[tuple[float, int, int]]:
        self.env.run()
        return self.arrivals


def from_first(told: Told) -> list[tuple[float, int, int]]:
    told.begin(0)
    return told.run()


@pytest.mark.parametrize("seed", range(5))
def test_hours_are_those_of_dijkstra_to_the_last_bit(seed: int) -> None:
    rng, vertices = default_rng(seed), 400
    graph = networkx.fast_gnp_random_graph(vertices, 5 / vertices, seed=seed, directed=True)
    delays = rng.exponential(size=graph.number_of_edges()).tolist()
    rows = [(source, target, delay) for (source, target), delay in zip(graph.edges, delays, strict=True)]
    networkx.set_edge_attributes(graph, {row[:2]: row[2] for row in rows}, "weight")

    hours = {vertex: hour for hour, vertex, _ in from_first(Told(vertices, rows))} | {0: 0.0}

    assert hours == networkx.single_source_dijkstra_path_length(graph, 0)
    sources, targets = (np.array([row[end] for row in rows]) for end in (0, 1))
    matrix = np.full((vertices, vertices), inf)
    matrix[sources, targets] = delays
    assert [hours.get(vertex, inf) for vertex in range(vertices)] == dijkstra(
        csgraph_from_dense(matrix, null_value=inf), indices=np.array([0])
    ).tolist()[0]


def test_arrivals_are_told_in_order_of_hours_then_of_planning() -> None:
    told = Told(5, [(0, 4, 2.0), (0, 2, 1.0), (0, 3, 2.0), (2, 1, 1.0)])
    assert from_first(told) == [(1.0, 2, 1), (2.0, 4, 0), (2.0, 3, 2), (2.0, 1, 3)]


def test_an_edge_of_infinite_delay_never_arrives() -> None:
    assert from_first(Told(3, [(0, 1, inf), (0, 2, 1.0), (2, 1, inf)])) == [(1.0, 2, 1)]


def test_a_failed_edge_lets_the_next_best_through_at_its_hour() -> None:
    told = Told(3, [(0, 1, 1.0), (0, 1, 5.0), (0, 2, 1.5), (2, 1, 2.0)], refused={0})
    assert from_first(told) == [(1.0, 1, 0), (1.5, 2, 2), (3.5, 1, 3)]


def test_a_failed_edge_lets_another_of_the_same_hour_through_now() -> None:
    told = Told(2, [(0, 1, 1.0), (0, 1, 1.0), (0, 1, 1.0)], refused={0, 1})
    assert from_first(told) == [(1.0, 1, 0), (1.0, 1, 1), (1.0, 1, 2)]


def test_where_every_edge_fails_a_later_source_still_comes() -> None:
    told = Told(3, [(0, 1, 1.0), (2, 1, 1.0)], refused={0})
    told.at(4.0, lambda: told.begin(2))
    assert from_first(told) == [(1.0, 1, 0), (5.0, 1, 1)]


def test_a_settled_vertex_is_not_called() -> None:
    told = Told(3, [(0, 1, 1.0), (0, 2, 2.0), (1, 2, 3.0), (2, 0, 1.0)])
    told.at(1.5, lambda: told.spread.settle(2))
    assert from_first(told) == [(1.0, 1, 0)]


def test_the_clock_is_right_between_other_events() -> None:
    hours = [0.1, 0.30000000000000004, 0.7, 1.1, 2.9]
    told = Told(6, [(vertex, vertex + 1, hours[vertex]) for vertex in range(5)])
    others: list[float] = []
    arrived_at_each: list[int] = []

    def note() -> None:
        others.append(told.env.now)
        arrived_at_each.append(len(told.arrivals))

    for hour in (0.05, 0.1, 0.5, 3.0):
        told.at(hour, note)
    from_first(told)

    ways = np.cumsum(hours).tolist()
    assert [hour for hour, _, _ in told.arrivals] == ways
    assert others == [0.05, 0.1, 0.5, 3.0]
    assert arrived_at_each == [0, 0, 2, 4]  # what SimPy holds at the hour of an arrival comes before it


def test_an_arrival_may_cause_an_event_that_precedes_the_next() -> None:
    told = Told(3, [(0, 1, 1.0), (0, 2, 2.0)])
    told.at(0.0, lambda: told.at(1.5, lambda: told.spread.settle(2)))
    assert from_first(told) == [(1.0, 1, 0)]


def test_a_sooner_arrival_planned_from_outside_is_told_first() -> None:
    told = Told(4, [(0, 1, 9.0), (2, 3, 1.0), (3, 1, 1.0)])
    told.at(2.0, lambda: told.begin(2))
    assert from_first(told) == [(3.0, 3, 1), (4.0, 1, 2)]


def test_a_run_stopped_before_an_arrival_goes_on_from_there() -> None:
    told = Told(3, [(0, 1, 1.0), (1, 2, 1.0)])
    told.begin(0)
    told.env.run(until=1.5)
    assert (told.env.now, told.arrivals) == (1.5, [(1.0, 1, 0)])
    told.env.run(until=2.0)
    assert (told.env.now, len(told.arrivals)) == (2.0, 1)
    assert told.run()[1:] == [(2.0, 2, 1)]


def test_two_spreads_share_a_clock() -> None:
    one = Told(3, [(0, 1, 1.0), (1, 2, 1.0)])
    other = Told(3, [(0, 1, 1.0), (1, 2, 0.5)], env=one.env)
    one.begin(0)
    other.begin(0)
    one.run()
    assert one.arrivals == [(1.0, 1, 0), (2.0, 2, 1)]
    assert other.arrivals == [(1.0, 1, 0), (1.5, 2, 1)]


def test_edges_that_are_beaten_cost_no_event() -> None:
    told = Told(50, [(source, target, 1.0 + source) for source in range(50) for target in range(50)])
    told.begin(0)
    steps = 0
    while told.env.peek() < inf:
        told.env.step()
        steps += 1
    assert len(told.arrivals) == 49
    assert steps == 1


# ---------------------------------------------------------------------------- against one Timeout for each attempt

DELAYS = st.sampled_from([0.0, 0.1, 0.2, 0.30000000000000004, 1.0, 1.5, 2.0, inf]) | st.floats(0.0, 5.0)
HOURS = st.sampled_from([0.0, 0.5, 1.0, 2.0]) | st.floats(0.0, 8.0)


@dataclass
class Crisis:
    """Vertices are cut off at some hours: an edge whose source is cut off fails, a vertex cut off is closed."""

    vertices: int
    rows: list[tuple[int, int, float]]
    entries: list[tuple[int, float]]
    cuts: list[tuple[int, float]]


@st.composite
def crises(draw: st.DrawFn) -> Crisis:
    vertices = draw(st.integers(1, 8))
    vertex = st.integers(0, vertices - 1)
    return Crisis(
        vertices,
        draw(st.lists(st.tuples(vertex, vertex, DELAYS), max_size=30)),
        draw(st.lists(st.tuples(vertex, HOURS), min_size=1, max_size=3)),
        draw(st.lists(st.tuples(vertex, HOURS), max_size=5)),
    )


class Outbreak:
    """What the spread and its naive reference have in common."""

    def __init__(self, crisis: Crisis) -> None:
        self.env, self.crisis = simpy.Environment(), crisis
        self.reached: dict[int, float] = {}
        self.cut: set[int] = set()
        for vertex, hour in crisis.cuts:
            self.after(hour, partial(self.cut.add, vertex))
        for vertex, hour in crisis.entries:
            self.after(hour, partial(self.enter, vertex))

    def after(self, delay: float, then: Callable[[], None]) -> None:
        after(self.env, delay, then)

    def enter(self, vertex: int) -> None:
        if vertex not in self.reached and vertex not in self.cut:
            self.reached[vertex] = self.env.now
            self.leave(vertex)

    def leave(self, vertex: int) -> None:
        raise NotImplementedError

    def run(self) -> dict[int, float]:
        self.env.run()
        return self.reached


class Naive(Outbreak):
    """Each attempt is a Timeout, and looks when it arrives whether it was of use."""

    def leave(self, vertex: int) -> None:
        for source, target, delay in self.crisis.rows:
            if source == vertex and delay < inf:
                self.after(delay, partial(self.attempt, source, target))

    def attempt(self, source: int, target: int) -> None:
        if source not in self.cut:
            self.enter(target)


class Ours(Outbreak):
    def __init__(self, crisis: Crisis) -> None:
        super().__init__(crisis)
        edges = Edges.of(
            crisis.vertices,
            [row[0] for row in crisis.rows],
            np.array([row[1] for row in crisis.rows], dtype=int),
        )
        self.sources = [row[0] for row in crisis.rows]
        self.spread = Spread(self.env, edges, [row[2] for row in crisis.rows], self.arrive)

    def leave(self, vertex: int) -> None:
        self.spread.leave(vertex)

    def arrive(self, vertex: int, edge: int) -> bool:
        assert vertex not in self.reached
        if self.sources[edge] in self.cut:
            return False
        self.enter(vertex)
        return True


@settings(max_examples=500)
@given(crises())
def test_the_spread_equals_a_timeout_for_each_attempt(crisis: Crisis) -> None:
    assert Ours(crisis).run() == Naive(crisis).run()


@given(crises())
def test_clock_never_goes_back(crisis: Crisis) -> None:
    ours, hours = Ours(crisis), []
    while ours.env.peek() < inf:
        ours.env.step()
        hours.append(ours.env.now)
    assert all(before <= after for before, after in pairwise(hours))
    assert list(ours.reached.values()) == sorted(ours.reached.values())
