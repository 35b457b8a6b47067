"""Report of an import: what was read, taken, completed and left out, and why."""

from collections import Counter
from dataclasses import dataclass, field

from topologies.errors import Message
from topologies.region import Category


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An establishment that was meant to be taken and was not: it goes to `dropped.csv`, for a person to look at."""

    where: str
    finess: str
    name: str
    commune: str
    department: str
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """Rows of one kind that a source lists and a region does not hold, for one reason."""

    kind: str
    """The kind in the source's own words: code and title."""
    reason: Message
    count: int


@dataclass(slots=True, kw_only=True)
class Report:
    """What becomes of the rows of one or several sources."""

    sources: list[str] = field(default_factory=list)
    """What was read, each with its day."""
    read: int = 0
    """Establishments listed by the sources."""
    elsewhere: int = 0
    """Those in departments that were not asked for."""
    taken: Counter[Category] = field(default_factory=Counter)
    """Establishments that were not in the region before."""
    completed: Counter[str] = field(default_factory=Counter)
    """Cells that were empty, by column."""
    kept: Counter[str] = field(default_factory=Counter)
    """Cells about which a source says otherwise and that stay as they are, by column."""
    passed: list[Passed] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    """What is odd about the files and was borne."""
