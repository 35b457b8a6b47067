"""Drawn map: where people, establishments and venues lie, on a plane; no outline but theirs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt
from typing import Any, Final

import numpy as np

WIDE: Final = 1000.0
MARGIN: Final = 24.0
TALLEST: Final = 1100.0
LARGEST_COMMUNE: Final = 11.0
SMALLEST_SITE: Final = 4.0
LARGEST_SITE: Final = 12.0
MIDDLE: Final = (0.2, 0.8)


@dataclass(frozen=True, slots=True)
class Spot:
    """A circle on the map, or the place of a sign."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A region on a plane that is `WIDE` units wide."""

    height: float
    people: tuple[Spot, ...]
    """Communes, of which the larger have larger dots: an area for each person."""
    ties: tuple[tuple[Spot, Spot], ...]
    """From the support establishment of a GHT to each of its members."""
    venues: Mapping[str, Spot]
    sites: Mapping[str, Spot]
    """By FINESS; those of one network of roads, where an island would shrink all others."""

    @property
    def centre(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of a box that holds the middle of the establishments across and down."""
        across, down = (
            np.quantile(values, MIDDLE)
            for values in ([spot.x for spot in self.sites.values()], [spot.y for spot in self.sites.values()])
        )
        wide, high = (max(float(high - low), 40.0) * 1.2 for low, high in (across, down))
        x, y = float(across.mean()) - wide / 2, float(down.mean()) - high / 2
        return round(x, 1), round(y, 1), round(wide, 1), round(high, 1)


def drawn_map(region: Mapping[str, Any]) -> DrawnMap:
    """The region as its inputs tell it."""
    main = _main_network(region["establishments"].values())

    def here(some: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
        return {key: one for key, one in some.items() if one["road_network"] == main}

    sites, venues, communes = here(region["establishments"]), here(region["venues"]), here(region["communes"])
    plane = _Plane([*sites.values(), *venues.values(), *communes.values()])
    most_people = max((one["population"] for one in communes.values()), default=1) or 1
    most_beds = max((one["beds"] for one in sites.values()), default=1) or 1
    placed = {
        finess: plane.spot(one, max(SMALLEST_SITE, LARGEST_SITE * sqrt(one["beds"] / most_beds)))
        for finess, one in sites.items()
    }
    return DrawnMap(
        height=plane.height,
        people=tuple(
            plane.spot(one, LARGEST_COMMUNE * sqrt(one["population"] / most_people))
            for one in communes.values()
        ),
        ties=tuple(_ties(sites, placed)),
        venues={key: plane.spot(one, 5.0) for key, one in venues.items()},
        sites=placed,
    )


def _main_network(sites: Iterable[Mapping[str, Any]]) -> str | None:
    """The roads on which most establishments lie."""
    counts = Counter(one["road_network"] for one in sites)
    return counts.most_common(1)[0][0] if counts else None


def _ties(sites: Mapping[str, Mapping[str, Any]], placed: Mapping[str, Spot]) -> Iterator[tuple[Spot, Spot]]:
    supports = {one["ght"]: finess for finess, one in sites.items() if one["support"] and one["ght"]}
    for finess, one in sites.items():
        if one["ght"] in supports and supports[one["ght"]] != finess:
            yield placed[supports[one["ght"]]], placed[finess]


class _Plane:
    """Degrees on a plane: a degree of longitude is as short as in the middle of the region."""

    def __init__(self, points: Sequence[Mapping[str, Any]]) -> None:
        latitudes = [one["latitude"] for one in points] or [0.0]
        longitudes = [one["longitude"] for one in points] or [0.0]
        self._north, self._west = max(latitudes), min(longitudes)
        self._narrow = cos(radians((self._north + min(latitudes)) / 2))
        across = (max(longitudes) - self._west) * self._narrow or 0.01
        down = self._north - min(latitudes) or 0.01
        inside = WIDE - 2 * MARGIN
        self._scale = min(inside / across, (TALLEST - 2 * MARGIN) / down)
        self._left = MARGIN + (inside - across * self._scale) / 2
        self.height = round(down * self._scale + 2 * MARGIN, 1)

    def spot(self, one: Mapping[str, Any], radius: float) -> Spot:
        """Where it lies."""
        across = (one["longitude"] - self._west) * self._narrow * self._scale
        down = (self._north - one["latitude"]) * self._scale
        return Spot(round(self._left + across, 1), round(MARGIN + down, 1), round(max(radius, 0.4), 1))
