"""A store never lies: whatever happened to its files is told, and repair gives back the bytes that were written."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import results
from results import Store, Summary
from results.files.digests import attested
from results.sealing import chunk_reader, part_files, parts, sealing
from results.store import layout
from results.tables.schema import RECORDS, TableName
from simulation.inputs.campaign import Campaign
from simulation.inputs.digests import canonical
from tests.results import synthetic
from topologies.errors import BadStore, RunFailed, TocsinError

CAMPAIGN, OTHER = synthetic.campaign(), synthetic.campaign(seed=2)
REPLICATIONS = 8
TRIES = 200


@pytest.fixture(autouse=True, scope="module")
def small_parts() -> Iterator[None]:
    """Parts of six replications, so that eight make two."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (layout, parts, chunk_reader, part_files, sealing):
            patch.setattr(module, "PART_REPLICATIONS", 6)
        yield


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, small_parts: None) -> Store:
    """Two sealed campaigns, as they were written."""
    store = results.prepare(tmp_path_factory.mktemp("sound") / "store")
    for campaign, replications in ((CAMPAIGN, REPLICATIONS), (OTHER, 7)):
        with store.begin(campaign):
            store.write_chunk(campaign.id, synthetic.outcomes(range(replications)))
            store.seal(campaign.id, replications)
    return store


@pytest.fixture
def store(sound: Store, tmp_path: Path) -> Store:
    """A copy of them, to be damaged."""
    shutil.copytree(sound.path, tmp_path / "store")
    return results.open(tmp_path / "store")


def files_of(store: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(store)): path.read_bytes() for path in sorted(store.rglob("*")) if path.is_file()
    }


