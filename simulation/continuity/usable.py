"""Usable applications: what a site can use, and what it cannot, told on the timeline whenever that changes."""

from collections.abc import Iterable
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from simulation.engine.nodes import Node
from simulation.engine.recovery_events import ApplicationsBack, ApplicationsDown
from simulation.engine.situation import Situation

DOWN = 0.5
"""By definition: an application of which more is missing is down, whatever took it; it is back once less is."""


class Usable:
    """What every site can use of its applications in one replication, and each SAMU of its own."""

    def __init__(self, situation: Situation, applications: Iterable[str], uses: NDArray[np.bool_]) -> None:
        """The applications are named in the order of their numbers; `uses` says which each node has."""
        self.situation = situation
        self._names = tuple(applications)
        self._uses = uses
        self._down: dict[Node, tuple[str, ...]] = {}
        """Of each node at which some are down: which."""

    def follow(self, node: Node, missed: NDArray[np.float64] | None, cause: int | None = None) -> None:
        """So much of each application is missing now, of shape (applications,), because of this event.

        Without one, because of what happened last to the node. That some are down leads to nothing in the crisis that
        does not follow from the same; that they are back does.
        """
        before = self._down.get(node, ())
        now = () if missed is None else self._down_of(node, missed)
        self._down[node] = now
        if down := tuple(name for name in now if name not in before):
            self.situation.note_beside(node, ApplicationsDown(down), cause)
        if back := tuple(name for name in before if name not in now):
            self.situation.note(node, ApplicationsBack(back), cause)

    def _down_of(self, node: Node, missed: NDArray[np.float64]) -> tuple[str, ...]:
        return tuple(compress(self._names, ((missed > DOWN) & self._uses[node]).tolist()))
