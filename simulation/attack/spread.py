"""Spread: when what moves along edges first reaches each vertex; on SimPy's clock, at the price of the arrivals alone.

The delay of each edge is drawn beforehand, so that a spread is a first passage (Dijkstra 1959), which others may
disturb: a vertex is closed, or an edge fails because its source was cut off meanwhile. In order:

1. A vertex that is left plans an arrival by each of its edges that beats the best one planned at its target. An edge
   that does not costs a comparison: no place in the calendar, no event of SimPy.
2. SimPy holds one event, the bell, for the first hour of the calendar. It rings after all else of that hour.
3. Arrivals are reported, in order of hours and then of planning, until SimPy holds something that comes first.
4. An arrival that is refused has lost its edge: the best among the other edges that enter the vertex is planned.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf
from typing import Any, Self

import numpy as np
import simpy
from numpy.typing import NDArray
from simpy.events import NORMAL, EventPriority

Ends = Sequence[int] | NDArray[np.integer[Any]]
Pairs = tuple[tuple[tuple[int, int], ...], ...]
AFTER_ALL_ELSE = EventPriority(NORMAL + 1)


@dataclass(frozen=True, slots=True)
class Edges:
    """Which edges leave and enter each vertex: made once per campaign, shared by all its replications.

    An edge's number is its position among the ends that it was made of.
    """

    leaving: Pairs
    entering: Pairs

    @classmethod
    def of(cls, vertices: int, sources: Ends, targets: Ends) -> Self:
        """Each vertex knows its edges: (target, number) where one leaves, (source, number) where one enters.

        >>> Edges.of(3, [0, 0, 1], [1, 2, 2]).entering
        ((), ((0, 0),), ((0, 1), (1, 2)))
        """
        begins, ends = np.asarray(sources, dtype=np.int64), np.asarray(targets, dtype=np.int64)
        return cls(leaving=_at_each(vertices, begins, ends), entering=_at_each(vertices, ends, begins))


def _at_each(vertices: int, here: NDArray[np.int64], there: NDArray[np.int64]) -> Pairs:
    """Pairs are made vertex by vertex: what is read together lies together in memory."""
    order = np.argsort(here, kind="stable")
    bounds = np.searchsorted(here[order], np.arange(vertices + 1)).tolist()
    pairs = list(zip(there[order].tolist(), order.tolist(), strict=True))
    return tuple(tuple(pairs[bounds[vertex] : bounds[vertex + 1]]) for vertex in range(vertices))


class Bell(simpy.Event):
    """The one event of a spread that SimPy holds; the one place that uses what SimPy keeps to itself.

    `Environment.schedule` takes a delay, and now + (hour - now) may miss the hour by a rounding: the bell is queued
    at the hour itself. An event for each arrival would cost a fifth more: where no event lies between, the clock
    advances without one.
    """

    def __init__(self, env: simpy.Environment, ring: Callable[[simpy.Event], None]) -> None:
        super().__init__(env)
        self._ok, self._value = True, None
        self._callbacks = [self._again, ring]
        self._again(self)

    def _again(self, _: simpy.Event) -> None:
        """SimPy empties an event that has happened; this one may be held for another hour already."""
        self.callbacks = self._callbacks

    def ring_at(self, hour: float) -> None:
        """The bell rings at this hour too, exactly, when all else of that hour has happened."""
        heappush(self.env._queue, (hour, AFTER_ALL_ELSE, next(self.env._eid), self))

    def advances(self, hour: float) -> bool:
        """It is this hour on SimPy's clock, unless SimPy holds something to happen first."""
        queue = self.env._queue
        if queue and queue[0][0] <= hour:
            return False
        self.env._now = hour
        return True


class Spread:
    """What is spreading, in one replication."""

    def __init__(
        self, env: simpy.Environment, edges: Edges, delays_h: list[float], arrive: Callable[[int, int], bool]
    ) -> None:
        """The delay of each edge, by number, is infinite where it never passes.

        `arrive(vertex, number)` is called at the hour of a vertex's first arrival, with the edge that it came by.
        True settles the vertex: it is never called again. False says that this edge failed.
        """
        vertices = len(edges.leaving)
        self._env, self._edges, self._delays, self._arrive = env, edges, delays_h, arrive
        self._bell = Bell(env, self._ring)
        self._rings_h = inf
        self._reporting_h: float | None = None
        self._hours: list[float] = []  # the calendar, a heap: of bare hours, which compare faster than tuples
        self._due: dict[float, int] = {}  # the vertex of each hour of the calendar
        self._also_due: dict[float, list[int]] = {}  # further vertices of an hour that has several
        self._best_h = [inf] * vertices  # the hour of the best arrival planned; -inf once settled
        self._best_edge = [-1] * vertices
        self._left_h = [inf] * vertices
        self._failed: set[int] = set()

    def settle(self, vertex: int) -> None:
        """The vertex is reached or closed for good: no arrival is reported there any more."""
        self._best_h[vertex] = -inf

    def leave(self, vertex: int) -> None:
        """The vertex is reached now, for good: each of its edges will arrive, unless its target is reached sooner."""
        now = self._env.now if self._reporting_h is None else self._reporting_h
        self._best_h[vertex] = -inf
        self._left_h[vertex] = now
        self._plan(self._edges.leaving[vertex], now)
        if self._reporting_h is None:
            self._set_bell()

    def _plan(self, attempts: Iterable[tuple[int, int]], left_h: float) -> None:
        """Of the edges (target, number) left at this hour, those that beat what is planned enter the calendar."""
        delays, best_h, best_edge = self._delays, self._best_h, self._best_edge
        due, hours = self._due, self._hours
        for target, number in attempts:
            hour = left_h + delays[number]
            if hour < best_h[target]:
                best_h[target] = hour
                best_edge[target] = number
                if hour in due:
                    self._also_due.setdefault(hour, []).append(target)
                else:
                    due[hour] = target
                    heappush(hours, hour)

    def _set_bell(self) -> None:
        if self._hours and self._hours[0] < self._rings_h:
            self._rings_h = self._hours[0]
            self._bell.ring_at(self._rings_h)

    def _ring(self, _: simpy.Event) -> None:
        """Arrivals are reported, each at its hour, until SimPy holds something before the next."""
        hours, due, also_due, best_h = self._hours, self._due, self._also_due, self._best_h
        advances, arrive, best_edge = self._bell.advances, self._arrive, self._best_edge
        self._reporting_h = now = self._env.now
        while hours:
            hour = hours[0]
            vertex = due[hour]
            is_best = best_h[vertex] == hour
            if is_best and hour > now:
                if not advances(hour):
                    break
                self._reporting_h = now = hour
            if also_due and hour in also_due:
                self._next_of(hour)
            else:
                del due[heappop(hours)]
            if is_best:
                best_h[vertex] = -inf
                if not arrive(vertex, best_edge[vertex]):
                    self._reopen(vertex)
        self._reporting_h = None
        if self._rings_h <= now:
            self._rings_h = inf
        self._set_bell()

    def _next_of(self, hour: float) -> None:
        """Of several vertices due at one hour the first is reported: it is the turn of the next."""
        self._due[hour], *others = self._also_due.pop(hour)
        if others:
            self._also_due[hour] = others

    def _reopen(self, vertex: int) -> None:
        """The edge that arrived has failed; the best of the others that are under way takes its place."""
        self._failed.add(self._best_edge[vertex])
        self._best_h[vertex] = inf
        for source, number in self._edges.entering[vertex]:
            if number not in self._failed:
                self._plan(((vertex, number),), self._left_h[source])
