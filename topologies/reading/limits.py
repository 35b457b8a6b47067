"""Limits of a YAML document, beyond which its reader would break: tags, control characters, depth, size.

Tags can ask for any Python object. libyaml makes nodes recursively in C, so that a document nested deep enough ends the
whole process. Aliases of aliases make a document of a few lines larger than any memory.
"""

from typing import cast

import yaml
from yaml.error import Mark
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent
from yaml.reader import Reader

from topologies.errors import Message

try:
    from yaml import CSafeLoader as _FastLoader
except ImportError:  # PyYAML was built without libyaml: the same documents, ten times slower
    from yaml import SafeLoader as _FastLoader  # type: ignore[assignment]

FastLoader = _FastLoader
DEEPEST = 50
LARGEST = 100_000
"""Fields, items and names of a document, with its aliases written out."""


def refuse_what_breaks_readers(text: str) -> None:
    """Raises `yaml.YAMLError` at the first thing that would break a reader, and reads no further."""
    if control := control_character(text):
        line, column = control
        mark = Mark("", 0, line - 1, column - 1, None, 0)
        raise yaml.MarkedYAMLError(
            problem=cast(str, Message("there is a control character here")), problem_mark=mark
        )
    census = _Census()
    for event in yaml.parse(text, FastLoader):
        if problem := census.count(event):
            # libyaml's own marks have the same line and column.
            mark = cast(Mark, event.start_mark)
            raise yaml.MarkedYAMLError(problem=cast(str, problem), problem_mark=mark)


def control_character(text: str) -> tuple[int, int] | None:
    """The line and column of the first character that no text holds: NUL, an escape, a bell."""
    found = Reader.NON_PRINTABLE.search(text)
    if found is None:
        return None
    before = text[: found.start()]
    return before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1


class _Census:
    """The size and depth of a document so far, with its aliases written out."""

    def __init__(self) -> None:
        self.size = 0
        self.unclosed: list[tuple[str | None, int]] = []
        """Anchors of the collections not closed yet, with the size before each."""
        self.size_of: dict[str, int] = {}

    def count(self, event: yaml.Event) -> Message | None:
        """What is wrong once this event is counted, if anything is."""
        if isinstance(event, CollectionEndEvent):
            anchor, before = self.unclosed.pop()
            self._remember(anchor, self.size - before)
        if not isinstance(event, NodeEvent):
            return None
        if tag := getattr(event, "tag", None):
            return Message("has the tag {tag}", {"tag": tag})
        if isinstance(event, AliasEvent):
            if event.anchor in {anchor for anchor, _ in self.unclosed}:
                return Message("{name} contains itself", {"name": event.anchor})
            self.size += self.size_of.get(str(event.anchor), 0)
        elif isinstance(event, CollectionStartEvent):
            self.unclosed.append((event.anchor, self.size))
        else:
            self._remember(event.anchor, 1)
        self.size += 1
        if len(self.unclosed) > DEEPEST:
            return Message("fields within fields, deeper than {most}", {"most": DEEPEST})
        return (
            Message("more fields and items than {most}", {"most": LARGEST}) if self.size > LARGEST else None
        )

    def _remember(self, anchor: str | None, size: int) -> None:
        if anchor:
            self.size_of[anchor] = size
