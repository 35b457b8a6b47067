"""Rebuilding: a campaign's inputs, from what its store holds."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from results.store.store import Store
from simulation.inputs.campaign import MODEL_VERSION, Campaign, Uncertainty
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from topologies.building.assumptions import Assumptions
from topologies.errors import BadStore, Message
from topologies.region import Region


def campaign_of(store: Store, campaign_id: str) -> Campaign:
    """The campaign, to be run again; refused where this program would give other replications."""
    model = store.description(campaign_id).versions["model"]
    if model != MODEL_VERSION:
        raise BadStore(
            Message(
                "version {then} of the model ran campaign {campaign}, and this is version {now}; install the former to "
                "repair it, or run the same command again, which makes a new campaign",
                {"campaign": campaign_id, "then": model, "now": MODEL_VERSION},
            )
        )
    campaign = campaign_kept(store, campaign_id)
    if campaign.id != campaign_id:
        raise _other(campaign_id)
    return campaign


def campaign_kept(store: Store, campaign_id: str) -> Campaign:
    """The campaign, to be read about, whichever version of the model ran it."""
    description, inputs = store.description(campaign_id), store.inputs(campaign_id)
    try:
        return from_inputs(inputs, description.seed)
    except (ValidationError, KeyError) as error:
        raise _other(campaign_id) from error


def from_inputs(inputs: Mapping[str, Any], seed: int) -> Campaign:
    """The campaign of these inputs, which are plain JSON values."""
    return Campaign(
        region=_REGION.validate_python(inputs["region"]),
        scenario=Scenario.model_validate(inputs["scenario"]),
        posture=Posture.model_validate(inputs["posture"]),
        parameters=Parameters.model_validate(inputs["parameters"]),
        assumptions=Assumptions.model_validate(inputs["assumptions"]),
        uncertainty=Uncertainty(inputs["uncertainty"]),
        seed=seed,
    )


def region_in(store: Store, campaign_id: str) -> Region:
    """The region of a campaign, whatever version of the model ran it."""
    try:
        return _REGION.validate_python(store.inputs(campaign_id)["region"])
    except ValidationError as error:
        raise _other(campaign_id) from error


_REGION = TypeAdapter(Region)


def _other(campaign_id: str) -> BadStore:
    return BadStore(
        Message(
            "this version of Tocsin does not know the inputs of campaign {campaign}; install the one that ran it, or "
            "run the same command again, which makes a new campaign",
            {"campaign": campaign_id},
        )
    )
