"""YAML documents from outside: each becomes a model, or is refused with everything that is wrong, and where."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.nodes import MappingNode, Node

from topologies.errors import Finding, Message
from topologies.reading.explanations import explained
from topologies.reading.files import MOST_FINDINGS, refusal, text_of
from topologies.reading.positions import Parsed, Place, Twice, dotted, located, parsed
from topologies.reading.syntax import syntax_problem

M = TypeVar("M", bound=BaseModel)


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


def places_in(path: Path) -> Callable[[Place], str]:
    """Names places of a YAML document by file, line, column and field; it reads the file once, when first asked."""
    fields = cache(lambda: _fields_of(path))

    def named(place: Place) -> str:
        root, _ = fields()
        node, _ = located(root, place)
        return _at(path, node, place)

    return named


def _fields_of(path: Path) -> tuple[MappingNode, Parsed]:
    """What a YAML document holds, once it is known to be made of fields."""
    text = text_of(path)
    try:
        document = parsed(text)
    except yaml.YAMLError as error:
        line, column, problem = syntax_problem(error)
        where = f"{path.name} line {line}, column {column}" if line else path.name
        finding = Finding(
            where=where,
            problem=Message("is not valid YAML: {text}", {"text": problem}),
            remedy=Message("check indentation, colons and quotes"),
        )
    else:
        if isinstance(document.root, MappingNode):
            return document.root, document
        finding = Finding(
            where=path.name,
            problem=Message("is empty") if document.root is None else Message("is not made of fields"),
            remedy=Message("write fields, one a line, each a name, a colon and a value"),
        )
    raise refusal(path, [finding])


def _at(path: Path, node: Node, place: Place) -> str:
    mark = node.start_mark
    where = f"{path.name} line {mark.line + 1}, column {mark.column + 1}"
    return f"{where}, {dotted(place)}" if place else where


def _written_twice(path: Path, twice: Twice) -> Finding:
    return Finding(
        where=_at(path, twice.second, twice.place),
        problem=Message("is written twice, first on line {line}", {"line": twice.first.start_mark.line + 1}),
        remedy=Message("keep one of the two"),
    )


def _yaml_findings(
    path: Path, root: Node, model: type[BaseModel], errors: ValidationError
) -> Iterator[Finding]:
    listed = errors.errors(include_url=False)
    for error in listed:
        if error["type"] == "too_short" and any(_is_within(other["loc"], error["loc"]) for other in listed):
            continue  # pydantic counts only the items that are right
        node, place = located(root, error["loc"])
        if error["type"] == "missing":
            place = (*place, error["loc"][-1])
        problem, remedy = explained(error, model)
        yield Finding(where=_at(path, node, place), problem=problem, remedy=remedy)


def _is_within(place: Place, outer: Place) -> bool:
    return len(place) > len(outer) and place[: len(outer)] == outer
