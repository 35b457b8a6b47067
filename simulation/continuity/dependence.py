"""Dependence: what an establishment loses with a shared service that it depends on."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.engine.nodes import Node, Nodes
from simulation.inputs.parameters.parameters import Parameters
from topologies.region import LinkKind, Region, ServiceKind

APPLICATIONS_OF = {
    ServiceKind.LABORATORY: ("laboratory",),
    ServiceKind.PLATFORM: ("messaging", "bed_management"),
}
"""What is lost with a shared service; a host takes down what it hosts, a vendor a little of all that leans on outside,
a SAMU its own regulation."""
NO_SERVICE = frozenset({LinkKind.TRANSFER, LinkKind.DIRECTORY})
"""Links by which nothing is rendered: patients' transfers, and trust of a directory."""

SUPPLIERS = (ServiceKind.HOST, ServiceKind.VENDOR, ServiceKind.PLATFORM, ServiceKind.LABORATORY)
"""Services whose customers can cut their link to them."""


class Dependence(NamedTuple):
    """How an establishment depends on a shared service; arrays of shape (applications,)."""

    service: Node
    takes: NDArray[np.float64]
    """How far each application that depends on it is gone with it."""
    severed: NDArray[np.float64]
    """How far each of these is gone when the establishment cuts its link to a service that works."""
    chance: float = 1.0
    """That an application depends on it: of a host nobody says which ones it holds, so that it is drawn."""


def dependents_of(region: Region, nodes: Nodes) -> dict[Node, tuple[Node, ...]]:
    """The establishments to which each shared service renders one."""
    found: dict[Node, list[Node]] = {}
    for link in region.links:
        if link.kind not in NO_SERVICE:
            source, target = nodes.number_of[link.source], nodes.number_of[link.target]
            if not nodes.is_establishment(source) and nodes.is_establishment(target):
                found.setdefault(source, []).append(target)
    return {service: tuple(some) for service, some in found.items()}


def dependence_of(
    kinds: Mapping[Node, ServiceKind],
    dependents: Mapping[Node, tuple[Node, ...]],
    p: Parameters,
) -> dict[Node, tuple[Dependence, ...]]:
    """The shared services of each establishment; `kinds` are those of the services."""
    found: dict[Node, list[Dependence]] = {}
    for service, establishments in dependents.items():
        takes, severed = _lost_with(kinds[service], p)
        chance = p.continuity.host_dependence.value if kinds[service] is ServiceKind.HOST else 1.0
        for dependent in establishments if takes.any() else ():
            found.setdefault(dependent, []).append(Dependence(service, takes, severed, chance))
    return {dependent: tuple(some) for dependent, some in found.items()}


def _lost_with(kind: ServiceKind, p: Parameters) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far each application is gone with a service of this kind, and when the link to one that works is cut.

    Samples go to a laboratory and its results come back by courier whether or not there is a link.
    """
    applications = p.outages.applications
    outside = np.array([one.outside.value for one in applications.values()])
    if kind is ServiceKind.HOST:
        takes = np.array([one.hosted.value for one in applications.values()])
        return takes, takes
    if kind is ServiceKind.VENDOR:
        takes = outside * p.continuity.vendor_dependence.value
        return takes, takes
    dependence = {
        ServiceKind.LABORATORY: p.continuity.laboratory_dependence.value,
        ServiceKind.PLATFORM: p.continuity.platform_dependence.value,
    }
    taken = APPLICATIONS_OF.get(kind, ())
    takes = np.array([dependence[kind] if name in taken else 0.0 for name in applications])
    return takes, np.minimum(takes, outside)
