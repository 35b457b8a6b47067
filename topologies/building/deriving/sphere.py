"""Sphere: how far apart two places are, and where a way leads.

To 0.3 % of what the ellipsoid says, which is enough for what is moved or drawn.
"""

from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_KM = 6_371.0

Point = tuple[float, float]
"""Latitude and longitude, in degrees."""


def way(start: Point, end: Point) -> tuple[float, float]:
    """The length of the shortest line on the sphere, and its bearing in radians.

    >>> km, bearing = way((0.0, 0.0), (0.0, 1.0))
    >>> round(km), round(degrees(bearing))
    (111, 90)
    """
    (south, west), (north, east) = map(_in_radians, (start, end))
    along = east - west
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(along / 2) ** 2
    bearing = atan2(sin(along) * cos(north), cos(south) * sin(north) - sin(south) * cos(north) * cos(along))
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half))), bearing


def beyond(start: Point, km: float, bearing: float) -> Point:
    """The place at this distance, in this direction."""
    latitude, longitude = _in_radians(start)
    arc = km / EARTH_KM
    north = asin(sin(latitude) * cos(arc) + cos(latitude) * sin(arc) * cos(bearing))
    along = atan2(sin(bearing) * sin(arc) * cos(latitude), cos(arc) - sin(latitude) * sin(north))
    return degrees(north), (degrees(longitude + along) + 180.0) % 360.0 - 180.0


def _in_radians(place: Point) -> Point:
    latitude, longitude = place
    return radians(latitude), radians(longitude)
