"""Nodes of FINESS+: objects of its JSON, asked for their fields, each of which knows where it stands.

Versions of the format spell names otherwise (`informationsGeneralesPmej`, `informationsGeneralesPMEJ`; `pm_smsseId`,
`pmSmsseId`) and give a code as it is or with its nomenclature (`"355"`, `{"code": "355", "system": …}`). Both are read.
Fields that are not asked for may be there or not; one that is asked for and has no value may be null, never absent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from topologies.errors import BadInput, Finding, Message, nearest_names
from topologies.fields.shown import shown
from topologies.reading.files import refusal
from topologies.reading.large.items import AGAIN, Item


def _folded(name: str) -> str:
    return name.replace("_", "").lower()


@dataclass(frozen=True, slots=True)
class Node:
    """An object of the document."""

    path: Path
    at: str
    """Where the item begins that it is part of: line and column."""
    place: str
    fields: Mapping[str, object]

    @classmethod
    def of(cls, path: Path, item: Item) -> "Node":
        """An item that is an object."""
        return _node(path, f"line {item.line}, column {item.column}", item.place, item.value)

    def holds(self, *names: str) -> bool:
        """It has a field of one of these names."""
        if any(name in self.fields for name in names):
            return True
        by_name = self._by_name()
        return any(_folded(name) in by_name for name in names)

    def node(self, *names: str) -> "Node | None":
        """The object in a field; `None` where it is null."""
        value = self._value(names)
        return None if value is None else _node(self.path, self.at, f"{self.place}.{names[0]}", value)

    def nodes(self, *names: str) -> Iterator["Node"]:
        """The objects of the list in a field; an object that stands there alone is the only one."""
        value = self._value(names)
        several = value if isinstance(value, list) else [] if value is None else [value]
        for at, each in enumerate(several):
            yield _node(self.path, self.at, f"{self.place}.{names[0]}[{at}]", each)

    def text(self, *names: str) -> str:
        """The text of a field, without blanks around it; empty where it is null."""
        value = self._value(names)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.malformed(value, names[0])
        return value.strip()

    def code(self, *names: str) -> str:
        """The code in a field: alone, with its nomenclature, or the only one of a list; empty where there is none."""
        value = self._value(names)
        if isinstance(value, list):
            value = value[0] if len(value) == 1 else None
        if isinstance(value, dict):
            value = value.get("code")
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.malformed(value, names[0])
        return value.strip()

    def malformed(self, value: object, name: str) -> BadInput:
        """The error that refuses what a field holds."""
        return self._refused(name, Message("is malformed: {value}", {"value": shown(value)}), AGAIN)

    def _value(self, names: tuple[str, ...]) -> object:
        """What the field holds under the first of these names that it has."""
        for name in names:
            if name in self.fields:
                return self.fields[name]
        by_name = self._by_name()
        for name in names:
            if _folded(name) in by_name:
                return by_name[_folded(name)]
        nearest = {"nearest": nearest_names(names[0], [*self.fields]) or "-"}
        remedy = Message("the format may have changed; here there is {nearest}", nearest)
        raise self._refused(names[0], Message("is missing"), remedy)

    def _by_name(self) -> dict[str, object]:
        return {_folded(name): value for name, value in self.fields.items()}

    def _refused(self, name: str, problem: Message, remedy: Message) -> BadInput:
        where = f"{self.path.name} {self.at}, {self.place}.{name}"
        return refusal(self.path, [Finding(where=where, problem=problem, remedy=remedy)])


def _node(path: Path, at: str, place: str, value: object) -> Node:
    if isinstance(value, dict):
        return Node(path, at, place, value)
    finding = Finding(
        where=f"{path.name} {at}, {place}",
        problem=Message("must have fields of its own, not be {value}", {"value": shown(value)}),
        remedy=AGAIN,
    )
    raise refusal(path, [finding])
