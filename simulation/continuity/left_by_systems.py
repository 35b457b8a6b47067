"""Left by systems: what is left of each stream of a site while applications are missing.

The matrix (`outages.yaml`) says what is lost, work on paper how hard it is (`paper.py`), and of planned care what is
stopped and what is organised on paper. Doors and plans blancs come on top.
"""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from simulation.care.flow.changes import INTACT, PLANNED, Left
from simulation.continuity.losses import Losses
from simulation.continuity.outage_costs import costs_of, put_off
from simulation.continuity.paper import Paper
from simulation.continuity.prepared import PreparedContinuity
from simulation.engine.nodes import Node
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import STREAMS, Stream

CAPACITY = int(Left.CAPACITY)
"""A plain number: with a member of an enumeration numpy takes five times as long to find a column."""


class LeftBySystems:
    """What systems leave of all sites in one replication."""

    def __init__(
        self,
        situation: Situation,
        prepared: PreparedContinuity,
        p: Parameters,
        losses: Losses,
        paper: Paper,
    ) -> None:
        self._situation = situation
        self._prepared = prepared
        self._p = p.site
        self._losses = losses
        self._paper = paper
        self._stopped: dict[Node, NDArray[np.bool_]] = {}
        """Where planned care has been decided on: which of `PLANNED` are stopped; the others are organised on paper."""
        self._lost: dict[Node, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}
        """Of each node: what it missed when its costs were last worked out, and these."""
        self._intact = np.tile(INTACT, (len(STREAMS), 1))
        """Of shape (streams, columns of `Left`)."""

    def stop(self, node: Node, stopped: Collection[Stream]) -> None:
        """Of planned care these streams are stopped, and the others organised on paper."""
        self._stopped[node] = np.array([stream in stopped for stream in PLANNED])

    def take_up(self, node: Node) -> None:
        """Planned care is no longer decided on."""
        self._stopped.pop(node, None)

    def lost(self, node: Node) -> NDArray[np.float64] | None:
        """What the systems that are missing cost each stream, paper's hardship apart; `None` when nothing is."""
        down = self._losses.missed(node)
        return None if down is None else self._lost_with(node, down)

    def _lost_with(self, node: Node, down: NDArray[np.float64]) -> NDArray[np.float64]:
        """Worked out once for each change of what is missing."""
        known = self._lost.get(node)
        if known is None or known[0] is not down:
            costs = self._intact.copy()
            costs_of(self._prepared.matrix, down, self._prepared.rehearsed[node], 1.0, costs)
            known = self._lost[node] = (down, 1.0 - costs[:, CAPACITY])
        return known[1]

    def at(self, node: Node) -> NDArray[np.float64]:
        """What is left of each stream now, of shape (streams, columns of `Left`)."""
        down, left = self._losses.missed(node), self._intact.copy()
        hours = self._paper.hours(node, self._situation.now_h)
        if down is not None:
            hardship = self._paper.hardship(node, hours)
            costs_of(self._prepared.matrix, down, self._prepared.rehearsed[node], hardship, left)
            self._paper.make_up(hours, left)
            if node in self._stopped:
                keeps, loses = self._p.stopped_keeps.value, self._p.organised_loses.value
                put_off(self._stopped[node], self._lost_with(node, down), keeps, loses, left)
            # Nobody holds sessions above the plan while systems are missing: what is kept is kept of the plan.
            left[:, CAPACITY] *= self._paper.of_the_plan
        if node in self._paper.reentering:
            left[:, CAPACITY] *= self._paper.reentry
        if not self._situation.nodes.is_establishment(node):
            self._paper.answer_calls(hours, left)
        return left
