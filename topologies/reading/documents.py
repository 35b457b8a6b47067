"""YAML documents from outside: each becomes a model, or is refused with everything that is wrong, and where."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode

from topologies.errors import Finding, Message
from topologies.reading.explanations import explained
from topologies.reading.files import MOST_FINDINGS, refusal, text_of
from topologies.reading.positions import NOWHERE, Parsed, Place, Twice, dotted, located, parsed
from topologies.reading.syntax import syntax_problem

M = TypeVar("M", bound=BaseModel)

NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The fields of a YAML document, each of which knows where it is written; not judged yet."""

    path: Path
    root: MappingNode
    content: Mapping[str, Any]
    """The same as plain values."""
    twice: tuple[Finding, ...]
    """Fields that are written twice."""

    def as_model(self, model: type[M], instead: Mapping[str, object] = NOTHING) -> M:
        """The model that the document holds, with other values in place of what some fields say."""
        findings = list(self.twice)
        try:
            instance = model.model_validate({**self.content, **instead})
        except ValidationError as errors:
            findings += islice(_findings(self.root, model, errors), MOST_FINDINGS)
        if findings:
            raise refusal(self.path, findings)
        return instance

    def at(self, place: Place) -> str:
        """Where a field stands: file, line and column, and name."""
        node, _ = located(self.root, place)
        return _at(node, place)

    def named(self, field: str) -> tuple[str, Path] | None:
        """The text of a field that names another document, and the folder of the file in which it is written."""
        for key, value in self.root.value:
            if key.value == field and isinstance(value, ScalarNode) and not value.tag.endswith(":null"):
                return value.value, Path(value.start_mark.name).parent
        return None


def read_yaml(path: Path, model: type[M]) -> M:
    """The model that a YAML document holds."""
    return document_in(path).as_model(model)


def places_in(path: Path) -> Callable[[Place], str]:
    """Where the fields of a YAML document stand; it is read once, when first asked."""
    document = cache(lambda: document_in(path))
    return lambda place: document().at(place)


def document_in(path: Path) -> Document:
    """The fields of a file; `BadInput` when it has none."""
    parts = _parsed(path)
    if not isinstance(parts.root, MappingNode):
        finding = Finding(
            where=path.name,
            problem=Message("is empty") if parts.root is None else Message("is not made of fields"),
            remedy=Message("write fields, one a line, each a name, a colon and a value"),
        )
        raise refusal(path, [finding])
    twice = tuple(_written_twice(each) for each in parts.twice)
    return Document(path=path, root=parts.root, content=parts.content, twice=twice)


def _parsed(path: Path) -> Parsed:
    try:
        return parsed(text_of(path), str(path))
    except yaml.YAMLError as error:
        line, column, problem = syntax_problem(error)
        finding = Finding(
            where=f"{path.name} line {line}, column {column}" if line else path.name,
            problem=Message("is not valid YAML: {text}", {"text": problem}),
            remedy=Message("check indentation, colons and quotes"),
        )
        raise refusal(path, [finding]) from None


def _at(node: Node, place: Place) -> str:
    mark = node.start_mark
    line = f"{Path(mark.name).name} line {mark.line + 1}, column {mark.column + 1}"
    where = mark.name if mark.line == NOWHERE else line
    return ", ".join([where, *([dotted(place)] if place else [])])


def _written_twice(twice: Twice) -> Finding:
    return Finding(
        where=_at(twice.second, twice.place),
        problem=Message("is written twice, first on line {line}", {"line": twice.first.start_mark.line + 1}),
        remedy=Message("keep one of the two"),
    )


def _findings(root: Node, model: type[BaseModel], errors: ValidationError) -> Iterator[Finding]:
    listed, known = errors.errors(include_url=False), set()
    for error in listed:
        if error["type"] == "too_short" and any(_is_within(other["loc"], error["loc"]) for other in listed):
            continue  # pydantic counts only the items that are right
        node, place = located(root, error["loc"])
        if error["type"] == "missing":
            place = (*place, error["loc"][-1])
        elif (wrong := (node.start_mark, error["type"])) in known:
            continue  # one value that stands for several fields, such as a number for its own range
        else:
            known.add(wrong)
        problem, remedy = explained(error, model)
        yield Finding(where=_at(node, place), problem=problem, remedy=remedy)


def _is_within(place: Place, outer: Place) -> bool:
    return len(place) > len(outer) and place[: len(outer)] == outer
