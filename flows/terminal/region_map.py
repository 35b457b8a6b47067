"""Map of a region in the terminal: people as dots, emergency sites and venues where they lie.

A sign of the terminal has eight braille dots, two by four, which are about as far apart across as down. The more people
live in a sign's place, the more dots it has. Where the screen knows no braille, `stand_ins.py` writes points.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil, cos, radians, sqrt
from typing import TYPE_CHECKING, Final

from topologies.building.records import ANYWHERE, FRANCE, Bounds
from topologies.region import Commune, Establishment, Region, Venue

if TYPE_CHECKING:
    from rich.text import Text

SITE: Final = "●"
VENUE: Final = "▲"
BLANK: Final = "\u2800"
DOTS: Final = (0x02, 0x20, 0x10, 0x04, 0x01, 0x80, 0x08, 0x40)
"""The bits of a braille sign in the order in which more people add them."""
TALL_OVER_WIDE: Final = 2.0
"""Of a sign of a terminal."""
MOST_LINES: Final = 36
STYLES: Final[Mapping[str, str]] = {VENUE: "bold yellow"}

Point = Commune | Establishment | Venue
Cell = tuple[int, int]
"""A line and a column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the map shows, and on how many lines and columns."""

    box: Bounds
    columns: int
    lines: int

    def cell_of(self, point: Point) -> Cell:
        """The sign in whose place a point lies."""
        down = (self.box.north - point.latitude) / (self.box.north - self.box.south)
        across = (point.longitude - self.box.west) / (self.box.east - self.box.west)
        return min(int(down * self.lines), self.lines - 1), min(int(across * self.columns), self.columns - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A map, and what is not on it."""

    lines: "list[Text]"
    many_people: int
    """In a sign's place, from which it has all its dots."""
    sites_elsewhere: int
    """Emergency sites of other lands: overseas, where most are on the mainland."""


def drawn(region: Region, width: int) -> Drawn:
    """The map of a region, no wider than this."""
    sites = [site for site in region.establishments.values() if site.has_emergency]
    land = _land(region.establishments.values())
    here = [site for site in sites if _holds(land, site)]
    homes = [home for home in region.communes.values() if _holds(land, home)]
    venues = [venue for venue in region.venues.values() if _holds(land, venue)]
    places = [place for place in region.establishments.values() if _holds(land, place)]
    frame = _frame([*homes, *venues, *places], width)
    people: Counter[Cell] = Counter()
    for home in homes:
        people[frame.cell_of(home)] += home.population
    many = _many(people.values())
    signs = {cell: _dots(count, many) for cell, count in people.items()}
    signs |= dict.fromkeys(map(frame.cell_of, venues), VENUE)
    for cell, count in Counter(map(frame.cell_of, here)).items():
        signs[cell] = SITE if count == 1 else str(min(count, 9))
    return Drawn(lines=list(_lines(frame, signs)), many_people=many, sites_elsewhere=len(sites) - len(here))


def _land(places: Iterable[Establishment]) -> Bounds:
    """The land on which most of the establishments are: metropolitan France, an island, or else anywhere."""
    counts = Counter(next((box for box in FRANCE if _holds(box, place)), ANYWHERE) for place in places)
    return max(counts, key=lambda box: counts[box], default=ANYWHERE)


def _holds(box: Bounds, point: Point) -> bool:
    return box.hold(point.latitude, point.longitude)


def _frame(points: list[Point], width: int) -> Frame:
    """The smallest box around the points, and as many signs as show it in its true proportions."""
    south, north = _around(point.latitude for point in points)
    west, east = _around(point.longitude for point in points)
    shape = (north - south) / ((east - west) * cos(radians((south + north) / 2))) / TALL_OVER_WIDE
    columns = max(1, min(width, int(MOST_LINES / shape)))
    lines = max(1, min(MOST_LINES, round(columns * shape)))
    box = Bounds(south=south, north=north, west=west, east=east)
    return Frame(box=box, columns=columns, lines=lines)


def _around(degrees: Iterable[float]) -> tuple[float, float]:
    """Somewhat below and somewhat above all of them."""
    some = [*degrees]
    margin = max(0.01, (max(some) - min(some)) / 100)
    return min(some) - margin, max(some) + margin


def _many(people: Iterable[int]) -> int:
    """What only one place in fifty has more of: so a capital does not make all the rest look empty."""
    ordered = sorted(people)
    return ordered[(len(ordered) * 98) // 100] if ordered else 0


def _dots(people: int, many: int) -> str:
    """A sign with one to eight dots, by the root of the people who live there; none where nobody does."""
    count = min(len(DOTS), ceil(len(DOTS) * sqrt(people / many))) if many else 0
    return chr(ord(BLANK) + sum(DOTS[:count]))


def _lines(frame: Frame, signs: Mapping[Cell, str]) -> "Iterator[Text]":
    from rich.text import Text

    for line in range(frame.lines):
        text = Text()
        for column in range(frame.columns):
            sign = signs.get((line, column), " ")
            text.append(sign if sign != BLANK else " ", _style(sign))
        text.rstrip()
        yield text


def _style(sign: str) -> str:
    return "bold red" if sign == SITE or sign.isdecimal() else STYLES.get(sign, "")
