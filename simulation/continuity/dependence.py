"""Dependence: what an establishment loses with a shared service that it depends on."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from simulation.engine.nodes import Node, Nodes
from simulation.inputs.parameters.parameters import Parameters
from topologies.region import LinkKind, Region, ServiceKind

APPLICATIONS_OF = {
    ServiceKind.LABORATORY: ("laboratory",),
    ServiceKind.PLATFORM: ("messaging", "bed_management"),
}
"""What is lost with a shared service; a host takes down what it hosts, a SAMU its own regulation."""
NO_SERVICE = frozenset({LinkKind.TRANSFER, LinkKind.DIRECTORY})
"""Links by which nothing is rendered: patients' transfers, and trust of a directory."""

Dependence = tuple[Node, NDArray[np.float64]]
"""A shared service, and how far each application depends on it, of shape (applications,)."""


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
    applications = p.outages.applications
    dependence = {
        ServiceKind.LABORATORY: p.continuity.laboratory_dependence.value,
        ServiceKind.PLATFORM: p.continuity.platform_dependence.value,
    }
    found: dict[Node, list[Dependence]] = {}
    for service, establishments in dependents.items():
        kind = kinds[service]
        if kind is ServiceKind.HOST:
            takes = np.array(
                [p.continuity.host_dependence.value * one.hosted.value for one in applications.values()]
            )
        else:
            taken = APPLICATIONS_OF.get(kind, ())
            takes = np.array([dependence[kind] if name in taken else 0.0 for name in applications])
        for dependent in establishments if takes.any() else ():
            found.setdefault(dependent, []).append((service, takes))
    return {dependent: tuple(some) for dependent, some in found.items()}
