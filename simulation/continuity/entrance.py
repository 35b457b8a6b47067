"""Entrance: whom the departments of a site let in by decision, how many shun them, and whom it moves elsewhere."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from simulation.care.flow.changes import BEHIND_ROWS, DEPARTMENTS, HELD_ELSEWHERE, Doors, Left
from simulation.engine.nodes import Node
from simulation.inputs.streams import NUMBER, Stream


class Entrance:
    """The entrances of all sites in one replication."""

    def __init__(self) -> None:
        self.doors: dict[Node, Doors] = {}
        self.shunned: dict[Node, float] = {}
        """The share of those who would come by themselves who shun each, once people know that it is struck."""
        self.emptied: dict[Node, Collection[Stream]] = {}
        """The streams that each gives elsewhere by decision."""

    def act(self, node: Node, left: NDArray[np.float64]) -> None:
        """What is left of a site says so, of shape (streams, columns of `Left`)."""
        if node in self.doors:
            for row in DEPARTMENTS:
                left[row, Left.DOORS] = self.doors[node]
            for row in BEHIND_ROWS:
                left[row, Left.DOORS] = min(self.doors[node], Doors.NO_AMBULANCES)
        if node in self.shunned:
            for row in DEPARTMENTS:
                left[row, Left.SHUNNED] = self.shunned[node]
        for stream in self.emptied.get(node, ()):
            if stream is not Stream.MATERNITY:
                left[NUMBER[stream], Left.EMPTIED] = 1.0
            if stream not in HELD_ELSEWHERE:
                left[NUMBER[stream], Left.CAPACITY] = 0.0
