"""Crowds to try: a place, an evening, and parameters that stay what the claims reckon with."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

import simulation
import topologies
from simulation.care.demand.crowds import Crowd, check_bearable, crowd_of
from simulation.inputs.events.event import Event
from simulation.inputs.events.fit import check_event_fit
from simulation.inputs.parameters.parameters import Parameters, load_parameters
from simulation.inputs.scenarios.scenario import Scenario
from tests.campaigns import campaign_of
from topologies.errors import BadInput
from topologies.fields.quantity import Quantity
from topologies.region import Region

PLAIN = {"venue": "Plaine Saint-Denis", "latitude": 48.92, "longitude": 2.36}
STADIUM = {"venue": "venue:stade-de-france"}
AN_EVENING = {"begins": "2024-07-27T19:00+02:00", "ends": "2024-07-27T23:00+02:00"}
DELAFONTAINE = "930000328"
NEEDED = {
    "presentations_per_1000": 0.8,
    "transfers_per_1000": 0.02,
    "outdoor_multiplies": 3.0,
    "heat_multiplies": 1.21,
    "heat_threshold_c": 25.0,
    "venue_filling": 0.95,
    "visitor_visits_per_1000_day": 0.4,
    "closure_km": 1.0,
    "closure_slows": 1.5,
    "first_wave_share": 0.5,
    "casualties_critical": 0.27,
}
"""The values that the claims below reckon with, whatever the file says."""

REGION = topologies.load("ile-de-france")
SCENARIO = simulation.load_scenario("ransomware-opening-ceremony")


def parameters_for_crowds() -> Parameters:
    quantities = {
        name: Quantity(value=value, unit="1", low=value, high=value, source="made for the tests")
        for name, value in NEEDED.items()
    }
    return cast(Parameters, SimpleNamespace(**{**dict(load_parameters()), **quantities}))


PARAMETERS = parameters_for_crowds()


def event(**fields: Any) -> Event:
    title = {"fr": "Fête", "en": "Feast"}
    return Event.model_validate({"name": "feast", "title": title, "sources": ["made up"], **fields})


def crowd(some: Event | None, region: Region = REGION, scenario: Scenario = SCENARIO) -> Crowd:
    campaign = campaign_of(region, scenario, None, PARAMETERS, event=some)
    check_event_fit(campaign)
    check_bearable(campaign)
    return crowd_of(campaign)


def patients(of: Crowd) -> float:
    everyone = (*of.visits.values(), *(stay.visits for stay in of.stays))
    return float(sum(visits.sum() for visits in everyone))


def refused(some: Event, region: Region = REGION, scenario: Scenario = SCENARIO) -> str:
    with pytest.raises(BadInput) as refusal:
        crowd(some, region, scenario)
    assert all(str(finding.remedy) for finding in refusal.value.findings)
    return str(refusal.value)


def one_site() -> Region:
    site = REGION.establishments[DELAFONTAINE]
    return replace(REGION, establishments={DELAFONTAINE: site}, links=())
