"""`tocsin store copy` puts a store elsewhere, and every verb that reads one reads it there."""

import json
from pathlib import Path
from uuid import uuid4

import pytest

from results import Store
from simulation import ordinary_twin
from tests.flows.commands import Tocsin
from tests.results import synthetic

ATTACK, TWIN = synthetic.attack(), ordinary_twin(synthetic.attack())
OUTCOMES = synthetic.outcomes(range(3))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return synthetic.sealed_beside(tmp_path / "store", OUTCOMES, OUTCOMES)


def test_the_command_copies_and_verbs_read_the_copy(store: Store, verb: Tocsin, tmp_path: Path) -> None:
    url = f"memory://{uuid4().hex}/store"
    told = verb("store", "copy", str(store.path), url, "--lang", "en").stdout
    assert f"{ATTACK.id}: 14 files written in {url}" in told
    asked = ("--store", url, "--json")
    listed = json.loads(verb("campaigns", *asked).stdout)
    assert {each["campaign"] for each in listed["campaigns"]} == {ATTACK.id, TWIN.id}
    assert json.loads(verb("show", ATTACK.id, *asked).stdout)["replications"] == 3
    assert json.loads(verb("store", "check", url, "--json").stdout)["sound"]
    assert f"{url}/timeline/campaign=*/part-*.parquet" in verb("store", "views", url).stdout
    again = json.loads(verb("store", "copy", url, str(tmp_path / "fetched"), "--json").stdout)
    assert again["files"] == {ATTACK.id: 14, TWIN.id: 14}


def test_a_copy_that_holds_more_is_left_and_told(store: Store, verb: Tocsin, tmp_path: Path) -> None:
    more = synthetic.outcomes(range(4))
    synthetic.sealed_beside(tmp_path / "more", more, more)
    done = verb("store", "copy", str(store.path), str(tmp_path / "more"), "--json")
    assert done.returncode == 1
    assert sorted(json.loads(done.stdout)["left"]) == sorted([ATTACK.id, TWIN.id])
