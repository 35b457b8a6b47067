"""Neighbours: the sites nearest to each place, found without measuring the way to every other.

Sites are sorted into the cubes of a grid around the earth's centre; only those in the cubes around a place are
measured, on the ellipsoid, and one looks twice as far around where they are too few. Distances are rounded to the
metre, so that all machines agree; equal ones are in the order of names.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import cos, floor, inf, radians, sin
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Floats = NDArray[np.float64]

EARTH_KM = 6_371.0
FIRST_KM = 25.0
"""How far one looks first, or less where sites are dense."""
LEAST_KM = 0.1
FARTHEST_KM = 5_000.0
"""Beyond, all sites are measured."""
MARGIN = 1.01
"""Ways on the ellipsoid differ from those on the sphere by 0.6 % at most."""
AROUND = tuple(product((-1, 0, 1), repeat=3))

Cube = tuple[int, int, int]
"""In the grid, by its number along each axis."""


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
    lacking, ordered = list(origins), sorted(sites)
    places = [sites[site] for site in ordered]
    km = _first_km(places, most) if most < len(sites) else within_km
    while lacking and ordered:
        km = min(km, within_km) if km <= FARTHEST_KM else within_km
        ways |= _ways_within(km, {origin: origins[origin] for origin in lacking}, ordered, places, most)
        lacking = [
            origin
            for origin in lacking
            if km < within_km and len(ways[origin]) < min(most, len(sites) - (origin in sites))
        ]
        km *= 2
    return ways


def _first_km(sites: Sequence[Place], most: int) -> float:
    """So far that no cube holds many more sites than are asked for."""
    km, points = FIRST_KM, _points(sites)
    while km > LEAST_KM and max(map(len, _cubes(points, km).values())) > 4 * most:
        km /= 2
    return km


def _ways_within(
    km: float, origins: Mapping[str, Place], sites: Sequence[str], places: Sequence[Place], most: int
) -> dict[str, list[Way]]:
    """The shortest ways no longer than this, so many at most; sites are in the order of their names."""
    import numpy as np

    names, starts = list(origins), list(origins.values())
    origin, site = _pairs_within(km * MARGIN, starts, places)
    metres = _metres(origin, site, starts, places)
    number = {name: at for at, name in enumerate(sites)}
    itself = np.array([number.get(name, -1) for name in names])
    kept = (metres <= 1000 * km) & (site != itself[origin])
    origin, site, metres = origin[kept], site[kept], metres[kept]
    order = np.lexsort((site, metres, origin))
    ways: dict[str, list[Way]] = {name: [] for name in names}
    for at, to, length in zip(
        origin[order].tolist(), site[order].tolist(), metres[order].tolist(), strict=True
    ):
        if len(found := ways[names[at]]) < most:
            found.append(Way(length / 1000, sites[to]))
    return ways


def _pairs_within(km: float, starts: Sequence[Place], places: Sequence[Place]) -> tuple["Numbers", "Numbers"]:
    """The numbers of each origin and of the sites so near to it on the sphere, both of shape (pairs,)."""
    import numpy as np

    if km > FARTHEST_KM:
        both = np.indices((len(starts), len(places))).reshape(2, -1)
        return both[0], both[1]
    here, there = _points(starts), _points(places)
    sites_in, found = _cubes(there, km), [np.empty((2, 0), dtype=np.int64)]
    for cube, origins in _cubes(here, km).items():
        near = [at for each in _around(cube) for at in sites_in.get(each, ())]
        apart = here[origins][:, None, :] - there[near][None, :, :]
        pairs = np.argwhere(np.einsum("ijk,ijk->ij", apart, apart) <= km * km)
        found.append(np.stack([np.array(origins)[pairs[:, 0]], np.array(near, dtype=np.int64)[pairs[:, 1]]]))
    origin, site = np.concatenate(found, axis=1)
    return origin, site


def _points(places: Sequence[Place]) -> "Floats":
    """In km from the earth's centre, of shape (places, 3)."""
    import numpy as np

    points = np.empty((len(places), 3))
    for at, place in enumerate(places):
        latitude, longitude = radians(place.latitude), radians(place.longitude)
        around = EARTH_KM * cos(latitude)
        points[at] = around * cos(longitude), around * sin(longitude), EARTH_KM * sin(latitude)
    return points


def _cubes(points: "Floats", km: float) -> dict[Cube, list[int]]:
    """The points in each cube of a grid, by their numbers."""
    cubes: dict[Cube, list[int]] = {}
    for at, (x, y, z) in enumerate(points.tolist()):
        cubes.setdefault((floor(x / km), floor(y / km), floor(z / km)), []).append(at)
    return cubes


def _around(cube: Cube) -> Iterator[Cube]:
    i, j, k = cube
    return ((i + di, j + dj, k + dk) for di, dj, dk in AROUND)


def _metres(origin: "Numbers", site: "Numbers", starts: Sequence[Place], places: Sequence[Place]) -> "Floats":
    """The length of the shortest line between each pair on the ellipsoid, to the metre, of shape (pairs,)."""
    import numpy as np
    from pyproj import Geod  # costs its import, and nothing but a load needs it

    here = np.array([(place.longitude, place.latitude) for place in starts]).reshape(-1, 2)
    there = np.array([(place.longitude, place.latitude) for place in places]).reshape(-1, 2)
    _, _, metres = Geod(ellps="WGS84").inv(*here[origin].T, *there[site].T)
    rounded: Floats = np.rint(metres)
    return rounded
