"""Merging: what sources say of establishments, put together with the rows that a region has already.

A source adds the establishments that it knows in full, and fills cells that are empty. A cell that says something keeps
saying it, unless the record's basis is stronger than the row's: what an establishment declares replaces what is
published, and what is published replaces what was derived or assumed. Each row tells all that it comes from.
"""

from collections.abc import Iterable, Mapping, Sequence

from topologies.building.records import EstablishmentRow
from topologies.importing.records import Cells, Record
from topologies.importing.report import Report
from topologies.reading.tables import required
from topologies.region import Category

WEAKEST_FIRST = ("assumption", "derived", "published", "declared")
"""Bases."""
NEEDED = frozenset(required(EstablishmentRow)) - {"basis", "source"}
"""Columns without which a record makes no row of its own."""
LONGEST_NOTE = 10_000


def merged(rows: Mapping[str, Cells], records: Iterable[Record], report: Report) -> dict[str, Cells]:
    """The rows by FINESS number, in order; the report counts what was taken, completed and kept."""
    merging = {finess: dict(cells) for finess, cells in rows.items()}
    for record in records:
        if record.finess in merging:
            merging[record.finess] = _completed(merging[record.finess], record, report)
        elif record.cells.keys() >= NEEDED:
            merging[record.finess] = _new_row(record)
            report.taken[Category(record.cells["category"])] += 1
    return dict(sorted(merging.items()))


def _new_row(record: Record) -> dict[str, str]:
    row = {**record.cells, "basis": record.basis.value, "source": record.source}
    return row | ({"note": record.note} if record.note else {})


def _completed(row: dict[str, str], record: Record, report: Report) -> dict[str, str]:
    """The row with what the record adds to it."""
    stronger = WEAKEST_FIRST.index(record.basis) > WEAKEST_FIRST.index(row["basis"])
    added: dict[str, str] = {}
    for column, said in record.cells.items():
        if column not in row or (stronger and row[column] != said):
            added[column] = said
            report.completed[column] += 1
        elif row[column] != said:
            report.kept[column] += 1
    if not added:
        return row
    told = _joined([row["source"], record.source])
    note = _joined([row.get("note", ""), record.note])
    return row | added | {"source": told} | ({"note": note} if note else {})


def _joined(texts: Sequence[str]) -> str:
    """Texts that say something, each once."""
    return "; ".join(dict.fromkeys(text for text in texts if text))[:LONGEST_NOTE]
