"""What is made ready once a campaign, so that a replication costs only what happens in it?"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulation.attack.attack_graph import AttackGraph, AttackLink, attack_graph_of
from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.demand.crowds import Casualty, crowd_of
from simulation.continuity.dependence import Dependence, dependence_of
from simulation.continuity.outage_costs import Matrix, matrix_of
from simulation.engine.buffers import Buffers
from simulation.inputs.campaign import Campaign
from simulation.inputs.clock import PARIS
from simulation.inputs.parameters.outages import Outages
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.defences import Defence, defence_of
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import NUMBER
from topologies.region import LinkKind, Region


@dataclass(frozen=True, slots=True, kw_only=True)
class ItGroup:
    """Nodes that share their computer teams: a GHT or group that has pooled them, else a node by itself."""

    members: tuple[int, ...]
    teams: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedCampaign:
    """Region, scenario and posture as arrays; establishments are the first nodes, shared services the others."""

    region: Region
    scenario: Scenario
    posture: Posture
    parameters: Parameters
    nodes: tuple[str, ...]
    establishments: int
    links: tuple[AttackLink, ...]
    attack_graphs: tuple[AttackGraph, ...]
    """What each wave of the scenario finds."""
    number_of: dict[str, int]
    """Number of each node."""
    defences: tuple[Defence, ...]
    dependents: dict[int, tuple[int, ...]]
    """Who depends on each shared service."""
    dependence: dict[int, tuple[Dependence, ...]]
    """The same by dependent, with what of it leans on the service."""
    event_hospitals: frozenset[int]
    """Where the patients of the event's venues go."""
    casualties: tuple[Casualty, ...]
    outages: Outages
    matrix: Matrix
    """The same as arrays."""
    first_hour: int
    """Hour of the day, by the clock of Paris, at which the scenario starts."""
    it_groups: tuple[ItGroup, ...]
    it_group_of: tuple[int, ...]
    """Number of the group of each node."""
    directory_of: tuple[str, ...]
    """The directory that each node trusts, itself where it trusts none: what happens behind one is seen together."""
    behind: dict[str, tuple[int, ...]]
    """Who trusts each directory."""
    wards: Wards
    wards_at: tuple[tuple[NDArray[np.int64], NDArray[np.int64]], ...]
    """The wards of each node, and the numbers of their streams."""
    buffers: Buffers = field(default_factory=Buffers, compare=False)
    """Where its replications are lived, one after the other."""

    def __repr__(self) -> str:
        return f"<PreparedCampaign {self.region.name} · {self.scenario.name} · {self.posture.name}>"

    def can_be_hit(self, node: int) -> bool:
        """A payload stops it: an establishment, or a service that others depend on."""
        return node < self.establishments or node in self.dependents


def prepare(campaign: Campaign) -> PreparedCampaign:
    """The campaign as arrays; its scenario, posture and event are known to fit its region (`simulation.check`)."""
    region, scenario, posture = campaign.region, campaign.scenario, campaign.posture
    parameters = campaign.parameters
    nodes = (*region.establishments, *region.services)
    defences = tuple(defence_of(node, posture, parameters) for node in nodes)
    links = _passages(region, nodes)
    groups = _it_groups(region, nodes, posture, parameters)
    index = {node: number for number, node in enumerate(nodes)}
    establishments = len(region.establishments)
    crowd = crowd_of(campaign)
    outages = parameters.outages
    dependents = _dependents(links, establishments)
    kinds = {index[name]: service.kind for name, service in region.services.items()}
    wards = wards_of(region, scenario, parameters, crowd)
    return PreparedCampaign(
        region=region,
        scenario=scenario,
        posture=posture,
        parameters=parameters,
        nodes=nodes,
        establishments=establishments,
        links=links,
        attack_graphs=tuple(
            attack_graph_of(wave, links, defences, establishments, parameters) for wave in scenario.waves
        ),
        number_of=index,
        defences=defences,
        dependents=dependents,
        dependence=dependence_of(kinds, dependents, outages, parameters),
        event_hospitals=frozenset(index[finess] for finess in crowd.hospitals),
        casualties=crowd.casualties,
        outages=outages,
        matrix=matrix_of(outages),
        first_hour=scenario.start.astimezone(PARIS).hour,
        it_groups=groups,
        it_group_of=_group_of(groups, len(nodes)),
        directory_of=_directory_of(region, nodes),
        behind={directory: tuple(some) for directory, some in _behind(region, nodes).items()},
        wards=wards,
        wards_at=tuple(_wards_at(wards, node) for node in nodes),
    )


