"""CSV: a table as the spreadsheets of a language open it by a double click.

In French, cells are separated by semicolons and decimals by a comma, since Excel there reads `3.5` as the third of
May; elsewhere by commas and a point. The file begins with the mark of UTF-8, without which Excel would spoil accents;
pandas, Polars and DuckDB skip it.
"""

from collections.abc import Iterator
from datetime import date
from math import isfinite

from results.exports.formats.shielded import shielded
from results.exports.tables import Cell, Table
from results.presentation.language import Language

BYTE_ORDER_MARK = "\ufeff"
LINE_END = "\r\n"
SEPARATORS: dict[Language, tuple[str, str]] = {"fr": (";", ","), "en": (",", ".")}
"""Of cells, and of decimals."""


def csv_of(table: Table, language: Language) -> bytes:
    """The table as a file."""
    return (BYTE_ORDER_MARK + "".join(_lines(table, *SEPARATORS[language]))).encode()


def _lines(table: Table, separator: str, point: str) -> Iterator[str]:
    known: dict[str, str] = {}

    def written(cell: Cell) -> str:
        if isinstance(cell, str):  # labels repeat by the thousand
            return known.get(cell) or known.setdefault(cell, _quoted(cell))
        return _number(cell, point)

    for row in (table.headings, *table.rows):
        yield separator.join(map(written, row)) + LINE_END


def _quoted(text: str) -> str:
    return '"' + shielded(text).replace('"', '""') + '"'


def _number(value: int | float | date | None, point: str) -> str:
    """A number to its last digit, or a day; nothing where it is missing."""
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(float(value)).replace(".", point) if isfinite(value) else ""
    return str(value)
