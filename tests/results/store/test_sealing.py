"""The bytes of a sealed campaign depend on its replications alone, whatever happened on the way."""

import shutil
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import results
from results import Store
from results.sealing import chunk_reader, part_files, parts, sealing
from results.sealing.chunks import ARROW, Chunk, finished_chunks
from results.store import layout
from results.store.description import Description
from results.store.layout import CampaignPaths
from results.tables.schema import RECORDS, SCHEMA_VERSION, TableName
from results.tables.tables import tables_of
from tests.results import synthetic

CAMPAIGN = synthetic.campaign()


@pytest.fixture(autouse=True)
def small_parts() -> Iterator[None]:
    """Parts of six replications, row groups of two, so that few replications make many."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (layout, parts, chunk_reader, part_files, sealing):
            patch.setattr(module, "PART_REPLICATIONS", 6)
        patch.setattr(parts, "GROUP_REPLICATIONS", dict.fromkeys(RECORDS, 2))
        yield


def sealed_bytes(store: Path) -> dict[str, bytes]:
    """What a reader of Parquet finds, by its path."""
    return {str(file.relative_to(store)): file.read_bytes() for file in sorted(store.rglob("*.parquet"))}


def complete(path: Path, chunks: list[list[int]], replications: int) -> Store:
    """Run what is missing of these chunks, as a campaign that is run again does, and seal it."""
    store = results.prepare(path)
    with store.begin(CAMPAIGN):
        missing = set(store.missing(CAMPAIGN.id, replications))
        for chunk in chunks:
            if missing & set(chunk):
                store.write_chunk(CAMPAIGN.id, synthetic.outcomes(chunk))
        store.seal(CAMPAIGN.id, replications)
    return store


@cache
def calm(replications: int) -> dict[str, bytes]:
    """All files that a campaign leaves which nothing disturbs."""
    with TemporaryDirectory() as folder:
        complete(Path(folder), [list(range(replications))], replications)
        files = (path for path in Path(folder).rglob("*") if path.is_file())
        return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def calm_bytes(replications: int) -> dict[str, bytes]:
    return {name: content for name, content in calm(replications).items() if name.endswith(".parquet")}


def lay_out(path: Path, replications: int) -> None:
    """A store of such a campaign lies here: to write the same files costs a tenth of sealing them again."""
    results.prepare(path)
    for name, content in calm(replications).items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)


@st.composite
def chunkings(draw: st.DrawFn) -> tuple[int, list[list[int]]]:
    """A number of replications, cut into chunks in any order."""
    replications = draw(st.integers(1, 20))
    numbers = draw(st.permutations(range(replications)))
    cuts = sorted(draw(st.sets(st.integers(1, replications - 1)))) if replications > 1 else []
    bounds = [0, *cuts, replications]
    return replications, [numbers[start:stop] for start, stop in pairwise(bounds)]


@settings(max_examples=25, deadline=None)
@given(chunkings())
def test_bytes_do_not_depend_on_chunks_or_their_order(chunking: tuple[int, list[list[int]]]) -> None:
    replications, chunks = chunking
    with TemporaryDirectory() as folder:
        complete(Path(folder), chunks, replications)
        assert sealed_bytes(Path(folder)) == calm_bytes(replications)


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=4))
def test_a_campaign_that_was_extended_equals_one_that_was_run_at_once(lengths: list[int]) -> None:
    with TemporaryDirectory() as folder:
        path, before = Path(folder), 0
        for replications in lengths:
            new = list(range(before, replications))
            complete(path, [new[::2], new[1::2]], replications)
            before = max(before, replications)
        assert sealed_bytes(path) == calm_bytes(max(lengths))
        described = f"campaigns/{CAMPAIGN.id}.json"
        assert (path / described).read_bytes() == calm(max(lengths))[described]


def test_a_part_holds_its_replications_and_a_row_group_its_own(tmp_path: Path) -> None:
    synthetic.sealed(tmp_path, [range(15)], 15)
    files = sorted((tmp_path / "hours").rglob("*.parquet"))
    assert [file.name for file in files] == ["part-00000.parquet", "part-00001.parquet", "part-00002.parquet"]
    statistics = pq.ParquetFile(files[1]).metadata
    bounds = [statistics.row_group(group).column(0).statistics for group in range(statistics.num_row_groups)]
    assert [(bound.min, bound.max) for bound in bounds] == [(6, 7), (8, 9), (10, 11)]


def test_a_footer_names_campaign_table_part_and_schema_and_nothing_of_the_machine(tmp_path: Path) -> None:
    synthetic.sealed(tmp_path, [range(9)], 9)
    for file in tmp_path.rglob("*.parquet"):
        metadata = pq.ParquetFile(file).metadata
        told = {name.decode(): text.decode() for name, text in metadata.metadata.items()}
        del told["ARROW:schema"]
        table, part = file.relative_to(tmp_path).parts[0], int(file.stem.removeprefix("part-"))
        place = {"tocsin.campaign": CAMPAIGN.id, "tocsin.table": table, "tocsin.part": str(part)}
        expected = {**place, "tocsin.schema": SCHEMA_VERSION}
        assert told == expected
        assert "campaign" not in metadata.schema.names


def test_the_description_holds_the_digest_of_each_file(tmp_path: Path) -> None:
    store = synthetic.sealed(tmp_path, [range(15)], 15)
    files = store.description(CAMPAIGN.id).files
    assert files == {name: sha256(content).hexdigest() for name, content in sealed_bytes(tmp_path).items()}


class Killed(BaseException):
    """The process is gone: no cleaning up follows that a kill would not allow."""


def kill_at(patch: pytest.MonkeyPatch, step: int) -> None:
    """Stop instead of the n-th rename from here, or within the n-th removal of a folder."""
    left = iter(range(step))
    replace, remove = Path.replace, shutil.rmtree

    def stop_or_replace(source: Path, target: Path) -> None:
        if next(left, None) is None:
            raise Killed
        replace(source, target)

    def stop_or_remove(folder: Path, ignore_errors: bool = False) -> None:
        if next(left, None) is None:
            for file in sorted(path for path in folder.rglob("*") if path.is_file())[:2]:
                file.unlink()
            raise Killed
        remove(folder, ignore_errors)

    patch.setattr(Path, "replace", stop_or_replace)
    patch.setattr(shutil, "rmtree", stop_or_remove)


def run_until(path: Path, chunks: list[list[int]], replications: int, step: int) -> bool:
    """Run what is missing, and say whether the kill came before the end."""
    with pytest.MonkeyPatch.context() as patch:
        kill_at(patch, step)
        try:
            complete(path, chunks, replications)
        except Killed:
            return True
    return False


FIRST = [[0, 1, 2, 3], [4, 5, 6], [7, 8, 9]]
EXTENSION = [[10, 11], [12, 13, 14]]
STEPS = 44


@cache
def rows_of(table: TableName, replications: int) -> list[int]:
    """The replication of each row that so many replications have in a table."""
    rows = tables_of(synthetic.outcomes(range(replications)))[table]
    return list(rows.column("replication").to_pylist())


def seen_without_us(path: Path, table: TableName) -> list[int]:
    """The replication of each row that a plain glob over the files of a table finds."""
    files = sorted((path / table).rglob("*.parquet"))
    return [number for file in files for number in pq.read_table(file).column("replication").to_pylist()]


def check_what_is_seen(path: Path, before: int, asked: int) -> None:
    """Ours see the former or the new rows; others those of before or more, in order, and never one unsealed."""
    store = results.open(path)
    begun = {description.campaign: description.replications for description in store.campaigns()}
    sealed = begun.get(CAMPAIGN.id, 0)
    assert sealed in (before, asked)
    published = len(seen_without_us(path, "replications"))
    for table in RECORDS:
        assert store.table(table).column("replication").to_pylist() == rows_of(table, sealed)
        assert store.scan(table).to_table().column("replication").to_pylist() == rows_of(table, sealed)
        others = seen_without_us(path, table)
        assert others == rows_of(table, sealed)[: len(others)]
        assert len(others) >= len(rows_of(table, max(before, published)))
    assert store.check() == []


def kill_and_complete(path: Path, chunks: list[list[int]], replications: int, step: int) -> bool:
    """Run until a step, look, and run again to the end; says whether the kill came before the end."""
    before = results.prepare(path).table("replications").num_rows
    killed = run_until(path, chunks, replications, step)
    check_what_is_seen(path, before, replications)
    complete(path, chunks, replications)
    return killed


@pytest.mark.parametrize("step", range(STEPS))
def test_a_kill_at_any_step_of_a_first_run_loses_nothing(tmp_path: Path, step: int) -> None:
    kill_and_complete(tmp_path / "killed", FIRST, 10, step)
    assert sealed_bytes(tmp_path / "killed") == calm_bytes(10)
    assert list((tmp_path / "killed" / "unsealed").iterdir()) == []


@pytest.mark.parametrize("step", range(STEPS))
def test_a_kill_at_any_step_of_an_extension_loses_nothing(tmp_path: Path, step: int) -> None:
    lay_out(tmp_path / "killed", 10)
    kill_and_complete(tmp_path / "killed", EXTENSION, 15, step)
    assert sealed_bytes(tmp_path / "killed") == calm_bytes(15)
    assert list((tmp_path / "killed" / "unsealed").iterdir()) == []


@pytest.mark.parametrize("step", range(8, STEPS, 2))
def test_a_sealing_that_was_killed_is_cleared_up_by_asking_for_what_is_sealed(
    tmp_path: Path, step: int
) -> None:
    run_until(tmp_path, FIRST, 10, step)
    store = results.open(tmp_path)
    if store.sealed(CAMPAIGN.id) == 10:
        store.clear_up(CAMPAIGN)
        assert sealed_bytes(tmp_path) == calm_bytes(10)
        assert list((tmp_path / "unsealed").iterdir()) == []


def test_a_campaign_that_another_process_runs_is_not_cleared_up(tmp_path: Path) -> None:
    store = synthetic.sealed(tmp_path, [range(3)], 3)
    with store.begin(CAMPAIGN):
        store.write_chunk(CAMPAIGN.id, synthetic.outcomes(range(3, 5)))
        store.clear_up(CAMPAIGN)
        assert store.finished(CAMPAIGN.id) == 5


def test_the_steps_of_the_kill_reach_the_end(tmp_path: Path) -> None:
    assert kill_and_complete(tmp_path / "first", FIRST, 10, step=0)
    assert not kill_and_complete(tmp_path / "late", FIRST, 10, step=STEPS)


@pytest.mark.parametrize("before", [0, 3])
@pytest.mark.parametrize("step", range(0, 32, 2))
def test_a_killed_run_asked_again_for_less_leaves_files_and_description_agreed(
    tmp_path: Path, before: int, step: int
) -> None:
    path = tmp_path / "killed"
    if before:
        lay_out(path, before)
    run_until(path, FIRST, 10, step)
    complete(path, [[0, 1, 2, 3], [4, 5, 6]], 5)
    sealed = results.open(path).description(CAMPAIGN.id).replications
    assert sealed in (5, 10)
    assert sealed_bytes(path) == calm_bytes(sealed)
    assert results.open(path).check() == []


def test_a_sealing_that_was_killed_drops_no_replication_that_it_had_made_ready(tmp_path: Path) -> None:
    """Chunks leave as soon as their part is on the disk: what is asked again for less is still there for more."""
    for step in range(8, 24, 3):
        path = tmp_path / str(step)
        run_until(path, FIRST, 10, step)
        finished = results.open(path).finished(CAMPAIGN.id)
        store = complete(path, FIRST, 2)
        with store.begin(CAMPAIGN):
            assert len(store.missing(CAMPAIGN.id, 10)) == 10 - max(finished, 4)


def test_chunks_leave_as_soon_as_their_part_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sealing needs room for one part more than the campaign, not for a second campaign."""
    waiting: list[set[int]] = []

    def noted(paths: CampaignPaths, sealed: Description, numbers: range) -> Chunk:
        chunks = [chunk for chunk in finished_chunks(paths) if chunk.manifest.kind == ARROW]
        waiting.append({number for chunk in chunks for number in chunk.replications})
        return write(paths, sealed, numbers)

    write = sealing._write_part_chunk
    monkeypatch.setattr(sealing, "_write_part_chunk", noted)
    complete(tmp_path, [list(range(first, first + 3)) for first in range(0, 18, 3)], 18)
    assert waiting == [set(range(18)), set(range(6, 18)), set(range(12, 18))]
