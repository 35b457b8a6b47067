"""Neighbours: the sites nearest to each place, found without measuring the way to every other.

Sites are sorted into the cubes of a grid around the earth's centre; only those in the cubes around a place are
measured, on the ellipsoid, and one looks twice as far around where they are too few. Distances are rounded to the
metre, so that all machines agree; equal ones are in the order of names.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import cos, floor, inf, radians, sin
from typing import NamedTuple, Protocol

EARTH_KM = 6_371.0
FIRST_KM = 25.0
"""How far one looks first."""
FARTHEST_KM = 5_000.0
"""Beyond, all sites are measured."""
MARGIN = 1.01
"""Ways on the ellipsoid differ from those on the sphere by 0.6 % at most."""
AROUND = tuple(product((-1, 0, 1), repeat=3))

Point = tuple[float, float, float]
"""In km from the earth's centre."""


class Place(Protocol):
    """Anything with coordinates, in degrees of WGS 84."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


class Way(NamedTuple):
    """A way to a site, in a straight line; ways sort by length, then by name."""

    km: float
    site: str


def nearest_first(
    origins: Mapping[str, Place],
    sites: Mapping[str, Place],
    *,
    most: int | None = None,
    within_km: float = inf,
) -> dict[str, list[Way]]:
    """For each origin, its sites, nearest first: all, or as many at most, or those within a distance.

    A site is not among its own.
    """
    most = len(sites) if most is None else most
    ways: dict[str, list[Way]] = {origin: [] for origin in origins}
    lacking = list(origins)
    km = FIRST_KM if most < len(sites) else within_km
    while lacking:
        km = min(km, within_km) if km <= FARTHEST_KM else within_km
        found = _ways_within(km, {origin: origins[origin] for origin in lacking}, sites)
        ways |= {origin: sorted(near)[:most] for origin, near in found.items()}
        lacking = [
            origin
            for origin in lacking
            if km < within_km and len(ways[origin]) < min(most, len(sites) - (origin in sites))
        ]
        km *= 2
    return ways


def _ways_within(km: float, origins: Mapping[str, Place], sites: Mapping[str, Place]) -> dict[str, list[Way]]:
    """The ways no longer than this, in no order."""
    pairs = [(origin, site) for origin, site in _pairs_within(km * MARGIN, origins, sites) if origin != site]
    ways: dict[str, list[Way]] = {origin: [] for origin in origins}
    for (origin, site), metres in zip(pairs, _metres(pairs, origins, sites), strict=True):
        if metres <= 1000 * km:
            ways[origin].append(Way(metres / 1000, site))
    return ways


def _pairs_within(
    km: float, origins: Mapping[str, Place], sites: Mapping[str, Place]
) -> Iterator[tuple[str, str]]:
    """Each origin with the sites so near on the sphere."""
    if km > FARTHEST_KM:
        yield from product(origins, sites)
        return
    cubes: dict[tuple[int, int, int], list[tuple[Point, str]]] = {}
    for site, place in sites.items():
        x, y, z = point = _point(place)
        cubes.setdefault((floor(x / km), floor(y / km), floor(z / km)), []).append((point, site))
    for origin, place in origins.items():
        x, y, z = _point(place)
        i, j, k = floor(x / km), floor(y / km), floor(z / km)
        for di, dj, dk in AROUND:
            for (sx, sy, sz), site in cubes.get((i + di, j + dj, k + dk), ()):
                if (sx - x) ** 2 + (sy - y) ** 2 + (sz - z) ** 2 <= km * km:
                    yield origin, site


def _point(place: Place) -> Point:
    latitude, longitude = radians(place.latitude), radians(place.longitude)
    around = EARTH_KM * cos(latitude)
    return around * cos(longitude), around * sin(longitude), EARTH_KM * sin(latitude)


def _metres(
    pairs: list[tuple[str, str]], origins: Mapping[str, Place], sites: Mapping[str, Place]
) -> Iterable[int]:
    """The length of the shortest line between each pair on the ellipsoid, to the metre."""
    from pyproj import Geod  # costs its import, and nothing but a load needs it

    _, _, metres = Geod(ellps="WGS84").inv(
        [origins[origin].longitude for origin, _ in pairs],
        [origins[origin].latitude for origin, _ in pairs],
        [sites[site].longitude for _, site in pairs],
        [sites[site].latitude for _, site in pairs],
    )
    return map(round, metres)
