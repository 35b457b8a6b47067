"""What is gathered in one file says what the tables say of which it was made, however many files these are."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

import results
from results import INDICATORS, Store
from results.sealing import gathered
from results.store import layout
from results.tables.first_signs import DECIDED, LOST
from simulation.inputs.campaign import CRISIS_SHARED, ORDINARY_SHARED
from tests.results import synthetic

CAMPAIGN = synthetic.campaign()
REPLICATIONS = 70
CRISIS, LIFE = "breakout_h", "medicine_occupancy"
COST, SAME_COST = "outages.record.medicine.kept", "outages.record.surgery_scheduled.kept"


def drawn(number: int) -> dict[str, float]:
    """What a replication takes the parameters to be, as those beside it; two costs hang on one unknown."""
    crisis, life = number // CRISIS_SHARED, number // ORDINARY_SHARED
    return {LIFE: life / 7, COST: crisis / 3, SAME_COST: crisis / 5, CRISIS: crisis / 9}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A campaign in two parts, each of which fills a row group of what is gathered."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathered, "PARTS_IN_GROUP", 1)
        store = results.prepare(tmp_path_factory.mktemp("gathered"))
        with store.begin(CAMPAIGN):
            outcomes = (replace(synthetic.outcome(n), parameters=drawn(n)) for n in range(REPLICATIONS))
            store.write_chunk(CAMPAIGN.id, outcomes)
            store.seal(CAMPAIGN.id, REPLICATIONS)
    return store


def test_the_indicators_of_all_replications_are_in_one_file(store: Store) -> None:
    (file,) = (store.path / "indicators").rglob("*.parquet")
    assert pq.ParquetFile(file).num_row_groups == layout.parts_of(REPLICATIONS) == 2
    rows = store.table("replications")
    assert store.table("indicators", columns=rows.column_names).equals(rows)


def test_care_gives_way_first_by_what_was_decided_else_by_what_was_lost(store: Store) -> None:
    expected: list[tuple[object, ...]] = [(None, None, None)] * REPLICATIONS
    for signs in (LOST, DECIDED):
        hours = store.frame("establishments", columns=["replication", "finess", *signs])
        told = hours.melt(["replication", "finess"], signs).dropna()
        told = told.sort_values(["replication", "value", "finess"], kind="stable").drop_duplicates(
            "replication"
        )
        for number, *first in told[["replication", "variable", "finess", "value"]].itertuples(index=False):
            expected[number] = tuple(first)
    found = store.table("indicators", columns=["first_sign", "first_sign_finess", "first_sign_h"])
    assert [tuple(row.values()) for row in found.to_pylist()] == expected


def test_draws_say_what_each_replication_drew_without_what_repeats(store: Store) -> None:
    rows = store.table("draws", columns=["replication", "parameter", "value"]).to_pylist()
    for name, shared in ((CRISIS, CRISIS_SHARED), (COST, CRISIS_SHARED), (LIFE, ORDINARY_SHARED)):
        mine = {row["replication"]: row["value"] for row in rows if row["parameter"] == name}
        assert list(mine) == list(range(0, REPLICATIONS, shared))
        assert all(drawn(n)[name] == mine[n - n % shared] for n in range(REPLICATIONS))
    assert {row["parameter"] for row in rows} == {CRISIS, COST, LIFE}


def test_the_table_of_indicators_has_a_row_per_replication_and_each_column_a_title(store: Store) -> None:
    frame = store.indicators(CAMPAIGN.id)
    assert frame.index.tolist() == list(range(REPLICATIONS))
    assert list(frame.columns) == list(INDICATORS)
    unmet = [synthetic.outcome(n).replication.ed_visits_unmet for n in range(REPLICATIONS)]
    assert np.array_equal(frame["ed_visits_unmet"], unmet)
    assert all(INDICATORS[name].title.fr and INDICATORS[name].title.en for name in frame.columns)


def test_columns_that_are_asked_for_are_all_that_comes_into_memory(store: Store) -> None:
    waiting, whole = store.table("hours", columns=["waiting"]), store.table("hours")
    assert waiting.column_names == ["waiting"]
    assert waiting.nbytes < whole.nbytes / 10
    assert list(store.frame("hours", columns=["waiting"])["waiting"]) == whole["waiting"].to_pylist()


def test_of_the_first_replications_no_later_part_is_opened(store: Store, tmp_path: Path) -> None:
    some = ["replication", "event"]
    whole = store.table("timeline", columns=some).to_pydict()
    shutil.copytree(store.path, tmp_path / "store")
    for part in (tmp_path / "store").rglob("part-00001.parquet"):
        part.unlink()
    snapshot = results.open(tmp_path / "store").snapshot(CAMPAIGN.id)
    rows = [row for part in snapshot.parts("timeline", some, 40) for row in part.to_pylist()]
    known = zip(*whole.values(), strict=True)
    assert [tuple(row.values()) for row in rows] == [row for row in known if row[0] < 40]
    events = snapshot.replication("timeline", 12).to_pylist()
    assert [row["event"] for row in events] == list(range(len(synthetic.outcome(12).timeline)))
