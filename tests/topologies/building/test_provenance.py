"""Provenance: what each column of the built-in regions is worth is told, and the page of regions is current."""

import csv
from pathlib import Path

from topologies.building.catalogue import REGIONS
from topologies.building.folders.page import page
from topologies.building.folders.provenance import columns

PAGE = Path(__file__).parents[3] / "docs" / "regions.md"
ABOUT_THE_ROW = {"basis", "source", "note"}
"""They say of each row how it is known."""


def test_the_page_of_regions_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), (
        "run: python -m topologies.building.folders.page > docs/regions.md"
    )


def test_every_column_of_every_table_says_how_it_is_known() -> None:
    told = {(each.file, column) for each in columns() for column in each.columns}
    for table in REGIONS.glob("*/*.csv"):
        if table.name != "dropped.csv":
            with table.open(encoding="utf-8", newline="") as rows:
                header = next(csv.reader(rows))
            assert {(table.name, column) for column in header} - told <= {
                (table.name, column) for column in ABOUT_THE_ROW
            }
