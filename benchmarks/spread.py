"""The cost of a spread over a graph, against the best that Python offers and against the limit.

Side by side in one process, on the same graphs (mean degree 8) and, but where EoN draws its own, the same delays:
ours, EoN's fast_SIR without recovery, a SimPy process for each attempt, and SciPy's Dijkstra in C, the limit.
Graphs and arrays are ready beforehand for all; rounds take turns, so that noise of the machine hits all alike.

    python -m benchmarks.spread [--json]
"""

import gc
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import inf

import networkx
import numpy as np
import simpy
from numpy.random import default_rng
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from benchmarks.table import tell
from simulation.attack.spread import Edges, Spread

try:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # EoN 2.0 imports scipy.ndimage.interpolation
        import EoN
except ImportError:
    print("benchmarks.spread compares with EoN: .venv/bin/pip install -e '.[bench]'", file=sys.stderr)
    raise SystemExit(2) from None

MEAN_DEGREE = 8
ROUNDS_OF_NODES = {500: 101, 5_000: 31, 50_000: 5}
PROCESS_ROUNDS_OF_NODES = {500: 5, 5_000: 3, 50_000: 1}
OURS, OURS_DRAWING, LIMIT = "ours", "ours, drawing the delays", "scipy's Dijkstra, the limit"
EON, EON_SAME, PROCESSES = "EoN fast_SIR", "EoN fast_nonMarkov_SIR, same delays", "a SimPy process an attempt"


@dataclass(frozen=True, slots=True)
class Network:
    """A random graph, and the delay of each of its edges in each direction, in the form that each contestant likes."""

    graph: networkx.Graph
    edges: Edges
    delays: list[float]
    matrix: csr_array
    delay_of: dict[tuple[int, int], float]


def network_of(nodes: int) -> Network:
    """Attempts cross at rate one: delays are exponential."""
    graph = networkx.fast_gnp_random_graph(nodes, MEAN_DEGREE / (nodes - 1), seed=1)
    ends = [(source, target) for source in graph for target in graph[source]]
    sources, targets = np.array(ends).T
    delays = default_rng(1).exponential(size=len(ends))
    return Network(
        graph=graph,
        edges=Edges.of(nodes, sources, targets),
        delays=delays.tolist(),
        matrix=csr_array((delays, (sources, targets)), shape=(nodes, nodes)),
        delay_of=dict(zip(ends, delays.tolist(), strict=True)),
    )


def ours(network: Network, delays: list[float]) -> list[float]:
    """The hour at which our engine reaches each node."""
    env = simpy.Environment()
    hours = [inf] * len(network.graph)

    def arrive(vertex: int, _: int) -> bool:
        hours[vertex] = env.now
        spread.leave(vertex)
        return True

    spread = Spread(env, network.edges, delays, arrive)
    hours[0] = 0.0
    spread.leave(0)
    env.run()
    return hours


def ours_drawing(network: Network) -> list[float]:
    """As EoN's fast_SIR, which draws while it runs."""
    return ours(network, default_rng().exponential(size=len(network.delays)).tolist())


def eon_same(network: Network, *, full: bool = False) -> object:
    """EoN, given the delays; with the history of each node when asked."""
    return EoN.fast_nonMarkov_SIR(
        network.graph,
        trans_time_fxn=lambda source, target: network.delay_of[source, target],
        rec_time_fxn=lambda _: inf,
        initial_infecteds=[0],
        return_full_data=full,
    )


def processes(network: Network) -> list[float]:
    """What one writes first in SimPy: each attempt is a process."""
    env = simpy.Environment()
    hours = [inf] * len(network.graph)

    def attempt(delay: float, target: int) -> Iterator[simpy.Event]:
        yield env.timeout(delay)
        if hours[target] == inf:
            reach(target)

    def reach(vertex: int) -> None:
        hours[vertex] = env.now
        for target, number in network.edges.leaving[vertex]:
            env.process(attempt(network.delays[number], target))

    reach(0)
    env.run()
    return hours


def check(network: Network, nodes: int) -> None:
    """All contestants that share the delays reach each node at the same hour."""
    limit = dijkstra(network.matrix, indices=0)
    eon = eon_same(network, full=True)
    histories = [eon.node_history(node) for node in network.graph]
    eon_hours = [hours[statuses.index("I")] if "I" in statuses else inf for hours, statuses in histories]
    mine = ours(network, network.delays)
    if mine != limit.tolist() or not np.allclose(mine, eon_hours, rtol=0, atol=1e-9):
        raise SystemExit(f"at {nodes} nodes the contestants do not agree on the hours")


CONTESTANTS: dict[str, Callable[[Network], object]] = {
    OURS: lambda network: ours(network, network.delays),
    OURS_DRAWING: ours_drawing,
    EON: lambda network: EoN.fast_SIR(network.graph, 1.0, 0.0, initial_infecteds=[0]),
    EON_SAME: eon_same,
    PROCESSES: processes,
    LIMIT: lambda network: dijkstra(network.matrix, indices=0),
}


def seconds_by_turns(network: Network, rounds: int, fewer: Mapping[str, int]) -> dict[str, float]:
    """Median seconds of each contestant; they take turns, and some drop out after fewer rounds."""
    seconds: dict[str, list[float]] = {name: [] for name in CONTESTANTS}
    for turn in range(rounds):
        for name, spread in CONTESTANTS.items():
            if turn < fewer.get(name, rounds):
                begun = time.perf_counter()
                spread(network)
                seconds[name].append(time.perf_counter() - begun)
    return {name: statistics.median(durations) for name, durations in seconds.items()}


def main() -> None:
    """The comparison is printed."""
    seconds, ratios = {}, {}
    for nodes, rounds in ROUNDS_OF_NODES.items():
        network = network_of(nodes)
        check(network, nodes)  # and all are warm
        gc.collect()
        gc.freeze()  # graphs live as long as the campaign; collecting them again and again is nobody's cost
        here = seconds_by_turns(network, rounds, {PROCESSES: PROCESS_ROUNDS_OF_NODES[nodes]})
        seconds |= {f"{name}, {nodes} nodes": duration for name, duration in here.items()}
        ratios |= {
            f"EoN fast_SIR over ours, {nodes} nodes": here[EON] / here[OURS_DRAWING],
            f"EoN with the same delays over ours, {nodes} nodes": here[EON_SAME] / here[OURS],
            f"a SimPy process an attempt over ours, {nodes} nodes": here[PROCESSES] / here[OURS],
            f"scipy's limit over ours, {nodes} nodes": here[LIMIT] / here[OURS],
        }
    tell(f"one spread over a random graph of mean degree {MEAN_DEGREE}", seconds, ratios)


if __name__ == "__main__":
    main()
