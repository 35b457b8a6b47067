"""The attack graph: where a wave can go, how likely and how fast; arrays made once per campaign.

A node is climbed in steps: foothold, privilege, control of its directory. Each step of each node is a vertex; a climb
and a link are edges. A link leads from the control of its source to a foothold in its target, or, over a trusted
directory, to its control: that one has then fallen. A worm needs no climb: its links join footholds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import inf

import numpy as np
from numpy.typing import NDArray

from simulation.attack.spread import Edges
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.defences import Defence
from simulation.inputs.scenarios.wave import Movement, Wave
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


def vertex_of(node: Node, step: Step) -> int:
    """The number of a step of a node."""
    return node * STEPS + step


@dataclass(frozen=True, slots=True, kw_only=True)
class AttackGraph:
    """Where one wave can go; arrays are of shape (edges,)."""

    edges: Edges
    links: tuple[AttackLink | None, ...]
    """The link of each edge; `None` for a climb."""
    chance: NDArray[np.float64]
    """That an attempt along the edge succeeds."""
    median_h: NDArray[np.float64]
    """Hours that it takes, half of the time."""
    log_sd: NDArray[np.float64]
    """Spread of the logarithm of these hours."""

    def delays_h(self, luck: Luck, wave: str) -> list[float]:
        """Hours that each edge takes in one replication, infinite where it never passes."""
        count = len(self.chance)
        passes = luck.stream(f"passes {wave}").random(count) < self.chance
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
    rows: list[tuple[int, int, AttackLink | None, float, Quantity]] = []
    open_links = [] if wave.is_strike else [one for one in links if one.kind in wave.links]
    if wave.movement is Movement.WORM:
        for link in open_links:
            source, target = (vertex_of(node, Step.FOOTHOLD) for node in (link.source, link.target))
            # A shared service carries the worm: nothing of it need be infected.
            private = link.target < establishments
            chance = defences[link.target].worm_chance if private else 1.0
            rows.append((source, target, link, chance, parameters.attack.worm_hop_h))
    elif not wave.is_strike:
        for link in open_links:
            trusted = link.kind is LinkKind.DIRECTORY
            step = Step.CONTROL if trusted else Step.FOOTHOLD
            pace = parameters.attack.breakout_h if trusted else parameters.attack.crossing_h
            chance = _crossing_chance(link, defences[link.target], private=link.target < establishments)
            source = vertex_of(link.source, Step.CONTROL)
            rows.append((source, vertex_of(link.target, step), link, chance, pace))
        for number, defence in enumerate(defences):
            node = Node(number)
            # A shared service has little to climb: who is in, is in.
            private = node < establishments
            climbs = (
                (Step.FOOTHOLD, defence.privilege_chance if private else 1.0, parameters.attack.privilege_h),
                (
                    Step.PRIVILEGE,
                    defence.control_chance if private else 1.0,
                    parameters.attack.directory_control_h,
                ),
            )
            for step, chance, pace in climbs:
                above = Step(step + 1)
                median = pace if private else parameters.attack.breakout_h
                rows.append((vertex_of(node, step), vertex_of(node, above), None, chance, median))
    return AttackGraph(
        edges=Edges.of(len(defences) * STEPS, [row[0] for row in rows], [row[1] for row in rows]),
        links=tuple(row[2] for row in rows),
        chance=np.array([with_skill(row[3], skill, parameters) for row in rows], dtype=np.float64),
        median_h=np.array([row[4].value for row in rows], dtype=np.float64),
        log_sd=np.array([row[4].log_sd or 0.0 for row in rows], dtype=np.float64),
    )


def _crossing_chance(link: AttackLink, defence: Defence, *, private: bool) -> float:
    """That an attack passes a link: to who trusts a directory, from a member to what it shares, or in by a door."""
    if link.trust is None:
        return defence.crossing_chance[link.kind]
    return (defence.trusting_chance if private else defence.shared_chance)[link.trust]
