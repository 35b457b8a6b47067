"""What LibreOffice shows of an export, in French and in English, is what was written, and nothing in it computes.

Skipped where LibreOffice is not installed (`apt-get install libreoffice-calc`).
"""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from math import isclose
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from results import Store
from results.exports.export import csv_file, workbook
from results.exports.formats.as_csv import csv_of
from results.exports.formats.as_xlsx import xlsx_of
from results.exports.formats.shielded import shielded
from results.exports.names import OF_CAMPAIGN
from results.exports.tables import Portion, Table
from results.presentation import language
from results.presentation.language import LANGUAGES
from results.presentation.tlp import Tlp
from tests.results import synthetic
from tests.results.exports.test_cells import NAMES

OFFICE = shutil.which("soffice")
OPENED = {"fr": "CSV:59,34,76,1,,1036,false,true", "en": "CSV:44,34,76,1,,1033,false,true"}
"""How CSV is read in each language: by its separator, in UTF-8, with its numbers and days recognised."""
OFFICE_XML = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE_XML = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT_XML = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
ATTACK = synthetic.attack().id
READ_AS_OTHERS = ("010000024", "3/5", "1.5", "12e5", "2A0000014", "12345678901234567890")
"""Texts of which a spreadsheet might keep another number, or a day."""
HOSTILE = Table(
    title="Essai",
    says="",
    headings=("text", "number", "less", "share", "day"),
    rows=[(name, 3.5, -1234567.25, Portion(0.125), date(2030, 2, 1)) for name in (*NAMES, *READ_AS_OTHERS)],
    count=len(NAMES) + len(READ_AS_OTHERS),
)

Cells = list[list[Any]]

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of a campaign, its tables as CSV, and hostile names as both, in each language."""
    folder = tmp_path_factory.mktemp("written")
    store = _store(tmp_path_factory.mktemp("exported") / "store")
    with pytest.MonkeyPatch.context() as monkeypatch:
        for spoken in LANGUAGES:
            monkeypatch.setenv(language.VARIABLE, spoken)
            (folder / f"book-{spoken}.xlsx").write_bytes(workbook(store, ATTACK, [], Tlp.AMBER))
            (folder / f"hostile-{spoken}.xlsx").write_bytes(xlsx_of([HOSTILE]))
            (folder / f"hostile-{spoken}.csv").write_bytes(csv_of(HOSTILE, spoken))
            for number, name in enumerate(OF_CAMPAIGN, 1):
                (folder / f"{number}-{spoken}.csv").write_bytes(csv_file(store, ATTACK, name))
    return folder


def _store(path: Path) -> Store:
    return synthetic.sealed_beside(path, synthetic.outcomes(range(6)), synthetic.outcomes(range(6)))


@pytest.fixture(scope="module")
def opened(written: Path) -> Path:
    """The same files as LibreOffice opened them."""
    folder = written / "opened"
    _open(sorted(written.glob("*.xlsx")), folder)
    for spoken in LANGUAGES:
        _open(sorted(written.glob(f"*-{spoken}.csv")), folder, f"--infilter={OPENED[spoken]}")
    return folder


def _open(files: Sequence[Path], folder: Path, *read: str) -> None:
    assert OFFICE
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    kind = "fods" if read else "xml:OpenDocument Spreadsheet Flat XML"
    command = [OFFICE, profile, "--headless", *read, "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)


def sheets_of(file: Path) -> dict[str, Cells]:
    """What each sheet shows, without what is empty at the ends; no cell may hold a formula."""
    root = ElementTree.parse(file).getroot()
    assert not [cell for cell in root.iter() if cell.get(f"{TABLE_XML}formula")]
    return {
        str(sheet.get(f"{TABLE_XML}name")): _trimmed([_row(row) for row in _rows(sheet)])
        for sheet in root.iter(f"{TABLE_XML}table")
    }


def _rows(sheet: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for row in sheet.iter(f"{TABLE_XML}table-row"):
        for _again in range(min(1000, int(row.get(f"{TABLE_XML}number-rows-repeated", "1")))):
            yield row


def _row(row: ElementTree.Element) -> list[Any]:
    found: list[Any] = []
    for cell in row:
        found += [_value(cell)] * min(200, int(cell.get(f"{TABLE_XML}number-columns-repeated", "1")))
    return found


def _value(cell: ElementTree.Element) -> str | float | date | None:
    if (day := cell.get(f"{OFFICE_XML}date-value")) is not None:
        return date.fromisoformat(day)
    if (number := cell.get(f"{OFFICE_XML}value")) is not None:
        return float(number)
    lines = ["".join(each.itertext()) for each in cell.iter(f"{TEXT_XML}p")]
    return "\n".join(lines) or None


def _trimmed(rows: Cells) -> Cells:
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def cells_of(file: Path) -> dict[str, Cells]:
    """What the workbook holds, read without LibreOffice."""
    book = openpyxl.load_workbook(file)
    return {
        sheet.title: _trimmed([[_plain(value) for value in row] for row in sheet.iter_rows(values_only=True)])
        for sheet in book
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    return float(value) if isinstance(value, int) else value


def assert_same(shown: Cells, wanted: Cells) -> None:
    """The same in every cell; the files of LibreOffice keep fifteen digits of a number."""
    assert [len(row) for row in shown] == [len(row) for row in wanted]
    for seen, cell in zip(chain(*shown), chain(*wanted), strict=True):
        if isinstance(seen, float):  # of CSV, a number that stands as text may be read as the same number
            assert isclose(seen, float(cell), rel_tol=1e-14)
            assert not isinstance(cell, str) or f"{seen:.0f}" == cell
        else:
            assert seen == cell


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_workbook_shows_every_cell_as_it_was_written(written: Path, opened: Path, spoken: str) -> None:
    wanted, shown = cells_of(written / f"book-{spoken}.xlsx"), sheets_of(opened / f"book-{spoken}.xml")
    assert list(shown) == list(wanted)
    for title, cells in wanted.items():
        assert_same(shown[title], cells)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_table_as_csv_shows_the_same_cells_as_the_workbook(
    written: Path, opened: Path, spoken: str
) -> None:
    _about, *wanted = cells_of(written / f"book-{spoken}.xlsx").values()
    for number, cells in enumerate(wanted[: len(OF_CAMPAIGN)], 1):
        (shown,) = sheets_of(opened / f"{number}-{spoken}.fods").values()
        assert_same(shown, [[shielded(one) if isinstance(one, str) else one for one in row] for row in cells])


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_hostile_names_are_texts_beside_numbers_and_days(opened: Path, spoken: str) -> None:
    for file, seen in ((f"hostile-{spoken}.xml", str), (f"hostile-{spoken}.fods", shielded)):
        ((_heading, *rows),) = sheets_of(opened / file).values()
        names = [row[0].split("\n")[0] for row in rows]
        assert names == [seen(name).split("\n")[0] for name in (*NAMES, *READ_AS_OTHERS)]
        assert {tuple(row[1:]) for row in rows} == {(3.5, -1234567.25, 0.125, date(2030, 2, 1))}
