"""The attack graph: where a wave can go, how likely and how fast; arrays made once per campaign.

A node is climbed in steps: foothold, privilege, control of its directory. Each step of each node is a vertex; a climb
and a link are edges. A link leads from the control of its source to a foothold in its target, or, over a trusted
directory, to its control: that one has then fallen. A worm needs no climb: its links join footholds, and only where
machines reach each other, which those that exchange mail do not.

Two things are drawn once for many edges. The sites of one legal entity are one network, and fall together, or several;
nobody says which, so each replication draws it. And who is written to from many sites with one mail system is tried
once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.attack.spread import Edges
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.defences import Defence
from simulation.inputs.scenarios.wave import Movement, Wave
from simulation.response.supervision import RUN_AS_ONE
from topologies.fields.quantity import Quantity
from topologies.region import LinkKind, Trust


class Step(IntEnum):
    """How far the attacker is in a node."""

    FOOTHOLD = 0
    PRIVILEGE = 1
    CONTROL = 2


STEPS = len(Step)
MIDDLING_SKILL = 0.5
"""By definition: chances are stated for an attacker in the middle of the scale of skill."""


@dataclass(frozen=True, slots=True)
class AttackLink:
    """A link that an attack may follow: its number among these links, where it leads, and its kind."""

    number: int
    source: Node
    target: Node
    kind: LinkKind
    trust: Trust | None
    """What stands behind a directory; `None` of other links."""
    joins_machines: bool
    """Machines at its two ends reach each other, so that a worm can cross it."""


class Way(NamedTuple):
    """An edge before it is numbered."""

    source: int
    target: int
    link: AttackLink | None
    chance: float
    pace: Quantity
    as_one: float | None = None
    """Of one legal entity: the chance that it and the rest are one network; `chance` holds where they are not."""


def vertex_of(node: Node, step: Step) -> int:
    """The number of a step of a node."""
    return node * STEPS + step


@dataclass(frozen=True, slots=True, kw_only=True)
class AttackGraph:
    """Where one wave can go; arrays are of shape (edges,) unless said."""

    edges: Edges
    links: tuple[AttackLink | None, ...]
    """The link of each edge; `None` for a climb."""
    chance: NDArray[np.float64]
    """That an attempt along the edge succeeds."""
    draw: NDArray[np.intp]
    """The edge whose draw decides: its own, but for those that are tried once together."""
    inside: NDArray[np.intp]
    """The edges inside a legal entity, of shape (edges inside,)."""
    hub: NDArray[np.intp]
    """The directory of each of these."""
    as_one: NDArray[np.float64]
    """The chance that each of these is inside one network with the directory."""
    if_one: float
    """The chance that an attempt inside one network succeeds."""
    median_h: NDArray[np.float64]
    """Hours that it takes, half of the time."""
    log_sd: NDArray[np.float64]
    """Spread of the logarithm of these hours."""

    def delays_h(self, luck: Luck, wave: str, nodes: int) -> list[float]:
        """Hours that each edge takes in one replication, infinite where it never passes."""
        count = len(self.chance)
        chance = self.chance
        if len(self.inside):
            # What stands behind a directory is the same for all waves.
            one = luck.stream("one network").random(nodes)[self.hub] < self.as_one
            chance = chance.copy()
            chance[self.inside[one]] = self.if_one
        passes = luck.stream(f"passes {wave}").random(count)[self.draw] < chance
        hours = self.median_h * np.exp(self.log_sd * luck.stream(f"hours {wave}").standard_normal(count))
        delays: list[float] = np.where(passes, hours, inf).tolist()
        return delays


def with_skill(chance: float, skill: float, parameters: Parameters) -> float:
    """The chance of a step for an attacker of this skill: odds grow with it."""
    if chance in (0.0, 1.0):
        return chance
    odds: float = chance / (1.0 - chance) * parameters.attack.skill_odds.value ** (skill - MIDDLING_SKILL)
    return odds / (1.0 + odds)


def attack_graph_of(
    wave: Wave,
    links: Sequence[AttackLink],
    defences: Sequence[Defence],
    establishments: int,
    parameters: Parameters,
) -> AttackGraph:
    """The attack graph of an intrusion; that of a strike has no edge."""
    skill = wave.skill.value if wave.skill else 0.0
    ways = [] if wave.is_strike else [*_ways(wave, links, defences, establishments, parameters)]
    inside = [number for number, way in enumerate(ways) if way.as_one is not None]
    return AttackGraph(
        edges=Edges.of(len(defences) * STEPS, [way.source for way in ways], [way.target for way in ways]),
        links=tuple(way.link for way in ways),
        chance=np.array([with_skill(way.chance, skill, parameters) for way in ways], dtype=np.float64),
        draw=_draws(ways, links, establishments),
        inside=np.array(inside, dtype=np.intp),
        hub=np.array([_hub(ways[number], establishments) for number in inside], dtype=np.intp),
        as_one=np.array([ways[number].as_one for number in inside], dtype=np.float64),
        if_one=with_skill(parameters.attack.trust_network.value, skill, parameters),
        median_h=np.array([way.pace.value for way in ways], dtype=np.float64),
        log_sd=np.array([way.pace.log_sd or 0.0 for way in ways], dtype=np.float64),
    )


def _ways(
    wave: Wave,
    links: Sequence[AttackLink],
    defences: Sequence[Defence],
    establishments: int,
    parameters: Parameters,
) -> Iterator[Way]:
    """All that a wave can climb and cross."""
    p = parameters.attack
    open_links = [link for link in links if link.kind in wave.links]
    if wave.movement is Movement.WORM:
        for link in open_links:
            if link.joins_machines:
                yield _hop(link, defences[link.target], p.worm_hop_h, private=link.target < establishments)
        return
    for link in open_links:
        pace = p.crossing_h if link.trust is None else p.breakout_h
        yield _crossing(link, defences[link.target], pace, private=link.target < establishments)
    for number, defence in enumerate(defences):
        # A shared service has little to climb: who is in, is in.
        private = number < establishments
        climbs = (
            (Step.FOOTHOLD, defence.privilege_chance, p.privilege_h),
            (Step.PRIVILEGE, defence.control_chance, p.directory_control_h),
        )
        for step, chance, pace in climbs:
            ends = (vertex_of(Node(number), step), vertex_of(Node(number), Step(step + 1)))
            yield Way(*ends, None, chance if private else 1.0, pace if private else p.breakout_h)


def _hop(link: AttackLink, defence: Defence, pace: Quantity, *, private: bool) -> Way:
    """A worm jumps from machine to machine; a shared network carries it, and nothing of that need be infected."""
    ends = (vertex_of(link.source, Step.FOOTHOLD), vertex_of(link.target, Step.FOOTHOLD))
    if not private:
        return Way(*ends, link, 1.0, pace)
    if link.trust is Trust.NETWORK:
        return Way(*ends, link, defence.trusting_chance[Trust.NETWORK], pace)
    as_one = defence.trusting_chance[Trust.ENTITY] if link.trust is Trust.ENTITY else None
    return Way(*ends, link, defence.worm_chance, pace, as_one)


def _crossing(link: AttackLink, defence: Defence, pace: Quantity, *, private: bool) -> Way:
    """An attack passes a link: to who trusts a directory, from a member to what it shares, or in by a door."""
    source = vertex_of(link.source, Step.CONTROL)
    if link.trust is None:
        chance = defence.crossing_chance[link.kind]
        return Way(source, vertex_of(link.target, Step.FOOTHOLD), link, chance, pace)
    chances = defence.trusting_chance if private else defence.shared_chance
    ends = (source, vertex_of(link.target, Step.CONTROL))
    if link.trust is Trust.ENTITY:
        # As separate networks, unless they are one.
        return Way(*ends, link, chances[Trust.SEPARATE], pace, defence.trusting_chance[Trust.ENTITY])
    return Way(*ends, link, chances[link.trust], pace)


def _hub(way: Way, establishments: int) -> Node:
    """The directory at either end of a link inside a legal entity."""
    assert way.link is not None, "a climb is inside no entity"
    return way.link.target if way.link.target >= establishments else way.link.source


def _draws(ways: Sequence[Way], links: Sequence[AttackLink], establishments: int) -> NDArray[np.intp]:
    """Who is written to from many sites with one mail system is tried once: by the first of these edges."""
    mail_of = {
        link.target: link.source
        for link in links
        if link.trust in RUN_AS_ONE and link.target < establishments
    }
    first: dict[tuple[Node, int], int] = {}
    draw = np.arange(len(ways), dtype=np.intp)
    for number, way in enumerate(ways):
        if way.link is not None and way.link.kind is LinkKind.EXCHANGE:
            writes = (mail_of.get(way.link.source, way.link.source), way.target)
            draw[number] = first.setdefault(writes, number)
    return draw
