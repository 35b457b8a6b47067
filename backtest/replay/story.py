"""Stories: one replication of an incident with its own parameters, and what it says of each figure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil

import simulation
from backtest.account import Account
from backtest.calibration.drawing import drawn
from backtest.figure import OF_CARE, Figure
from backtest.library import Incident
from backtest.replay.care import HOURS_A_DAY, Counts, counts_of, value_of
from backtest.replay.measures import Replay
from simulation import Campaign
from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.replication import PreparedCampaign, crisis_of, spared, trace_of

Values = Mapping[str, float | None]
"""What one replication says of each figure, by its name."""


def story(incident: Incident, campaign: Campaign, figures: Sequence[Figure], number: int) -> Values | None:
    """The figures of one replication of an incident, by its campaign of the eve or of the day.

    `None` where the incident did not happen: the attacker was noticed, or resisted.
    """
    luck = Luck(campaign.seed, number)
    parameters = drawn(campaign.parameters, incident.account.known, incident.beliefs, luck)
    prepared = simulation.prepare(replace(campaign, parameters=parameters))
    situation = crisis_of(prepared, campaign.seed, number)
    replay = Replay(situation, incident.brought_back)
    if replay.first_h is None or not (replay.struck_h or _happened(incident.account, situation)):
        return None
    of_care = tuple(figure for figure in figures if figure.measure in OF_CARE)
    of_sites = {figure.name: replay.of(figure) for figure in figures if figure not in of_care}
    return of_sites | _care(prepared, campaign.seed, number, of_care, replay.first_h)


def _happened(account: Account, situation: Situation) -> bool:
    """The payload has gone off somewhere; or nowhere, where it is known that it did not."""
    hit = any(situation.states[site].impact_h is not None for site in situation.nodes.sites)
    return hit != account.averted


def _care(
    prepared: PreparedCampaign, seed: int, number: int, figures: tuple[Figure, ...], first_h: float
) -> dict[str, float | None]:
    """Figures of care: the replication with its patients beside the same without the attack."""
    if not figures:
        return {}
    last_day = max((figure.day or 0.0) + figure.days for figure in figures)
    until_h = min(prepared.campaign.scenario.horizon_h, ceil(first_h + last_day * HOURS_A_DAY) + 1)

    def counts(campaign: PreparedCampaign) -> Counts:
        return counts_of(figures, trace_of(campaign, seed, number, until_h), first_h)

    attacked, ordinary = counts(prepared), counts(spared(prepared))
    return {figure.name: value_of(figure, attacked, ordinary) for figure in figures}
