"""Copies: a built-in region made anew under fictitious names, in another place, with numbers of others like it.

What stays is what makes its statistics: how places lie to one another, of which category each hospital is, who is in
which GHT, how many people live around.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

from pydantic import BaseModel

from topologies.building.deriving.draws import uniform
from topologies.building.deriving.sphere import Point
from topologies.building.deriving.undeclared import category_of
from topologies.building.fictitious import CALLED
from topologies.building.records import CommuneRow, Draft, EstablishmentRow, JourneyRow, LinkRow
from topologies.fields.identifiers import FICTITIOUS, FICTITIOUS_FINESS
from topologies.region import MAINLAND, Basis
from topologies.synthesis.donors import Donors
from topologies.synthesis.globe import Move

SOURCE = "synthèse"

W = TypeVar("W", LinkRow, JourneyRow)


class Numbered(dict[str, str]):
    """Fictitious names, numbered in the order in which they are asked for, by what they stand for."""

    def __init__(self, pattern: str, numbers: Iterator[int]) -> None:
        super().__init__()
        self._pattern, self._numbers = pattern, numbers

    def __missing__(self, real: str) -> str:
        return self.setdefault(real, self._pattern.format(next(self._numbers)))


@dataclass(frozen=True, kw_only=True)
class Register:
    """What numbers a synthesis has given out: each name stands once in all its copies."""

    hospitals: Iterator[int] = field(default_factory=lambda: count(1))
    departments: Iterator[int] = field(default_factory=lambda: count(1))
    communes: Iterator[int] = field(default_factory=lambda: count(1))
    ghts: Iterator[int] = field(default_factory=lambda: count(1))
    islands: Iterator[int] = field(default_factory=lambda: count(1))


class Copy:
    """The rows of one copy."""

    def __init__(self, model: Draft, register: Register, move: Move, donors: Donors, seed: int) -> None:
        self._move, self._donors, self._seed = move, donors, seed
        self._hospitals = Numbered(FICTITIOUS_FINESS + "{:07}", register.hospitals)
        self._departments = Numbered(FICTITIOUS + "{:04}", register.departments)
        self._communes = Numbered("Commune {}", register.communes)
        self._ghts = Numbered("GHT {}", register.ghts)
        self._islands = Numbered("ile-{}", register.islands)
        self._in_department: dict[str, Iterator[int]] = defaultdict(lambda: count(1))
        self._codes: dict[str, str] = {}
        self.communes = [self._commune(row) for _, row in model.communes]
        self.establishments = [self._establishment(row) for _, row in model.establishments]
        self.links = [*self._between(model.links, self._hospitals)]
        self.journeys = [*self._between(model.journeys, self._codes | self._hospitals)]

    @property
    def tables(self) -> dict[str, Sequence[BaseModel]]:
        """The rows by the files that hold them."""
        return {
            "establishments.csv": self.establishments,
            "communes.csv": self.communes,
            "links.csv": self.links,
            "journeys.csv": self.journeys,
        }

    def _establishment(self, model: EstablishmentRow) -> EstablishmentRow:
        finess = self._hospitals[model.finess]
        latitude, longitude = self._place((model.latitude, model.longitude), finess)
        return model.model_copy(
            update={
                **self._donors.numbers_like(model, uniform(self._seed, "numbers", finess)),
                "finess": finess,
                "name": f"{CALLED[category_of(model)]} {int(finess)}",
                "commune": self._communes[model.commune or model.name],
                "department": self._departments[model.department],
                "latitude": latitude,
                "longitude": longitude,
                "ght": self._ghts[model.ght] if model.ght else None,
                "ght_basis": Basis.ASSUMPTION if model.ght else None,
                "basis": Basis.ASSUMPTION,
                "source": SOURCE,
                "note": None,
                "road_network": self._roads(model.road_network),
            }
        )

    def _commune(self, model: CommuneRow) -> CommuneRow:
        department = self._departments[model.department]
        code = f"{department}{next(self._in_department[department]):03}"
        self._codes[model.code] = code
        latitude, longitude = self._place((model.latitude, model.longitude), code)
        return CommuneRow(
            code=code,
            name=self._communes[model.name],
            department=department,
            population=self._donors.population_like(model, uniform(self._seed, "population", code)),
            latitude=latitude,
            longitude=longitude,
            road_network=self._roads(model.road_network),
            basis=Basis.ASSUMPTION,
        )

    def _between(self, rows: Iterable[tuple[int, W]], here: Mapping[str, str]) -> Iterator[W]:
        """The same ways between the copies of their ends, where both are here."""
        for _, row in rows:
            if row.source in here and row.target in here:
                ends = {"source": here[row.source], "target": here[row.target]}
                yield row.model_copy(update={**ends, "basis": Basis.ASSUMPTION, "note": None})

    def _place(self, model: Point, entity: str) -> Point:
        shaken = uniform(self._seed, "how far", entity), uniform(self._seed, "which way", entity)
        return self._move.of(model, shaken=shaken)

    def _roads(self, network: str) -> str:
        return network if network == MAINLAND else self._islands[network]
