"""Bordereaux of the SAE: the CSV files of its statistical bases, `MCO_2024r.csv` and so on, read line by line.

The DREES publishes them each year (data.drees.solidarites-sante.gouv.fr, *Bases statistiques SAE*): cells between
semicolons, a header, one row for each site or each unit of a site. All have the bordereau (`BOR`), the year (`AN`),
the FINESS number of the site (`FI`) and of its legal entity (`FI_EJ`), in small letters in `ID`. Files are in
ISO-8859-1, at times in UTF-8, or both. An empty cell is not declared. What is read here was
checked on the bases of 2019 to 2024.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from topologies.errors import BadInput, Finding, Message
from topologies.fields.identifiers import FINESS
from topologies.fields.shown import shortened, shown
from topologies.reading.files import refusal
from topologies.reading.large.lines import Lines

COMMON = ("BOR", "AN", "FI", "FI_EJ")
NEEDED: Mapping[str, tuple[str, ...]] = {
    "ID": ("RS",),
    "URGENCES": ("AUTGEN", "AUTPED"),
    "URGENCES2": ("URG", "PASSU", "LIT_UHCD"),
    "MCO": ("LIT_MCO",),
    "REA": ("UNI", "LIT"),
}
"""The bordereaux that are read, each with its columns that are."""
A_FINESS = re.compile(FINESS)
A_COUNT = re.compile("([0-9]{1,7})([.,]0+)?")
A_YEAR = re.compile("(19|20)[0-9]{2}")
AGAIN = Message("the file is damaged, or was changed by a spreadsheet: download it again")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a bordereau."""

    kind: str
    year: str
    cells: Mapping[str, str]
    refused: Callable[[str, Message], BadInput]
    """The error about a column of the row."""
    where: str

    @property
    def finess(self) -> str:
        """What it is about: a site, or a legal entity."""
        return self.cells["FI"]

    def count(self, column: str) -> int | None:
        """A number; none where it is not declared."""
        text = self.cells[column]
        if not text:
            return None
        if whole := A_COUNT.fullmatch(text):
            return int(whole[1])
        raise self.refused(column, Message("must be a whole number, not {value}", {"value": shown(text)}))

    def says_yes(self, column: str) -> bool:
        """1 is yes; 0 and empty are not."""
        text = self.cells[column]
        if text in {"", "0", "1"}:
            return text == "1"
        raise self.refused(column, Message("must be 0 or 1, not {value}", {"value": shown(text)}))


def rows_of(lines: Lines) -> Iterator[Row]:
    """The rows of a bordereau; `BadInput` where one is none of its format."""
    texts = iter(lines)
    header = [name.upper() for name in _cells(next(texts, ""))]
    if not {*COMMON} <= {*header} or len({*header}) < len(header):
        problem = Message("is not the first line of a bordereau of the SAE: {text}")
        told = problem.filled({"text": shown(shortened(";".join(header)))})
        remedy = Message(
            "take MCO, REA, URGENCES, URGENCES2 or ID of the statistical bases, with its columns {columns}"
        )
        raise _refusal(lines, None, told, remedy.filled({"columns": ", ".join(COMMON)}))
    kind = year = ""
    for text in texts:
        cells = _cells(text)
        if len(cells) != len(header):
            counts = {"found": len(cells), "expected": len(header)}
            problem = Message("has {found} {found:cell|cells} where the header has {expected}", counts)
            raise _refusal(lines, None, problem, AGAIN)
        row = _row(lines, header, cells)
        if not kind:
            kind, year = row.kind, row.year
            _refuse_unknown(row, header, lines)
        if (row.kind, row.year) != (kind, year):
            values = {"found": f"{row.kind} {row.year}", "known": f"{kind} {year}"}
            raise _refusal(lines, None, Message("says {found} where rows before say {known}", values), AGAIN)
        yield row
    if not kind:
        raise _refusal(lines, None, Message("has no row below its header"), AGAIN)


def _row(lines: Lines, header: list[str], cells: list[str]) -> Row:
    by_name = dict(zip(header, cells, strict=True))

    def refused(column: str, problem: Message) -> BadInput:
        return _refusal(lines, (header.index(column) + 1, column), problem, AGAIN)

    row = Row(by_name["BOR"].upper(), by_name["AN"], by_name, refused, lines.at())
    for column, pattern in (("AN", A_YEAR), ("FI", A_FINESS)):
        if not pattern.fullmatch(by_name[column]):
            raise refused(column, Message("is malformed: {value}", {"value": shown(by_name[column])}))
    return row


def _refuse_unknown(row: Row, header: list[str], lines: Lines) -> None:
    if row.kind not in NEEDED:
        problem = Message("{name} is no bordereau that is read here", {"name": shown(row.kind)})
        remedy = Message("take these: {names}", {"names": ", ".join(NEEDED)})
        raise _refusal(lines, None, problem, remedy)
    if missing := [name for name in NEEDED[row.kind] if name not in header]:
        problem = Message("the column {name} is missing", {"name": missing[0]})
        raise _refusal(lines, None, problem, AGAIN)


def _cells(text: str) -> list[str]:
    cells = next(csv.reader([text], delimiter=";")) if '"' in text else text.split(";")
    return [cell.strip() for cell in cells]


def _refusal(lines: Lines, column: tuple[int, str] | None, problem: Message, remedy: Message) -> BadInput:
    where = f"{lines.at(column[0])}, {column[1]}" if column else lines.at()
    return refusal(lines.path, [Finding(where=where, problem=problem, remedy=remedy)])
