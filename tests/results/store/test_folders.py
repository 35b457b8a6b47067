"""What a store finds in its folder: permissions, files of others, and what is no folder at all."""

import os
from pathlib import Path

import pytest

import results
from tests.results import synthetic
from topologies.errors import BadStore

CAMPAIGN = synthetic.campaign()


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
