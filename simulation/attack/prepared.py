"""What is prepared of the attack once per campaign: the links that it can follow, and what each wave meets."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulation.attack.attack_graph import AttackGraph, AttackLink, attack_graph_of, with_skill
from simulation.engine.nodes import Node, Nodes
from simulation.engine.random_streams import Luck
from simulation.inputs.campaign import Campaign
from simulation.inputs.clock import hour_of_week
from simulation.inputs.postures.defences import Defence
from simulation.inputs.scenarios.wave import Wave
from topologies.region import Link, LinkKind, Region, ServiceKind, Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """So many of these nodes, if there are as many."""

    nodes: tuple[Node, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedWave:
    """A wave of the scenario in this region; hours are from the scenario's start."""

    wave: Wave
    graph: AttackGraph
    entry_points: tuple[Node, ...]
    """Who is tried first in every replication; of a strike, who is struck."""
    draws: tuple[Draw, ...]
    """Who is tried besides, by the chance of each replication."""
    entry_chances: Mapping[Node, float]
    """The chance that a first door opens, by node."""
    target: Node | None
    """Whose control sets off the payload."""
    starts_at_h: float
    """The scenario's start, in hours since a Monday at midnight."""
    begins_h: float
    ends_h: float
    detonates_h: float | None
    """The hour at which the payload goes off, where the wave names one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedAttack:
    """What all waves meet."""

    links: tuple[AttackLink, ...]
    waves: tuple[PreparedWave, ...]
    """In the order of the scenario."""
    defences: tuple[Defence, ...]
    """By node."""
    dependents: Mapping[Node, tuple[Node, ...]]
    """The establishments that depend on each shared service."""
    directories: frozenset[Node]
    """Those that several share."""
    bodies: tuple[tuple[Node, ...], ...]
    """By node: those that are one legal entity or one network with it, itself among them."""
    establishments: int

    def entry_points(self, number: int, luck: Luck) -> tuple[Node, ...]:
        """Who is tried first by a wave in this replication; of a strike, who is struck.

        Each node has one draw, whoever is attacked: waves take in turn those whose draw is lowest, each other ones.
        """
        if not self.waves[number].draws:
            return self.waves[number].entry_points
        chances = luck.chances("entry points", len(self.defences))
        taken: set[Node] = set()
        for wave in self.waves[: number + 1]:
            drawn = [*wave.entry_points]
            for draw in wave.draws:
                left = sorted(set(draw.nodes) - taken, key=lambda node: (chances[node], node))
                drawn += left[: draw.count]
                taken.update(left[: draw.count])
        return tuple(drawn)

    def has_directory(self, node: Node) -> bool:
        """Who holds it holds a directory, its own or one that others share, which is then rebuilt."""
        return self.can_be_hit(node) or node in self.directories

    def can_be_hit(self, node: Node) -> bool:
        """A payload stops it: an establishment, or a service that others depend on."""
        return node < self.establishments or node in self.dependents


def prepare_attack(
    campaign: Campaign,
    nodes: Nodes,
    *,
    links: tuple[AttackLink, ...],
    defences: tuple[Defence, ...],
    dependents: Mapping[Node, tuple[Node, ...]],
    bodies: tuple[tuple[Node, ...], ...],
) -> PreparedAttack:
    """The attack of a campaign, over the links of its region (`links_of`)."""
    return PreparedAttack(
        links=links,
        waves=tuple(_prepared(wave, campaign, nodes, defences, links) for wave in campaign.scenario.waves),
        defences=defences,
        dependents=dependents,
        directories=frozenset(
            nodes.number_of[name]
            for name, service in campaign.region.services.items()
            if service.kind is ServiceKind.DIRECTORY
        ),
        bodies=bodies,
        establishments=nodes.establishments,
    )


def _prepared(
    wave: Wave,
    campaign: Campaign,
    nodes: Nodes,
    defences: tuple[Defence, ...],
    links: tuple[AttackLink, ...],
) -> PreparedWave:
    scenario, p = campaign.scenario, campaign.parameters
    aim, number_of = campaign.aims[wave.name], nodes.number_of
    skill = wave.skill.value if wave.skill else 0.0
    at = wave.detonation.at if wave.detonation else None
    return PreparedWave(
        wave=wave,
        graph=attack_graph_of(wave, links, defences, nodes.establishments, p),
        entry_points=tuple(
            number_of[node] for found in aim.entry_points if found.drawn is None for node in found.nodes
        ),
        draws=tuple(
            Draw(nodes=tuple(number_of[node] for node in found.nodes), count=found.drawn)
            for found in aim.entry_points
            if found.drawn is not None
        ),
        entry_chances={
            node: with_skill(defences[node].foothold_chance[wave.way_in], skill, p)
            for node in (number_of[name] for name in aim.nodes)
        },
        target=next((number_of[node] for node in aim.target), None),
        starts_at_h=hour_of_week(scenario.start),
        begins_h=scenario.hours_of(wave.begins) if wave.begins else 0.0,
        ends_h=scenario.hours_of(wave.ends) if wave.ends else float("inf"),
        detonates_h=scenario.hours_of(at) if at else None,
    )


def links_of(region: Region, nodes: Nodes, supposed: Trust | None) -> tuple[AttackLink, ...]:
    """All links but the patients' transfers; every directory is of the kind that is supposed, if one is."""
    links = [link for link in region.links if link.kind is not LinkKind.TRANSFER]
    return tuple(_attack_link(number, link, region, nodes, supposed) for number, link in enumerate(links))


def _attack_link(number: int, link: Link, region: Region, nodes: Nodes, supposed: Trust | None) -> AttackLink:
    ends = (region.services.get(end) for end in (link.source, link.target))
    behind = next((service.trust for service in ends if service and service.trust), None)
    is_directory = link.kind is LinkKind.DIRECTORY
    return AttackLink(
        number,
        nodes.number_of[link.source],
        nodes.number_of[link.target],
        link.kind,
        (supposed or behind or Trust.SEPARATE) if is_directory else None,
        joins_machines=is_directory or (link.kind is LinkKind.EXCHANGE and behind is Trust.NETWORK),
    )
