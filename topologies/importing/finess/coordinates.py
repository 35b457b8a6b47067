"""Coordinates of FINESS: metres in the projection of each territory, to degrees.

The stock file names the projection at the end of its column `sourcecoordet`: today `EPSG:2154 RGF93 / Lambert-93
(Métropole)`, until about 2022 `LAMBERT_93`. Saint-Pierre-et-Miquelon and Wallis-et-Futuna have no EPSG number in it.
The numbers of the older names are those of each territory's legal system.

A point that leaves its territory is a slip (columns swapped, a digit lost, the wrong projection), never moved silently.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from topologies.errors import Message

if TYPE_CHECKING:
    from pyproj import Transformer


@dataclass(frozen=True, slots=True)
class Projected:
    """A point in metres, in the projection of this EPSG number."""

    x: float
    y: float
    epsg: int


@dataclass(frozen=True, slots=True)
class Box:
    """What holds a territory, in degrees."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """The point lies in it."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


MAINLAND = Box(41.3, 51.2, -5.2, 9.7)
OVERSEAS: Mapping[str, Box] = {
    "971": Box(15.7, 18.2, -63.2, -60.9),
    "972": Box(14.3, 15.0, -61.3, -60.7),
    "973": Box(2.0, 6.0, -54.7, -51.5),
    "974": Box(-21.5, -20.8, 55.1, 55.9),
    "975": Box(46.7, 47.2, -56.5, -56.0),
    "976": Box(-13.1, -12.5, 44.9, 45.4),
    "986": Box(-14.5, -13.1, -178.3, -176.0),
}
"""The islands of Saint-Martin and Saint-Barthélemy are counted with Guadeloupe (971)."""

EPSG = re.compile(r"EPSG:([0-9]{4,5})")
BY_NAME: Mapping[str, int] = {
    "LAMBERT_93": 2154,
    "UTM_N20": 5490,
    "UTM_N21": 4467,
    "UTM_N22": 2972,
    "UTM_S38": 4471,
    "UTM_S40": 2975,
    "WGS84/UTM zone 21N": 32621,
    "WGS84/UTM zone 1S": 32701,
}
KNOWN = frozenset(BY_NAME.values())
"""EPSG numbers: Lambert-93; UTM 20N, 22N, 38S and 40S; UTM 21N in two reference systems; UTM 1S."""

LEGAL: Mapping[str, int] = {
    "971": 5490,
    "972": 5490,
    "973": 2972,
    "974": 2975,
    "975": 4467,
    "976": 4471,
    "986": 32701,
}
"""The projection of each territory overseas; that of all others is Lambert-93."""

CENTRE_OF_COMMUNE = re.compile(r",\.,")
"""In `sourcecoordet`: no score of an address, so the point of the whole commune."""


def projection_of(source: str) -> int | None:
    """The EPSG number that a `sourcecoordet` names; `None` where it names none that is known here.

    >>> projection_of("1,ATLASANTE,96,BAN,EPSG:2154 RGF93 / Lambert-93 (Métropole)")
    2154
    >>> projection_of("1,ATLASANTE,100,IGN,BD_ADRESSE,V2.2,UTM_S38")
    4471
    """
    if written := EPSG.search(source):
        return int(written[1]) if int(written[1]) in KNOWN else None
    return next((epsg for name, epsg in BY_NAME.items() if name in source), None)


def box_of(department: str) -> Box:
    """What holds a department."""
    return OVERSEAS.get(department, MAINLAND)


def legal_projection(department: str) -> int:
    """The EPSG number of a department's projection."""
    return LEGAL.get(department, 2154)


def degrees(points: Sequence[Projected]) -> list[tuple[float, float]]:
    """Latitude and longitude of each point, to five decimals (a metre)."""
    found: dict[int, tuple[float, float]] = {}
    for epsg in sorted({point.epsg for point in points}):
        those = [at for at, point in enumerate(points) if point.epsg == epsg]
        to_degrees = _to_degrees(epsg)
        longitudes, latitudes = to_degrees.transform(
            [points[at].x for at in those], [points[at].y for at in those]
        )
        found |= {
            at: (round(latitude, 5), round(longitude, 5))
            for at, latitude, longitude in zip(those, latitudes, longitudes, strict=True)
        }
    return [found[at] for at in range(len(points))]


@cache
def _to_degrees(epsg: int) -> "Transformer":
    from pyproj import Transformer  # costs its import, and only an importer needs it

    return Transformer.from_crs(epsg, 4326, always_xy=True)


def outside(department: str, latitude: float, longitude: float) -> Message | None:
    """What is wrong with a point that does not lie in its department's territory."""
    if box_of(department).holds(latitude, longitude):
        return None
    values = {"latitude": latitude, "longitude": longitude, "department": department}
    return Message("its coordinates ({latitude}, {longitude}) lie far from department {department}", values)
