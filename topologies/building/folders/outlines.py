"""Outlines: what each built-in region holds, counted without building it."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from topologies.building.folders.finding import REGIONS
from topologies.building.folders.provenance import LeftOut, left_out_of
from topologies.building.records import Header
from topologies.reading.documents import read_yaml

EMERGENCY = ("adult_emergency", "paediatric_emergency")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What a built-in region holds, in numbers."""

    name: str
    title: str
    establishments: int
    emergency_sites: int
    ed_visits_per_year: int
    communes: int
    population: int
    left_out: tuple[LeftOut, ...]


@cache
def outline_of(name: str) -> Outline:
    """The outline of a built-in region; of one that joins others, their sum."""
    folder = REGIONS / name
    header = read_yaml(folder / "region.yaml", Header)
    parts = [outline_of(part.region) for part in header.joins]
    places, communes = [*_rows(folder / "establishments.csv")], [*_rows(folder / "communes.csv")]
    return Outline(
        name=name,
        title=header.title,
        establishments=len(places) + sum(part.establishments for part in parts),
        emergency_sites=sum(_takes_emergencies(row) for row in places)
        + sum(part.emergency_sites for part in parts),
        ed_visits_per_year=sum(int(row["ed_visits_per_year"] or 0) for row in places)
        + sum(part.ed_visits_per_year for part in parts),
        communes=len(communes) + sum(part.communes for part in parts),
        population=sum(int(row["population"]) for row in communes) + sum(part.population for part in parts),
        left_out=(*left_out_of(folder), *(each for part in parts for each in part.left_out)),
    )


def _takes_emergencies(row: dict[str, str]) -> bool:
    return any(row[column] == "yes" for column in EMERGENCY)


def _rows(table: Path) -> Iterator[dict[str, str]]:
    if table.exists():
        with table.open(encoding="utf-8", newline="") as rows:
            yield from csv.DictReader(rows)
