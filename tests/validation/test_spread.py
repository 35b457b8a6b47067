"""The spread of the attack against theory: with sure attempts and fixed delays it is the shortest path."""

from datetime import timedelta

import networkx
import numpy as np
import pytest
from numpy.random import default_rng

from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.scenarios.wave import Detonation
from simulation.outcome.records import Outcome
from simulation.replication import PreparedCampaign, replicate
from tests.campaigns import beyond_measure, prepare_campaign
from tests.regions import random_region
from topologies.region import LinkKind

FIXED = ("foothold_h", "privilege_h", "directory_control_h", "breakout_h", "crossing_h", "exfiltration_h")
CERTAIN = (
    "foothold_success",
    "privilege_success",
    "directory_control_success",
    "shared_directory_reached",
    "trust_separate",
    "crossing_hosting",
    "crossing_maintenance",
    "crossing_exchange",
)
KINDS = (LinkKind.DIRECTORY, LinkKind.HOSTING, LinkKind.MAINTENANCE, LinkKind.EXCHANGE)


@pytest.fixture
def certain(parameters: Parameters) -> Parameters:
    """Every attempt succeeds, after its median, and nobody notices."""
    update = {name: parameters.quantities[name].model_copy(update={"log_sd": None}) for name in FIXED}
    update |= {name: parameters.quantities[name].model_copy(update={"value": 1.0}) for name in CERTAIN}
    never = dict.fromkeys(("detection_h", "cert_warning_h"), 1e12) | {"sabotage_seen": 0.0, "theft_seen": 0.0}
    return beyond_measure(parameters.changed(update), never)


def arrivals(outcome: Outcome) -> dict[str, float]:
    return {row.finess: row.compromised_h for row in outcome.establishments if row.compromised_h is not None}


def shortest_paths(prepared: PreparedCampaign, entry: str) -> dict[str, float]:
    """Dijkstra over the steps: a node stands three times, and a trusted directory leads straight to control."""
    p = prepared.campaign.parameters
    graph: networkx.DiGraph[tuple[str, str]] = networkx.DiGraph()
    for node in prepared.nodes.names:
        graph.add_edge((node, "foothold"), (node, "privilege"), weight=p.attack.privilege_h.value)
        graph.add_edge((node, "privilege"), (node, "control"), weight=p.attack.directory_control_h.value)
    for each in prepared.campaign.region.links:
        trusted = each.kind is LinkKind.DIRECTORY
        crossing = p.attack.breakout_h.value if trusted else p.attack.crossing_h.value
        edge = ((each.source, "control"), (each.target, "control" if trusted else "foothold"))
        known = graph.get_edge_data(*edge, default={"weight": crossing})["weight"]
        graph.add_edge(*edge, weight=min(known, crossing))
    lengths = networkx.single_source_dijkstra_path_length(graph, (entry, "foothold"))
    first: dict[str, float] = {}
    for (node, _), length in lengths.items():
        first[node] = min(first.get(node, np.inf), p.attack.foothold_h.value + length)
    return first


@pytest.mark.parametrize("draw", range(12))
def test_compromise_times_are_dijkstras_shortest_paths(
    draw: int, scenario: Scenario, helpless: Posture, certain: Parameters
) -> None:
    rng = default_rng(draw)
    region = random_region(rng, 60, 3.0, KINDS)
    entry = next(iter(region.establishments))
    detonation = Detonation(at=scenario.end - timedelta(hours=1))
    wave = scenario.waves[0].model_copy(update={"entry_points": (entry,), "detonation": detonation})
    quiet = scenario.model_copy(update={"waves": (wave,), "event": None})
    prepared = prepare_campaign(region, quiet, helpless, certain)
    expected = {
        node: at_h for node, at_h in shortest_paths(prepared, entry).items() if at_h < quiet.horizon_h
    }
    found = arrivals(replicate(prepared, 1, draw))
    assert found.keys() == expected.keys()
    assert np.allclose([found[node] for node in expected], list(expected.values()), rtol=0, atol=1e-9)