def _wards_at(wards: Wards, node: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    mine = wards.of_site.get(node, {})
    streams = [NUMBER[stream] for stream in mine]
    return np.array(list(mine.values()), dtype=np.int64), np.array(streams, dtype=np.int64)


def _passages(region: Region, nodes: tuple[str, ...]) -> tuple[AttackLink, ...]:
    """The links that an attack can follow: all but the patients' transfers."""
    index = {node: number for number, node in enumerate(nodes)}
    links = [link for link in region.links if link.kind is not LinkKind.TRANSFER]
    return tuple(
        AttackLink(number, index[link.source], index[link.target], link.kind)
        for number, link in enumerate(links)
    )


def _dependents(links: tuple[AttackLink, ...], establishments: int) -> dict[int, tuple[int, ...]]:
    """The establishments to which a shared service renders one; trust of a directory is no service."""
    found: dict[int, list[int]] = {}
    for link in links:
        if link.source >= establishments > link.target and link.kind is not LinkKind.DIRECTORY:
            found.setdefault(link.source, []).append(link.target)
    return {service: tuple(some) for service, some in found.items()}


def _it_groups(
    region: Region, nodes: tuple[str, ...], posture: Posture, parameters: Parameters
) -> tuple[ItGroup, ...]:
    """Those that share a directory share its computer teams; teams grow with beds and the digital budget."""
    members = _pooled(_behind(region, nodes), region, nodes, posture.levers.ght_pooling.value)
    full_team = parameters.responders.beds_per_it_team.value * parameters.responders.reference_it_budget.value

    def strength(node: str) -> float:
        site = region.establishments.get(node)
        return site.beds * posture.level("it_budget_share", node) if site else 0.0

    return tuple(
        ItGroup(
            members=tuple(numbers),
            teams=max(1, round(sum(strength(nodes[number]) for number in numbers) / full_team)),
        )
        for numbers in members
    )


def _directory_of(region: Region, nodes: tuple[str, ...]) -> tuple[str, ...]:
    trusts = {
        link.target: link.source
        for link in region.links
        if link.kind is LinkKind.DIRECTORY and link.target in region.establishments
    }
    return tuple(trusts.get(node, node) for node in nodes)


def _behind(region: Region, nodes: tuple[str, ...]) -> dict[str, list[int]]:
    behind: dict[str, list[int]] = {}
    for number, directory in enumerate(_directory_of(region, nodes)):
        behind.setdefault(directory, []).append(number)
    return behind


def _pooled(
    sharing: dict[str, list[int]], region: Region, nodes: tuple[str, ...], share: float
) -> list[list[int]]:
    """The groups that have pooled their teams, the largest first; members of the others are by themselves."""

    def beds(numbers: list[int]) -> int:
        return sum(
            site.beds for number in numbers if (site := region.establishments.get(nodes[number])) is not None
        )

    several = sorted(
        (name for name in sharing if len(sharing[name]) > 1), key=lambda name: (-beds(sharing[name]), name)
    )
    pooled = set(several[: round(share * len(several))])
    groups: list[list[int]] = []
    for name, numbers in sharing.items():
        groups += [numbers] if name in pooled else [[number] for number in numbers]
    return groups


def _group_of(groups: tuple[ItGroup, ...], nodes: int) -> tuple[int, ...]:
    of = [0] * nodes
    for number, group in enumerate(groups):
        for member in group.members:
            of[member] = number
    return tuple(of)
