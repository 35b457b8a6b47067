"""Synthesised regions are read as any other, are like those of France, and the same whenever the seed is."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest

import topologies
from topologies.building.catalogue import names
from topologies.building.deriving.sphere import beyond, way
from topologies.building.records import CommuneRow, EstablishmentRow
from topologies.building.row_checks import MOST_ESTABLISHMENTS
from topologies.building.validating.validation import validate
from topologies.region import Region
from topologies.synthesis.globe import slots
from topologies.synthesis.synthesising import copies_of, learned, synthesised
from topologies.writing.folder import written

FRANCE = 2_706
"""As many establishments as France."""


def region_of(folder: Path, establishments: int) -> Region:
    written(synthesised("essai", establishments, 1, unwatched), folder, replace=False)
    return topologies.load(folder)


def unwatched(_done: int, _all: int) -> None:
    """Nobody looks."""


@pytest.mark.parametrize("establishments", [1, 7])
def test_a_region_has_as_many_establishments_as_asked_and_takes_emergencies(
    tmp_path: Path, establishments: int
) -> None:
    region = region_of(tmp_path / "essai", establishments)
    assert len(region.establishments) == establishments
    assert any(each.has_emergency for each in region.establishments.values())
    assert region.communes


def test_a_large_region_is_of_parts_each_with_its_platform_and_bears_no_code_that_exists(
    tmp_path: Path,
) -> None:
    region = region_of(tmp_path / "essai", 400)
    assert len(region.establishments) == 400
    assert len(region.made_of) > 1
    assert sum(service.startswith("platform:") for service in region.services) == len(region.made_of)
    assert [*validate(tmp_path / "essai").findings()] == []
    assert {finess[:2] for finess in region.establishments} == {"00"}
    assert {code[0] for code in region.communes} == {"X"}
    assert {each.department[0] for each in region.establishments.values()} == {"X"}


def test_the_seed_names_every_byte() -> None:
    files = synthesised("essai", 20, 1, unwatched)
    assert files == synthesised("essai", 20, 1, unwatched)
    assert files["establishments.csv"] != synthesised("essai", 20, 2, unwatched)["establishments.csv"]


def test_sizes_and_shares_are_those_of_france() -> None:
    """Each built-in region is copied once; what is drawn anew keeps its sums and medians."""
    made = Sample([(copy.establishments, copy.communes) for copy in copies_of(FRANCE, seed=1)])
    models = learned().models
    real = Sample([(rows_of(model.establishments), rows_of(model.communes)) for model in models])
    assert made.counts == real.counts
    assert made.sums == pytest.approx(real.sums, rel=0.1)
    assert made.medians == pytest.approx(real.medians, rel=0.1)


R = TypeVar("R")


def rows_of(lines: Sequence[tuple[int, R]]) -> list[R]:
    return [row for _, row in lines]


class Sample:
    """Regions whose counts, sums and medians are compared."""

    def __init__(self, regions: Sequence[tuple[Sequence[EstablishmentRow], Sequence[CommuneRow]]]) -> None:
        self.establishments = [row for rows, _ in regions for row in rows]
        self.communes = [row for _, rows in regions for row in rows]
        members = Counter((at, row.ght) for at, (rows, _) in enumerate(regions) for row in rows if row.ght)
        self.counts: Counter[object] = Counter(members.values())
        """Of GHTs by their members, of establishments by category, of communes and departments."""
        self.counts.update((row.category, row.has_emergency) for row in self.establishments)
        self.counts["communes"] = len(self.communes)
        self.counts["departments"] = len({row.department for row in self.establishments})

    @property
    def sums(self) -> dict[str, int]:
        return {
            "visits": sum(row.ed_visits_per_year or 0 for row in self.establishments),
            "beds": sum(row.declared_beds or 0 for row in self.establishments),
            "intensive care": sum(row.beds_icu or 0 for row in self.establishments),
            "people": sum(row.population for row in self.communes),
        }

    @property
    def medians(self) -> dict[str, int]:
        visits = sorted(row.ed_visits_per_year for row in self.establishments if row.ed_visits_per_year)
        people = sorted(row.population for row in self.communes)
        return {"visits": visits[len(visits) // 2], "people": people[len(people) // 2]}


def test_there_is_room_on_the_globe_for_the_largest_region() -> None:
    """Copies keep apart, and there are more places than the copies that fifty thousand establishments need."""
    middles = list(slots(700.0))
    assert len(middles) > MOST_ESTABLISHMENTS / FRANCE * len(names())
    assert min(way(middles[0], other)[0] for other in middles[1:]) >= 699.0


def test_a_way_leads_where_its_length_and_bearing_say() -> None:
    there = beyond((48.85, 2.35), 300.0, 1.0)
    assert way((48.85, 2.35), there) == pytest.approx((300.0, 1.0))
