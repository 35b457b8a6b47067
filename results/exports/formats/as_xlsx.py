"""XLSX: tables as the sheets of a workbook, with a frozen heading, filters, and numbers that are numbers.

Each text is written as text, with the mark by which a spreadsheet leaves it so when the cell is edited: none can become
a formula.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from itertools import chain, islice
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from results.exports.tables import Cell, Portion, Table
from topologies.errors import InputError, Message
from topologies.reading.sheets import letters

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.workbook import Workbook

MOST_ROWS: Final = 1_048_575
"""Of a sheet, below its heading: the limit of Excel."""
NARROWEST, WIDEST = 8, 60
"""Of a column, in characters."""
LOOKED_AT = 50
"""Rows by which the width of a column is chosen."""
HEADING_FILL = "E8EEF4"
FORMATS: Final[dict[type, str]] = {
    str: "@",
    int: "#,##0",
    float: "#,##0.0##",
    Portion: "0.0%",
    date: "yyyy-mm-dd",
}
UNHELD: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""What the format writes by its number (ECMA-376, ST_Xstring): what XML cannot hold, and what looks like a number."""


class TooLong(InputError):
    """A table has more rows than a sheet."""


def xlsx_of(tables: Iterable[Table]) -> bytes:
    """A workbook with a sheet for each table."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table in tables:
        _add(book, table)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _add(book: "Workbook", table: Table) -> None:
    if table.count > MOST_ROWS:
        told = Message("{title} has {count} {count:row|rows}, more than a sheet holds; write it as .csv")
        raise TooLong(told.filled({"title": table.title, "count": table.count}))
    sheet: Any = book.create_sheet(table.title)
    rows = iter(table.rows)
    first = [*islice(rows, LOOKED_AT)]
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{letters(len(table.headings) - 1)}{table.count + 1}"
    for column, width in enumerate(_widths([table.headings, *first])):
        sheet.column_dimensions[letters(column)].width = width
    sheet.append([_heading(sheet, heading) for heading in table.headings])
    cells = _Cells(sheet)
    for row in chain(first, rows):
        sheet.append(cells.of(value) for value in row)


class _Cells:
    """One cell of each kind, filled again for each value: a cell of its own for each would take most of the time."""

    def __init__(self, sheet: Any) -> None:
        self._of_kind = {kind: _empty(sheet, kind) for kind in FORMATS}

    def of(self, value: Cell) -> "SheetCell | None":
        """The cell with this value, to be written before the next is asked for."""
        if value in {None, ""} or (isinstance(value, float) and not isfinite(value)):
            return None
        cell = self._of_kind[type(value)]
        if isinstance(value, str):
            return _told(cell, value)
        cell.value = value
        return cell


def _empty(sheet: Any, kind: type) -> "SheetCell":
    from openpyxl.cell.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cell = WriteOnlyCell(sheet)
    cell.number_format = FORMATS[kind]
    if kind is str:
        cell.quotePrefix = True
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _told(cell: "SheetCell", text: str) -> "SheetCell":
    """The cell with a text, and nothing but a text."""
    cell.value = UNHELD.sub(lambda held: f"_x{ord(held[0]):04X}_", text)
    cell.data_type = "s"
    return cell


def _heading(sheet: Any, text: str) -> "SheetCell":
    from openpyxl.styles import Font, PatternFill

    cell = _told(_empty(sheet, str), text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor=HEADING_FILL)
    return cell


def _widths(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Of each column, what its longest line asks for, within bounds."""
    columns = zip(*rows, strict=True)
    return [
        min(WIDEST, max(NARROWEST, 2 + max(len(each) if isinstance(each, str) else 0 for each in column)))
        for column in columns
    ]
