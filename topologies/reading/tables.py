"""CSV tables from outside: each becomes rows of a model, or is refused with everything that is wrong, and where."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from topologies.errors import BadInput, Finding, Message, nearest_names
from topologies.fields.shown import shortened
from topologies.reading.explanations import explained
from topologies.reading.files import MOST_FINDINGS, refusal, text_of
from topologies.reading.limits import control_character
from topologies.reading.positions import dotted
from topologies.reading.syntax import in_our_words

M = TypeVar("M", bound=BaseModel)

MOST_COLUMNS = 200
MOST_ROWS = 1_000_000
"""Rows that are not blank."""
MOST_LINES = 1_100_000
"""A little more than a spreadsheet has."""


def read_csv(path: Path, row_model: type[M]) -> list[tuple[int, M]]:
    """The rows of a CSV document, each with the line on which it starts."""
    rows, findings = read_rows(path, row_model)
    if findings:
        raise refusal(path, findings)
    return rows


@dataclass(frozen=True, slots=True)
class Inherited(Generic[M]):
    """The rows of a table that another one extends: there, a row states what differs from the one of the same key."""

    key: tuple[str, ...]
    """The columns that name a row."""
    rows: Mapping[tuple[str, ...], tuple[int, M]]
    """By what these columns hold."""

    @classmethod
    def of(cls, key: tuple[str, ...], rows: Sequence[tuple[int, M]]) -> "Inherited[M]":
        """These rows, by what the columns of the key hold."""
        return cls(key, {_held(dict(row), key): (line, row) for line, row in rows})

    def completed(self, said: dict[str, Any]) -> dict[str, Any]:
        """What a row says, with the cells that it leaves empty as in the inherited row."""
        _, row = self.rows.get(_held(said, self.key), (0, None))
        return dict(row or ()) | said

    def joined(self, own: Sequence[tuple[int, M]]) -> list[tuple[int, M]]:
        """The inherited rows that are not replaced, then a table's own."""
        replaced = {_held(dict(row), self.key) for _, row in own}
        return [*(row for held, row in self.rows.items() if held not in replaced), *own]


def _held(cells: Mapping[str, Any], columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(cells.get(column, "")) for column in columns)


def read_rows(
    path: Path, row_model: type[M], inherited: Inherited[M] | None = None
) -> tuple[list[tuple[int, M]], list[Finding]]:
    """The rows of a CSV document that are right, with their lines, and what is wrong with the others.

    An empty cell is a missing value, or, of a row that is inherited, the inherited value. Columns are separated by
    commas, or by semicolons as in French spreadsheets.
    """
    lines = _lines(path)
    findings: list[Finding] = []
    rows: list[tuple[int, M]] = []
    try:
        header_line, header = next(lines, (0, []))
        if not header:
            return [], [
                Finding(
                    where=path.name,
                    problem=Message("is empty"),
                    remedy=Message("write a header with the names of the columns"),
                )
            ]
        needed = inherited.key if inherited else required(row_model)
        findings += _header_findings(f"{path.name} line {header_line}", header, row_model, needed)
        for line, cells in () if findings else lines:
            try:
                rows.append((line, _row(path, line, _said(path, line, header, cells), row_model, inherited)))
            except BadInput as refused:
                findings += refused.findings
            if len(findings) > MOST_FINDINGS:
                break
    except BadInput as refused:
        findings += refused.findings
    return rows, findings


