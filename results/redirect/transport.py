"""Transport: who is sent where when room is limited, with the fewest minutes for all together.

As many as there is room for are sent; of all ways to send these, one with the fewest minutes is taken. It is the
transport problem of textbooks, and networkx solves it exactly, by its network simplex, in whole numbers.
"""

from collections.abc import Mapping
from typing import TypeVar

Sender = TypeVar("Sender")
Taker = TypeVar("Taker")


def sent(
    patients: Mapping[Sender, int], room: Mapping[Taker, int], costs: Mapping[tuple[Sender, Taker], int]
) -> dict[tuple[Sender, Taker], int]:
    """How many each sends to whom; `costs` has a line for each way that is open, and no others are."""
    import networkx  # costs its import, and nothing else of this room needs it

    total = sum(patients.values())
    # Dearer than any chain of others who make way for one more.
    stays = 1 + max(costs.values(), default=0) * (1 + len(patients) + len(room))
    graph: networkx.DiGraph[tuple[object, ...]] = networkx.DiGraph()
    end = ("end",)
    graph.add_node(end, demand=total)
    for sender, count in patients.items():
        graph.add_node(("from", sender), demand=-count)
        graph.add_edge(("from", sender), end, weight=stays)
    for taker, places in room.items():
        graph.add_edge(("to", taker), end, weight=0, capacity=places)
    for (sender, taker), cost in costs.items():
        graph.add_edge(("from", sender), ("to", taker), weight=cost)
    _, flow = networkx.network_simplex(graph)
    return {
        (sender, taker): count
        for sender, taker in costs
        if (count := flow["from", sender].get(("to", taker), 0))
    }
