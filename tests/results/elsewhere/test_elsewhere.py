"""A store elsewhere, in memory or behind S3, is copied to whole and read as one that lies here."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from s3fs import S3FileSystem

import results
from results import Store, Varies
from results.sealing import copying
from results.store.comparisons import described_comparison
from results.tables.schema import DERIVED, RECORDS
from simulation import ordinary_twin
from tests.results import synthetic
from tests.results.elsewhere.s3 import s3_server
from topologies.errors import BadStore

ATTACK, TWIN = synthetic.attack(), ordinary_twin(synthetic.attack())
COMPARISON = described_comparison(Varies.POSTURE, [ATTACK.id, TWIN.id])


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A bucket of an S3 server on this machine."""
    with s3_server() as name:
        yield name


@pytest.fixture
def url() -> str:
    """A place in the memory of this process."""
    return f"memory://{uuid4().hex}/store"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    outcomes = synthetic.outcomes(range(3))
    store = synthetic.sealed_beside(tmp_path / "store", outcomes, outcomes)
    store.keep(COMPARISON)
    return store


def copied(store: Store, url: str) -> dict[str, int]:
    target = results.receiving(url)
    copies = [each for each in copying.copies_of(store.path, target.path) if not each.is_left]
    count = {each.description.campaign: copying.copy(each, lambda: None) for each in copies}
    for each in store.comparisons():
        copying.copy_comparison(each.comparison, store.path, target.path)
    return count


def extended(store: Store, replications: int) -> None:
    for campaign in (TWIN, ATTACK):
        with store.begin(campaign):
            missing = store.missing(campaign.id, replications)
            store.write_chunk(campaign.id, synthetic.outcomes(missing))
            store.seal(campaign.id, replications)


def test_what_is_copied_is_read_there_as_here(store: Store, url: str) -> None:
    put = copied(store, url)
    there = results.open(url)
    assert set(put.values()) == {len(RECORDS) + len(DERIVED) + 1}
    assert there.comparisons() == [COMPARISON]
    for table in (*RECORDS, *DERIVED):
        assert there.table(table).equals(store.table(table))
        assert there.scan(table).to_table().equals(store.scan(table).to_table())
    assert there.missing(ATTACK.id, 3) == []
    assert there.written(ATTACK.id).tzinfo is not None
    assert results.summarise(there, ATTACK.id) == results.summarise(store, ATTACK.id)


def test_so_it_is_behind_s3(store: Store, bucket: str) -> None:
    copied(store, f"{bucket}/store")
    there = results.open(f"{bucket}/store")
    assert there.check() == []
    assert [each.campaign for each in there.campaigns()] == [each.campaign for each in store.campaigns()]
    assert there.scan("hours").to_table().equals(store.scan("hours").to_table())
    assert results.summarise(there, ATTACK.id) == results.summarise(store, ATTACK.id)
    (there.path / store_name("timeline")).unlink()
    assert [finding.where for finding in there.check()] == [str(there.path / store_name("timeline"))]
    assert sum(copied(store, f"{bucket}/store").values()) == 1


def test_a_copy_that_was_interrupted_goes_on(store: Store, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put, names = copying._write, list[Path]()

    def until_cut_off(content: bytes, place: Path, paths: object) -> None:
        if len(names) == 8:
            raise ConnectionResetError
        names.append(place)
        put(content, place, paths)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(copying, "_write", until_cut_off)
        with pytest.raises(ConnectionResetError):
            copied(store, url)
    with pytest.raises(BadStore, match="is not a store of results"):
        results.open(url)
    assert sum(copied(store, url).values()) == 2 * (len(RECORDS) + len(DERIVED) + 1) - 8
    assert results.open(url).check() == []


def test_a_copy_is_extended_and_never_cut_short(store: Store, url: str, tmp_path: Path) -> None:
    copied(store, url)
    extended(store, 5)
    copied(store, url)
    there = results.open(url)
    assert there.check() == []
    assert there.table("replications").equals(store.table("replications"))
    some = synthetic.outcomes(range(2))
    shorter = synthetic.sealed_beside(tmp_path / "shorter", some, some)
    assert [each.is_left for each in copying.copies_of(shorter.path, there.path)] == [True, True]


def test_what_is_damaged_there_is_told_and_mended_by_copying_again(store: Store, url: str) -> None:
    copied(store, url)
    there = results.open(url)
    lost, changed = (there.path / store_name(table) for table in ("timeline", "hours_bands"))
    lost.unlink()
    changed.write_bytes(changed.read_bytes()[:-1])
    assert {finding.where for finding in there.check()} == {str(lost), str(changed)}
    with pytest.raises(BadStore, match="is damaged, and is not read"):
        there.table("timeline")
    assert copied(store, url) == {TWIN.id: 0, ATTACK.id: 2}
    assert there.check() == []


def store_name(table: str) -> str:
    return f"{table}/campaign={ATTACK.id}/part-00000.parquet"


def test_what_is_damaged_here_is_not_copied(store: Store, url: str) -> None:
    (store.path / store_name("hours")).write_bytes(b"damaged")
    with pytest.raises(BadStore, match="is not copied"):
        copied(store, url)
    assert [each.campaign for each in results.open(url).campaigns()] == [TWIN.id]


def test_what_lies_elsewhere_is_fetched_into_a_folder_byte_for_byte(
    store: Store, url: str, tmp_path: Path
) -> None:
    copied(store, url)
    copied(results.open(url), str(tmp_path / "fetched"))
    assert files_in(tmp_path / "fetched") == files_in(store.path)


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_nothing_is_run_elsewhere_and_it_is_said_what_to_do(store: Store, url: str) -> None:
    copied(store, url)
    with pytest.raises(BadStore, match=f"tocsin store copy FOLDER {url}"):
        results.prepare(url)
    with pytest.raises(BadStore, match="run or repair in a folder"), results.open(url).begin(ATTACK):
        pass


def test_a_place_that_nothing_reaches_is_refused_in_a_sentence(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for named in ("nowhere://bucket/store", "s3://no-such-bucket/store"):
        with pytest.raises(BadStore, match=r"cannot be reached|is not a store of results"):
            results.open(named)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    S3FileSystem.clear_instance_cache()
    with pytest.raises(BadStore, match="cannot be reached"):
        results.open(f"{bucket}/store")
