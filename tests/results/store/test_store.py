"""A store is where it can be, and shows what is sealed."""

import multiprocessing
import os
import signal
import subprocess
import sys
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.compute as pc
import pytest

import results
from results.tables.schema import RECORDS, TableName
from tests.results import synthetic
from topologies.errors import BadStore, RunFailed, UnknownName

EVERY_TABLE = pytest.mark.parametrize("table", list(RECORDS))
CAMPAIGN = synthetic.campaign()


def parquet_files(store: Path) -> list[Path]:
    """What any reader of Parquet would find."""
    return sorted(store.rglob("*.parquet"))


def test_a_store_in_place_of_a_file_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "results"
    file.write_text("mine")
    with pytest.raises(BadStore, match="is a file, not a folder; choose another"):
        results.prepare(file)
    assert file.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [file]


def test_a_store_under_a_file_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "results"
    file.write_text("mine")
    with pytest.raises(BadStore, match="cannot be written: Not a directory; choose another"):
        results.prepare(file / "store")
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a file system that no one can write")
@pytest.mark.parametrize("path", ["/proc/store", "/proc/self"])
def test_a_store_that_nobody_can_write_is_refused(path: str) -> None:
    with pytest.raises(BadStore, match="cannot be written"):
        results.prepare(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write anywhere")
@pytest.mark.parametrize("name", ["", "store"])
def test_a_store_without_the_right_to_write_is_refused(tmp_path: Path, name: str) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(BadStore, match="cannot be written: Permission denied"):
        results.prepare(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["absent", "empty", "file"])
def test_what_is_no_store_is_not_opened(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(BadStore, match="is not a store of results"):
        results.open(tmp_path / name)


def test_a_store_under_a_name_of_another_encoding_is_refused(tmp_path: Path) -> None:
    synthetic.sealed(tmp_path / "store", [range(1)], 1)
    renamed = (tmp_path / "store").rename(tmp_path / os.fsdecode(b"r\xe9sultats"))
    for door in (results.open, results.prepare):
        with pytest.raises(BadStore, match="encoding"):
            door(renamed)


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
    parts = {f"{table}/campaign={CAMPAIGN.id}/part-00000.parquet" for table in RECORDS}
    assert files == {*parts, f"campaigns/{CAMPAIGN.id}.json", f"campaigns/{CAMPAIGN.id}.inputs.json"}


@pytest.mark.parametrize(("name", "reason"), [("x" * 300, "name too long"), ("file", "Not a directory")])
def test_a_store_that_can_be_no_folder_is_told_as_that_and_not_as_damaged(
    tmp_path: Path, name: str, reason: str
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadStore, match=f"cannot hold results: .*{reason}; choose another folder"):
        results.Store(tmp_path / name).sealed(CAMPAIGN.id)


def test_a_store_that_is_removed_while_a_campaign_is_sealed_is_told_as_that(tmp_path: Path) -> None:
    store = results.prepare(tmp_path / "store")

    def run() -> None:
        with store.begin(CAMPAIGN):
            store.write_chunk(CAMPAIGN.id, synthetic.outcomes([0]))
            (tmp_path / "store").rename(tmp_path / "elsewhere")
            store.seal(CAMPAIGN.id, 1)

    with pytest.raises(BadStore, match="removed or moved meanwhile"):
        run()


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
    assert [description.replications for description in snapshot.descriptions] == [3]


def test_a_scan_that_was_made_before_an_extension_reads_what_it_was_made_of(tmp_path: Path) -> None:
    store = synthetic.sealed(tmp_path, [range(3)], 3)
    expected, scanned = store.table("hours", CAMPAIGN.id), store.scan("hours", CAMPAIGN.id)
    synthetic.sealed(tmp_path, [range(3, 60)], 60)
    assert scanned.to_table().to_pylist() == expected.to_pylist()


def foreign(path: Path, kind: str) -> None:
    """Something that is not ours lies at this place."""
    if kind == "folder":
        path.mkdir()
    elif kind == "dangling link":
        path.symlink_to("nowhere")
    else:
        path.write_bytes({"empty": b"", "half": b'{"campaign": "c', "text": b"mine"}[kind])


@pytest.mark.parametrize("kind", ["folder", "dangling link", "empty", "half", "text"])
@pytest.mark.parametrize("name", [".DS_Store", "notes.json~", "mine.json", "c0123456789abcde.json"])
def test_what_is_not_ours_among_the_campaigns_stops_none(tmp_path: Path, name: str, kind: str) -> None:
    store = synthetic.sealed(tmp_path, [range(2)], 2)
    foreign(tmp_path / "campaigns" / name, kind)
    assert [description.campaign for description in store.campaigns()] == [CAMPAIGN.id]
    assert results.summarise(store, CAMPAIGN.id).replications == 2
    synthetic.sealed(tmp_path, [[2]], 3)
    assert store.description(CAMPAIGN.id).replications == 3


@pytest.mark.parametrize("kind", ["folder", "dangling link", "empty", "half", "text"])
def test_a_campaign_without_a_sound_description_is_told_when_it_is_asked_for(
    tmp_path: Path, kind: str
) -> None:
    store = synthetic.sealed(tmp_path, [range(2)], 2)
    bad = "c0123456789abcde"
    foreign(tmp_path / "campaigns" / f"{bad}.json", kind)
    for ask in (store.description, store.inputs, store.snapshot, lambda _: store.table("replications")):
        with pytest.raises(BadStore, match=rf"campaign {bad} is damaged.*\n.*{bad}.json"):
            ask(bad)
    assert [bad in finding.where for finding in store.check()] == [True]


@pytest.mark.parametrize("kind", ["folder", "dangling link", "empty", "half", "text"])
@pytest.mark.parametrize("name", [".DS_Store", "copy", "000000-000001-0123456"])
def test_what_is_not_ours_among_the_chunks_stops_nothing(tmp_path: Path, name: str, kind: str) -> None:
    store = results.prepare(tmp_path)
    with store.begin(CAMPAIGN):
        store.write_chunk(CAMPAIGN.id, synthetic.outcomes([0, 1]))
    foreign(tmp_path / "unsealed" / CAMPAIGN.id / "chunks" / name, kind)
    with store.begin(CAMPAIGN) as damaged:
        assert damaged == []
        assert store.finished(CAMPAIGN.id) == 2
        store.seal(CAMPAIGN.id, 2)
    assert list((tmp_path / "unsealed").iterdir()) == []


def test_a_store_that_is_made_is_its_owners_alone(tmp_path: Path) -> None:
    umask = os.umask(0o022)
    try:
        store = synthetic.sealed(tmp_path / "store", [range(2), [3]], 2)
    finally:
        os.umask(umask)
    for path in (store.path, *store.path.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_a_store_that_was_there_keeps_its_rights_and_gives_them_to_what_is_added(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o750)
    store = synthetic.sealed(shared, [range(2)], 2)
    with store.begin(CAMPAIGN):
        store.write_chunk(CAMPAIGN.id, synthetic.outcomes([2]))
        for path in (shared, *shared.rglob("*")):
            assert path.stat().st_mode & 0o777 == (0o750 if path.is_dir() else 0o640), path


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


def test_a_campaign_is_run_by_one_process_at_a_time(tmp_path: Path) -> None:
    store = results.prepare(tmp_path)
    with store.begin(CAMPAIGN):
        with (
            pytest.raises(BadStore, match=f"is being run in .* by process {os.getpid()}"),
            store.begin(CAMPAIGN),
        ):
            pass
        with store.begin(synthetic.campaign(seed=2)):
            pass
    with store.begin(CAMPAIGN):
        pass


def _hold(path: Path, begun: Event) -> None:
    with results.prepare(path).begin(CAMPAIGN):
        begun.set()
        signal.pause()


def test_a_lock_that_leads_elsewhere_is_refused_and_nothing_is_written_there(tmp_path: Path) -> None:
    store, elsewhere = synthetic.sealed(tmp_path / "store", [range(1)], 1), tmp_path / "letter"
    elsewhere.write_text("precious")
    (store.path / "campaigns" / f"{CAMPAIGN.id}.lock").symlink_to(elsewhere)
    with pytest.raises(BadStore), store.begin(CAMPAIGN):
        pass
    assert elsewhere.read_text() == "precious"


def test_a_killed_process_frees_its_campaign(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    begun = spawn.Event()
    holder = spawn.Process(target=_hold, args=(tmp_path, begun))
    holder.start()
    assert begun.wait(30)
    store = results.open(tmp_path)
    with pytest.raises(BadStore, match="is being run"), store.begin(CAMPAIGN):
        pass
    holder.kill()
    holder.join()
    with store.begin(CAMPAIGN):
        assert store.missing(CAMPAIGN.id, 1) == [0]


@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_a_forked_worker_does_not_hold_the_campaign_when_the_run_has_ended(tmp_path: Path) -> None:
    store = results.prepare(tmp_path)
    with store.begin(CAMPAIGN):
        worker = os.fork()
        if worker == 0:
            signal.pause()
            os._exit(0)
    try:
        with store.begin(CAMPAIGN):
            pass
    finally:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)


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
