"""A campaign's identifier says all that determines its results, and nothing else."""

import json
from dataclasses import replace
from hashlib import sha256
from types import MappingProxyType

import topologies
from results.store.description import described
from results.store.rebuilding import from_inputs
from simulation import (
    Campaign,
    event_names,
    load_event,
    load_posture,
    load_scenario,
    posture_names,
    scenario_names,
)
from tests.results.synthetic import campaign


def test_an_identifier_is_a_letter_and_fifteen_hexadecimal_digits() -> None:
    assert campaign().id[0] == "c"
    assert len(campaign().id) == 16
    int(campaign().id[1:], 16)


def test_equal_inputs_give_equal_identifiers() -> None:
    region = campaign().region
    same = replace(region, establishments=MappingProxyType(dict(region.establishments)))
    assert replace(campaign(), region=same).id == campaign().id


def during(campaign: Campaign, event: str) -> Campaign:
    return replace(campaign, scenario=campaign.scenario.model_copy(update={"event": load_event(event)}))


def test_any_other_input_gives_another_identifier() -> None:
    one = campaign()
    others = [
        replace(one, seed=2),
        replace(one, region=replace(one.region, title="Autre région")),
        replace(one, scenario=one.scenario.model_copy(update={"horizon_h": 24})),
        replace(one, posture=one.posture.model_copy(update={"name": "other"})),
        during(one, "paris-2024"),
        during(one, "alpes-2030"),
        replace(one, model="another"),
    ]
    assert len({other.id for other in [one, *others]}) == 8


def test_the_inputs_are_held_in_full() -> None:
    one = campaign()
    assert one.inputs["scenario"] == one.scenario.model_dump(mode="json")
    assert one.inputs["region"]["establishments"]["750100120"]["name"] == "Hôpital 0"
    assert json.loads(one.written_inputs()) == one.inputs


def test_the_description_states_the_digests_of_the_inputs() -> None:
    description = described(campaign())
    assert set(description.digests) == set(campaign().inputs)
    assert description.inputs == sha256(campaign().written_inputs()).hexdigest()
    assert set(description.versions) == {"model", "python", "numpy", "simpy", "pyarrow"}


def test_a_campaign_is_rebuilt_from_its_inputs_whatever_comes_with_the_program() -> None:
    one = campaign()
    scenarios = [replace(one, scenario=load_scenario(name)) for name in scenario_names()]
    events = [during(one, name) for name in event_names()]
    postures = [replace(one, posture=load_posture(name)) for name in posture_names()]
    for each in [*scenarios, *events, *postures, replace(one, region=topologies.load("ile-de-france"))]:
        rebuilt = from_inputs(json.loads(each.written_inputs()), each.seed)
        assert rebuilt == each
        assert rebuilt.id == each.id
