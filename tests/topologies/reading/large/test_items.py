"""A JSON document is read item by item, in pieces of any size, and is the same as when it is read whole."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from topologies.errors import BadInput
from topologies.reading.large import items as reading
from topologies.reading.large.items import Items
from topologies.reading.large.lines import LONGEST_LINE, Lines

SCALARS = st.none() | st.booleans() | st.text(max_size=8)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)
DOCUMENTS = st.dictionaries(st.text(max_size=3), st.lists(VALUES, max_size=4) | VALUES, max_size=4)


class Endless(io.RawIOBase):
    """A start, and then the same without end."""

    def __init__(self, start: bytes, ever: bytes) -> None:
        self.start, self.ever, self.read_so_far = start, ever, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        piece = (self.start + self.ever * (len(buffer) // len(self.ever) + 1))[: len(buffer)]
        self.start = b""
        buffer[: len(piece)] = piece
        self.read_so_far += len(piece)
        return len(piece)


def read(content: bytes) -> dict[str, Any]:
    """The document put together again."""
    whole: dict[str, Any] = {}
    for item in Items(Path("some.json"), io.BufferedReader(io.BytesIO(content))):
        if item.index is None:
            whole[item.name] = item.value
        else:
            whole.setdefault(item.name, []).append(item.value)
    return whole


@settings(max_examples=50, deadline=None)
@given(document=DOCUMENTS, piece=st.integers(1, 40), indent=st.sampled_from([None, 1]))
def test_items_are_those_of_the_whole_document(
    document: dict[str, Any], piece: int, indent: int | None
) -> None:
    written = json.dumps(document, ensure_ascii=False, indent=indent).encode("utf-8", "surrogatepass")
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(reading, "PIECE", piece)
        changed.setattr(reading, "LONGEST_TEXT", 1_000)
        assert read(written) == {name: value for name, value in document.items() if value != []}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1, column 1: the document ends here, before one of these characters: {"),
        (b'{"a": [1, 2', "line 1, column 12: the document ends here"),
        (b'{"a": [\n  1,, 2]}', "line 2, column 5: is not valid JSON here (, 2]})"),
        (b'{"a": 1}\n{', "line 2, column 1: there is text after the end of the document ({)"),
        (b'{"a": "\xff"}', "line 1, column 8: is not written in UTF-8"),
        (b"{1: 2}", "line 1, column 2: the name of a field is expected here (1: 2})"),
        (b'{"a": ' + b"[" * 100_000, "fields within fields, too deep"),
    ],
)
def test_what_is_no_json_is_refused_where_it_stops_being(content: bytes, said: str) -> None:
    with pytest.raises(BadInput) as error:
        read(content)
    assert said in str(error.value)


@pytest.mark.parametrize(("start", "ever"), [(b'{"a": "', b"x"), (b'{"a": [', b'"b",'), (b'{"a": ', b"1")])
def test_a_value_without_end_is_refused_before_it_fills_the_memory(
    start: bytes, ever: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST_ITEM", 2_000_000)
    stream = Endless(b'{"pmej": [' + start, ever)
    with pytest.raises(BadInput):
        list(Items(Path("some.json"), io.BufferedReader(stream)))
    assert stream.read_so_far < 8_000_000


def test_a_line_without_end_is_refused_before_it_fills_the_memory() -> None:
    stream = Endless(b"finess;etalab;98;2026-05-12\n", b"a")
    with pytest.raises(BadInput, match=r"some\.csv line 2: is longer than 65536 characters"):
        list(Lines(Path("some.csv"), io.BufferedReader(stream)))
    assert stream.read_so_far < 2 * LONGEST_LINE
