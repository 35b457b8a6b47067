"""How does a document from outside become a model, and what is said when it cannot?

A document is accepted whole or refused whole, with everything that is wrong with it and where.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.nodes import MappingNode, Node

from topologies.complaints import Place, complaint_of
from topologies.errors import BadInput, Finding, Message, nearest_names
from topologies.positions import Parsed, Twice, located, parsed, syntax_problem

M = TypeVar("M", bound=BaseModel)


def read_yaml(path: Path, model: type[M]) -> M:
    """The model that a YAML document holds."""
    root, document = _fields_of(path)
    findings = [_written_twice(path, twice) for twice in document.twice]
    try:
        instance = model.model_validate(document.content)
    except ValidationError as errors:
        findings += _yaml_findings(path, root, model, errors)
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
    try:
        lines = list(_lines(path))
    except BadInput as refused:
        return [], list(refused.findings)
    if not lines:
        return [], [_finding(path.name, "is empty", "write a header with the names of the columns")]
    (header_line, header), *body = lines
    findings = list(_header_findings(f"{path.name} line {header_line}", header, row_model))
    rows: list[tuple[int, M]] = []
    for line, cells in [] if findings else body:
        try:
            rows.append((line, _row(path, line, header, cells, row_model)))
        except BadInput as refused:
            findings += refused.findings
    return rows, findings


def place_in(path: Path, place: Place) -> str:
    """Where a field of a YAML document stands: its file, its line and column, and its name."""
    root, _ = _fields_of(path)
    node, _ = located(root, place)
    return _at(path, node, place)


def refusal(path: Path, findings: Sequence[Finding]) -> BadInput:
    """The error that says everything that is wrong with a document."""
    return BadInput(Message("{name} cannot be used as it is", {"name": str(path)}), findings)


def _finding(where: str, problem: str, remedy: str, **values: object) -> Finding:
    return Finding(where=where, problem=Message(problem, values), remedy=Message(remedy, values))


def _text_of(path: Path) -> str:
    """The text of a file; a byte order mark, which spreadsheets add, is no part of it."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        finding = _finding(path.name, "is missing", "create it, or check the path {path}", path=path)
    except IsADirectoryError:
        finding = _finding(path.name, "is a folder, not a file", "name a file in it")
    except OSError as error:
        finding = _finding(
            path.name, "cannot be read: {reason}", "check its permissions", reason=error.strerror
        )
    else:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            finding = _finding(
                f"{path.name} line {line}", "is not written in UTF-8", "save it again as UTF-8"
            )
    raise refusal(path, [finding])


def _fields_of(path: Path) -> tuple[MappingNode, Parsed]:
    """What a YAML document holds, once it is known to be made of fields."""
    text = _text_of(path)
    try:
        document = parsed(text)
    except yaml.YAMLError as error:
        line, column, problem = syntax_problem(error)
        where = f"{path.name} line {line}, column {column}" if line else path.name
        finding = _finding(
            where, "is not valid YAML: {text}", "check indentation, colons and quotes", text=problem
        )
    except ValueError as error:  # a number of more digits than Python reads
        finding = _finding(path.name, "is not valid YAML: {text}", "write it more simply", text=error)
    else:
        if isinstance(document.root, MappingNode):
            return document.root, document
        finding = _finding(
            path.name,
            "is empty" if document.root is None else "does not consist of fields",
            "write fields, one a line, each a name, a colon and a value",
        )
    raise refusal(path, [finding])


def _at(path: Path, node: Node, place: Sequence[int | str]) -> str:
    mark = node.start_mark
    where = f"{path.name} line {mark.line + 1}, column {mark.column + 1}"
    return ", ".join([where, *([".".join(map(str, place))] if place else [])])


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
    for error in errors.errors(include_url=False):
        node, place = located(root, error["loc"])
        if error["type"] == "missing":
            place = (*place, error["loc"][-1])
        problem, remedy = complaint_of(error, model)
        yield Finding(where=_at(path, node, place), problem=problem, remedy=remedy)


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV document that are not blank, each with the line on which it starts."""
    text = _text_of(path)
    header = text.partition("\n")[0]
    delimiter = ";" if ";" in header and "," not in header else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        where = f"{path.name} line {line}"
        finding = _finding(where, "is not valid CSV: {text}", "check its quotes", text=error)
        raise refusal(path, [finding]) from None


def _header_findings(where: str, header: list[str], row_model: type[BaseModel]) -> Iterator[Finding]:
    fields = row_model.model_fields
    for name in sorted({name for name in header if header.count(name) > 1}):
        yield _finding(where, "the column {name} is there twice", "keep one of the two", name=name)
    for name in dict.fromkeys(header):
        if name not in fields:
            nearest = nearest_names(name, list(fields))
            yield _finding(
                where,
                "{name} is not a column here",
                "use {nearest}, or drop it",
                name=name or "''",
                nearest=nearest,
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
        place = ".".join(map(str, error["loc"]))
        yield Finding(where=f"{where}, {place}" if place else where, problem=problem, remedy=remedy)
