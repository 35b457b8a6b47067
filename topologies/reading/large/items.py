"""Items: what the lists of a large JSON document hold, one after the other.

The document is an object; each item of a list in it is handed on by itself, and so is each other value. Python's own
decoder, which is written in C, reads an item from the text that is there; where it needs more, more is read and it
tries again, so that the memory is that of the largest item and not of the document. Numbers stay as they are written.
"""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

from topologies.errors import BadInput, Finding, Message
from topologies.fields.shown import shortened
from topologies.reading.files import refusal
from topologies.reading.large.streams import PIECE

LARGEST_ITEM = 64_000_000
"""Characters; the largest of an official file has some five million."""
LONGEST_TEXT = 100_000
"""Characters of one text, behind which an error is certain whatever follows."""
BLANK = re.compile(r"[ \t\r\n]*")
ENDS_A_NUMBER = frozenset(",]}")
AGAIN = Message("the file is damaged or cut short: download it again")


@dataclass(frozen=True, slots=True)
class Item:
    """A value of the document, and where it is."""

    name: str
    """Of the field that it stands in."""
    index: int | None
    """In the list that the field is; `None` where it is no list."""
    value: object
    line: int
    column: int

    @property
    def place(self) -> str:
        """Its place in the document.

        >>> Item("pmej", 12, {}, 1, 1).place
        'pmej[12]'
        """
        return self.name if self.index is None else f"{self.name}[{self.index}]"


@dataclass(slots=True)
class Items:
    """The items of a JSON document."""

    path: Path
    stream: BufferedReader
    _text: str = ""
    _at: int = 0
    """Up to where the text is read."""
    _ended: bool = False
    _marked: int = 0
    """A place in the text of which the line and the column are known."""
    _line: int = 1
    _column: int = 1
    _decode: json.JSONDecoder = field(
        default_factory=lambda: json.JSONDecoder(parse_int=str, parse_float=str)
    )
    _utf8: codecs.IncrementalDecoder = field(default_factory=codecs.getincrementaldecoder("utf-8-sig"))

    def __iter__(self) -> Iterator[Item]:
        self._take("{")
        if self._next() == "}":
            self._take("}")
        else:
            separator = ","
            while separator == ",":
                yield from self._field()
                separator = self._take(",}")
        if self._next():
            raise self._wrong(self._at, Message("there is text after the end of the document"))

    def _field(self) -> Iterator[Item]:
        """The items of the next field."""
        if self._next() != '"':
            raise self._wrong(self._at, Message("the name of a field is expected here"))
        name = str(self._value())
        self._take(":")
        if self._next() != "[":
            line, column = self._line_of(self._at), self._column
            yield Item(name, None, self._value(), line, column)
            return
        self._take("[")
        if self._next() == "]":
            self._take("]")
            return
        index, separator = 0, ","
        while separator == ",":
            self._next()
            line, column = self._line_of(self._at), self._column
            yield Item(name, index, self._value(), line, column)
            index += 1
            separator = self._take(",]")

    def _next(self) -> str:
        """The next character that is not blank; none at the end."""
        while True:
            blank = BLANK.match(self._text, self._at)
            self._at = blank.end() if blank else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _take(self, expected: str) -> str:
        """The next character is one of these, and is read."""
        found = self._next()
        if not found or found not in expected:
            choices = {"text": " ".join(expected)}
            ended = Message("the document ends here, before one of these characters: {text}", choices)
            wrong = Message("one of these characters is expected here: {text}", choices)
            raise self._wrong(self._at, wrong if found else ended)
        self._at += 1
        return found

    def _value(self) -> object:
        """The value that begins at the next character."""
        self._next()
        while True:
            try:
                value, end = self._decode.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if error.pos < len(self._text) - LONGEST_TEXT or not self._more():
                    raise self._wrong(error.pos, Message("is not valid JSON here")) from None
            except RecursionError:
                raise self._wrong(self._at, Message("fields within fields, too deep")) from None
            else:
                if end < len(self._text) or not self._more():  # a number at the end may go on
                    self._at = end
                    return value

    def _more(self) -> bool:
        """More of the document is in the text; what was read is dropped."""
        if self._ended:
            return False
        if len(self._text) - self._at > LARGEST_ITEM:
            problem = Message("an item begins here that is longer than {most} million characters")
            raise self._wrong(self._at, problem.filled({"most": LARGEST_ITEM // 1_000_000}))
        piece = self.stream.read(max(PIECE, len(self._text) - self._at))
        self._ended = not piece
        self._line_of(self._at)
        self._text, self._at, self._marked = self._text[self._at :] + self._decoded(piece), 0, 0
        return True

    def _decoded(self, piece: bytes) -> str:
        try:
            return self._utf8.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            self._text += error.object[: error.start].decode("utf-8", "replace")
            raise self._wrong(len(self._text), Message("is not written in UTF-8")) from None

    def _line_of(self, at: int) -> int:
        """The line of a place that is not before the last one asked for."""
        breaks = self._text.count("\n", self._marked, at)
        if breaks:
            self._column = at - self._text.rfind("\n", self._marked, at)
        else:
            self._column += at - self._marked
        self._line, self._marked = self._line + breaks, at
        return self._line

    def _wrong(self, at: int, problem: Message) -> BadInput:
        where = f"{self.path.name} line {self._line_of(at)}, column {self._column}"
        found = shortened(self._text[at : at + 20])
        told = Message("{problem} ({text})", {"problem": problem, "text": found}) if found else problem
        return refusal(self.path, [Finding(where=where, problem=told, remedy=AGAIN)])
