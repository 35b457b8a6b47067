"""Sheets: the first sheet of a spreadsheet (XLSX) or a CSV file, as rows of texts that know their places.

XLSX is an archive of XML, read with openpyxl row by row. What it may expand to is bounded before it is opened, and so
are its rows and columns: an empty cell at the far end of a sheet costs nothing.
"""

import csv
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from xml.etree.ElementTree import ParseError

from topologies.errors import BadInput, Finding, Message
from topologies.reading.files import refusal
from topologies.reading.large.lines import Lines
from topologies.reading.large.streams import DAMAGES, opened

MOST_EXPANDED = 20_000_000
"""Bytes of all that an XLSX file holds; the largest official one has some five million."""
MOST_MEMBERS = 500
MOST_ROWS = 20_000
MOST_COLUMNS = 200
XLSX = ".xlsx"
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
BROKEN = (*DAMAGES, ParseError, KeyError, TypeError, IndexError, AttributeError, AssertionError)
"""What openpyxl raises on a damaged file, wherever it meets it."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not blank."""

    file: Path
    number: int
    cells: tuple[str, ...]
    """Without blanks around them; those at the end that are empty may be missing."""

    def __getitem__(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""

    def at(self, column: int | None = None) -> str:
        """Where the row, or a cell of it, stands: as a spreadsheet names it, or as a text editor does.

        >>> SheetRow(Path("a.xlsx"), 7, ()).at(2), SheetRow(Path("a.csv"), 7, ()).at(2)
        ('a.xlsx, C7', 'a.csv line 7, column 3')
        """
        if column is None:
            return f"{self.file.name} line {self.number}"
        if self.file.suffix.lower() == XLSX:
            return f"{self.file.name}, {letters(column)}{self.number}"
        return f"{self.file.name} line {self.number}, column {column + 1}"


def letters(column: int) -> str:
    """How spreadsheets name a column, counted from 0.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    before, letter = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + letter)


def read_sheet(file: Path) -> list[SheetRow]:
    """The rows of a file that are not blank; `BadInput` for one that cannot be read."""
    rows = _rows_of_xlsx(file) if file.suffix.lower() == XLSX else _rows_of_csv(file)
    found: list[SheetRow] = []
    for row in rows:
        if len(found) == MOST_ROWS or len(row.cells) > MOST_COLUMNS:
            most = Message("has more rows than {rows}, or more columns than {columns}")
            values = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
            raise _refused(file, row.at(), most.filled(values), Message("check that it is the right file"))
        if any(row.cells):
            found.append(row)
    return found


def _rows_of_csv(file: Path) -> Iterator[SheetRow]:
    """Cells between semicolons or commas, whichever the first line has more of."""
    with opened(file) as stream:
        lines, delimiter = Lines(file, stream), ""
        for text in lines:
            delimiter = delimiter or (";" if text.count(";") >= text.count(",") else ",")
            try:
                cells = next(csv.reader([text], delimiter=delimiter))
            except csv.Error:
                problem = Message("is not valid CSV")
                raise _refused(file, lines.at(), problem, Message("check its quotes")) from None
            yield SheetRow(file, lines.number, tuple(cell.strip() for cell in cells))


def _rows_of_xlsx(file: Path) -> Iterator[SheetRow]:
    import openpyxl  # costs its import, and few verbs need it

    _refuse_a_bomb(file)
    try:
        with warnings.catch_warnings(action="ignore"):  # of what it leaves aside: validation, styles
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            try:
                sheet = book.worksheets[0]
                sheet.reset_dimensions()
                rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1, values_only=True)
                for number, cells in enumerate(rows, start=1):
                    yield SheetRow(file, number, _texts(cells))
            finally:
                book.close()
    except BROKEN:
        raise _damaged(file) from None


def _refuse_a_bomb(file: Path) -> None:
    """Members expand to no more than the archive says of them: their sum bounds what is read."""
    if not file.is_file():
        raise _refused(
            file, file.name, Message("is missing"), Message("check its path: {path}", {"path": file})
        )
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except DAMAGES:
        raise _damaged(file) from None
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_EXPANDED:
        problem = Message("expands to more than {most} MB", {"most": MOST_EXPANDED // 1_000_000})
        raise _refused(file, file.name, problem, Message("check where it comes from"))


def _texts(cells: tuple[object, ...]) -> tuple[str, ...]:
    texts = [_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _text(cell: object) -> str:
    """A cell as a person would type it.

    >>> _text(45000.0), _text(True), _text(datetime(2026, 11, 27)), _text(" a "), _text(None)
    ('45000', 'yes', '2026-11-27', 'a', '')
    """
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return CONTROL.sub(" ", str(cell)).strip()


def _damaged(file: Path) -> BadInput:
    problem = Message("is damaged, or is no XLSX file")
    return _refused(file, file.name, problem, Message("open it in a spreadsheet and save it again as XLSX"))


def _refused(file: Path, where: str, problem: Message, remedy: Message) -> BadInput:
    return refusal(file, [Finding(where=where, problem=problem, remedy=remedy)])
