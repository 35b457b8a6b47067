"""Large files are read in bounded pieces, compressed or not; what is damaged or without end is refused."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from topologies.errors import BadInput
from topologies.reading.large import streams
from topologies.reading.large.streams import opened

TEXT = "é;à\n".encode() * 1_000
MEGABYTE = b"0" * 1_000_000


def zipped(files: dict[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, content in files.items():
            writer.writestr(name, content)
    return archive.getvalue()


def read(folder: Path, content: bytes) -> bytes:
    file = folder / "file"
    file.write_bytes(content)
    with opened(file) as stream:
        return stream.read()


def refused(folder: Path, content: bytes) -> str:
    with pytest.raises(BadInput) as error:
        read(folder, content)
    (finding,) = error.value.findings
    return str(finding)


def test_a_file_is_the_same_as_it_is_and_compressed(tmp_path: Path) -> None:
    mac = zipped({"data/finess.csv": TEXT, "__MACOSX/data/._finess.csv": b"litter", "data/": b""})
    for content in (TEXT, gzip.compress(TEXT), zipped({"a": TEXT}), mac):
        assert read(tmp_path, content) == TEXT


@pytest.mark.parametrize("compressed", [gzip.compress, lambda content: zipped({"a": content})])
def test_a_bomb_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compressed: Callable[[bytes], bytes]
) -> None:
    monkeypatch.setattr(streams, "FREE_OF_RATIO", 1_000_000)
    assert "expands to more than 1 MB" in refused(tmp_path, compressed(MEGABYTE * 3))


def test_what_is_damaged_or_locked_is_refused_with_the_remedy(tmp_path: Path) -> None:
    whole = zipped({"a": TEXT})
    locked = whole.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    assert "is damaged or cut short inside the archive; download it again" in refused(
        tmp_path, gzip.compress(TEXT)[:-20]
    )
    assert "is damaged" in refused(tmp_path, whole[:40])
    assert "is encrypted" in refused(tmp_path, locked)
    assert "holds 2 files: a, b" in refused(tmp_path, zipped({"a": TEXT, "b": TEXT}))
    assert "UTF-16" in refused(tmp_path, "finess".encode("utf-16"))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, said in (
        (tmp_path, "is a folder"),
        (tmp_path / "absent", "is missing"),
        (Path("a\0b"), "cannot be read"),
    ):
        with pytest.raises(BadInput, match=said), opened(path):
            pass


def test_progress_is_told_in_bytes_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(gzip.compress(TEXT))
    told: list[tuple[int, int]] = []
    with opened(file, lambda read, size: told.append((read, size))) as stream:
        stream.read()
    assert told[-1] == (file.stat().st_size, file.stat().st_size)