def required(row_model: type[BaseModel]) -> list[str]:
    """The columns that every row must have."""
    return [name for name, field in row_model.model_fields.items() if field.is_required()]


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV document that are not blank, each with its first line."""
    text = text_of(path)
    if control := control_character(text):
        where = f"{path.name} line {control[0]}, column {control[1]}"
        finding = Finding(
            where=where,
            problem=Message("there is a control character here"),
            remedy=Message("take it out, or save the file again as UTF-8"),
        )
        raise refusal(path, [finding])
    header = next(filter(str.strip, text.splitlines()), "")
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, rows = 1, 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
                rows += 1
            line = reader.line_num + 1
            if rows > MOST_ROWS or line > MOST_LINES:
                raise refusal(path, [_too_many_rows(path, line)])
    except csv.Error as error:
        where = f"{path.name} line {line}"
        finding = Finding(
            where=where,
            problem=Message("is not valid CSV: {text}", {"text": in_our_words(error)}),
            remedy=Message("check its quotes"),
        )
        raise refusal(path, [finding]) from None


def _too_many_rows(path: Path, line: int) -> Finding:
    return Finding(
        where=f"{path.name} line {line}",
        problem=Message("holds more rows than {most}", {"most": MOST_ROWS}),
        remedy=Message("check that it is the right file, or keep to what the region needs"),
    )


def _header_findings(
    where: str, header: list[str], row_model: type[BaseModel], needed: Sequence[str]
) -> Iterator[Finding]:
    fields = row_model.model_fields
    if not set(header) & set(fields):
        yield Finding(
            where=where,
            problem=Message(
                "is not a header: it names no known column, only {names}",
                {"names": shortened(", ".join(filter(None, header)))},
            ),
            remedy=Message(
                "drop a note to a spreadsheet (sep=;); name the columns first, between commas or semicolons: {columns}",
                {"columns": ", ".join(needed)},
            ),
        )
        return
    if len(header) > MOST_COLUMNS:
        yield Finding(
            where=where,
            problem=Message("names more columns than {most}", {"most": MOST_COLUMNS}),
            remedy=Message("remove those that the program does not use"),
        )
        return
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        yield Finding(
            where=where,
            problem=Message("the column {name} appears twice", {"name": shortened(name)}),
            remedy=Message("keep one of the two"),
        )
    for name in dict.fromkeys(header):
        if not name:
            column = header.index(name) + 1
            yield Finding(
                where=where,
                problem=Message("column {column} has no name", {"column": column}),
                remedy=Message("name it, or drop it"),
            )
        elif name not in fields:
            short = shortened(name)
            nearest = nearest_names(short, list(fields))
            yield Finding(
                where=where,
                problem=Message("{name} is not a column here", {"name": short}),
                remedy=Message("use {nearest}, or drop it", {"nearest": nearest}),
            )
    for name in needed:
        if name not in header:
            yield Finding(
                where=where,
                problem=Message("the column {name} is missing", {"name": name}),
                remedy=Message("add it"),
            )


def _said(path: Path, line: int, header: list[str], cells: list[str]) -> dict[str, Any]:
    """The cells of a row that are not empty, by their columns."""
    where = f"{path.name} line {line}"
    if len(cells) != len(header):
        finding = Finding(
            where=where,
            problem=Message(
                "has {found} {found:cell|cells} where the header has {expected}",
                {"found": len(cells), "expected": len(header)},
            ),
            remedy=Message("check its commas, and put text that holds one between quotes"),
        )
        raise refusal(path, [finding])
    return {name: cell for name, cell in zip(header, cells, strict=True) if cell}


def _row(
    path: Path, line: int, said: dict[str, Any], row_model: type[M], inherited: Inherited[M] | None
) -> M:
    try:
        return row_model.model_validate(inherited.completed(said) if inherited else said)
    except ValidationError as errors:
        raise refusal(path, list(_row_findings(f"{path.name} line {line}", row_model, errors))) from None


def _row_findings(where: str, row_model: type[BaseModel], errors: ValidationError) -> Iterator[Finding]:
    for error in errors.errors(include_url=False):
        if error["type"] == "default_factory_not_called":
            continue  # what would follow from a cell that is wrong itself
        problem, remedy = explained(error, row_model)
        place = dotted(error["loc"])
        yield Finding(where=f"{where}, {place}" if place else where, problem=problem, remedy=remedy)
