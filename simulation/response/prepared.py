"""What is prepared of the response once per campaign: teams, priorities, and how fast decisions are taken."""

from collections.abc import Collection
from dataclasses import dataclass

from simulation.engine.nodes import Nodes
from simulation.inputs.campaign import Campaign
from simulation.inputs.postures.defences import Defence
from simulation.inputs.postures.posture import ServedFirst
from simulation.inputs.scenarios.wave import Movement
from simulation.response.computer_teams import ComputerTeams, computer_teams_of, team_of
from simulation.response.responders import ResponderLevel, levels_of
from simulation.response.supervision import Supervision
from topologies.region import Region

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
    levels: tuple[ResponderLevel, ...]
    """Teams that can come from outside, nearest first."""
    computer_teams: tuple[ComputerTeams, ...]
    computer_team_of: tuple[int, ...]
    """Number of the computer teams of each node."""
    beds: tuple[float, ...]
    """By which work grows; of a shared service, those of a hospital of its size."""
    priorities: tuple[int, ...]
    """The lowest is served first."""
    first_hour: int
    """Hour of the day, by the clock of Paris, at which the scenario starts."""


def prepare_response(
    campaign: Campaign,
    nodes: Nodes,
    *,
    defences: tuple[Defence, ...],
    event_hospitals: Collection[str],
) -> PreparedResponse:
    """The response of a campaign; the event's hospitals are those to which its venues send patients."""
    region, posture, p = campaign.region, campaign.posture, campaign.parameters
    supervision = Supervision.of(region, nodes)
    teams = computer_teams_of(region, posture, p, nodes, supervision)
    sites = [region.establishments.get(name) for name in nodes.names]
    return PreparedResponse(
        defences=defences,
        decisions=tuple(defence.decisions for defence in defences),
        regional_decisions=1.0 - p.protection.exercises_shorten.value * posture.levers.exercises.value,
        has_regional_cell=posture.regional_cell,
        worm=any(wave.movement is Movement.WORM for wave in campaign.scenario.waves),
        supervision=supervision,
        levels=levels_of(posture, p),
        computer_teams=teams,
        computer_team_of=team_of(teams, nodes),
        beds=tuple(float(site.beds) if site else p.recovery.service_beds.value for site in sites),
        priorities=tuple(
            _priority(region, posture.responders.served_first, name, foremost=name in event_hospitals)
            for name in nodes.names
        ),
        first_hour=campaign.scenario.first_hour,
    )


def _priority(region: Region, policy: ServedFirst, name: str, *, foremost: bool) -> int:
    """Whom the posture serves first; a lower number is served earlier."""
    if policy is ServedFirst.FIRST_COME:
        return 0
    site = region.establishments.get(name)
    at_stake = (site.ed_visits_per_year or 0) + site.beds if site else 0
    return -(at_stake + (FOREMOST if foremost and policy is ServedFirst.EVENT_HOSPITALS else 0))
