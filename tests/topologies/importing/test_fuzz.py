"""Whatever happens to a file of FINESS, it becomes a region that loads or is refused where it is wrong."""

import csv
import gzip
import io
import json
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import topologies
from tests.topologies.importing.files.plus_files import Entity, Place, Plus, ght
from tests.topologies.importing.files.stock_files import Row, stock
from topologies.errors import BadInput
from topologies.fields.identifiers import has_check_digit
from topologies.importing.finess import importer
from topologies.importing.finess.importer import import_finess
from topologies.importing.finess.stock_format import PLACE, STRUCTURE
from topologies.importing.making import Made
from topologies.importing.wanted import Wanted
from topologies.reading.large.streams import unwatched
from topologies.writing.folder import written

HOSPITALS = (
    ("CHU RENNES", "CENTRE HOSPITALIER UNIVERSITAIRE DE RENNES", "101", "C.H.R.", "1"),
    ("CH FOUGERES", "CENTRE HOSPITALIER DE FOUGERES", "355", "C.H.", "1"),
    ("CLINIQUE ST YVES", "CLINIQUE SAINT-YVES À RENNES", "365", "Pluridisciplinaire", "0"),
)
NUMBERS = [number for number in (f"35{n:07d}" for n in range(200)) if has_check_digit(number)][:12]
ROWS = [
    Row(
        finess=number,
        short=short,
        long=long,
        category=category,
        title=title,
        status=status,
        department=department,
    )
    for at, number in enumerate(NUMBERS)
    for short, long, category, title, status in [HOSPITALS[at % 3]]
    for department in [("35", "22")[at % 2]]
]
STOCK = stock(*ROWS)
PLUS = Plus(
    entities=(Entity(), Entity(number="101", places=(Place(finess="350000030", category="355"),))),
    groups=(ght("GHT A", support="100", members=("101",)),),
)
FILES = [STOCK.encode(), STOCK.encode("latin-1"), json.dumps(PLUS.structures(), indent=1).encode()]
FILES += [gzip.compress(FILES[0], mtime=0), gzip.compress(FILES[2], mtime=0)]

Cells = tuple[str, ...]


def outcome(content: bytes) -> BadInput | Made:
    """The region that a file becomes, or what it is refused for."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(content)
        file.flush()
        try:
            return import_finess([Path(file.name)], Wanted(name="essai", title="Essai"), unwatched)
        except BadInput as refused:
            return refused


def rows_of(made: Made) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(made.files["establishments.csv"]))]


@st.composite
def damages(draw: st.DrawFn) -> bytes:
    """A file with a bit or a byte flipped, a piece lost, doubled or strange, or its end lost; once or more."""
    content = bytearray(draw(st.sampled_from(FILES)))
    for _ in range(draw(st.sampled_from((1, 1, 1, 3)))):
        at = int(draw(st.floats(0, 1, exclude_max=True)) * (len(content) or 1))
        piece = content[at : at + draw(st.sampled_from((1, 2, 10, 200)))]
        flipped = bytes(byte ^ draw(st.sampled_from((1, 2, 16, 128, 255))) for byte in piece[:1])
        strange = draw(st.binary(min_size=1, max_size=8))
        content[at : at + len(piece)] = draw(
            st.sampled_from((flipped + piece[1:], flipped + piece[1:], b"", piece + piece, strange + piece))
        )
        if draw(st.integers(0, 9)) == 0:
            del content[at:]
    return bytes(content)


@settings(max_examples=60, deadline=None)
@given(content=damages())
def test_a_damaged_file_is_refused_where_it_is_wrong_or_becomes_a_region(content: bytes) -> None:
    made = outcome(content)
    if isinstance(made, BadInput):
        assert all(".csv" in finding.where and str(finding.remedy) for finding in made.findings)
        return
    with tempfile.TemporaryDirectory() as folder:
        written(made.files, Path(folder) / "region", replace=False)
        assert topologies.load(Path(folder) / "region").establishments


def with_cells(tag: str, change: Callable[[list[str]], Iterable[str]]) -> bytes:
    """The stock file with a change to each of its rows of a kind."""
    lines = (line.split(";") for line in STOCK.splitlines())
    return "\n".join(";".join(change(cells) if cells[0] == tag else cells) for cells in lines).encode()


@pytest.mark.parametrize("columns", [STRUCTURE, PLACE], ids=["structureet", "geolocalisation"])
def test_a_column_that_is_missing_or_swapped_is_refused_or_changes_nothing(
    columns: Cells, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The long name swapped for an empty column leaves the short one; other texts that look swapped are told."""
    monkeypatch.setattr(importer, "known_communes", lambda _departments: {})
    whole = outcome(STOCK.encode())
    assert not isinstance(whole, BadInput)
    expected = rows_of(whole)
    names = {name for short, long, *_ in HOSPITALS for name in (short, long)}
    for one, other in combinations(range(len(columns)), 2):
        made = outcome(with_cells(columns[0], partial(swapped, one, other)))
        if isinstance(made, BadInput):
            continue
        found = rows_of(made)
        if any("may be swapped" in str(note) for note in made.report.notes):
            continue
        assert {row["name"] for row in found} <= names
        assert [row | {"name": ""} for row in found] == [row | {"name": ""} for row in expected]
    for one in range(len(columns)):
        assert isinstance(outcome(with_cells(columns[0], partial(without, one))), BadInput)


def swapped(one: int, other: int, cells: list[str]) -> list[str]:
    changed = [*cells]
    changed[one], changed[other] = cells[other], cells[one]
    return changed


def without(one: int, cells: list[str]) -> list[str]:
    return cells[:one] + cells[one + 1 :]
