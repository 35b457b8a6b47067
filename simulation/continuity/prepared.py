"""What is prepared of continuity once per campaign: who depends on what, and what an outage costs which ward."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.wards import Wards
from simulation.continuity.dependence import Dependence, dependence_of, dependents_of
from simulation.continuity.outage_costs import Matrix, matrix_of
from simulation.continuity.stakes import Stakes, stakes_of
from simulation.engine.nodes import Node, Nodes
from simulation.engine.recovery_events import Stage
from simulation.inputs.campaign import Campaign
from simulation.inputs.postures.defences import Defence
from simulation.inputs.streams import NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedContinuity:
    """What each node depends on, and how it works on paper."""

    applications: Mapping[str, int]
    """The number of each application."""
    with_stage: Mapping[Stage, NDArray[np.bool_]]
    """Which applications come back with each stage of recovery."""
    suites: NDArray[np.intp]
    """The number of the suite of each application."""
    same_systems: NDArray[np.intp]
    """Of each node, the first of those with which it is one legal entity: what is hosted is so for all of them."""
    switched_off: NDArray[np.float64]
    """How far each application is gone when everything is switched off."""
    outside: NDArray[np.float64]
    """How far each is gone when the establishment is cut off from outside."""
    by_partners: NDArray[np.float64]
    """The same, where only links to partners are closed."""
    matrix: Matrix
    """What the outage of each application costs each stream."""
    dependents: Mapping[Node, tuple[Node, ...]]
    """The establishments that depend on each shared service."""
    dependence: Mapping[Node, tuple[Dependence, ...]]
    """The same by establishment, with what of it depends on the service."""
    stakes: Stakes
    """How many patients hang on each node and application."""
    losers: Mapping[Node, tuple[Node, ...]]
    """The same by shared service: the establishments that lose something with it."""
    rehearsed: tuple[float, ...]
    """How far the continuity plan of each node helps, 0 to 1."""
    streams_at: tuple[tuple[int, ...], ...]
    """By node: the numbers of its streams."""
    wards_at: tuple[tuple[NDArray[np.int64], NDArray[np.int64]], ...]
    """By node: its wards, and the number of the stream of each; both of shape (wards of the node,)."""


def prepare_continuity(
    campaign: Campaign,
    nodes: Nodes,
    *,
    defences: tuple[Defence, ...],
    wards: Wards,
    bodies: Sequence[tuple[Node, ...]],
) -> PreparedContinuity:
    """The continuity of a campaign; `bodies` are, of each node, those that are one legal entity with it."""
    region, p = campaign.region, campaign.parameters
    kinds = {nodes.number_of[name]: service.kind for name, service in region.services.items()}
    dependents = dependents_of(region, nodes)
    applications = p.outages.applications.values()
    dependence = dependence_of(kinds, dependents, p)
    numbers = {name: number for number, name in enumerate(p.outages.applications)}
    outside = np.array([one.outside.value for one in applications])
    matrix, rehearsed = (
        matrix_of(p.outages, p.continuity.exams_can_wait.value),
        tuple(defence.rehearsed for defence in defences),
    )
    return PreparedContinuity(
        applications=numbers,
        with_stage={stage: np.array([one.returns_with == stage for one in applications]) for stage in Stage},
        suites=np.unique([one.suite for one in applications], return_inverse=True)[1],
        same_systems=np.array([min(body) for body in bodies], np.intp),
        switched_off=np.array([one.switched_off.value for one in applications]),
        outside=outside,
        by_partners=outside * p.continuity.partners_of_outside.value,
        matrix=matrix,
        dependents=dependents,
        dependence=dependence,
        stakes=stakes_of(region, nodes, wards, matrix, rehearsed, numbers, dependence),
        losers={
            service: tuple(
                one for one in some if any(service == each.service for each in dependence.get(one, ()))
            )
            for service, some in dependents.items()
        },
        rehearsed=rehearsed,
        streams_at=tuple(
            tuple(NUMBER[stream] for stream in wards.of_site.get(name, {})) for name in nodes.names
        ),
        wards_at=tuple(_wards_at(wards, name) for name in nodes.names),
    )


def _wards_at(wards: Wards, name: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    here = wards.of_site.get(name, {})
    streams = [NUMBER[stream] for stream in here]
    return np.array(list(here.values()), dtype=np.int64), np.array(streams, dtype=np.int64)
