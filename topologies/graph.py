"""What does a region look like to networkx?"""

from dataclasses import asdict
from typing import TYPE_CHECKING

import networkx

from topologies.region import Region

if TYPE_CHECKING:
    Graph = networkx.MultiDiGraph[str]


def graph_of(region: Region) -> "Graph":
    """The region's nodes and links as a directed multigraph, keyed by the kind of link."""
    graph: Graph = networkx.MultiDiGraph(name=region.name)
    for of, records in (
        ("establishment", region.establishments),
        ("service", region.services),
        ("venue", region.venues),
    ):
        for node, record in records.items():
            graph.add_node(node, of=of, **asdict(record))
    for link in region.links:
        graph.add_edge(link.source, link.target, key=str(link.kind), **asdict(link))
    return graph
