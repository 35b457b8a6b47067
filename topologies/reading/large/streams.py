"""Streams: large files from outside, compressed or not, read in bounded pieces and never held whole.

A file may be as it is, or inside a `.gz` or a `.zip` that holds one file. What it expands to is bounded, and so is its
ratio to what was read: a zip bomb is refused after some megabytes.
"""

import gzip
import io
import struct
import zipfile
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from topologies.errors import Finding, Message
from topologies.fields.shown import shortened
from topologies.reading.files import refusal

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_EXPANDED = 8_000_000_000
"""Bytes; the largest official file has some 2 GB once expanded."""
LARGEST_RATIO = 200
"""Bytes that one compressed byte may become; official files reach some forty."""
FREE_OF_RATIO = 20_000_000
"""Bytes that any file may expand to, whatever the ratio: a short text repeated."""
PIECE = 1 << 20
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
DAMAGES = (
    *(EOFError, OSError, OverflowError, RuntimeError, ValueError),
    *(LZMAError, struct.error, zipfile.BadZipFile, zlib.error),
)
"""What Python's readers of archives raise on damaged ones."""

Progress = Callable[[int, int], None]
"""Told the bytes of the file that are read, and how many it has."""


def unwatched(_read: int, _size: int) -> None:
    """Progress that nobody watches."""


@contextmanager
def opened(path: Path, progress: Progress = unwatched) -> Iterator[io.BufferedReader]:
    """The bytes of a file, expanded where it is compressed; `BadInput` for what cannot be read, when it is met."""
    with _raw(path) as raw:
        yield io.BufferedReader(_Expanded(path, raw, progress), PIECE)


def _raw(path: Path) -> BinaryIO:
    """The file as it is."""
    try:
        if path.exists() and not path.is_file():
            raise refusal(path, [_no_file(path)])
        return path.open("rb")
    except FileNotFoundError:
        remedy = Message("check its path: {path}", {"path": path})
        finding = Finding(where=path.name, problem=Message("is missing"), remedy=remedy)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        finding = _unreadable(path, error)
    raise refusal(path, [finding])


class _Expanded(io.RawIOBase):
    """The bytes of a file once expanded, counted against what they expand from."""

    def __init__(self, path: Path, raw: BinaryIO, progress: Progress) -> None:
        self._path, self._raw, self._progress = path, raw, progress
        self._size = path.stat().st_size
        self._expanded = 0
        self._inner = self._opened(raw)

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """The next bytes; `BadInput` where they are damaged or too many."""
        view = memoryview(buffer).cast("B")
        piece = self._piece(len(view))
        view[: len(piece)] = piece
        self._expanded += len(piece)
        read = self._raw.tell()
        if self._inner is not self._raw:
            self._refuse_a_bomb(read)
        self._progress(read, self._size)
        return len(piece)

    def _piece(self, size: int) -> bytes:
        try:
            return self._inner.read(size)
        except DAMAGES as error:
            plain = self._inner is self._raw
            found = _unreadable(self._path, error) if plain else _damaged(self._path)
            raise refusal(self._path, [found]) from None

    def _opened(self, raw: BinaryIO) -> BinaryIO:
        """What the file holds, by its first bytes."""
        start = raw.read(len(ZIP))
        raw.seek(0)
        if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            problem = Message("is written in UTF-16, not in UTF-8")
            remedy = Message("save it again as UTF-8")
            raise refusal(self._path, [Finding(where=self._path.name, problem=problem, remedy=remedy)])
        if start.startswith(GZIP):
            return gzip.open(raw)  # type: ignore[return-value]
        if not start.startswith(ZIP):
            return raw
        try:
            return self._only_member(zipfile.ZipFile(raw))
        except DAMAGES:
            raise refusal(self._path, [_damaged(self._path)]) from None

    def _only_member(self, archive: zipfile.ZipFile) -> BinaryIO:
        members = [each for each in archive.infolist() if not each.is_dir() and not _is_litter(each.filename)]
        if len(members) != 1:
            finding = Finding(
                where=self._path.name,
                problem=Message(
                    "holds {count} {count:file|files}: {names}",
                    {
                        "count": len(members),
                        "names": shortened(", ".join(each.filename for each in members)) or "-",
                    },
                ),
                remedy=Message("take the one that is meant out of the archive, and name that"),
            )
            raise refusal(self._path, [finding])
        try:
            return archive.open(members[0])  # type: ignore[return-value]
        except RuntimeError:  # it asks for a password; NotImplementedError: a method of compression
            finding = Finding(
                where=self._path.name,
                problem=Message("is encrypted, or compressed by a method that is not known here"),
                remedy=Message("take the file out of the archive, and name that"),
            )
            raise refusal(self._path, [finding]) from None

    def _refuse_a_bomb(self, read: int) -> None:
        over = self._expanded > MOST_EXPANDED
        if over or self._expanded > FREE_OF_RATIO + LARGEST_RATIO * max(read, 1):
            finding = Finding(
                where=self._path.name,
                problem=Message(
                    "expands to more than {most} MB, far beyond any official file",
                    {"most": self._expanded // 1_000_000},
                ),
                remedy=Message("check where it comes from, and download it again"),
            )
            raise refusal(self._path, [finding])


def _is_litter(name: str) -> bool:
    """What a system adds to an archive on its own."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] in {".DS_Store", "Thumbs.db"}


def _no_file(path: Path) -> Finding:
    if path.is_dir():
        return Finding(
            where=path.name, problem=Message("is a folder, not a file"), remedy=Message("name a file in it")
        )
    return Finding(
        where=path.name,
        problem=Message("is not an ordinary file"),
        remedy=Message("copy its content into a file"),
    )


def _damaged(path: Path) -> Finding:
    return Finding(
        where=path.name,
        problem=Message("is damaged or cut short inside the archive"),
        remedy=Message("download it again"),
    )


def _unreadable(path: Path, error: Exception) -> Finding:
    return Finding(
        where=shortened(path.name),
        problem=Message("cannot be read: {reason}", {"reason": error}),
        remedy=Message("check its permissions"),
    )
