"""Stakes: how many patients a day hang on each node, and on each of its applications, by stream.

Of an establishment, its own: those who come, and those who lie in its beds, each as far as their stream loses by the
outage (`outage_costs.py`). Of a shared service, those of all who depend on it, as far as they do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.wards import Wards
from simulation.continuity.dependence import Dependence
from simulation.continuity.outage_costs import Matrix
from simulation.engine.delays import HOURS_A_DAY
from simulation.engine.nodes import Node, Nodes
from simulation.inputs.streams import NUMBER, STREAMS, Stream, WardKind
from topologies.region import Region

LYING = (WardKind.CRITICAL_CARE, WardKind.BEDS)


@dataclass(frozen=True, slots=True)
class Stakes:
    """Patients a day who lose something."""

    of_node: tuple[float, ...]
    """With all applications of the node."""
    applications: Mapping[str, int]
    """The number of each application."""
    of_application: NDArray[np.float64]
    """With one alone, of shape (nodes, applications)."""
    uses: NDArray[np.bool_]
    """Which applications each node misses, of shape (nodes, applications): one on which care leans where there is such
    care; any other, such as payroll, everywhere."""
    leans_on: Mapping[Node, float]
    """By shared service: how far the application is gone that a cut of the link to it hurts most, on the mean."""

    def at(self, node: Node, application: str) -> float:
        """Patients a day of a node who lose something with this application alone."""
        return float(self.of_application[node, self.applications[application]])

    def in_order(self, node: Node, applications: Sequence[str]) -> Sequence[str]:
        """Of these applications of a node, those first on which most patients hang."""
        return sorted(applications, key=lambda name: -self.at(node, name))


def stakes_of(  # noqa: PLR0913, PLR0917 - who is there, what an outage costs, and who depends on whom
    region: Region,
    nodes: Nodes,
    wards: Wards,
    matrix: Matrix,
    rehearsed: Sequence[float],
    applications: Mapping[str, int],
    dependence: Mapping[Node, Sequence[Dependence]],
) -> Stakes:
    """The stakes of every node."""
    patients = _patients(region, nodes, wards)
    plan = np.array(rehearsed)[:, None, None]
    # Patients whom each application costs their care, of shape (nodes, applications, streams).
    lost = (1.0 - matrix.kept[0] - (matrix.kept[1] - matrix.kept[0]) * plan) * patients[:, None]
    of_application, of_node = lost.sum(axis=2), lost.max(axis=1).sum(axis=1)
    for service, (takes, some) in _by_service(dependence).items():
        of_application[service] += takes * of_application[some].sum(axis=0)
        of_node[service] += (takes[:, None] * lost[some]).max(axis=1).sum()
    leans_on = {on.service: float((on.chance * on.severed).max()) for on in chain(*dependence.values())}
    uses = (of_application > 0.0) | (matrix.kept[0] == 1.0).all(axis=1)
    return Stakes(tuple(of_node.tolist()), applications, of_application, uses, leans_on)


def _by_service(
    dependence: Mapping[Node, Sequence[Dependence]],
) -> dict[Node, tuple[NDArray[np.float64], list[Node]]]:
    """What each shared service is expected to take of each application, and of whom."""
    found: dict[Node, tuple[NDArray[np.float64], list[Node]]] = {}
    for node, services in dependence.items():
        for on in services:
            found.setdefault(on.service, (on.chance * on.takes, []))[1].append(node)
    return found


def _patients(region: Region, nodes: Nodes, wards: Wards) -> NDArray[np.float64]:
    """Patients a day, of shape (nodes, streams); beds without a ward count as those of medicine."""
    patients = np.zeros((len(nodes), len(STREAMS)))
    for name, here in wards.of_site.items():
        for stream, ward in here.items():
            lying = stream.kind in LYING
            a_day = wards.table.present[ward] if lying else HOURS_A_DAY * wards.table.hourly[ward]
            patients[nodes.number_of[name], NUMBER[stream]] = a_day
    beds = [float(site.beds) for site in region.establishments.values()]
    medicine = patients[: nodes.establishments, NUMBER[Stream.MEDICINE]]
    np.maximum(medicine, beds, out=medicine)
    return patients
