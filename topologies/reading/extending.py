"""Extending: a document that says `extends: NAME` states what differs from another one, and no more.

Both are put together before anything is judged, and each field still knows the file and the line where it is written:

- fields within fields are put together one by one; whatever else a document states replaces what the other has, lists
  whole;
- of a number with its source (`value`, `unit`, `low`, `high`, `source`), a new value keeps the unit only: its range is
  the value itself and its source the file, unless the document gives them; a bare number will do;
- what the other document is called is not taken over: where nothing else is said, the name is that of the file, and the
  title is the name.
"""

from collections.abc import Callable
from pathlib import Path

from yaml.nodes import MappingNode, Node, ScalarNode

from topologies.errors import Finding, Message, UnknownName
from topologies.reading.documents import Document, document_in
from topologies.reading.files import refusal
from topologies.reading.positions import content_of

EXTENDS = "extends"

Find = Callable[[str, Path], Path]
"""The file of a document by its name, or by a path in a folder; `UnknownName` where there is no such name."""

Fields = dict[str, tuple[Node, Node]]
"""The fields of a mapping, each with the node of its name and that of its value."""


def document_with_bases(path: Path, find: Find, called: str, behind: tuple[Path, ...] = ()) -> Document:
    """The document in a file, put together with the one that it extends, and with what that one extends."""
    document = document_in(path)
    base_path = named_by(document, EXTENDS, find)
    if base_path is None:
        return document
    chain = (*behind, path.resolve())
    if base_path.resolve() in chain:
        values = {"chain": " → ".join(each.name for each in (*chain, base_path))}
        problem = Message("is a circle of documents that extend one another: {chain}", values)
        remedy = Message("let one of them state all that it holds")
        raise refusal(path, [Finding(where=document.at((EXTENDS,)), problem=problem, remedy=remedy)])
    return extended(document, document_with_bases(base_path, find, called, chain), called)


def named_by(document: Document, field: str, find: Find) -> Path | None:
    """The file that a field of a document names, if it does; `BadInput` with its line when the name is unknown."""
    named = document.named(field)
    if named is None:
        return None
    try:
        return find(*named)
    except UnknownName as unknown:
        remedy = Message("correct the name, or give the path of a file, which lies where this one does")
        finding = Finding(where=document.at((field,)), problem=unknown.message, remedy=remedy)
        raise refusal(document.path, [finding]) from unknown


def extended(document: Document, base: Document, called: str) -> Document:
    """The document with all of the base that it does not replace; `called` so where it does not say how."""
    stated, inherited = fields_of(document.root), fields_of(base.root)
    mark, _ = stated.pop(EXTENDS)
    inherited.pop("name", None)
    _, title = inherited.pop("title", (mark, mark))
    _, name = stated.setdefault("name", (mark, text_node(called, mark)))
    stated.setdefault("title", (mark, _titled(name, title)))
    root = mapping_node(together(stated, inherited, document.path.name), document.root)
    twice = (*document.twice, *base.twice)
    return Document(path=document.path, root=root, content=content_of(root), twice=twice)


def together(stated: Fields, inherited: Fields, source: str) -> Fields:
    """The fields that are stated, and those inherited that they do not replace; new numbers are known from `source`."""
    both = {
        field: (name, _replaced(value, inherited[field][1], source) if field in inherited else value)
        for field, (name, value) in stated.items()
    }
    return inherited | both


def fields_of(root: MappingNode) -> Fields:
    """The fields of a mapping; of one that is written twice, the last."""
    return {str(name.value): (name, value) for name, value in root.value}


def _replaced(stated: Node, inherited: Node, source: str) -> Node:
    """What stands in place of an inherited value: itself, or the fields of both."""
    if not isinstance(inherited, MappingNode):
        return stated
    known = fields_of(inherited)
    if {"value", "unit"} <= known.keys():
        return _number(stated, known, source)
    if not isinstance(stated, MappingNode):
        return stated
    return mapping_node(together(fields_of(stated), known, source), stated)


def _number(stated: Node, known: Fields, source: str) -> Node:
    """A number in place of another: what is not said of it is its own, but for the unit and the spread of cases."""
    if isinstance(stated, ScalarNode) and not stated.tag.endswith(":null"):
        fields: Fields = {"value": (stated, stated)}
    elif isinstance(stated, MappingNode):
        fields = fields_of(stated)
    else:
        return stated
    if "value" not in fields:
        return mapping_node(known | fields, stated)
    value = fields["value"]
    kept: Fields = {field: known[field] for field in ("unit", "log_sd") if field in known}
    its_own: Fields = {"low": value, "high": value, "source": (stated, text_node(source, stated))}
    return mapping_node({**kept, **its_own, **fields}, stated)


def text_node(text: str, like: Node) -> ScalarNode:
    """A text that stands where another node does."""
    return ScalarNode("tag:yaml.org,2002:str", text, like.start_mark, like.end_mark)


def mapping_node(fields: Fields, like: Node) -> MappingNode:
    """Fields that stand where another node does; each keeps the place of its name."""
    pairs = [(text_node(field, name), value) for field, (name, value) in fields.items()]
    return MappingNode("tag:yaml.org,2002:map", pairs, like.start_mark, like.end_mark)


def _titled(name: Node, title: Node) -> Node:
    """The name as a title, in each language in which the other document has one."""
    return (
        mapping_node(dict.fromkeys(fields_of(title), (name, name)), name)
        if isinstance(title, MappingNode)
        else name
    )
