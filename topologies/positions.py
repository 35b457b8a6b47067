"""Where does a field stand in a YAML document?

PyYAML's nodes remember the line and the column on which they start; the objects made of them do not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import yaml
from yaml.error import Mark
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from topologies.complaints import Place

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # PyYAML was built without libyaml: the same documents, ten times slower
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]


class DocumentLoader(_SafeLoader):
    """Numbers are decimal, dates and hours are text.

    YAML 1.1 reads 010000024 as an octal number, 12:30 as a count of seconds, and stops at 2024-02-30
    without saying where; left as text, the model's types judge them and say so.
    """


DEEPEST = 50

_FREE = {f"tag:yaml.org,2002:{kind}" for kind in ("int", "float", "timestamp")}
DocumentLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _FREE]
    for first, resolvers in _SafeLoader.yaml_implicit_resolvers.items()
}
DocumentLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^[-+]?(0|[1-9][0-9_]*)$"), list("-+0123456789")
)
DocumentLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(
        r"^[-+]?([0-9][0-9_]*\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$|^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$"
    ),
    list("-+.0123456789"),
)


@dataclass(frozen=True)
class Parsed:
    """What a YAML document holds, where, and the fields that it holds twice."""

    content: Any
    root: Node | None
    twice: "list[Twice]"


@dataclass(frozen=True)
class Twice:
    """A field that one mapping holds twice."""

    place: Place
    first: Node
    second: Node


def parsed(text: str) -> Parsed:
    """The one YAML document of a text; without root when it is empty."""
    _refuse_what_breaks_readers(text)
    loader = DocumentLoader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return Parsed(None, None, [])
        # Before the content is made, which copies into the nodes what `<<` merges.
        twice = list(_written_twice(root))
        return Parsed(loader.construct_document(root), root, twice)
    finally:
        loader.dispose()


def _refuse_what_breaks_readers(text: str) -> None:
    """A document has no use for tags, which can ask for any Python object, nor for deep nesting.

    PyYAML trips over tags on words that do not suit them, and libyaml makes nodes recursively in C, where a
    document that is deep enough ends the whole program.
    """
    depth = 0
    for event in yaml.parse(text, DocumentLoader):
        if tag := getattr(event, "tag", None):
            raise _refusal(f"has the tag {tag}", event)
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > DEEPEST:
            raise _refusal(f"more than {DEEPEST} levels of fields within fields", event)


def _refusal(problem: str, event: yaml.Event) -> yaml.YAMLError:
    mark = cast("Mark | None", event.start_mark)  # libyaml's own marks have the same line and column
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def located(root: Node, place: Place) -> tuple[Node, Place]:
    """The node at a place, or the nearest one that holds it, and the part of the place that the document has.

    A field of a mapping stands where its name stands. What pydantic adds to a place (the tag of a union) is
    passed over.
    """
    node, mark, found = root, root, []
    for part in place:
        step = _step(node, part)
        if step is not None:
            mark, node = step
            found.append(part)
    return mark, tuple(found)


def _step(node: Node, part: int | str) -> tuple[Node, Node] | None:
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in reversed(node.value) if key.value == str(part)), None)
    return None


def _written_twice(root: Node) -> Iterator[Twice]:
    seen: set[int] = set()  # an alias shows the same node again
    pending: list[tuple[Place, Node]] = [((), root)]
    while pending:
        place, node = pending.pop(0)
        if id(node) in seen:
            continue
        seen.add(id(node))
        names: dict[str, Node] = {}
        for part, name, value in _children(node):
            if isinstance(name, ScalarNode) and names.setdefault(name.value, name) is not name:
                yield Twice((*place, part), names[name.value], name)
            pending.append(((*place, part), value))


def _children(node: Node) -> Iterator[tuple[int | str, Node | None, Node]]:
    if isinstance(node, MappingNode):
        yield from ((str(key.value), key, value) for key, value in node.value)
    elif isinstance(node, SequenceNode):
        yield from ((index, None, value) for index, value in enumerate(node.value))


def syntax_problem(error: yaml.YAMLError) -> tuple[int | None, int | None, str]:
    """The line, the column and PyYAML's own words of a syntax error."""
    if isinstance(error, yaml.MarkedYAMLError) and (mark := error.problem_mark or error.context_mark):
        return mark.line + 1, mark.column + 1, str(error.problem or error.context)
    return None, None, str(getattr(error, "reason", error))
