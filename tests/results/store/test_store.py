"""A store shows sealed rows to every reader, and knows what a campaign still lacks."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.compute as pc
import pytest

import results
from results.tables.schema import RECORDS, SCHEMAS, TableName
from simulation.outcome.records import Hours
from tests.results import synthetic
from topologies.errors import BadStore, RunFailed, UnknownName

EVERY_TABLE = pytest.mark.parametrize("table", list(RECORDS))
CAMPAIGN = synthetic.campaign()


def parquet_files(store: Path) -> list[Path]:
    """What any reader of Parquet would find."""
    return sorted(store.rglob("*.parquet"))


def test_an_unknown_campaign_is_told_with_its_nearest(tmp_path: Path) -> None:
    store = synthetic.sealed(tmp_path, [range(2)], 2)
    with pytest.raises(UnknownName, match=CAMPAIGN.id):
        store.description(CAMPAIGN.id[:-1])


def test_an_empty_store_has_tables_without_rows(tmp_path: Path) -> None:
    store = results.prepare(tmp_path)
    assert store.campaigns() == []
    assert store.table("hours").num_rows == store.scan("hours").count_rows() == 0
    assert store.table("hours").schema.names == store.scan("hours").schema.names


@EVERY_TABLE
def test_nothing_unsealed_is_seen(tmp_path: Path, table: TableName) -> None:
    store = results.prepare(tmp_path)
    with store.begin(CAMPAIGN):
        store.write_chunk(CAMPAIGN.id, synthetic.outcomes(range(3)))
        assert parquet_files(tmp_path) == []
        assert not list(tmp_path.rglob("campaign=*"))
        assert store.table(table).num_rows == 0
        with pytest.raises(BadStore, match="is not sealed yet"):
            store.table(table, CAMPAIGN.id)


def test_unsealed_rows_are_seen_by_who_asks(tmp_path: Path) -> None:
    store = results.prepare(tmp_path)
    with store.begin(CAMPAIGN):
        for chunk in ([4, 1], [1, 2]):
            store.write_chunk(CAMPAIGN.id, synthetic.outcomes(chunk))
        rows = store.unsealed_table("replications", CAMPAIGN.id)
        assert rows.column("replication").to_pylist() == [1, 2, 4]


def test_replications_in_which_nobody_is_cared_for_have_no_hour(tmp_path: Path) -> None:
    """A region of which neither visits nor beds are known is attacked all the same."""
    store = results.prepare(tmp_path)
    with store.begin(CAMPAIGN):
        some = synthetic.outcomes(range(3))
        store.write_chunk(CAMPAIGN.id, [replace(each, hours=_nobodys(each.hours)) for each in some])
        store.seal(CAMPAIGN.id, 3)
    assert store.check() == []
    assert (store.table("hours").num_rows, store.table("replications").num_rows) == (0, 3)


def _nobodys(hours: Hours) -> Hours:
    """As many hours, without a territory nor a stream."""
    of_groups = [name for name in hours.__slots__ if name not in {"groups", "hour", "stands_for_h"}]
    arrays = {name: getattr(hours, name)[:, :0] for name in of_groups}
    return replace(hours, groups=(), **arrays)


def test_missing_replications_are_those_that_no_chunk_holds(tmp_path: Path) -> None:
    store = results.prepare(tmp_path)
    assert store.missing(CAMPAIGN.id, 2) == [0, 1]
    with store.begin(CAMPAIGN):
        assert store.missing(CAMPAIGN.id, 5) == [0, 1, 2, 3, 4]
        store.write_chunk(CAMPAIGN.id, synthetic.outcomes([1, 3]))
        store.write_chunk(CAMPAIGN.id, synthetic.outcomes([3, 6]))
        assert store.missing(CAMPAIGN.id, 5) == [0, 2, 4]
        assert store.finished(CAMPAIGN.id) == 3


def test_a_campaign_with_a_gap_is_not_sealed(tmp_path: Path) -> None:
    store = results.prepare(tmp_path)
    with store.begin(CAMPAIGN):
        store.write_chunk(CAMPAIGN.id, synthetic.outcomes([0, 2]))
        with pytest.raises(RunFailed, match="lacks 1 of 3 replications, first 1"):
            store.seal(CAMPAIGN.id, 3)


def test_chunks_beyond_what_is_sealed_are_kept_for_later(tmp_path: Path) -> None:
    store = synthetic.sealed(tmp_path, [[0, 1, 2], [3, 7]], 4)
    assert store.description(CAMPAIGN.id).replications == 4
    with store.begin(CAMPAIGN):
        assert store.missing(CAMPAIGN.id, 9) == [4, 5, 6, 8]


def test_a_sealed_store_holds_its_tables_and_descriptions_and_nothing_else(tmp_path: Path) -> None:
    synthetic.sealed(tmp_path, [range(3)], 3)
    files = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    parts = {f"{table}/campaign={CAMPAIGN.id}/part-00000.parquet" for table in SCHEMAS}
    assert files == {*parts, f"campaigns/{CAMPAIGN.id}.json", f"campaigns/{CAMPAIGN.id}.inputs.json"}


def test_a_chunk_of_a_campaign_that_has_not_begun_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadStore, match="no longer holds the campaign"):
        results.prepare(tmp_path).write_chunk(CAMPAIGN.id, synthetic.outcomes([0]))


@EVERY_TABLE
def test_all_readers_see_the_same_rows(tmp_path: Path, table: TableName) -> None:
    store = synthetic.sealed(tmp_path, [range(7)], 7)
    rows = store.table(table, CAMPAIGN.id)
    glob = f"{tmp_path}/{table}/**/*.parquet"
    assert store.scan(table).to_table().to_pylist() == rows.to_pylist()
    assert store.frame(table).shape == rows.shape
    by_polars = pl.scan_parquet(glob, hive_partitioning=True).collect()
    assert by_polars.columns == rows.column_names
    assert (
        by_polars.drop("at", strict=False).to_dicts()
        == rows.drop_columns([name for name in ("at",) if name in rows.column_names]).to_pylist()
    )
    by_duckdb = duckdb.sql(f"select * from '{glob}'")
    assert by_duckdb is not None
    assert by_duckdb.columns == rows.column_names
    assert len(by_duckdb.fetchall()) == rows.num_rows


def test_the_campaign_is_a_column_for_readers_of_the_files(tmp_path: Path) -> None:
    synthetic.sealed(tmp_path, [range(3)], 3)
    glob = f"{tmp_path}/replications/**/*.parquet"
    by_duckdb = duckdb.sql(f"select distinct campaign from '{glob}'")
    assert by_duckdb is not None
    assert by_duckdb.fetchall() == [(CAMPAIGN.id,)]
    assert pl.read_parquet(glob, hive_partitioning=True)["campaign"].unique().to_list() == [CAMPAIGN.id]


def test_two_campaigns_are_read_together_or_apart(tmp_path: Path) -> None:
    store, other = synthetic.sealed(tmp_path, [range(3)], 3), synthetic.campaign(seed=2)
    with store.begin(other):
        store.write_chunk(other.id, synthetic.outcomes(range(5)))
        store.seal(other.id, 5)
    assert [description.replications for description in store.campaigns()] in ([3, 5], [5, 3])
    assert store.table("replications").num_rows == store.scan("replications").count_rows() == 8
    assert (
        store.table("replications", other.id).num_rows
        == store.scan("replications", other.id).count_rows()
        == 5
    )
    assert set(store.frame("replications")["campaign"]) == {CAMPAIGN.id, other.id}


def test_a_scan_takes_columns_and_rows_before_it_reads(tmp_path: Path) -> None:
    store = synthetic.sealed(tmp_path, [range(3)], 3)
    emergencies = store.scan("hours").to_table(
        columns=["hour", "waiting"],
        filter=(pc.field("stream") == "emergency_adult") & (pc.field("replication") == 1),
    )
    assert emergencies.column_names == ["hour", "waiting"]
    assert emergencies.num_rows == 5 * 3


def test_a_frame_says_null_where_nothing_occurred(tmp_path: Path) -> None:
    frame = synthetic.sealed(tmp_path, [range(20)], 20).frame("replications")
    expected = sum(synthetic.outcome(number).replication.regional_cell_h is None for number in range(20))
    assert frame["regional_cell_h"].isna().sum() == expected > 0


def test_a_snapshot_shows_one_moment_though_its_campaign_is_extended(tmp_path: Path) -> None:
    store = synthetic.sealed(tmp_path, [range(3)], 3)
    snapshot = store.snapshot(CAMPAIGN.id)
    before = snapshot.table("hours")
    synthetic.sealed(tmp_path, [range(3, 60)], 60)
    assert store.table("replications").num_rows == 60
    assert snapshot.table("replications").num_rows == 3
    assert snapshot.table("hours").equals(before)
    assert snapshot.scan("timeline").to_table().equals(snapshot.table("timeline"))
    some = ["value", "parameter"]
    assert snapshot.table("parameters", some).equals(snapshot.table("parameters").select(some))
    assert [description.replications for description in snapshot.descriptions] == [3]


def test_a_scan_that_was_made_before_an_extension_reads_what_it_was_made_of(tmp_path: Path) -> None:
    store = synthetic.sealed(tmp_path, [range(3)], 3)
    expected, scanned = store.table("hours", CAMPAIGN.id), store.scan("hours", CAMPAIGN.id)
    synthetic.sealed(tmp_path, [range(3, 60)], 60)
    assert scanned.to_table().to_pylist() == expected.to_pylist()


def test_listing_campaigns_reads_none_of_their_inputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = synthetic.sealed(tmp_path, [range(2)], 2)
    read: list[Path] = []
    read_bytes = Path.read_bytes

    def noted(path: Path) -> bytes:
        read.append(path)
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    assert len(store.campaigns()) == 1
    assert store.missing(CAMPAIGN.id, 2) == []
    assert sum(len(read_bytes(path)) for path in read) < 10_000


def test_neither_a_worker_nor_a_summary_waits_for_pandas_or_scipy(tmp_path: Path) -> None:
    code = f"""
import sys, results
from tests.results import synthetic
store, campaign = results.prepare({str(tmp_path)!r}), synthetic.campaign()
with store.begin(campaign):
    store.write_chunk(campaign.id, synthetic.outcomes(range(4)))
    store.seal(campaign.id, 4)
results.summarise(store, campaign.id)
sys.exit(", ".join({{"pandas", "scipy.special", "pyarrow.dataset"}} & sys.modules.keys()) or None)
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
