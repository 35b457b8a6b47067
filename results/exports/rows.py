"""Rows: tables of the dataset as they are, under the names of their columns, and what these mean."""

from collections.abc import Iterator
from typing import Final

import pyarrow as pa

from results.exports.source import Source
from results.exports.tables import Cell, Table, portion
from results.exports.units import unit_in_words
from results.presentation.language import _, spoken
from results.tables.schema import SCHEMAS, AnyTable, unit_of

SHARE: Final = "1"
"""The unit of what is shown in per cent."""
AT_ONCE: Final = 10_000
"""Rows that are taken out of Arrow together."""


def indicators(source: Source) -> Table:
    """One row per replication."""
    says = _("One row per replication, under the names of the dataset.")
    return _rows(source, "indicators", _("Indicators"), says)


def hours_bands(source: Source) -> Table:
    """Curves: the mean and quantiles of every hour."""
    says = _("Mean and quantiles over the replications, by measure, territory, stream of care and hour.")
    return _rows(source, "hours_bands", _("Bands by hour"), says)


def columns() -> Table:
    """What each column of these tables means; as the dataset says it, in English, and its title."""
    rows = [_meaning(table, field) for table in ("indicators", "hours_bands") for field in SCHEMAS[table]]
    headings = (_("table"), _("column"), _("unit"), _("title"), _("meaning"))
    says = _("What each column under such a name means, as in docs/dataset.md.")
    return Table(title=_("Columns"), says=says, headings=headings, rows=rows, count=len(rows))


def _rows(source: Source, table: AnyTable, title: str, says: str) -> Table:
    found = source.snapshot.table(table, SCHEMAS[table].names)
    return Table(
        title=title, says=says, headings=tuple(found.column_names), rows=_cells(found), count=found.num_rows
    )


def _cells(found: pa.Table) -> Iterator[tuple[Cell, ...]]:
    units = [unit_of(field) for field in found.schema]
    for first in range(0, found.num_rows, AT_ONCE):
        some = found.slice(first, AT_ONCE)
        shown = [_shown(column.to_pylist(), unit) for column, unit in zip(some.columns, units, strict=True)]
        yield from zip(*shown, strict=True)


def _shown(values: list[Cell], unit: str | None) -> list[Cell]:
    """The cells of a column: a yes or no in words, a share as such."""
    words = {True: _("yes"), False: _("no")}
    if any(isinstance(value, bool) for value in values):
        return [None if value is None else words[bool(value)] for value in values]
    if unit == SHARE:
        return [portion(value) if isinstance(value, float) else value for value in values]
    return values


def _meaning(table: AnyTable, field: pa.Field) -> tuple[Cell, ...]:
    title = field.metadata.get(f"title_{spoken()}".encode(), b"").decode()
    return table, field.name, unit_in_words(unit_of(field)), title, field.metadata[b"description"].decode()
