"""The spread of the attack against theory: with sure attempts and fixed delays it is the shortest path."""

from dataclasses import replace

import networkx
import numpy as np
import pytest
from numpy.random import Generator, default_rng

from simulation.crisis import replicate
from simulation.outcome import Outcome
from simulation.parameters import Parameters
from simulation.posture import Posture
from simulation.scenario import Attack, Scenario
from simulation.theatre import Theatre, prepare
from tests.simulation.conftest import establishment, link
from topologies.region import LinkKind, Region

FIXED = ("foothold_h", "directory_control_h", "breakout_h", "crossing_h", "exfiltration_h")
CERTAIN = (
    "foothold_success",
    "directory_control_success",
    "crossing_directory",
    "crossing_hosting",
    "crossing_maintenance",
    "crossing_exchange",
)
KINDS = (LinkKind.DIRECTORY, LinkKind.HOSTING, LinkKind.MAINTENANCE, LinkKind.EXCHANGE)


def region_of(rng: Generator, nodes: int, mean_degree: float) -> Region:
    """Establishments joined at random by links of every kind that an attack can follow."""
    names = [f"75{number:07}" for number in range(nodes)]
    chance = mean_degree / (nodes - 1)
    links = [
        link(source, target, KINDS[rng.integers(len(KINDS))])
        for source in names
        for target in names
        if source != target and rng.random() < chance
    ]
    return Region(
        name="random",
        title="Random",
        establishments={name: establishment(name, None, 20_000, 100) for name in names},
        services={},
        venues={},
        links=tuple(sorted(links, key=lambda one: (one.source, one.kind, one.target))),
    )


@pytest.fixture
def certain(parameters: Parameters) -> Parameters:
    """Every attempt succeeds, after its median, and nobody notices."""
    update = {name: getattr(parameters, name).model_copy(update={"log_sd": None}) for name in FIXED}
    update |= {name: getattr(parameters, name).model_copy(update={"value": 1.0}) for name in CERTAIN}
    update["detection_h"] = parameters.detection_h.model_copy(update={"value": 1e12})
    return parameters.model_copy(update=update)


def arrivals(outcome: Outcome) -> dict[str, float]:
    return {row.finess: row.compromised_h for row in outcome.establishments if row.compromised_h is not None}


def shortest_paths(theatre: Theatre, entry: str) -> dict[str, float]:
    """Dijkstra over the delays: to climb in a node, then to cross a link; a node's climb depends on its way in.

    Each node stands twice: entered over a trusted directory (its own has then fallen), or in any other way.
    """
    p = theatre.parameters
    climb = {True: p.breakout_h.value, False: p.directory_control_h.value}
    graph: networkx.DiGraph[tuple[str, bool]] = networkx.DiGraph()
    for passage in theatre.passages:
        source, target = theatre.nodes[passage.source], theatre.nodes[passage.target]
        trusted = passage.kind is LinkKind.DIRECTORY
        crossing = p.breakout_h.value if trusted else p.crossing_h.value
        for way in (True, False):
            graph.add_edge((source, way), (target, trusted), weight=climb[way] + crossing)
    graph.add_node((entry, False))
    lengths = networkx.single_source_dijkstra_path_length(graph, (entry, False))
    return {
        node: p.foothold_h.value + min(length for (name, _), length in lengths.items() if name == node)
        for node, _ in lengths
    }


@pytest.mark.parametrize("draw", range(8))
def test_compromise_times_are_dijkstras_shortest_paths(
    draw: int, scenario: Scenario, helpless: Posture, certain: Parameters
) -> None:
    """On links of trust alone, or of the other kinds alone: mixed, a node entered later could climb sooner."""
    rng = default_rng(draw)
    region = region_of(rng, 60, 3.0)
    one_kind = KINDS[1:] if draw % 2 else KINDS[:1]
    region = replace(region, links=tuple(each for each in region.links if each.kind in one_kind))
    entry = next(iter(region.establishments))
    attack = Attack(entry_points=(entry,), detonation=scenario.end - (scenario.end - scenario.start) / 720)
    quiet = scenario.model_copy(update={"attack": attack, "event": None})
    theatre = prepare(region, quiet, helpless, certain)
    expected = {node: at_h for node, at_h in shortest_paths(theatre, entry).items() if at_h < quiet.horizon_h}
    found = arrivals(replicate(theatre, 1, draw))
    assert found.keys() == expected.keys()
    assert np.allclose([found[node] for node in expected], list(expected.values()), rtol=0, atol=1e-9)
