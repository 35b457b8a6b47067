"""Lines: the text of a large file line by line, each decoded by itself.

Official files mix encodings: UTF-8 today, ISO-8859-1 (in truth Windows-1252) before, at times both in one file, or in
one line. A byte that is no UTF-8 is read as Windows-1252; no text in French is both.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

from topologies.errors import Finding, Message
from topologies.reading.files import refusal

LONGEST_LINE = 65_536
"""Bytes; the longest of an official file has some hundreds."""
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
FROM_WINDOWS = "windows-1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """The character that a byte which is no UTF-8 stands for."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    return byte.decode("windows-1252", "replace"), error.start + 1


codecs.register_error(FROM_WINDOWS, _as_windows)


@dataclass(slots=True)
class Lines:
    """The lines of a file that are not blank, with their numbers; and how many were not in UTF-8."""

    path: Path
    stream: BufferedReader
    number: int = field(default=0, init=False)
    not_utf8: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[str]:
        while raw := self.stream.readline(LONGEST_LINE + 1):
            self.number += 1
            if len(raw) > LONGEST_LINE:
                raise refusal(self.path, [self._too_long()])
            if self.number == 1:
                raw = raw.removeprefix(codecs.BOM_UTF8)
            if control := CONTROL.search(raw):
                raise refusal(self.path, [self._control_character(control.start() + 1)])
            text = self._decoded(raw).rstrip("\r\n")
            if text.strip():
                yield text

    def _decoded(self, raw: bytes) -> str:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            self.not_utf8 += 1
            return raw.decode("utf-8", FROM_WINDOWS)

    def at(self, column: int | None = None) -> str:
        """Where the reader stands: file, line, column."""
        where = f"{self.path.name} line {self.number}" if self.number else self.path.name
        return where if column is None else f"{where}, column {column}"

    def _too_long(self) -> Finding:
        return Finding(
            where=self.at(),
            problem=Message("is longer than {most} characters", {"most": LONGEST_LINE}),
            remedy=Message("check that it is the right file, and download it again"),
        )

    def _control_character(self, column: int) -> Finding:
        return Finding(
            where=self.at(column),
            problem=Message("there is a control character here"),
            remedy=Message("the file is damaged: download it again"),
        )
