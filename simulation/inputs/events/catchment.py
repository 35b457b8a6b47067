"""Catchment: the emergency sites nearest to a place, where its patients go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from simulation.inputs.events.event import Session
from simulation.inputs.events.somewhere import Somewhere
from topologies.building.assumptions import Assumptions
from topologies.building.deriving.neighbours import nearest_first
from topologies.building.roads import journey_min
from topologies.region import Establishment, LinkKind, Region


@dataclass(frozen=True, slots=True)
class Near:
    """An emergency site, and the journey to it."""

    finess: str
    minutes: float


@dataclass(frozen=True, slots=True)
class Point:
    """A place by its coordinates, in degrees of WGS 84."""

    latitude: float
    longitude: float


def emergency_sites(region: Region) -> dict[str, Establishment]:
    """The sites that receive emergency patients, as far as their visits are known."""
    return {
        finess: site
        for finess, site in region.establishments.items()
        if site.has_emergency and site.ed_visits_per_year
    }


K = TypeVar("K")


def nearest_sites(
    region: Region, places: Mapping[K, Somewhere], assumed: Assumptions
) -> dict[K, tuple[Near, ...]]:
    """The few sites nearest to each place, nearest first; none where all are beyond the travel bound.

    A site that could hardly hospitalise anybody is sent nobody. A venue of the region has its transfer links; the way
    from any other place is reckoned as a region's are.
    """
    every = emergency_sites(region)
    sites = {finess: site for finess, site in every.items() if not site.sees_beyond_its_beds}
    found = {name: _linked(region, place, sites) for name, place in places.items()}
    unlinked = [name for name, near in found.items() if not near]
    points = {f"place {number}": point_of(region, places[name]) for number, name in enumerate(unlinked)}
    if unlinked and sites:
        for name, ways in zip(unlinked, nearest_first(points, sites).values(), strict=True):
            found[name] = _reckoned(ways, assumed)
    return found


def sites_around(region: Region, place: Somewhere, within_km: float) -> list[str]:
    """The emergency sites so near to a place, in a straight line."""
    sites = emergency_sites(region)
    if not sites:
        return []
    ways = nearest_first({place.venue: point_of(region, place)}, sites, within_km=within_km)[place.venue]
    return [way.site for way in ways]


def point_of(region: Region, place: Somewhere) -> Point:
    """Where a place lies; a venue of the region must be known to it."""
    if place.latitude is not None and place.longitude is not None:
        return Point(place.latitude, place.longitude)
    venue = region.venues[place.venue]
    return Point(venue.latitude, venue.longitude)


def capacity_of(region: Region, session: Session) -> int | None:
    """How many a session's venue holds: what the session says, else what the region says."""
    if session.capacity is not None or not session.of_region:
        return session.capacity
    return region.venues[session.venue].capacity


def _linked(region: Region, place: Somewhere, sites: Mapping[str, Establishment]) -> tuple[Near, ...]:
    ways = [
        (link.minutes, link.target)
        for link in region.links_from(place.venue)
        if link.kind is LinkKind.TRANSFER and link.minutes is not None and link.target in sites
    ]
    return tuple(Near(finess, minutes) for minutes, finess in sorted(ways))


def _reckoned(ways: Sequence[tuple[float, str]], assumed: Assumptions) -> tuple[Near, ...]:
    few = [Near(site, journey_min(km, assumed)) for km, site in ways[: round(assumed.venue_neighbours.value)]]
    return tuple(near for near in few if near.minutes <= assumed.travel_bound_min.value)
