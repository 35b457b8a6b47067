"""Supports: in each GHT one establishment runs the common IT, whatever sources were put together.

Who was the support in the region before stays it. Else it is the one that a source names, and where none or several are
named, the first by kind (university, general, …) and FINESS number.
"""

from collections.abc import Collection, Mapping

from topologies.errors import Message
from topologies.importing.report import Report
from topologies.region import Category
from topologies.writing.tables import YES_NO, Cells

KINDS = tuple(Category)


def with_one_support(rows: Mapping[str, Cells], before: Collection[str], report: Report) -> dict[str, Cells]:
    """The rows with one support in each GHT; the report tells who was taken where none was named.

    `before` are the FINESS numbers of those that were supports before.
    """
    members: dict[str, list[Cells]] = {}
    for row in rows.values():
        if ght := row.get("ght"):
            members.setdefault(ght, []).append(row)
    supports = {ght: _support(places, before) for ght, places in members.items()}
    for ght, support in supports.items():
        if not any(row.get("support") == YES_NO[True] for row in members[ght]):
            chosen = {"ght": ght, "name": support["name"]}
            report.notes.append(Message("nobody says who supports {ght}: {name} is taken").filled(chosen))
    chosen_ones = {support["finess"] for support in supports.values()}
    return {finess: _marked(row, finess in chosen_ones) for finess, row in rows.items()}


def _support(places: Collection[Cells], before: Collection[str]) -> Cells:
    """Of the members of a GHT, the one that is its support."""
    return min(
        places,
        key=lambda row: (
            row["finess"] not in before,
            row.get("support") != YES_NO[True],
            KINDS.index(Category(row["category"])),
            row["finess"],
        ),
    )


def _marked(row: Cells, is_support: bool) -> Cells:  # noqa: FBT001 (a fact, not a way to behave)
    return {**row, "support": YES_NO[is_support]} if row.get("ght") else row
