"""Features: what of a region lies somewhere, as a map shows it.

Points are establishments, venues and communes; lines are the links between two of these, journeys of patients and
exchanges of mail. Services lie nowhere: what an establishment depends on stands in its properties, so that a map can be
coloured by host or by vendor.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain

from topologies.region import Region, ServiceKind

Position = tuple[float, float]
"""Longitude and latitude: maps have them in this order."""
Value = str | int | float | bool | None

HALF_TURN, TURN = 180.0, 360.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """Something on the map."""

    id: str
    lines: tuple[tuple[Position, ...], ...]
    """One position for a point; of a line, its two ends, in two lines where it crosses the 180th meridian."""
    properties: Mapping[str, Value]

    @property
    def kind(self) -> str:
        """The kind of its geometry, as RFC 7946 and GeoParquet call it."""
        if len(self.lines) > 1:
            return "MultiLineString"
        return "LineString" if len(self.lines[0]) > 1 else "Point"


def features_of(region: Region) -> Iterator[Feature]:
    """All that lies somewhere: points first, then lines."""
    uses = _uses(region)
    points: dict[str, Position] = {}
    for of, places in (
        ("establishment", region.establishments),
        ("venue", region.venues),
        ("commune", region.communes),
    ):
        for name, place in places.items():
            points[name] = at = (place.longitude, place.latitude)
            said = {key: _value(value) for key, value in asdict(place).items() if key not in NOT_SAID}
            depends = uses[name] if of == "establishment" else {}
            yield Feature(id=name, lines=((at,),), properties={"of": of, **said, **depends})
    for link in region.links:
        if link.source in points and link.target in points:
            said = {key: _value(value) for key, value in asdict(link).items()}
            yield Feature(
                id=f"{link.source} {link.target} {link.kind}",
                lines=_line(points[link.source], points[link.target]),
                properties={"of": "link", **said},
            )


NOT_SAID = frozenset({"id", "latitude", "longitude"})
"""Fields that the geometry or the identifier of a feature says."""


def _uses(region: Region) -> dict[str, dict[str, Value]]:
    """By establishment, the services of each kind that it has a link with."""
    found: dict[str, dict[ServiceKind, set[str]]] = {
        finess: {kind: set() for kind in ServiceKind} for finess in region.establishments
    }
    for link in region.links:
        for end, other in ((link.source, link.target), (link.target, link.source)):
            if end in found and other in region.services:
                found[end][region.services[other].kind].add(other)
    return {
        finess: {str(kind): ", ".join(sorted(names)) or None for kind, names in by_kind.items()}
        for finess, by_kind in found.items()
    }


def _line(start: Position, end: Position) -> tuple[tuple[Position, ...], ...]:
    """A straight line; cut in two at the 180th meridian if that is the shorter way, as RFC 7946 asks."""
    (west, south), (east, north) = start, end
    if abs(east - west) <= HALF_TURN:
        return ((start, end),)
    edge = HALF_TURN if west > 0 else -HALF_TURN
    beyond = east + TURN if west > 0 else east - TURN
    latitude = south + (north - south) * (edge - west) / (beyond - west)
    return (start, (edge, latitude)), ((-edge, latitude), end)


def bounding_box(features: list[Feature]) -> list[float]:
    """West, south, east, north of them all."""
    positions = [*chain.from_iterable(chain.from_iterable(feature.lines for feature in features))]
    longitudes, latitudes = zip(*positions, strict=True)
    return [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]


def _value(value: object) -> Value:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    return value if isinstance(value, int | float | None) else str(value)
