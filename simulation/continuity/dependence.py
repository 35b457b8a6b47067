"""What does an establishment lose with a shared service that it leans on?"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from simulation.inputs.parameters.outages import Outages
from simulation.inputs.parameters.parameters import Parameters
from topologies.region import ServiceKind

APPLICATIONS_OF = {
    ServiceKind.LABORATORY: ("laboratory",),
    ServiceKind.PLATFORM: ("messaging", "bed_management"),
}
"""What is lost with a shared service; a host takes down what it hosts, a SAMU its own regulation."""

Dependence = tuple[int, NDArray[np.float64]]
"""A shared service, and how far each application leans on it, of shape (applications,)."""


def dependence_of(
    kinds: Mapping[int, ServiceKind],
    dependents: Mapping[int, tuple[int, ...]],
    outages: Outages,
    p: Parameters,
) -> dict[int, tuple[Dependence, ...]]:
    """The shared services of each establishment; `kinds` are those of the services, by their numbers."""
    applications = outages.applications
    dependence = {
        ServiceKind.LABORATORY: p.continuity.laboratory_dependence.value,
        ServiceKind.PLATFORM: p.continuity.platform_dependence.value,
    }
    found: dict[int, list[Dependence]] = {}
    for service, who in dependents.items():
        kind = kinds[service]
        if kind is ServiceKind.HOST:
            takes = np.array(
                [p.continuity.host_dependence.value * one.hosted.value for one in applications.values()]
            )
        else:
            taken = APPLICATIONS_OF.get(kind, ())
            takes = np.array([dependence[kind] if name in taken else 0.0 for name in applications])
        for dependent in who if takes.any() else ():
            found.setdefault(dependent, []).append((service, takes))
    return {dependent: tuple(some) for dependent, some in found.items()}
