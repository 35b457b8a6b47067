"""Travel times by road, without a road map.

A way is the shortest line on the ellipsoid, lengthened by a usual detour, driven slowly in streets first and faster
beyond. Distances are rounded to the metre and times to a tenth of a minute, so that all machines agree.
"""

from collections.abc import Mapping
from typing import Protocol

from topologies.building.assumptions import Assumptions


class Place(Protocol):
    """Anything with coordinates, in degrees of WGS 84."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


def nearest_first(
    origins: Mapping[str, Place], sites: Mapping[str, Place]
) -> dict[str, list[tuple[float, str]]]:
    """For each origin, every site with its distance in a straight line, in km, nearest first.

    Equal distances are in the order of names; a site is not among its own.
    """
    from pyproj import Geod  # costs its import, and nothing but a load needs it

    pairs = [(origin, site) for origin in origins for site in sites if site != origin]
    _, _, metres = Geod(ellps="WGS84").inv(
        [origins[origin].longitude for origin, _ in pairs],
        [origins[origin].latitude for origin, _ in pairs],
        [sites[site].longitude for _, site in pairs],
        [sites[site].latitude for _, site in pairs],
    )
    ways: dict[str, list[tuple[float, str]]] = {origin: [] for origin in origins}
    for (origin, site), metre in zip(pairs, metres, strict=True):
        ways[origin].append((round(metre) / 1000, site))
    return {origin: sorted(found) for origin, found in ways.items()}


def journey_min(distance_km: float, assumed: Assumptions) -> float:
    """Minutes by road for a distance in a straight line."""
    road_km = distance_km * assumed.detour.value
    slow_km = min(road_km, assumed.slow_road_km.value)
    driving_h = slow_km / assumed.slow_speed_km_h.value + (road_km - slow_km) / assumed.fast_speed_km_h.value
    return round(max(assumed.shortest_transfer_min.value, 60 * driving_h), 1)
