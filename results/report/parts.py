"""Parts: what a page is made of. All words are here; the template knows how each part looks, and no word."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from results.report.charts.drawn_map import DrawnMap


class Tone(StrEnum):
    """The colour of a verdict; its word says the same."""

    GOOD = "good"
    BAD = "bad"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Sentences, a paragraph each."""

    kind: ClassVar[str] = "prose"
    sentences: tuple[str, ...]
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Sentences under a heading, a point each."""

    kind: ClassVar[str] = "listed"
    heading: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """Verdicts side by side."""

    kind: ClassVar[str] = "verdicts"
    cards: tuple["Card", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A verdict in a few words, and the sentences behind it."""

    word: str
    tone: Tone
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of words: the first cell of each is its heading; a row of one cell heads those that follow."""

    kind: ClassVar[str] = "table"
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    worded: frozenset[int] = frozenset()
    """Columns of words, which are written from the left; numbers are from the right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A figure, what it shows in words, and the table behind it."""

    kind: ClassVar[str] = "chart"
    name: str
    title: str
    seen: str
    """What a reader who does not see it should know."""
    drawn: Mapping[str, Any]
    """Its specification for Vega-Lite."""
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """Figures side by side, with what their colours mean."""

    kind: ClassVar[str] = "charts"
    key: tuple[tuple[str, str], ...]
    """A class of the style sheet, and what it stands for."""
    charts: tuple[Chart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What led to what, one step after the other: when, where, what."""

    kind: ClassVar[str] = "steps"
    heading: str
    sentences: tuple[str, ...]
    steps: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A map that tells a crisis hour by hour, and the tables behind it."""

    kind: ClassVar[str] = "map"
    seen: tuple[str, ...]
    """What a reader who does not see it should know of each crisis, first of that which is shown."""
    drawn: DrawnMap
    names: Mapping[str, str]
    """Of the establishments on it."""
    venues: Mapping[str, str]
    states: Mapping[str, tuple[str, str]]
    """What each establishment is at first: its systems, and its doors."""
    key: tuple[tuple[str, str], ...]
    data: Mapping[str, Any]
    """All changes, for the script."""
    crises: tuple[str, ...]
    peak_h: int
    """The hour that is shown at first."""
    horizon_h: int
    words: Mapping[str, str]
    tables: tuple[Table, ...]


Part = Prose | Listed | Verdicts | Table | Charts | Steps | Mapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the page with a title of its own."""

    anchor: str
    title: str
    parts: tuple[Part, ...]
