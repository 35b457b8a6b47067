"""Provenance: what each column of the built-in regions is worth, and what was left out of them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from topologies.building.folders.finding import REGIONS
from topologies.fields.quantity import Input
from topologies.fields.scalars import Text
from topologies.fields.title import Title
from topologies.reading.documents import read_yaml
from topologies.region import Basis

DETAIL = " : "
"""In a reason: what stands before it is shared by many."""


class Columns(Input):
    """Some columns of a table, and how they are known in the built-in regions."""

    file: Text
    columns: tuple[Text, ...]
    basis: Basis
    how: Title


class Fields(Input):
    """`topologies/regions/fields.yaml`."""

    fields: tuple[Columns, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What the sources list and a region leaves out: a row of `dropped.csv`."""

    finess: str
    name: str
    commune: str
    department: str
    reason: str

    @property
    def kind(self) -> str:
        """The reason without what is said of this one only."""
        return self.reason.split(DETAIL)[0]


@cache
def columns() -> Sequence[Columns]:
    """How all columns of the built-in regions are known."""
    return read_yaml(REGIONS / "fields.yaml", Fields).fields


def left_out_of(folder: Path) -> list[LeftOut]:
    """What the sources of a region list and its folder leaves out, in order."""
    table = folder / "dropped.csv"
    if not table.exists():
        return []
    with table.open(encoding="utf-8", newline="") as rows:
        return [LeftOut(**row) for row in csv.DictReader(rows)]
