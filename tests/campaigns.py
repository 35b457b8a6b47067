"""Campaigns for the tests: what differs is given, and the seed is 1."""

from collections.abc import Mapping
from dataclasses import replace

import simulation
from simulation import Campaign, Event, Parameters, Posture, Scenario, Uncertainty
from simulation.engine.buffers import Buffers
from simulation.inputs.parameters.parameters import load_parameters
from simulation.replication import PreparedCampaign, prepare
from simulation.replication.prepared_campaign import with_care
from topologies.region import Region


def campaign_of(
    region: Region,
    scenario: Scenario,
    posture: Posture | None = None,
    parameters: Parameters | None = None,
    *,
    event: Event | None = None,
) -> Campaign:
    """A campaign with this event, or without one, whatever the scenario's own."""
    return Campaign(
        region=region,
        scenario=scenario.model_copy(update={"event": event}),
        posture=posture or simulation.load_posture("baseline"),
        seed=1,
        parameters=parameters or load_parameters(),
    )


def beyond_measure(parameters: Parameters, values: Mapping[str, float]) -> Parameters:
    """Quantities with values that no document may give them, such as a detection that never comes."""
    groups = {}
    for place in type(parameters).model_fields:
        group = getattr(parameters, place)
        others = {
            name: quantity.model_copy(update={"value": values[name]})
            for name, quantity in group
            if name in values
        }
        groups[place] = group.model_copy(update=others)
    return parameters.model_copy(update=groups)


def checked(campaign: Campaign) -> Campaign:
    """The campaign, which fits."""
    simulation.check(campaign)
    return campaign


def prepare_campaign(
    region: Region,
    scenario: Scenario,
    posture: Posture | None = None,
    parameters: Parameters | None = None,
    *,
    event: Event | None = None,
) -> PreparedCampaign:
    """The same campaign, checked and prepared."""
    return prepare(checked(campaign_of(region, scenario, posture, parameters, event=event)))


def prepared_again(
    prepared: PreparedCampaign, *, posture: Posture | None = None, parameters: Parameters | None = None
) -> PreparedCampaign:
    """The same campaign under another posture, which leaves care as it is, or with other parameters."""
    before = prepared.campaign
    again = replace(before, posture=posture or before.posture, parameters=parameters or before.parameters)
    if parameters or before.uncertainty is not Uncertainty.CENTRAL:
        return prepare(again)
    return with_care(again, prepared.nodes, replace(prepared.care, buffers=Buffers()))
