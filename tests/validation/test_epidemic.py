"""The spread on a complete graph against the exact Markov solution of the susceptible-infected epidemic."""

from math import sqrt

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray
from scipy.linalg import expm
from simpy import Environment

from simulation.attack.spread import Edges, Spread

NODES = 30
RATE_PER_H = 0.05
"""Of an attempt over each edge: exponential delays make the spread a Markov chain."""
HOURS = np.linspace(0.25, 6.0, 12)
REPLICATIONS = 600


def exact_curve() -> NDArray[np.float64]:
    """Mean number of nodes reached at each hour; the chain goes from k to k + 1 at rate k (n - k) beta."""
    generator = np.zeros((NODES, NODES))
    for reached in range(1, NODES):
        rate = reached * (NODES - reached) * RATE_PER_H
        generator[reached - 1, reached - 1] = -rate
        generator[reached - 1, reached] = rate
    start = np.eye(NODES)[0]
    sizes = np.arange(1, NODES + 1)
    return np.array([start @ expm(generator * hour) @ sizes for hour in HOURS])


def simulated_curve(edges: Edges, count: int, draw: int) -> NDArray[np.float64]:
    delays_h = default_rng([draw, 7]).exponential(1.0 / RATE_PER_H, count).tolist()
    env, reached_h = Environment(), [0.0]

    def arrive(vertex: int, _edge: int) -> bool:
        reached_h.append(float(env.now))
        spread.leave(vertex)
        return True

    spread = Spread(env, edges, delays_h, arrive)
    spread.settle(0)
    spread.leave(0)
    env.run(until=float(HOURS[-1]) + 1.0)
    return np.searchsorted(np.array(reached_h), HOURS, side="right").astype(np.float64)


def test_the_mean_epidemic_curve_is_the_exact_markov_solution() -> None:
    pairs = [(one, other) for one in range(NODES) for other in range(NODES) if one != other]
    edges = Edges.of(NODES, [pair[0] for pair in pairs], [pair[1] for pair in pairs])
    curves = np.array([simulated_curve(edges, len(pairs), draw) for draw in range(REPLICATIONS)])
    error = curves.std(axis=0, ddof=1) / sqrt(REPLICATIONS)
    assert np.all(np.abs(curves.mean(axis=0) - exact_curve()) < 3 * error)
