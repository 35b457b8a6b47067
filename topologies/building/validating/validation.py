"""Validation: all that is wrong or doubtful about a region, at once.

An error refuses the region; a warning tells, and is looked for once nothing is wrong: of rows that cannot be read, too
little would be known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from topologies.building.assumptions import assumptions
from topologies.building.catalogue import load
from topologies.building.folders.drafts import bases_of, draft_in
from topologies.building.folders.finding import folder_of
from topologies.building.records import KEYS, Row
from topologies.building.validating.doubts import Where, doubts_of, where_it_is
from topologies.errors import BadInput, Finding, Message


class Severity(StrEnum):
    """What follows from a finding."""

    ERROR = "error"
    """The region is refused."""
    WARNING = "warning"
    """The region is used as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """What was found."""

    refused: Message | None
    """That the region cannot be used, and which folder is why."""
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()

    def findings(self) -> Iterator[tuple[Severity, Finding]]:
        """All that was found, errors first."""
        yield from ((Severity.ERROR, each) for each in self.errors)
        yield from ((Severity.WARNING, each) for each in self.warnings)


def validate(name_or_path: str | Path) -> Validation:
    """What is wrong or doubtful about the region of this name or in this folder."""
    try:
        folder = folder_of(name_or_path)
        region = load(name_or_path)
    except BadInput as refused:
        return Validation(refused=refused.message, errors=refused.findings)
    warnings = doubts_of(draft_in(folder), region, assumptions(), _where_in(folder))
    return Validation(refused=None, warnings=tuple(warnings))


def _where_in(folder: Path) -> Where:
    """Where the rows of a folder stand, those of the regions that it extends or joins too."""
    elsewhere = dict(_elsewhere(folder))

    def where(file: str, line: int, row: Row) -> str:
        prefix = elsewhere.get((file, line, *_key(file, row)), "")
        return prefix + where_it_is(file, line, row)

    return where


def _elsewhere(folder: Path) -> Iterator[tuple[tuple[object, ...], str]]:
    """The rows of the regions that a folder extends or joins, each with the name of the region in which it stands."""
    for base in bases_of(folder):
        draft = draft_in(base)
        for file in KEYS:
            rows: list[tuple[int, Row]] = getattr(draft, file.removesuffix(".csv"))
            for line, row in rows:
                yield (file, line, *_key(file, row)), f"{draft.header.name}/"
        yield from _elsewhere(base)


def _key(file: str, row: Row) -> tuple[object, ...]:
    return tuple(getattr(row, column) for column in KEYS[file])
