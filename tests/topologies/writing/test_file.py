"""A file appears whole or not at all, and one that is there stays as it is unless it is to be replaced."""

import os
from pathlib import Path

import pytest

from topologies.writing.file import written_file
from topologies.writing.folder import NotWritten


def test_a_file_that_is_there_is_replaced_only_when_asked(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "map.geojson"
    written_file(b"first", file, replace=False)
    with pytest.raises(NotWritten, match="exists already; choose another name, or add --replace"):
        written_file(b"second", file, replace=False)
    assert file.read_bytes() == b"first"
    written_file(b"second", file, replace=True)
    assert (file.read_bytes(), [*file.parent.iterdir()]) == (b"second", [file])


def test_a_disk_that_is_full_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "map.geojson"
    written_file(b"first", file, replace=False)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritten, match="cannot be written: No space left"):
        written_file(b"second", file, replace=True)
    assert (file.read_bytes(), [*tmp_path.iterdir()]) == (b"first", [file])


def full(*_arguments: object) -> None:
    raise OSError(28, "No space left on device")
