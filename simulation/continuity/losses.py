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
from simulation.engine.array_types import Floats
from simulation.engine.compiled import compiled
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

    def __init__(self, dependence: Mapping[Node, Sequence[Dependence]], depends: NDArray[np.float64]) -> None:
        """`depends`, of shape (nodes, applications), are draws: whether an application is one that depends."""
        applications = depends.shape[1]
        self._none, self._whole = np.zeros(applications), np.ones(applications)
        self._depends = depends
        self._dependence = dependence
        self._severed: set[tuple[Node, Node]] = set()
        """Establishments with a shared service that they have cut their link to."""
        self._by_reason: dict[Node, dict[Reason, NDArray[np.float64]]] = {}
        self._own: dict[Node, NDArray[np.float64]] = {}
        """Of all reasons together, for each node that misses anything by itself."""
        self._missed: dict[Node, NDArray[np.float64] | None] = {}
        """With what services take: of each node of which it has been asked since anything changed."""

    def lose(self, node: Node, reason: Reason, share: NDArray[np.float64]) -> None:
        """So much of each application is missing for this reason, whatever was missing for it before."""
        reasons = self._by_reason.setdefault(node, {})
        if share.any():
            reasons[reason] = share
        else:
            reasons.pop(reason, None)
        self._put_together(node, reasons)

    def _put_together(self, node: Node, reasons: Mapping[Reason, NDArray[np.float64]]) -> None:
        self._missed.clear()
        if not reasons:
            self._own.pop(node, None)
            return
        first, *others = reasons.values()
        own = self._own[node] = first.copy()
        for other in others:
            take_more(own, self._whole, other)

    def regain(self, node: Node, reason: Reason, which: NDArray[np.bool_] | None = None) -> None:
        """Nothing is missing for this reason any more, or nothing of these applications."""
        share = self.of(node, reason)
        if share is not None and which is not None:
            self.lose(node, reason, np.where(which, 0.0, share))
        elif share is not None:
            del self._by_reason[node][reason]
            self._put_together(node, self._by_reason[node])

    def of(self, node: Node, reason: Reason) -> NDArray[np.float64] | None:
        """What is missing for this reason; `None` when nothing is."""
        return self._by_reason.get(node, {}).get(reason)

    def own(self, node: Node) -> NDArray[np.float64] | None:
        """What the node misses by itself; `None` when nothing."""
        return self._own.get(node)

    def by_services(self, node: Node) -> NDArray[np.float64]:
        """What shared services that miss something take from it, of shape (applications,)."""
        taken = self._none.copy()
        for each in self._dependence.get(node, ()):
            lost = self._lost_with(node, each)
            if lost is not None:
                take_more(taken, self._whole, lost)
        return taken

    def _lost_with(self, node: Node, on: Dependence) -> NDArray[np.float64] | None:
        """What a shared service takes that misses something, or to which the link is cut."""
        own, is_cut = self._own.get(on.service), (node, on.service) in self._severed
        if own is None and not is_cut:
            return None
        lost = on.severed if own is None else on.takes * own
        if is_cut:
            lost = np.maximum(lost, on.severed)
        return lost if on.chance >= 1.0 else np.where(self._depends[node] < on.chance, lost, 0.0)

    def sever(self, node: Node, service: Node, _event: int) -> None:
        """The establishment has cut its link to a shared service, by this event."""
        self._missed.clear()
        self._severed.add((node, service))

    def mend(self, node: Node, service: Node, _event: int) -> None:
        """The link is there again."""
        self._missed.clear()
        self._severed.discard((node, service))

    def misses_services(self, node: Node, least: float) -> bool:
        """Shared services take at least this share of some application."""
        return bool(self.by_services(node).max() >= least)

    def missed(self, node: Node) -> NDArray[np.float64] | None:
        """The same, with what shared services that miss something take from it."""
        if node not in self._missed:
            self._missed[node] = self._missed_by(node)
        return self._missed[node]

    def _missed_by(self, node: Node) -> NDArray[np.float64] | None:
        own = self._own.get(node)
        missed = None if own is None else own.copy()
        for each in self._dependence.get(node, ()):
            lost = self._lost_with(node, each)
            if lost is None:
                continue
            if missed is None:
                missed = lost.copy()
            else:
                take_more(missed, self._whole, lost)
        return missed


@compiled
def take_more(missed: Floats, takes: Floats, lost: Floats) -> None:
    """What is missing for one more reason is added: what both leave of an application is what remains.

    It takes so much of what is lost; all are of shape (applications,).
    """
    for application in range(len(missed)):
        missed[application] = 1.0 - (1.0 - missed[application]) * (
            1.0 - takes[application] * lost[application]
        )