def flip(file: Path, rng: np.random.Generator) -> bytes:
    """One bit of the file is another; returns the bytes of before."""
    before = file.read_bytes()
    bit = int(rng.integers(8 * len(before)))
    damaged = bytearray(before)
    damaged[bit // 8] ^= 1 << bit % 8
    file.write_bytes(damaged)
    return before


def of_campaign(files: list[Path]) -> list[Path]:
    return [file for file in files if CAMPAIGN.id in str(file) and file.is_file()]


def test_a_flipped_bit_in_any_file_gives_no_verdict_and_is_found(store: Store) -> None:
    files, rng = of_campaign(sorted(store.path.rglob("*"))), np.random.default_rng(11)
    for turn in range(TRIES):
        file = files[turn % len(files)]
        before = flip(file, rng)
        with pytest.raises(BadStore):
            results.summarise(store, CAMPAIGN.id)
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
            except (duckdb.Error, pl.exceptions.PolarsError, OSError):
                continue
        file.write_bytes(before)
    assert min(silent.values()) > 0


def _by_duckdb(file: Path) -> pl.DataFrame:
    found = duckdb.sql(f"select * from '{file}'")
    assert found is not None
    frame: pl.DataFrame = found.pl()
    return frame


def forged(file: Path) -> None:
    """A part that is as sound as any Parquet file, with other numbers in it."""
    table = pq.read_table(file)
    held = pa.array([True] * table.num_rows)
    pq.write_table(table.set_column(1, table.schema.field(1), held), file)


def swapped(file: Path) -> None:
    """The same part of another campaign."""
    other = Path(str(file).replace(CAMPAIGN.id, OTHER.id))
    kept = file.read_bytes()
    file.write_bytes(other.read_bytes())
    other.write_bytes(kept)


def replaced_by_a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def replaced_by_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def replaced_by_a_file(file: Path) -> None:
    shutil.rmtree(file.parent)
    file.parent.write_text("mine")


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "truncated": (lambda file: file.write_bytes(file.read_bytes()[:-100]), "is damaged"),
    "empty": (lambda file: file.write_bytes(b""), "is damaged"),
    "longer": (lambda file: file.write_bytes(file.read_bytes() + b"x"), "is damaged"),
    "deleted": (Path.unlink, "is missing"),
    "folder": (replaced_by_a_folder, "cannot be read: Is a directory"),
    "pipe": (replaced_by_a_pipe, "cannot be read: Invalid argument"),
    "forged": (forged, "is damaged"),
    "swapped": (swapped, f"part 1 of replications in campaign {OTHER.id}"),
    "another part": (
        lambda file: shutil.copy(file.with_name("part-00000.parquet"), file),
        f"part 0 of replications in campaign {CAMPAIGN.id}",
    ),
    "another table": (
        lambda file: shutil.copy(str(file).replace("replications", "timeline"), file),
        f"part 1 of timeline in campaign {CAMPAIGN.id}",
    ),
    "folder a file": (replaced_by_a_file, "cannot be read: Not a directory"),
    "no folder": (lambda file: shutil.rmtree(file.parent), "is missing"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_part_is_told_as_what_it_is_and_repaired_to_the_byte(
    store: Store, sound: Store, damage: str
) -> None:
    file = store.path / f"replications/campaign={CAMPAIGN.id}/part-00001.parquet"
    done, told = DAMAGES[damage]
    done(file)
    for ask in (results.summarise, lambda store, name: store.table("replications", name)):
        with pytest.raises(BadStore, match=f"campaign {CAMPAIGN.id} is damaged") as refusal:
            ask(store, CAMPAIGN.id)
        assert f"{file}: " in str(refusal.value)
        assert told in str(refusal.value)
    assert str(file) in [finding.where for finding in store.check()]
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
    places = [store.path / f"{table}/campaign={CAMPAIGN.id}/part-00000.parquet" for table in RECORDS]
    for place in places:
        place.write_bytes(b"")
    with pytest.raises(BadStore) as refusal:
        results.summarise(store, CAMPAIGN.id)
    assert {finding.where for finding in refusal.value.findings} == set(map(str, places))
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


def test_the_description_of_another_campaign_under_this_name_is_told(store: Store) -> None:
    campaigns = store.path / "campaigns"
    shutil.copy(campaigns / f"{OTHER.id}.json", campaigns / f"{CAMPAIGN.id}.json")
    with pytest.raises(BadStore, match="is damaged, or describes another campaign"):
        results.summarise(store, CAMPAIGN.id)


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


def unsealed(path: Path) -> Store:
    """Two finished chunks that wait for sealing."""
    store = results.prepare(path)
    with store.begin(CAMPAIGN):
        for chunk in (range(5), range(5, REPLICATIONS)):
            store.write_chunk(CAMPAIGN.id, synthetic.outcomes(chunk))
    return store


def complete(store: Store) -> Summary:
    with store.begin(CAMPAIGN):
        store.write_chunk(CAMPAIGN.id, synthetic.outcomes(store.missing(CAMPAIGN.id, REPLICATIONS)))
        store.seal(CAMPAIGN.id, REPLICATIONS)
    return results.summarise(store, CAMPAIGN.id)


def test_a_flipped_bit_in_a_chunk_is_told_and_only_its_replications_run_again(tmp_path: Path) -> None:
    store, rng = unsealed(tmp_path), np.random.default_rng(16)
    chunks = of_campaign(sorted((tmp_path / "unsealed").rglob("*")))
    for turn in range(TRIES // 2):
        file = chunks[turn % len(chunks)]
        before = flip(file, rng)
        lost = range(5) if file.parent.name.startswith("000000-") else range(5, REPLICATIONS)
        assert store.missing(CAMPAIGN.id, REPLICATIONS) == list(lost)
        assert [finding.where for finding in store.check()] == [str(file.parent)]
        file.write_bytes(before)
    assert store.missing(CAMPAIGN.id, REPLICATIONS) == []


@pytest.mark.parametrize("file", ["hours.arrow", "replications.arrow", "manifest.json"])
@pytest.mark.parametrize("damage", ["truncated", "empty", "deleted", "folder"])
def test_a_damaged_chunk_is_dropped_and_said_and_its_replications_run_again(
    tmp_path: Path, sound: Store, file: str, damage: str
) -> None:
    store = unsealed(tmp_path)
    chunk = min((tmp_path / "unsealed" / CAMPAIGN.id / "chunks").iterdir())
    DAMAGES[damage][0](chunk / file)
    with store.begin(CAMPAIGN) as damaged:
        assert [finding.where for finding in damaged] == [str(chunk)]
        assert store.missing(CAMPAIGN.id, REPLICATIONS) == list(range(5))
        store.write_chunk(CAMPAIGN.id, synthetic.outcomes(range(5)))
        store.seal(CAMPAIGN.id, REPLICATIONS)
    of_this = {name: content for name, content in files_of(sound.path).items() if CAMPAIGN.id in name}
    assert files_of(tmp_path) == of_this


def test_a_chunk_that_is_damaged_while_its_campaign_runs_is_never_sealed(tmp_path: Path) -> None:
    store = unsealed(tmp_path)
    chunk = min((tmp_path / "unsealed" / CAMPAIGN.id / "chunks").iterdir())
    with store.begin(CAMPAIGN):
        flip(chunk / "hours.arrow", np.random.default_rng(17))
        with pytest.raises(TocsinError, match=r"is damaged: .*; run the same command again"):
            store.seal(CAMPAIGN.id, REPLICATIONS)
    with store.begin(CAMPAIGN):
        assert store.missing(CAMPAIGN.id, REPLICATIONS) == list(range(5))


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


@pytest.mark.parametrize("said", [{"replications": []}, {"files": {}}, {"kind": "../../part"}], ids=str)
def test_a_chunk_that_says_what_no_chunk_says_is_found_and_dropped(
    store: Store, said: dict[str, object]
) -> None:
    chunk = store.path / "unsealed" / CAMPAIGN.id / "chunks" / "000008-000008-0123abcd"
    chunk.mkdir(parents=True)
    files = dict.fromkeys(RECORDS, "0" * 64)
    manifest = {"campaign": CAMPAIGN.id, "kind": "part", "replications": [8], "files": files} | said
    (chunk / "manifest.json").write_bytes(attested(manifest))
    assert [finding.where for finding in store.check()] == [str(chunk)]
    assert store.missing(CAMPAIGN.id, 9) == [8]
    with store.begin(CAMPAIGN) as damaged:
        assert [finding.where for finding in damaged] == [str(chunk)]
