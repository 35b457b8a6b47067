"""Positions: the line and the column of each field of a YAML document.

PyYAML's nodes remember the line and the column on which they start; the objects made of them do not.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import pairwise
from typing import Any

from yaml.error import Mark
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from topologies.fields.shown import shortened
from topologies.reading.limits import FastLoader, refuse_what_breaks_readers

Place = tuple[int | str, ...]
"""Where a field stands: names of fields and indexes of items, from the outside in."""


NOWHERE = -1
"""The line of what stands in no file."""


class DocumentLoader(FastLoader):
    """Numbers are decimal, dates and hours are text.

    YAML 1.1 reads 010000024 as octal and 12:30 as seconds, and stops at 2024-02-30 without saying where; left as text,
    they are judged by the model's types, which say what is wrong.
    """


_FREE = {f"tag:yaml.org,2002:{kind}" for kind in ("int", "float", "timestamp", "value")}
DocumentLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _FREE]
    for first, resolvers in FastLoader.yaml_implicit_resolvers.items()
}
DocumentLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int",
    re.compile(r"^[-+]?(0|[1-9][0-9]{0,999}|[1-9][0-9]{0,2}(_[0-9]{3}){1,99})$"),
    list("-+0123456789"),
)
DocumentLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(
        r"^[-+]?((0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$|^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$"
    ),
    list("-+.0123456789"),
)


@dataclass(frozen=True)
class Parsed:
    """The content of a YAML document, its nodes, and the fields that are written twice."""

    content: Any
    root: Node | None
    twice: "list[Twice]"


@dataclass(frozen=True)
class Twice:
    """A field that a mapping holds twice."""

    place: Place
    first: Node
    second: Node


class _Named(StringIO):
    """A text that knows the file in which it is written, and its nodes with it."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.name = name


def parsed(text: str, name: str = "") -> Parsed:
    """The single YAML document of the text in a file; its root is `None` if it is empty."""
    refuse_what_breaks_readers(text)
    loader = DocumentLoader(_Named(text, name))
    try:
        root = loader.get_single_node()
        if root is None:
            return Parsed(None, None, [])
        _put_numbers_together(root)
        # Before the content is made, which copies into the nodes what `<<` merges.
        twice = list(_written_twice(root))
        return Parsed(loader.construct_document(root), root, twice)
    finally:
        loader.dispose()


def scalar_node(written: str, source: str) -> ScalarNode:
    """A value as a document would hold it, which is written in none: it stands at its source."""
    mark = Mark(source, 0, NOWHERE, NOWHERE, None, 0)
    tag = DocumentLoader("").resolve(ScalarNode, written, (True, False))  # type: ignore[no-untyped-call]
    return ScalarNode(tag, written, mark, mark)


def content_of(root: Node) -> Any:
    """What nodes hold."""
    return DocumentLoader("").construct_document(root)


def located(root: Node, place: Place) -> tuple[Node, Place]:
    """The node at a place, or the nearest one around it, and the part of the place that the document has.

    A field is where its name is. Parts that pydantic adds to a place (the tag of a union) are skipped.
    """
    node, mark, found = root, root, []
    for part in place:
        step = _step(node, part)
        if step is not None:
            mark, node = step
            found.append(part)
    return mark, tuple(found)


def dotted(place: Place) -> str:
    """A place as findings name it, such as waves.0.entry_points."""
    return ".".join(shortened(str(part)) for part in place)


def _step(node: Node, part: int | str) -> tuple[Node, Node] | None:
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in reversed(node.value) if key.value == str(part)), None)
    return None


def _written_twice(root: Node) -> Iterator[Twice]:
    for place, node in _nodes(root):
        names: dict[str, Node] = {}
        for part, name, _ in _children(node):
            if isinstance(name, ScalarNode) and names.setdefault(name.value, name) is not name:
                yield Twice((*place, part), names[name.value], name)


def _put_numbers_together(root: Node) -> None:
    """A number between braces with a decimal comma becomes the text that was written.

    In `{latitude: 48,92, capacity: 3}` YAML reads a latitude of 48 and a field named 92.
    """
    for _, node in _nodes(root):
        if isinstance(node, MappingNode) and node.flow_style:
            for (_, value), (decimals, nothing) in list(pairwise(node.value)):
                if _is_split(value, decimals, nothing):
                    value.value, value.tag = f"{value.value},{decimals.value}", "tag:yaml.org,2002:str"
                    node.value.remove((decimals, nothing))


def _is_split(value: Node, decimals: Node, nothing: Node) -> bool:
    """What is before a comma and directly after it is one number."""
    return (
        isinstance(value, ScalarNode)
        and isinstance(decimals, ScalarNode)
        and value.end_mark.index + 1 == decimals.start_mark.index
        and re.fullmatch(r"[-+]?[0-9]+,[0-9]+", f"{value.value},{decimals.value}") is not None
        and nothing.start_mark.index == nothing.end_mark.index
    )


def _nodes(root: Node) -> Iterator[tuple[Place, Node]]:
    """Every node once, with its first place."""
    seen: set[int] = set()  # an alias shows the same node again
    pending: deque[tuple[Place, Node]] = deque([((), root)])
    while pending:
        place, node = pending.popleft()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield place, node
        pending += [((*place, part), value) for part, _, value in _children(node)]


def _children(node: Node) -> Iterator[tuple[int | str, Node | None, Node]]:
    if isinstance(node, MappingNode):
        yield from ((str(key.value), key, value) for key, value in node.value)
    elif isinstance(node, SequenceNode):
        yield from ((index, None, value) for index, value in enumerate(node.value))
