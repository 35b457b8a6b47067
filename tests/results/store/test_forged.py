"""A description or inputs that contradict the rest of the store are refused, whoever vouches for them."""

import json
import shutil
from hashlib import sha256

import pytest

import results
from results import Store
from results.files.digests import attested
from simulation.inputs.digests import canonical
from tests.results.store.damage import (
    CAMPAIGN,
    OTHER,
)
from topologies.errors import BadStore


def test_the_description_of_another_campaign_under_this_name_is_told(store: Store) -> None:
    campaigns = store.path / "campaigns"
    shutil.copy(campaigns / f"{OTHER.id}.json", campaigns / f"{CAMPAIGN.id}.json")
    with pytest.raises(BadStore, match="is damaged, or describes another campaign"):
        results.summarise(store, CAMPAIGN.id)


def forge(store: Store, **said: object) -> None:
    """The description says something else, and states the digest that goes with it."""
    file = store.path / "campaigns" / f"{CAMPAIGN.id}.json"
    record = json.loads(file.read_bytes()) | said
    del record["digest"]
    file.write_bytes(attested(record))


@pytest.mark.parametrize(
    "said",
    [
        {"state": "running"},
        {"replications": 7},
        {"replications": 9},
        {"replications": 60},
        {"replications": 10**12},
        {"replications": -1, "files": {}},
        {"replications": 0, "files": {}},
    ],
    ids=str,
)
def test_a_description_that_says_other_than_its_parts_hold_is_told(
    store: Store, said: dict[str, object]
) -> None:
    forge(store, **said)
    with pytest.raises(BadStore):
        results.summarise(store, CAMPAIGN.id)
    with pytest.raises(BadStore):
        store.table("replications", CAMPAIGN.id)
    assert store.check()


def test_a_number_that_nobody_could_have_run_is_not_counted_up_to(store: Store) -> None:
    file = store.path / "campaigns" / f"{CAMPAIGN.id}.json"
    file.write_bytes(file.read_bytes().replace(b'"replications": 8', b'"replications": 8' + b"0" * 15))
    assert [finding.where for finding in store.check()] == [str(file)]


def test_inputs_that_another_target_was_written_in_give_no_verdict(store: Store) -> None:
    file = store.path / "campaigns" / f"{CAMPAIGN.id}.inputs.json"
    inputs = json.loads(file.read_bytes())
    inputs["scenario"]["held_share_target"] = 0.01
    file.write_bytes(canonical(inputs))
    forge(store, inputs=sha256(file.read_bytes()).hexdigest())
    with pytest.raises(BadStore, match="inputs"):
        results.summarise(store, CAMPAIGN.id)
    assert [finding.where for finding in store.check()] == [str(file)]
