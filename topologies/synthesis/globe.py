"""Globe: where the copies of regions lie, turned and mirrored at random, too far apart for an ambulance.

A copy is moved as a whole on the sphere, so that all distances in it stay as they were; then each place is shaken.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, degrees, pi, radians, sqrt

from topologies.building.deriving.sphere import EARTH_KM, Point, beyond, way

FARTHEST_NORTH = 60.0
"""Degrees of latitude up to which copies lie, north and south."""
SHAKEN_KM = 3.0
"""How far a place may lie from where its model would: an assumption of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How the copy of a region is moved."""

    start: Point
    """The middle of the region."""
    end: Point
    """The middle of the copy."""
    turned: float
    """By how much it is turned, in radians."""
    mirrored: float
    """-1 or 1."""

    def of(self, place: Point, *, shaken: Point) -> Point:
        """Where a place of the region lies in the copy; two numbers in [0, 1) say how it is shaken."""
        km, bearing = way(self.start, place)
        moved = beyond(self.end, km, self.mirrored * bearing + self.turned)
        far, where = shaken
        latitude, longitude = beyond(moved, SHAKEN_KM * sqrt(far), 2 * pi * where)
        return round(latitude, 5), round(longitude, 5)


def slots(apart_km: float) -> Iterator[Point]:
    """The middles of copies, all at least so far apart: from the Gulf of Guinea eastwards, row by row."""
    step = degrees(apart_km / EARTH_KM)
    for row in range(int(FARTHEST_NORTH / step) + 1):
        for latitude in (row * step, -row * step) if row else (0.0,):
            columns = int(360.0 * cos(radians(latitude)) / step)
            for column in range(columns):
                yield latitude, (360.0 * column / columns + 180.0) % 360.0 - 180.0
