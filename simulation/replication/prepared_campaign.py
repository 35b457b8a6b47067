"""The prepared campaign: what is made ready before its replications, once, or as often as parameters are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from simulation.attack.prepared import PreparedAttack, links_of, prepare_attack
from simulation.care.prepared import PreparedCare, prepare_care
from simulation.continuity.prepared import PreparedContinuity, prepare_continuity
from simulation.engine.nodes import Node, Nodes
from simulation.inputs.campaign import Campaign, Uncertainty
from simulation.inputs.postures.defences import defences_of
from simulation.replication.draws import Draws, same_crisis, same_ordinary_life
from simulation.response.prepared import PreparedResponse, prepare_response
from simulation.response.supervision import Supervision


@dataclass(slots=True)
class Latest:
    """The last replication for which parameters were drawn: the next one shares all, or its care, or nothing."""

    draws: Draws
    seed: int | None = None
    replication: int = 0
    prepared: "PreparedCampaign | None" = None

    def shares(self, seed: int, replication: int) -> "PreparedCampaign | None":
        """What was made ready for the last one, if the ordinary life of this one is the same."""
        is_same = self.seed == seed and same_ordinary_life(self.replication, replication)
        return self.prepared if is_same else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedCampaign:
    """What is made ready once per campaign, by room, so that a replication costs only what happens in it."""

    campaign: Campaign
    nodes: Nodes
    care: PreparedCare
    continuity: PreparedContinuity
    response: PreparedResponse
    attack: PreparedAttack
    drawn: Mapping[str, float] = field(default_factory=dict)
    """What a replication takes the parameters to be that are drawn, by name."""
    latest: Latest | None = field(default=None, compare=False)
    """Where parameters are drawn."""

    def __repr__(self) -> str:
        asked = (self.campaign.region.name, self.campaign.scenario.name, self.campaign.posture.name)
        return f"<PreparedCampaign {' · '.join(asked)}>"


def prepare(campaign: Campaign) -> PreparedCampaign:
    """The campaign as arrays; its scenario, posture and event are known to fit its region (`simulation.check`)."""
    nodes = Nodes.of(campaign.region)
    prepared = with_care(campaign, nodes, prepare_care(campaign, nodes))
    if campaign.uncertainty is Uncertainty.CENTRAL:
        return prepared
    return replace(prepared, latest=Latest(Draws(campaign.parameters)))


def spared(prepared: PreparedCampaign) -> PreparedCampaign:
    """Its ordinary twin: the same region, event, days, chance and parameters, and no attack."""
    peace = prepared.campaign.scenario.model_copy(update={"waves": ()})
    return replace(
        prepared,
        campaign=replace(prepared.campaign, scenario=peace),
        attack=replace(prepared.attack, waves=()),
        latest=Latest(prepared.latest.draws) if prepared.latest else None,
    )


def as_drawn(prepared: PreparedCampaign, seed: int, replication: int) -> PreparedCampaign:
    """The campaign with what this replication takes the parameters to be; itself where nothing is drawn."""
    latest = prepared.latest
    if latest is None:
        return prepared
    before = latest.shares(seed, replication)
    if before and same_crisis(latest.replication, replication):
        return before
    parameters, drawn = latest.draws.all(seed, replication)
    campaign = replace(prepared.campaign, parameters=parameters)
    care = before.care if before else _care_drawn(prepared, latest.draws, seed, replication)
    ready = replace(with_care(campaign, prepared.nodes, care, known=prepared.attack), drawn=drawn)
    latest.seed, latest.replication, latest.prepared = seed, replication, ready
    return ready


def _care_drawn(prepared: PreparedCampaign, draws: Draws, seed: int, replication: int) -> PreparedCare:
    """The care of all who share a draw of ordinary life; it knows nothing of the crisis of whoever comes first."""
    ordinary = replace(prepared.campaign, parameters=draws.ordinary_life(seed, replication))
    return replace(prepare_care(ordinary, prepared.nodes), buffers=prepared.care.buffers)


def with_care(
    campaign: Campaign, nodes: Nodes, care: PreparedCare, known: PreparedAttack | None = None
) -> PreparedCampaign:
    """All else is made ready for a campaign whose care is; links are those of an attack on the region that is known."""
    defences = defences_of(nodes.names, campaign.posture, campaign.parameters)
    supervision = Supervision.of(campaign.region, nodes)
    bodies = tuple(supervision.body_of(Node(number)) for number in range(len(nodes)))
    continuity = prepare_continuity(campaign, nodes, defences=defences, wards=care.wards, bodies=bodies)
    return PreparedCampaign(
        campaign=campaign,
        nodes=nodes,
        care=care,
        continuity=continuity,
        response=prepare_response(
            campaign,
            nodes,
            supervision=supervision,
            defences=defences,
            event_hospitals=care.event_hospitals,
            continuity=continuity,
        ),
        attack=prepare_attack(
            campaign,
            nodes,
            links=known.links if known else links_of(campaign.region, nodes, campaign.posture.trust),
            defences=defences,
            dependents=continuity.dependents,
            bodies=bodies,
        ),
    )
