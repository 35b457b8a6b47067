"""Settings: levers given on the command line in place of a posture's, as if its file had said so."""

import re
from collections.abc import Sequence
from dataclasses import replace

from yaml.nodes import MappingNode, Node, ScalarNode

from topologies.errors import BadInput, Finding, Message
from topologies.fields.identifiers import LONGEST_SLUG
from topologies.fields.shown import shortened
from topologies.reading.documents import Document
from topologies.reading.extending import Fields, fields_of, mapping_node, text_node, together
from topologies.reading.positions import content_of, scalar_node

OPTION = "--set"
A_SETTING = re.compile(r"\s*([^=\s]+?)\s*=\s*(\S.*?)\s*")
FIELDS = ("levers", "establishments", "responders", "regional_cell")
"""Of a posture, those that can be set; a name that begins with none of them is a lever."""


def with_settings(posture: Document, settings: Sequence[str]) -> Document:
    """The posture with these levers, each as `backups=0.9`, and with a name and a title that say so.

    The source of a lever is then its setting, and its range the value. What is no lever stands with its field:
    `responders.teams.regional=3`, `establishments.750100125.backups=0.9`.
    """
    for setting in settings:
        posture = _with_setting(posture, setting)
    return posture


def _with_setting(posture: Document, setting: str) -> Document:
    written = A_SETTING.fullmatch(setting)
    if written is None:
        finding = Finding(
            where=f"{OPTION} {shortened(setting)}",
            problem=Message("is no name and value"),
            remedy=Message("write {option} backups=0.9", {"option": OPTION}),
        )
        raise BadInput(Message("{option} cannot be used as it is", {"option": OPTION}), [finding])
    source = f"{OPTION} {written[1]}={written[2]}"
    value = scalar_node(written[2], source)
    place = written[1].split(".")
    place = place if place[0] in FIELDS else ["levers", *place]
    stated = _called(posture, source, value) | fields_of(_within(place, _sourced(posture, place, value)))
    root = mapping_node(together(stated, fields_of(posture.root), source), posture.root)
    return replace(posture, root=root, content=content_of(root))


def _sourced(posture: Document, place: list[str], value: Node) -> Fields:
    """The last field of the place; the levers of an establishment have one source, to which the setting is added."""
    fields = {place[-1]: (value, value)}
    if place[0] != "establishments":
        return fields
    known = _text_at(posture.root, [*place[:-1], "source"])
    source = "; ".join([*([known] if known else []), value.start_mark.name])
    return fields | {"source": (value, text_node(source, value))}


def _within(place: list[str], fields: Fields) -> MappingNode:
    """The fields inside those that lead to them."""
    (_, node), *_others = fields.values()
    for field in reversed(place[:-1]):
        fields = {field: (node, mapping_node(fields, node))}
    return mapping_node(fields, node)


def _called(posture: Document, source: str, value: Node) -> Fields:
    """The posture's name and title, with the setting in both."""
    fields: Fields = {}
    if name := _text_at(posture.root, ["name"]):
        setting = re.sub("[^a-z0-9]+", "-", source.removeprefix(OPTION).lower()).strip("-")
        fields["name"] = (value, text_node(f"{name}-{setting}"[:LONGEST_SLUG].rstrip("-"), value))
    titles: Fields = {
        language: (value, text_node(f"{title}, {source}", value))
        for language in ("fr", "en")
        if (title := _text_at(posture.root, ["title", language]))
    }
    return fields | ({"title": (value, mapping_node(titles, value))} if titles else {})


def _text_at(root: Node, place: Sequence[str]) -> str | None:
    """The text in a field, if there is one."""
    node = root
    for field in place:
        fields = fields_of(node) if isinstance(node, MappingNode) else {}
        if field not in fields:
            return None
        _, node = fields[field]
    return node.value if isinstance(node, ScalarNode) else None
