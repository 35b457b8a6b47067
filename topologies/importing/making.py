"""Making a region: the files of its folder, from records and, where there is one, the region that they complete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from topologies.building.records import Draft, Header
from topologies.errors import Message
from topologies.importing.communes import Known, columns_of
from topologies.importing.merging import merged
from topologies.importing.records import COLUMNS, Record
from topologies.importing.report import LeftOut, Report
from topologies.importing.wanted import Wanted
from topologies.writing.header import bounds_around, header_text
from topologies.writing.tables import Cells, cells_of, table

NOBODY = Message(
    "no establishment counts emergency visits nor beds, so that a simulation cares for nobody: "
    "fill in ed_visits_per_year, beds_mco and beds_icu, from the SAE for example"
)
DROPPED = ("finess", "name", "commune", "department", "reason")
"""The columns of `dropped.csv`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What a source gave, and how far it can be trusted, as `region.yaml` says it."""

    what: Message
    source: str
    worth: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The files of a region's folder, by name, and what became of the sources."""

    files: Mapping[str, str]
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredients:
    """All that a region is made of."""

    wanted: Wanted
    records: Sequence[Record]
    """Those that make rows first, those that complete them after."""
    sources: Sequence[Provenance]
    communes: Mapping[str, Known] = field(default_factory=dict)
    """Those that the region may hold, by code; where people live, unless the base says so."""


def made(of: Ingredients, report: Report) -> Made:
    """The region's files; the report counts what was taken and completed."""
    base = of.wanted.base
    own = {row.finess: cells_of(row) for _, row in base.establishments} if base else {}
    rows = merged(own, of.records, report)
    departments = {row["department"] for row in rows.values()}
    communes = [commune for commune in of.communes.values() if commune.department in departments]
    files = {
        "region.yaml": _header([*rows.values()], communes, of),
        "establishments.csv": table(COLUMNS, rows.values()),
        "dropped.csv": table(DROPPED, (_dropped(each, of.wanted) for each in report.left_out)),
    }
    if base:
        files |= _tables(base)
    if communes and "communes.csv" not in files:
        files["communes.csv"] = table(columns_of(communes), (commune.cells for commune in communes))
    if not any(row.get("ed_visits_per_year") or row.get("beds_mco") for row in rows.values()):
        report.notes.append(NOBODY)
    return Made(files=files, report=report)


def _dropped(each: LeftOut, wanted: Wanted) -> Cells:
    about = {"name": each.name, "commune": each.commune, "department": each.department}
    return {"finess": each.finess, **about, "reason": wanted.say(each.reason)}


def _tables(base: Draft) -> dict[str, str]:
    """The other tables of the region that is completed."""
    tables: dict[str, Sequence[tuple[int, BaseModel]]] = {
        "communes.csv": base.communes,
        "venues.csv": base.venues,
        "services.csv": base.services,
        "links.csv": base.links,
        "journeys.csv": base.journeys,
        "seasons.csv": base.seasons,
    }
    return {
        name: table(type(rows[0][1]).model_fields, (cells_of(row) for _, row in rows))
        for name, rows in tables.items()
        if rows
    }


def _header(rows: Sequence[Cells], communes: Sequence[Known], of: Ingredients) -> str:
    """The text of `region.yaml`."""
    base = _own(of.wanted.base.header) if of.wanted.base else {}
    points = [(float(row["latitude"]), float(row["longitude"])) for row in rows]
    points += [commune.point for commune in communes]
    sources = [
        {"what": of.wanted.say(each.what), "source": each.source, "worth": of.wanted.say(each.worth)}
        for each in of.sources
    ]
    header: dict[str, Any] = {
        **base,
        "name": of.wanted.name,
        "title": of.wanted.title,
        "departments": sorted({row["department"] for row in rows}),
        "bounds": base.get("bounds") or bounds_around(points),
        "sources": [*base.get("sources", []), *sources],
    }
    return header_text(header, "Written by tocsin topology import; correct it as you like.")


def _own(header: Header) -> dict[str, Any]:
    """What a region's header says; the parts that it joins are in its tables from now on."""
    return header.model_dump(mode="json", exclude_defaults=True, exclude={"joins"})
