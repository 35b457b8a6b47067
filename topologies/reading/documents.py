"""How does a document from outside become a model, and what is said when it cannot?

A document is accepted whole or refused whole, with everything that is wrong with it and where.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.nodes import MappingNode, Node

from topologies.errors import BadInput, Finding, Message, nearest_names
from topologies.reading.bearable import control_character
from topologies.reading.complaints import Place, complaint_of, in_our_words, shortened
from topologies.reading.files import MOST_FINDINGS, refusal, text_of
from topologies.reading.positions import Parsed, Twice, located, parsed, syntax_problem

M = TypeVar("M", bound=BaseModel)

MOST_COLUMNS = 200
MOST_ROWS = 100_000
"""That hold something."""
MOST_LINES = 1_100_000
"""As many as a sheet of a spreadsheet has, and some."""


def read_yaml(
    path: Path, model: type[M], named: Mapping[str, Callable[[str], object]] = MappingProxyType({})
) -> M:
    """The model that a YAML document holds; some of its fields name another document, which stands in their place."""
    root, document = _fields_of(path)
    findings = [_written_twice(path, twice) for twice in document.twice]
    found = {
        field: load(name)
        for field, load in named.items()
        if isinstance(name := document.content.get(field), str)
    }
    try:
        instance = model.model_validate({**document.content, **found})
    except ValidationError as errors:
        findings += islice(_yaml_findings(path, root, model, errors), MOST_FINDINGS)
    if findings:
        raise refusal(path, findings)
    return instance


def read_csv(path: Path, row_model: type[M]) -> list[tuple[int, M]]:
    """The rows of a CSV document, each with the line on which it starts."""
    rows, findings = read_rows(path, row_model)
    if findings:
        raise refusal(path, findings)
    return rows


def read_rows(path: Path, row_model: type[M]) -> tuple[list[tuple[int, M]], list[Finding]]:
    """The rows of a CSV document that are right, and what is wrong with the others.

    An empty cell is a missing value. Columns are separated by commas, or by semicolons as French
    spreadsheets do.
    """
    lines = _lines(path)
    findings: list[Finding] = []
    rows: list[tuple[int, M]] = []
    try:
        header_line, header = next(lines, (0, []))
        if not header:
            return [], [_finding(path.name, "is empty", "write a header with the names of the columns")]
        findings += _header_findings(f"{path.name} line {header_line}", header, row_model)
        for line, cells in () if findings else lines:
            try:
                rows.append((line, _row(path, line, header, cells, row_model)))
            except BadInput as refused:
                findings += refused.findings
            if len(findings) > MOST_FINDINGS:
                break
    except BadInput as refused:
        findings += refused.findings
    return rows, findings


def places_in(path: Path) -> Callable[[Place], str]:
    """Where the fields of a YAML document stand: file, line and column, and name; it is read once, when first asked."""
    fields = cache(lambda: _fields_of(path))

    def told(place: Place) -> str:
        root, _ = fields()
        node, _ = located(root, place)
        return _at(path, node, place)

    return told


def _fields_of(path: Path) -> tuple[MappingNode, Parsed]:
    """What a YAML document holds, once it is known to be made of fields."""
    text = text_of(path)
    try:
        document = parsed(text)
    except yaml.YAMLError as error:
        line, column, problem = syntax_problem(error)
        where = f"{path.name} line {line}, column {column}" if line else path.name
        finding = _finding(
            where, "is not valid YAML: {text}", "check indentation, colons and quotes", text=problem
        )
    else:
        if isinstance(document.root, MappingNode):
            return document.root, document
        finding = _finding(
            path.name,
            "is empty" if document.root is None else "does not consist of fields",
            "write fields, one a line, each a name, a colon and a value",
        )
    raise refusal(path, [finding])


def _finding(where: str, problem: str, remedy: str, **values: object) -> Finding:
    return Finding(where=where, problem=Message(problem, values), remedy=Message(remedy, values))


def _at(path: Path, node: Node, place: Sequence[int | str]) -> str:
    mark = node.start_mark
    where = f"{path.name} line {mark.line + 1}, column {mark.column + 1}"
    return ", ".join([where, *([_told(place)] if place else [])])


def _told(place: Sequence[int | str]) -> str:
    return ".".join(shortened(str(part)) for part in place)


def _written_twice(path: Path, twice: Twice) -> Finding:
    return _finding(
        _at(path, twice.second, twice.place),
        "is written twice, first on line {line}",
        "keep one of the two",
        line=twice.first.start_mark.line + 1,
    )


def _yaml_findings(
    path: Path, root: Node, model: type[BaseModel], errors: ValidationError
) -> Iterator[Finding]:
    told = errors.errors(include_url=False)
    for error in told:
        if error["type"] == "too_short" and any(_is_within(other["loc"], error["loc"]) for other in told):
            continue  # pydantic counts those items only that are right
        node, place = located(root, error["loc"])
        if error["type"] == "missing":
            place = (*place, error["loc"][-1])
        problem, remedy = complaint_of(error, model)
        yield Finding(where=_at(path, node, place), problem=problem, remedy=remedy)


def _is_within(place: Place, outer: Place) -> bool:
    return len(place) > len(outer) and place[: len(outer)] == outer


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV document that are not blank, each with the line on which it starts."""
    text = text_of(path)
    if control := control_character(text):
        where = f"{path.name} line {control[0]}, column {control[1]}"
        finding = _finding(
            where, "a control character stands here", "take it out, or save the file again as UTF-8"
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
        finding = _finding(where, "is not valid CSV: {text}", "check its quotes", text=in_our_words(error))
        raise refusal(path, [finding]) from None


def _too_many_rows(path: Path, line: int) -> Finding:
    return _finding(
        f"{path.name} line {line}",
        "holds more rows than {most}",
        "check that it is the right file, or keep to what the region needs",
        most=MOST_ROWS,
    )


def _header_findings(where: str, header: list[str], row_model: type[BaseModel]) -> Iterator[Finding]:
    fields = row_model.model_fields
    if not set(header) & set(fields):
        yield _finding(
            where,
            "is no header: it names no column that is known here, but {names}",
            "drop a note to a spreadsheet (sep=;); name the columns first, between commas or semicolons: {columns}",
            names=shortened(", ".join(filter(None, header))),
            columns=", ".join(name for name, field in fields.items() if field.is_required()),
        )
        return
    if len(header) > MOST_COLUMNS:
        yield _finding(
            where,
            "names more columns than {most}",
            "take out what the program has no use for",
            most=MOST_COLUMNS,
        )
        return
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        yield _finding(where, "the column {name} is there twice", "keep one of the two", name=shortened(name))
    for name in dict.fromkeys(header):
        if not name:
            column = header.index(name) + 1
            yield _finding(where, "column {column} has no name", "name it, or drop it", column=column)
        elif name not in fields:
            short = shortened(name)
            nearest = nearest_names(short, list(fields))
            yield _finding(
                where, "{name} is not a column here", "use {nearest}, or drop it", name=short, nearest=nearest
            )
    for name, field in fields.items():
        if field.is_required() and name not in header:
            yield _finding(where, "the column {name} is missing", "add it", name=name)


def _row(path: Path, line: int, header: list[str], cells: list[str], row_model: type[M]) -> M:
    where = f"{path.name} line {line}"
    if len(cells) != len(header):
        finding = _finding(
            where,
            "has {found} {found:cell|cells} where the header has {expected}",
            "check its commas, and put text that holds one between quotes",
            found=len(cells),
            expected=len(header),
        )
        raise refusal(path, [finding])
    try:
        return row_model.model_validate(
            {name: cell for name, cell in zip(header, cells, strict=True) if cell}
        )
    except ValidationError as errors:
        raise refusal(path, list(_row_findings(where, row_model, errors))) from None


def _row_findings(where: str, row_model: type[BaseModel], errors: ValidationError) -> Iterator[Finding]:
    for error in errors.errors(include_url=False):
        problem, remedy = complaint_of(error, row_model)
        place = _told(error["loc"])
        yield Finding(where=f"{where}, {place}" if place else where, problem=problem, remedy=remedy)
