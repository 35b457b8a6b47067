"""A store never lies: whatever happened to its files is told, and repair gives back the bytes that were written."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest

import results
from results import Store
from results.tables.schema import RECORDS, SCHEMAS, TableName
from simulation.inputs.campaign import Campaign
from tests.results import synthetic
from tests.results.store.damage import CAMPAIGN, DAMAGES, OTHER, REPLICATIONS, files_of, flip, of_campaign
from topologies.errors import BadStore, RunFailed

TRIES = 200


def test_a_flipped_bit_in_any_file_is_found_and_gives_no_other_verdict(store: Store) -> None:
    """A summary checks what it reads; ten thousand replications of the others would take it seconds."""
    read = {"campaigns", "indicators", "departments"}
    true = results.summarise(store, CAMPAIGN.id)
    files, rng = of_campaign(sorted(store.path.rglob("*"))), np.random.default_rng(11)
    for turn in range(TRIES):
        file = files[turn % len(files)]
        before = flip(file, rng)
        if file.relative_to(store.path).parts[0] in read:
            with pytest.raises(BadStore):
                results.summarise(store, CAMPAIGN.id)
        else:
            assert results.summarise(store, CAMPAIGN.id) == true
        assert [finding.where for finding in store.check()] == [str(file)]
        file.write_bytes(before)
    assert store.check() == []


def test_a_flipped_bit_gives_no_wrong_row_by_any_reader_of_ours(store: Store) -> None:
    readers: list[Callable[[TableName], object]] = [
        lambda table: store.table(table, CAMPAIGN.id).to_pylist(),
        lambda table: store.scan(table, CAMPAIGN.id).to_table().to_pylist(),
        lambda table: by_duckdb(store.scan(table, CAMPAIGN.id)),
        lambda table: pl.scan_pyarrow_dataset(store.scan(table, CAMPAIGN.id)).collect().to_dicts(),
    ]
    tables = list(RECORDS)
    true = {table: [reader(table) for reader in readers] for table in tables}
    rng = np.random.default_rng(12)
    for turn in range(40):
        table = tables[turn % 4]
        files = of_campaign(sorted((store.path / table).rglob("*")))
        file = files[turn % len(files)]
        before = flip(file, rng)
        for reader in readers:
            with pytest.raises(BadStore):
                reader(table)
        sound_table = tables[(turn + 1) % 4]
        assert readers[0](sound_table) == true[sound_table][0]
        file.write_bytes(before)


def by_duckdb(rows: object) -> list[tuple[object, ...]]:
    found = duckdb.sql("select * from rows")  # DuckDB finds the variable by its name
    assert found is not None
    return found.fetchall()


def test_a_bit_that_flips_after_a_scan_was_made_is_told_by_its_pages(store: Store) -> None:
    rng, file = np.random.default_rng(13), store.path / f"hours/campaign={CAMPAIGN.id}/part-00000.parquet"
    true, told = by_duckdb(store.scan("hours", CAMPAIGN.id)), 0
    for _ in range(30):
        scanned = store.scan("hours", CAMPAIGN.id)
        before = flip(file, rng)
        try:
            assert by_duckdb(scanned) == true
        except (duckdb.Error, OSError):
            told += 1
        file.write_bytes(before)
    assert told > 0


def test_neither_duckdb_nor_polars_verifies_checksums_by_itself(store: Store) -> None:
    """Why `docs/dataset.md` sends their users to `store.scan`: the day that one of them does, this test fails."""
    rng, silent = np.random.default_rng(14), {"duckdb": 0, "polars": 0}
    file = store.path / f"hours/campaign={CAMPAIGN.id}/part-00000.parquet"
    true = pl.read_parquet(file).to_dicts()
    for _ in range(40):
        before = flip(file, rng)
        for name, read in (("duckdb", _by_duckdb), ("polars", pl.read_parquet)):
            try:
                silent[name] += read(file).to_dicts() != true
            except (duckdb.Error, pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
                continue
        file.write_bytes(before)
    assert min(silent.values()) > 0


def _by_duckdb(file: Path) -> pl.DataFrame:
    found = duckdb.sql(f"select * from '{file}'")
    assert found is not None
    frame: pl.DataFrame = found.pl()
    return frame


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_part_is_told_as_what_it_is_and_repaired_to_the_byte(
    store: Store, sound: Store, damage: str
) -> None:
    file = store.path / f"replications/campaign={CAMPAIGN.id}/part-00001.parquet"
    done, told = DAMAGES[damage]
    done(file)
    with pytest.raises(BadStore, match=f"campaign {CAMPAIGN.id} is damaged") as refusal:
        store.table("replications", CAMPAIGN.id)
    assert f"{file}: " in str(refusal.value)
    assert told in str(refusal.value)
    assert str(file) in [finding.where for finding in store.check()]
    for campaign in (CAMPAIGN, OTHER):
        repair_by_hand(store, campaign)
    assert store.check() == []
    assert files_of(store.path) == files_of(sound.path)


@pytest.mark.parametrize("damage", ["truncated", "deleted", "folder", "forged", "swapped", "no folder"])
def test_what_a_summary_reads_is_told_where_it_is_damaged_and_worked_out_again(
    store: Store, sound: Store, damage: str
) -> None:
    file = store.path / f"indicators/campaign={CAMPAIGN.id}/part-00000.parquet"
    DAMAGES[damage][0](file)
    for ask in (results.summarise, lambda store, name: store.table("indicators", name)):
        with pytest.raises(BadStore, match=f"campaign {CAMPAIGN.id} is damaged") as refusal:
            ask(store, CAMPAIGN.id)
        assert f"{file}: " in str(refusal.value)
    with store.begin(CAMPAIGN):
        assert store.lost(CAMPAIGN.id) == []  # nothing is run again
    for campaign in (CAMPAIGN, OTHER):
        repair_by_hand(store, campaign)
    assert store.check() == []
    assert files_of(store.path) == files_of(sound.path)


def repair_by_hand(store: Store, campaign: Campaign) -> None:
    """What `tocsin store repair` does, with made-up outcomes."""
    with store.begin(campaign):
        lost = store.lost(campaign.id)
        if lost:
            store.write_chunk(campaign.id, synthetic.outcomes(lost))
        store.restore(campaign.id)


def test_all_that_is_wrong_is_told_at_once(store: Store) -> None:
    places = [store.path / f"{table}/campaign={CAMPAIGN.id}/part-00000.parquet" for table in SCHEMAS]
    for place in places:
        place.write_bytes(b"")
    with pytest.raises(BadStore):
        results.summarise(store, CAMPAIGN.id)
    assert {finding.where for finding in store.check(CAMPAIGN.id)} == set(map(str, places))
    assert results.summarise(store, OTHER.id).replications == 7


def test_repair_runs_only_what_the_damaged_part_holds(store: Store) -> None:
    (store.path / f"timeline/campaign={CAMPAIGN.id}/part-00001.parquet").unlink()
    with store.begin(CAMPAIGN):
        assert store.lost(CAMPAIGN.id) == [6, 7]


def test_repair_puts_back_nothing_else_than_what_was_there(store: Store) -> None:
    """Replications that another version would make are refused, and nothing is replaced."""
    file = store.path / f"replications/campaign={CAMPAIGN.id}/part-00001.parquet"
    file.write_bytes(b"")
    with store.begin(CAMPAIGN):
        others = [synthetic.outcome(number, hours=6) for number in (6, 7)]
        store.write_chunk(CAMPAIGN.id, others)
        (store.path / f"hours/campaign={CAMPAIGN.id}/part-00001.parquet").unlink()
        with pytest.raises(RunFailed, match=r"cannot be written again as it was; install model"):
            store.restore(CAMPAIGN.id)


@pytest.mark.parametrize("name", ["part-00007.parquet", "copy.parquet", "deep/part-00000.parquet"])
def test_a_part_too_many_changes_no_number_of_ours_and_is_found(store: Store, name: str) -> None:
    folder = store.path / f"replications/campaign={CAMPAIGN.id}"
    true = results.summarise(store, CAMPAIGN.id)
    (folder / name).parent.mkdir(exist_ok=True)
    shutil.copy(folder / "part-00000.parquet", folder / name)
    assert results.summarise(store, CAMPAIGN.id) == true
    assert [finding.where for finding in store.check()] == [str(folder / name)]


def test_rows_that_no_description_states_are_found(store: Store) -> None:
    for file in (store.path / "campaigns").glob(f"{OTHER.id}*"):
        file.unlink()
    found = {finding.where for finding in store.check()}
    assert found == {str(file) for file in store.path.rglob("*.parquet") if OTHER.id in str(file)}


@pytest.mark.parametrize("damage", ["truncated", "longer", "deleted", "folder"])
def test_damaged_inputs_are_told_and_written_again_by_the_next_run(
    store: Store, sound: Store, damage: str
) -> None:
    DAMAGES[damage][0](store.path / "campaigns" / f"{CAMPAIGN.id}.inputs.json")
    with pytest.raises(BadStore, match=r"inputs.json: is missing or damaged"):
        results.summarise(store, CAMPAIGN.id)
    with store.begin(CAMPAIGN):
        pass
    assert files_of(store.path) == files_of(sound.path)


def test_an_extension_copies_no_damage(store: Store) -> None:
    flip(store.path / f"establishments/campaign={CAMPAIGN.id}/part-00001.parquet", np.random.default_rng(15))
    with store.begin(CAMPAIGN):
        store.write_chunk(CAMPAIGN.id, synthetic.outcomes(range(8, 10)))
        with pytest.raises(BadStore, match="is damaged, and is not extended"):
            store.seal(CAMPAIGN.id, 10)
    assert store.description(CAMPAIGN.id).replications == REPLICATIONS
    repair_by_hand(store, CAMPAIGN)
    with store.begin(CAMPAIGN):
        assert store.seal(CAMPAIGN.id, 10).replications == 10
    assert store.check() == []
