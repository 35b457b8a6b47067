"""What is prepared of the response once per campaign: teams, priorities, and how fast decisions are taken."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from simulation.continuity.dependence import SUPPLIERS
from simulation.continuity.prepared import PreparedContinuity
from simulation.continuity.stakes import Stakes
from simulation.engine.nodes import Node, Nodes
from simulation.inputs.campaign import Campaign
from simulation.inputs.clock import hour_of_week
from simulation.inputs.parameters.responder_levels import Task
from simulation.inputs.postures.defences import Defence
from simulation.inputs.postures.posture import ServedFirst
from simulation.inputs.scenarios.wave import Movement
from simulation.response.computer_teams import ComputerTeams, computer_teams_of, team_of
from simulation.response.responders import ResponderLevel, levels_of
from simulation.response.supervision import Supervision
from topologies.region import Region, Trust

LOOSE = (Trust.SEPARATE, Trust.UNKNOWN)
FOREMOST = 10**8
"""Priority of the event's hospitals, above any number of patients at stake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedResponse:
    """The defenders of a region under a posture; tuples are by node unless said."""

    defences: tuple[Defence, ...]
    decisions: tuple[float, ...]
    """Decision delays, over those of a crisis cell that never exercised."""
    regional_decisions: float
    """The same, of the regional cell."""
    has_regional_cell: bool
    worm: bool
    """A worm is loose: some cut their links by precaution."""
    supervision: Supervision
    leaders: tuple[ResponderLevel, ...]
    """Teams from outside that can lead an investigation and rebuild a directory, nearest first."""
    rebuilders: tuple[ResponderLevel, ...]
    """Teams from outside that can rebuild servers, nearest first."""
    computer_teams: tuple[ComputerTeams, ...]
    computer_team_of: tuple[int, ...]
    """Number of the computer teams of each node."""
    part_of_team: tuple[float, ...]
    """Of a computer team of each node, the part that it needs for itself: all, or its beds over those for each team."""
    beds: tuple[float, ...]
    """By which work grows; of a service, those of a hospital of its size; of a directory, of all who share it."""
    priorities: tuple[int, ...]
    """The lowest is served first."""
    stakes: Stakes
    """How many patients hang on each node and application."""
    customers: Mapping[Node, tuple[Node, ...]]
    """Of each supplier, those who can cut their link to it."""
    may_leave_trust: tuple[bool, ...]
    """A legal entity of its own, with a computer team of its own, behind a directory that others share."""
    attackers: Mapping[str, str]
    """By wave that follows another, the one with which the same attackers began; the others are their own."""
    starts_at_h: float
    """The scenario's start, in hours since a Monday at midnight."""
    first_hour: int
    """Hour of the day, by the clock of Paris, at which the scenario starts."""


def prepare_response(
    campaign: Campaign,
    nodes: Nodes,
    *,
    supervision: Supervision,
    defences: tuple[Defence, ...],
    event_hospitals: Collection[str],
    continuity: PreparedContinuity,
) -> PreparedResponse:
    """The response of a campaign; the event's hospitals are those to which its venues send patients."""
    region, posture, p = campaign.region, campaign.posture, campaign.parameters
    teams = computer_teams_of(region, posture, p, nodes, supervision)
    levels = levels_of(posture, p)
    team = team_of(teams, nodes)
    sites = [region.establishments.get(name) for name in nodes.names]
    beds = tuple(float(site.beds) if site else p.recovery.service_beds.value for site in sites)
    priorities = [
        _priority(posture.responders.served_first, at_stake, foremost=name in event_hospitals)
        for name, at_stake in zip(nodes.names, continuity.stakes.of_node, strict=True)
    ]
    return PreparedResponse(
        defences=defences,
        decisions=tuple(defence.decisions for defence in defences),
        regional_decisions=1.0 - p.protection.exercises_shorten.value * posture.levers.exercises.value,
        has_regional_cell=posture.regional_cell,
        worm=any(wave.movement is Movement.WORM for wave in campaign.scenario.waves),
        supervision=supervision,
        leaders=tuple(level for level in levels if level.task is Task.LEAD),
        rebuilders=tuple(level for level in levels if level.task is Task.REBUILD),
        computer_teams=teams,
        computer_team_of=team,
        part_of_team=_parts_of_team(teams, beds),
        beds=tuple(
            sum(beds[site] for site in supervision.behind[name] if site != node)
            if supervision.is_shared(Node(node))
            else beds[node]
            for node, name in enumerate(nodes.names)
        ),
        priorities=tuple(
            min(priorities[peer] for peer in supervision.peers_of(Node(node)))
            if supervision.is_shared(Node(node))
            else priorities[node]
            for node in range(len(nodes))
        ),
        stakes=continuity.stakes,
        customers={
            service: some
            for service, some in continuity.dependents.items()
            if region.services[nodes.names[service]].kind in SUPPLIERS
        },
        may_leave_trust=tuple(
            len(teams[team[node]].members) == 1 and _may_leave(region, directory)
            for node, directory in enumerate(supervision.directory_of)
        ),
        attackers=campaign.scenario.attackers,
        starts_at_h=hour_of_week(campaign.scenario.start),
        first_hour=campaign.scenario.first_hour,
    )


def _parts_of_team(teams: Sequence[ComputerTeams], beds: Sequence[float]) -> tuple[float, ...]:
    parts = [1.0] * len(beds)
    for group in teams:
        for_each = sum(beds[member] for member in group.members) / group.teams
        for member in group.members if len(group.members) > 1 and for_each else ():
            parts[member] = min(1.0, beds[member] / for_each)
    return tuple(parts)


def _may_leave(region: Region, directory: str) -> bool:
    """Those behind the directory are not known to be one network or one legal entity."""
    service = region.services.get(directory)
    return service is not None and (service.trust or Trust.SEPARATE) in LOOSE


def _priority(policy: ServedFirst, at_stake: float, *, foremost: bool) -> int:
    """Whom the posture serves first; a lower number is served earlier."""
    if policy is ServedFirst.FIRST_COME:
        return 0
    return -(round(at_stake) + (FOREMOST if foremost and policy is ServedFirst.EVENT_HOSPITALS else 0))
