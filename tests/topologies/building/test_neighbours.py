"""Neighbours: the index finds what measuring all pairs would find."""

from dataclasses import dataclass

import numpy as np
import pytest

from topologies.building.deriving.neighbours import Way, nearest_first


@dataclass(frozen=True)
class Point:
    latitude: float
    longitude: float


def scattered(count: int, seed: int, spread: float) -> dict[str, Point]:
    rng = np.random.default_rng(seed)
    points = 47.0 + spread * rng.normal(size=count), 2.5 + spread * rng.normal(size=count)
    return {
        f"{number:03}": Point(float(x), float(y)) for number, (x, y) in enumerate(zip(*points, strict=True))
    }


@pytest.mark.parametrize("spread", [0.0, 0.05, 2.0, 12.0])
def test_the_nearest_sites_are_those_of_all_pairs(spread: float) -> None:
    sites = scattered(40, 1, spread)
    origins = {**sites, **{f"home {name}": place for name, place in scattered(20, 2, spread).items()}}
    every = nearest_first(origins, sites)
    assert all(len(ways) == len(sites) - (origin in sites) for origin, ways in every.items())
    for most, within_km in ((3, 1e9), (7, 150.0), (40, 60.0)):
        few = nearest_first(origins, sites, most=most, within_km=within_km)
        assert few == {
            origin: [way for way in ways if way.km <= within_km][:most] for origin, ways in every.items()
        }


def test_a_way_is_that_of_the_ellipsoid_to_the_metre() -> None:
    """A degree of latitude at the equator of WGS 84 is 110.574 km long, and one of longitude 111.319 km."""
    around = {"east": Point(0.0, 1.0), "north": Point(1.0, 0.0)}
    assert nearest_first({"here": Point(0.0, 0.0)}, around)["here"] == [
        Way(110.574, "north"),
        Way(111.319, "east"),
    ]


def test_where_there_is_no_site_there_is_no_way() -> None:
    assert nearest_first({"a": Point(1.0, 1.0)}, {}) == {"a": []}
    assert nearest_first({}, {"a": Point(1.0, 1.0)}) == {}
