"""Donors: what the built-in regions hold, in the order of size, so that one of about the same size can be drawn.

A fictitious hospital takes its visits and beds from one donor, so that they go together; donors are of its category and
take the same emergencies. A fictitious commune takes its population from another commune.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from topologies.building.deriving.undeclared import category_of
from topologies.building.records import CommuneRow, Draft, EstablishmentRow

ON_EACH_SIDE = 10
"""Donors larger than the model, and as many smaller, among which one is drawn: an assumption of ours."""
NUMBERS = ("ed_visits_per_year", "beds_mco", "beds_icu", "beds_intensive", "beds_uhcd", "beds_other")
"""The columns that a hospital takes from its donor."""

T = TypeVar("T")


class Ranked(Generic[T]):
    """Donors by size, each with its rank."""

    def __init__(
        self, donors: Iterable[T], *, name: Callable[[T], str], size: Callable[[T], tuple[int, ...]]
    ) -> None:
        self._name = name
        self._donors = sorted(donors, key=lambda each: (size(each), name(each)))
        self._rank = {name(each): rank for rank, each in enumerate(self._donors)}

    def one_like(self, model: T, at: float) -> T:
        """A donor of about the size of the model, which is one itself; `at`, in [0, 1), says which."""
        rank = self._rank[self._name(model)]
        first = max(0, rank - ON_EACH_SIDE)
        last = min(len(self._donors) - 1, rank + ON_EACH_SIDE)
        return self._donors[first + int(at * (last - first + 1))]


class Donors:
    """The hospitals, by kind, and the communes of all these regions."""

    def __init__(self, regions: Sequence[Draft]) -> None:
        by_kind: dict[tuple[object, ...], list[EstablishmentRow]] = {}
        for region in regions:
            for _, row in region.establishments:
                by_kind.setdefault(_kind(row), []).append(row)
        self._hospitals = {
            kind: Ranked(rows, name=lambda row: row.finess, size=_size) for kind, rows in by_kind.items()
        }
        self._communes = Ranked(
            (row for region in regions for _, row in region.communes),
            name=lambda row: row.code,
            size=lambda row: (row.population,),
        )

    def numbers_like(self, model: EstablishmentRow, at: float) -> dict[str, Any]:
        """Visits and beds of a hospital like this one."""
        donor = self._hospitals[_kind(model)].one_like(model, at)
        return {column: getattr(donor, column) for column in NUMBERS}

    def population_like(self, model: CommuneRow, at: float) -> int:
        """How many people live in a commune like this one."""
        return self._communes.one_like(model, at).population


def _kind(row: EstablishmentRow) -> tuple[object, ...]:
    return category_of(row), row.adult_emergency, row.paediatric_emergency


def _size(row: EstablishmentRow) -> tuple[int, int]:
    return row.ed_visits_per_year or 0, row.declared_beds or 0
