"""Communes that come with the program: what they tell of an establishment, and of a region that is made anew.

An establishment takes its commune's proper name and its network of roads. Where its own coordinates are missing or lie
far from its commune, it stands at the commune's point, and its row says so.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians

from topologies.building.catalogue import REGIONS
from topologies.fields.identifiers import department_of_commune
from topologies.region import MAINLAND
from topologies.writing.tables import Cells

KM_PER_DEGREE = 111.2
FARTHEST_KM = 30.0
"""From the point of its commune: of 2,900 hospitals of the official lists outside Guyane, three lie beyond, by a slip
(59 km and more), and none of the others beyond 24 km."""
VAST = frozenset({"973"})
"""Departments whose communes are larger than that: nothing is far there."""


@dataclass(frozen=True, slots=True)
class Known:
    """A commune as the built-in regions have it."""

    cells: Cells
    """Its row."""

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return float(self.cells["latitude"]), float(self.cells["longitude"])

    @property
    def road_network(self) -> str:
        """The land that roads join."""
        return self.cells.get("road_network") or MAINLAND

    def is_far_from(self, point: tuple[float, float]) -> bool:
        """The point cannot be in it."""
        if self.department in VAST:
            return False
        (south, west), (north, east) = self.point, point
        return hypot(north - south, (east - west) * cos(radians(south))) * KM_PER_DEGREE > FARTHEST_KM

    @property
    def department(self) -> str:
        """Its department."""
        return self.cells.get("department") or department_of_commune(self.cells["code"])


def known_communes(departments: Iterable[str]) -> Mapping[str, Known]:
    """The communes of these departments, by INSEE code."""
    by_department = _built_in()
    return {
        code: commune
        for department in sorted({*departments} & by_department.keys())
        for code, commune in by_department[department].items()
    }


@cache
def _built_in() -> Mapping[str, Mapping[str, Known]]:
    """By department and code."""
    found: dict[str, dict[str, Known]] = {}
    for file in sorted(REGIONS.glob("*/communes.csv")):
        with file.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                commune = Known({name: cell for name, cell in row.items() if cell})
                if "latitude" in commune.cells:
                    found.setdefault(commune.department, {})[commune.cells["code"]] = commune
    return found


def columns_of(communes: Iterable[Known]) -> list[str]:
    """The columns that some of them fill, in the order of their tables."""
    return list(dict.fromkeys(name for commune in communes for name in commune.cells))
