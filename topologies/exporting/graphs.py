"""Graphs: a region as GraphML and as node-link JSON, written by networkx.

Nodes are establishments, shared services and venues; edges are links, directed. A graph says its name, its title and
with whom it may be shared.
"""

import io
import json
from datetime import date
from typing import TYPE_CHECKING

from topologies.exporting.marking import Marking
from topologies.region import Region

if TYPE_CHECKING:
    import networkx

    Graph = networkx.MultiDiGraph[str]


def graphml_of(region: Region, marking: Marking) -> bytes:
    """The region as GraphML; what is not known is not written, since the format has no word for it."""
    import networkx

    text = io.BytesIO()
    networkx.write_graphml_xml(_plain(region, marking), text)
    return text.getvalue()


def node_link_of(region: Region, marking: Marking) -> bytes:
    """The region as networkx's JSON of nodes and edges, one after the other in a line."""
    import networkx

    data = networkx.node_link_data(_plain(region, marking), edges="edges")
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(region: Region, marking: Marking) -> "Graph":
    """The graph of the region with plain values, without those that are missing; each edge has a number of its own."""
    import networkx

    whole = region.graph()
    graph: Graph = networkx.MultiDiGraph(name=region.name, title=region.title, tlp=str(marking))
    for node, data in whole.nodes(data=True):
        graph.add_node(node, **_known(data))
    for number, (source, target, data) in enumerate(whole.edges(data=True)):
        said = {name: value for name, value in data.items() if name not in {"source", "target"}}
        graph.add_edge(source, target, key=f"e{number}", **_known(said))
    return graph


def _known(data: dict[str, object]) -> dict[str, object]:
    return {name: _value(value) for name, value in data.items() if value is not None}


def _value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
