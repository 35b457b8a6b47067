"""Communes: where the patients of a region live, as arrays.

Where a region says nothing of communes, each site stands for the commune around it: its patients live at its door.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NewType, Protocol, Self

import numpy as np

from simulation.engine.array_types import Floats
from topologies.region import Region

CommuneNumber = NewType("CommuneNumber", int)
"""The place of a commune among those of its region."""

EQUATOR_KM = 6378.137
"""The ellipsoid of WGS 84: its radius at the equator, and its first eccentricity squared."""
ECCENTRICITY_2 = 0.00669437999014


class Located(Protocol):
    """Anything with coordinates, in degrees of WGS 84."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


@dataclass(frozen=True, kw_only=True)
class Communes:
    """C communes, in the order of their codes; arrays of shape (C,) unless said."""

    codes: tuple[str, ...]
    """INSEE codes; FINESS numbers where sites stand for communes."""
    departments: tuple[str, ...]
    networks: tuple[str, ...]
    """The land that roads join, of each."""
    population: Floats
    points: Floats
    """In km from the centre of the earth, of shape (C, 3)."""
    are_known: bool
    """These are communes; otherwise sites stand for them."""

    @classmethod
    def of(cls, region: Region) -> Self:
        """The communes of a region, or the sites in their place."""
        known = region.communes or region.establishments
        population = [one.population for one in region.communes.values()] or [0] * len(known)
        return cls(
            codes=tuple(known),
            departments=tuple(one.department for one in known.values()),
            networks=tuple(one.road_network for one in known.values()),
            population=np.array(population, dtype=np.float64),
            points=points_of([*known.values()]),
            are_known=bool(region.communes),
        )

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def number_of(self) -> Mapping[str, CommuneNumber]:
        """Numbers by code."""
        return {code: CommuneNumber(number) for number, code in enumerate(self.codes)}

    def nearest(self, place: Located) -> CommuneNumber:
        """The commune whose point is nearest; of equals, the first."""
        apart = self.points - points_of([place])
        return CommuneNumber(int(np.einsum("ij,ij->i", apart, apart).argmin()))

    def within(self, km: float, of: Sequence[Located]) -> list[CommuneNumber]:
        """Those whose point is so near to one of the places, in a straight line."""
        near = np.zeros(len(self), dtype=np.bool_)
        for point in points_of(of):
            apart = self.points - point
            near |= np.einsum("ij,ij->i", apart, apart) <= km * km
        return [CommuneNumber(number) for number in np.flatnonzero(near).tolist()]


def points_of(places: Sequence[Located]) -> Floats:
    """Where places lie on the ellipsoid, in km from its centre, of shape (places, 3).

    The straight line between two such points is that through the earth: shorter than the way along its surface by
    eight metres in two hundred kilometres.
    """
    latitude = np.radians(np.array([place.latitude for place in places], dtype=np.float64))
    longitude = np.radians(np.array([place.longitude for place in places], dtype=np.float64))
    radius = EQUATOR_KM / np.sqrt(1.0 - ECCENTRICITY_2 * np.sin(latitude) ** 2)
    return np.stack(
        [
            radius * np.cos(latitude) * np.cos(longitude),
            radius * np.cos(latitude) * np.sin(longitude),
            radius * (1.0 - ECCENTRICITY_2) * np.sin(latitude),
        ],
        axis=1,
    )
