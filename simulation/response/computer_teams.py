"""Computer teams: how many each establishment has of its own, and who shares them.

Teams grow with beds and the digital budget. Those that share a directory share their teams too, where the posture says
that GHTs have pooled them: the largest first.
"""

from dataclasses import dataclass

from simulation.engine.nodes import Node, Nodes
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Posture
from simulation.response.supervision import Supervision
from topologies.region import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputerTeams:
    """Teams of a GHT or group that has pooled them, else of a single node."""

    members: tuple[Node, ...]
    teams: int


def computer_teams_of(
    region: Region, posture: Posture, p: Parameters, nodes: Nodes, supervision: Supervision
) -> tuple[ComputerTeams, ...]:
    """All computer teams of a region; each node is a member of one."""
    levels = posture.levels_at(nodes.names)
    full_team = p.responders.beds_per_it_team.value * p.responders.reference_it_budget.value

    def strength(node: Node) -> float:
        site = region.establishments.get(nodes.names[node])
        return site.beds * levels[node].it_budget_share if site else 0.0

    return tuple(
        # Someone looks after the computers of the smallest site too.
        ComputerTeams(members=members, teams=max(1, round(sum(map(strength, members)) / full_team)))
        for members in _pooled(region, posture.levers.ght_pooling.value, nodes, supervision)
    )


def _pooled(region: Region, share: float, nodes: Nodes, supervision: Supervision) -> list[tuple[Node, ...]]:
    """The groups that have pooled their teams, the largest first; members of the others are by themselves."""

    def beds(members: tuple[Node, ...]) -> int:
        sites = (region.establishments.get(nodes.names[node]) for node in members)
        return sum(site.beds for site in sites if site)

    sharing = supervision.behind
    several = sorted(
        (name for name in sharing if len(sharing[name]) > 1), key=lambda name: (-beds(sharing[name]), name)
    )
    pooled = set(several[: round(share * len(several))])
    groups: list[tuple[Node, ...]] = []
    for name, members in sharing.items():
        groups += [members] if name in pooled else [(node,) for node in members]
    return groups


def team_of(groups: tuple[ComputerTeams, ...], nodes: Nodes) -> tuple[int, ...]:
    """The number of the group of each node."""
    of = [0] * len(nodes)
    for number, group in enumerate(groups):
        for member in group.members:
            of[member] = number
    return tuple(of)
