"""A region's folder appears whole or not at all, and one that is there stays as it is unless it is to be replaced."""

import os
from pathlib import Path

import pytest

from topologies.writing import folder as writing
from topologies.writing.folder import NotWritten, written

FILES = {"region.yaml": "name: essai\n", "establishments.csv": "finess\n"}


def content(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in folder.iterdir()}


def test_a_folder_holds_what_is_written_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    written(FILES, tmp_path / "deep" / "region", replace=False)
    assert content(tmp_path / "deep" / "region") == FILES
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["region"]
    assert (tmp_path / "deep" / "region").stat().st_mode & 0o700 == 0o700


@pytest.mark.parametrize("replace", [False, True])
def test_a_disk_that_is_full_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    region = tmp_path / "region"
    if replace:
        written(FILES, region, replace=False)
    before = content(region) if replace else None
    for step in ("fsync", "rename"):
        with monkeypatch.context() as changed:
            changed.setattr(os, "fsync", full) if step == "fsync" else changed.setattr(Path, "rename", full)
            with pytest.raises(NotWritten, match="cannot be written: No space left"):
                written({"region.yaml": "name: other\n"}, region, replace=replace)
        assert (content(region) if region.exists() else None) == before
        assert len([*tmp_path.iterdir()]) == replace


def full(*_arguments: object) -> None:
    raise OSError(28, "No space left on device")


def test_what_is_there_is_replaced_only_when_asked(tmp_path: Path) -> None:
    region = tmp_path / "region"
    written({**FILES, "venues.csv": "id\n"}, region, replace=False)
    with pytest.raises(NotWritten, match="exists already; choose another name, or add --replace"):
        written(FILES, region, replace=False)
    assert "venues.csv" in content(region)
    written(FILES, region, replace=True)
    assert content(region) == FILES
    assert [*tmp_path.iterdir()] == [region]


def test_a_kill_between_the_two_names_leaves_the_old_folder_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    region = tmp_path / "region"
    written(FILES, region, replace=False)
    monkeypatch.setattr(writing, "sync", lambda _folder: None)
    renamed: list[Path] = []

    def rename(path: Path, target: Path) -> None:
        if renamed:
            raise KeyboardInterrupt
        renamed.append(target)
        os.rename(path, target)  # noqa: PTH104 (Path.rename is the one replaced)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        written({"region.yaml": ""}, region, replace=True)
    assert content(renamed[0]) == FILES


@pytest.mark.parametrize("holds", ["holidays.jpg", "more/of.csv", None])
def test_a_folder_that_is_no_region_is_never_replaced(tmp_path: Path, holds: str | None) -> None:
    home = tmp_path / "home"
    home.mkdir()
    if holds:
        (home / "region.yaml").write_text("name: a\n", "utf-8")
        (home / holds).parent.mkdir(exist_ok=True)
        (home / holds).write_text("dear", "utf-8")
    before = sorted(home.rglob("*"))
    with pytest.raises(NotWritten, match="is not a region's folder and is left alone"):
        written(FILES, home, replace=True)
    assert sorted(home.rglob("*")) == before


def test_a_folder_may_hold_regions_that_it_joins_and_is_replaced_with_them(tmp_path: Path) -> None:
    region = tmp_path / "region"
    parts = {"region.yaml": "joins: [north]\n", "north/region.yaml": "", "north/establishments.csv": ""}
    written(parts, region, replace=False)
    assert content(region / "north") == {"region.yaml": "", "establishments.csv": ""}
    written(FILES, region, replace=True)
    assert content(region) == FILES
    written(parts, region, replace=True)
    (region / "north" / "thesis.docx").touch()
    with pytest.raises(NotWritten, match="is not a region's folder"):
        written(FILES, region, replace=True)
