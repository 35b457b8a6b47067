"""What is made ready once a campaign, so that a replication costs only what happens in it?"""

from dataclasses import dataclass

from simulation.clock import PARIS
from simulation.defence import Defence, defence_of
from simulation.parameters import Parameters
from simulation.posture import Posture
from simulation.scenario import Scenario
from simulation.wards import Wards, wards_of
from topologies.errors import BadInput, Finding, Message, nearest_names
from topologies.region import LinkKind, Region


@dataclass(frozen=True, slots=True)
class Passage:
    """A link that an attack may follow: its number among the passages, where it leads, its kind, its chance."""

    number: int
    source: int
    target: int
    kind: LinkKind
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ItGroup:
    """Nodes that share a directory, its supervision and its teams: a GHT or group, else a node by itself."""

    members: tuple[int, ...]
    teams: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Theatre:
    """Region, scenario and posture as arrays; establishments are the first nodes, shared services the others."""

    region: Region
    scenario: Scenario
    posture: Posture
    parameters: Parameters
    nodes: tuple[str, ...]
    establishments: int
    passages: tuple[Passage, ...]
    passages_from: tuple[tuple[Passage, ...], ...]
    defences: tuple[Defence, ...]
    entry_points: tuple[int, ...]
    detonation_h: float | None
    first_hour: int
    """Hour of the day, by the clock of Paris, at which the scenario starts."""
    it_groups: tuple[ItGroup, ...]
    it_group_of: tuple[int, ...]
    """Number of the group of each node."""
    wards: Wards


def prepare(region: Region, scenario: Scenario, posture: Posture, parameters: Parameters) -> Theatre:
    """The theatre of a campaign; `BadInput` when the scenario or the posture does not fit the region."""
    _refuse(_misfits(region, scenario, posture))
    nodes = (*region.establishments, *region.services)
    defences = tuple(defence_of(node, posture, parameters) for node in nodes)
    passages = _passages(region, nodes, defences)
    groups = _it_groups(region, nodes, posture, parameters)
    attack = scenario.attack
    index = {node: number for number, node in enumerate(nodes)}
    return Theatre(
        region=region,
        scenario=scenario,
        posture=posture,
        parameters=parameters,
        nodes=nodes,
        establishments=len(region.establishments),
        passages=passages,
        passages_from=_by_source(passages, len(nodes)),
        defences=defences,
        entry_points=tuple(index[point] for point in attack.entry_points) if attack else (),
        detonation_h=(attack.detonation - scenario.start).total_seconds() / 3600 if attack else None,
        first_hour=scenario.start.astimezone(PARIS).hour,
        it_groups=groups,
        it_group_of=_group_of(groups, len(nodes)),
        wards=wards_of(region, scenario, parameters),
    )


def _misfits(region: Region, scenario: Scenario, posture: Posture) -> list[Finding]:
    """What the scenario or the posture names that the region does not have."""
    findings = []
    nodes = {**region.establishments, **region.services}
    for number, point in enumerate(scenario.attack.entry_points if scenario.attack else ()):
        if point not in nodes:
            findings.append(
                Finding(
                    where=f"{scenario.name}, attack.entry_points.{number}",
                    problem=Message("{node} is not in {region}", {"node": point, "region": region.name}),
                    remedy=Message("the nearest: {nearest}", {"nearest": nearest_names(point, list(nodes))}),
                )
            )
    for finess in posture.establishments:
        if finess not in region.establishments:
            findings.append(
                Finding(
                    where=f"{posture.name}, establishments.{finess}",
                    problem=Message("{node} is not in {region}", {"node": finess, "region": region.name}),
                    remedy=Message("drop it from the posture, or add it to the region"),
                )
            )
    return findings


def _refuse(findings: list[Finding]) -> None:
    if findings:
        raise BadInput(Message("the scenario or the posture does not fit the region"), findings)


def _passages(region: Region, nodes: tuple[str, ...], defences: tuple[Defence, ...]) -> tuple[Passage, ...]:
    """The links that an attack can follow: all but the patients' transfers."""
    index = {node: number for number, node in enumerate(nodes)}
    links = [link for link in region.links if link.kind is not LinkKind.TRANSFER]
    return tuple(
        Passage(
            number=number,
            source=index[link.source],
            target=index[link.target],
            kind=link.kind,
            chance=defences[index[link.target]].crossing_chance[link.kind],
        )
        for number, link in enumerate(links)
    )


def _by_source(passages: tuple[Passage, ...], nodes: int) -> tuple[tuple[Passage, ...], ...]:
    leaving: list[list[Passage]] = [[] for _ in range(nodes)]
    for passage in passages:
        leaving[passage.source].append(passage)
    return tuple(tuple(some) for some in leaving)


def _it_groups(
    region: Region, nodes: tuple[str, ...], posture: Posture, parameters: Parameters
) -> tuple[ItGroup, ...]:
    """Those that share a directory share its computer teams; teams grow with beds and the digital budget."""
    directory_of = {
        link.target: link.source
        for link in region.links
        if link.kind is LinkKind.DIRECTORY and link.target in region.establishments
    }
    members: dict[str, list[int]] = {}
    for number, node in enumerate(nodes):
        members.setdefault(directory_of.get(node, node), []).append(number)
    full_team = parameters.beds_per_it_team.value * parameters.reference_it_budget.value

    def strength(node: str) -> float:
        site = region.establishments.get(node)
        return site.beds * posture.level("it_budget_share", node) if site else 0.0

    return tuple(
        ItGroup(
            members=tuple(numbers),
            teams=max(1, round(sum(strength(nodes[number]) for number in numbers) / full_team)),
        )
        for numbers in members.values()
    )


def _group_of(groups: tuple[ItGroup, ...], nodes: int) -> tuple[int, ...]:
    of = [0] * nodes
    for number, group in enumerate(groups):
        for member in group.members:
            of[member] = number
    return tuple(of)
