"""Names: what the built-in regions call their establishments and venues, read without building the regions."""

import csv
from collections.abc import Iterable
from functools import cache

from topologies.building.catalogue import REGIONS
from topologies.building.records import VenueRow
from topologies.reading.tables import read_rows


def names_of(finess: Iterable[str]) -> dict[str, str]:
    """The name of each of these establishments that a built-in region knows."""
    wanted, found = set(finess), dict[str, str]()
    for table in sorted(REGIONS.glob("*/establishments.csv")) if wanted else ():
        with table.open(encoding="utf-8", newline="") as rows:
            found |= {row["finess"]: row["name"] for row in csv.DictReader(rows) if row["finess"] in wanted}
    return found


@cache
def known_venues() -> dict[str, VenueRow]:
    """The venues of all built-in regions."""
    tables = sorted(REGIONS.glob("*/venues.csv"))
    return {row.id: row for table in tables for _, row in read_rows(table, VenueRow)[0]}
