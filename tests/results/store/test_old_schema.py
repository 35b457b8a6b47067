"""A store whose tables have other columns is refused as a whole, in one sentence that says what to do."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import results
from results import Store
from results.files.digests import attested
from results.tables.schema import SCHEMA_VERSION, SCHEMAS
from tests.results import synthetic
from topologies.errors import BadStore

CAMPAIGN = synthetic.campaign()


def former(record: dict[str, Any]) -> bytes:
    """The description as it was written before it stated a schema."""
    return attested({name: value for name, value in record.items() if name not in {"schema", "digest"}})


def foreign(record: dict[str, Any]) -> bytes:
    """The description as a later version may write it: of another schema, and with a field that we do not know."""
    stated = {name: value for name, value in record.items() if name != "digest"}
    return attested({**stated, "schema": "another", "new": 1})


def first(_: dict[str, Any]) -> bytes:
    """The description as the first versions wrote it, without a digest and with the inputs inside."""
    return b'{\n "campaign": "x",\n "inputs": {}\n}'


FORMS = pytest.mark.parametrize("form", [former, foreign, first])


def refused(store: Path) -> str:
    return (
        f"{store} was written by another version of Tocsin, whose tables have other columns; choose another folder for "
        "the results, or remove this one and run its campaigns again"
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return synthetic.sealed(tmp_path / "store", [range(2)], 2)


def rewrite(store: Store, form: Callable[[dict[str, Any]], bytes]) -> None:
    description = store.path / "campaigns" / f"{CAMPAIGN.id}.json"
    description.write_bytes(form(json.loads(description.read_text())))


def test_the_description_and_every_part_state_the_schema(store: Store) -> None:
    assert store.description(CAMPAIGN.id).schema == SCHEMA_VERSION
    parts = list(store.path.rglob("*.parquet"))
    stated = [pq.read_metadata(part).metadata[b"tocsin.schema"].decode() for part in parts]
    assert stated == [SCHEMA_VERSION] * len(SCHEMAS)


@FORMS
def test_whatever_is_asked_of_a_store_of_another_schema_the_same_sentence_answers(
    store: Store, form: Callable[[dict[str, Any]], bytes]
) -> None:
    rewrite(store, form)

    def begin() -> None:
        with store.begin(CAMPAIGN):
            pass

    for ask in (
        lambda: results.open(store.path),
        lambda: results.prepare(store.path),
        lambda: results.summarise(store, CAMPAIGN.id),
        lambda: store.table("replications"),
        lambda: store.frame("hours", CAMPAIGN.id),
        store.check,
        begin,
    ):
        with pytest.raises(BadStore) as refusal:
            ask()
        assert str(refusal.value) == refused(store.path)
    assert store.campaigns() == []


@FORMS
def test_one_campaign_of_another_schema_is_enough(
    store: Store, form: Callable[[dict[str, Any]], bytes]
) -> None:
    """Readers of the files themselves would meet both in one table."""
    other = store.path / "campaigns" / f"{synthetic.campaign(seed=2).id}.json"
    other.write_bytes(form(json.loads((store.path / "campaigns" / f"{CAMPAIGN.id}.json").read_text())))
    with pytest.raises(BadStore, match="whose tables have other columns"):
        results.open(store.path)


def test_a_schema_that_nobody_vouches_for_is_damage(store: Store) -> None:
    description = store.path / "campaigns" / f"{CAMPAIGN.id}.json"
    description.write_text(description.read_text().replace(SCHEMA_VERSION, "0" * len(SCHEMA_VERSION)))
    (finding,) = results.open(store.path).check()
    assert finding.problem.template == "is damaged, or describes another campaign"
