"""Losses: what each establishment and shared service misses, by application and by reason.

Of an application several reasons may take a share; what they leave is multiplied: 1 - (1 - loss) (1 - loss) … A shared
service that misses something takes of those who depend on it what they need of it. What the loss of an application
costs each stream of care is the matrix (`outage_costs.py`).
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from simulation.continuity.dependence import Dependence
from simulation.engine.nodes import Node


class Reason(StrEnum):
    """Why an application cannot be used."""

    TAKEN = "taken"
    """An attack took it, and it is not rebuilt."""
    MACHINES = "machines"
    """Its servers are spared, and too few machines are left on which it could be used."""
    SWITCHED_OFF = "switched_off"
    """It was switched off by decision, and is not checked."""
    CUT_OFF = "cut_off"
    """It leans on what is outside, and the links are cut."""
    OUTAGE = "outage"
    """A strike on the node itself."""


class Losses:
    """What is missing in one replication; shares, of shape (applications,), are never changed in place."""

    def __init__(self, dependence: Mapping[Node, Sequence[Dependence]], applications: int) -> None:
        self._applications = applications
        self._dependence = dependence
        self._by_reason: dict[Node, dict[Reason, NDArray[np.float64]]] = {}
        self._own: dict[Node, NDArray[np.float64]] = {}
        """Of all reasons together, for each node that misses anything by itself."""

    def lose(self, node: Node, reason: Reason, share: NDArray[np.float64]) -> None:
        """So much of each application is missing for this reason, whatever was missing for it before."""
        reasons = self._by_reason.setdefault(node, {})
        if share.any():
            reasons[reason] = share
        else:
            reasons.pop(reason, None)
        if not reasons:
            self._own.pop(node, None)
            return
        own, *others = reasons.values()
        for other in others:
            own = together(own, other)
        self._own[node] = own

    def regain(self, node: Node, reason: Reason, which: NDArray[np.bool_] | None = None) -> None:
        """Nothing is missing for this reason any more, or nothing of these applications."""
        share = self.of(node, reason)
        if share is not None:
            self.lose(node, reason, np.zeros_like(share) if which is None else np.where(which, 0.0, share))

    def of(self, node: Node, reason: Reason) -> NDArray[np.float64] | None:
        """What is missing for this reason; `None` when nothing is."""
        return self._by_reason.get(node, {}).get(reason)

    def own(self, node: Node) -> NDArray[np.float64] | None:
        """What the node misses by itself; `None` when nothing."""
        return self._own.get(node)

    def by_services(self, node: Node) -> NDArray[np.float64]:
        """What shared services that miss something take from it, of shape (applications,)."""
        taken = np.zeros(self._applications)
        for service, takes in self._dependence.get(node, ()):
            if service in self._own:
                taken = together(taken, takes * self._own[service])
        return taken

    def misses_services(self, node: Node, least: float) -> bool:
        """Shared services take at least this share of some application."""
        return bool((self.by_services(node) >= least).any())

    def missed(self, node: Node) -> NDArray[np.float64] | None:
        """The same, with what shared services that miss something take from it."""
        missed = self._own.get(node)
        for service, takes in self._dependence.get(node, ()):
            if service in self._own:
                taken = takes * self._own[service]
                missed = taken if missed is None else together(missed, taken)
        return missed


def together(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """What two reasons take of each application: what both leave is what remains."""
    together: NDArray[np.float64] = 1.0 - (1.0 - one) * (1.0 - other)
    return together
