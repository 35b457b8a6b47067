"""Merging: what sources say of establishments, put together with the rows that a region has already.

A source adds the establishments that it knows in full, and fills cells that are empty. A cell that says something keeps
saying it, unless the record's basis is stronger than the row's: what an establishment declares replaces what is
published, and what is published replaces what was derived or assumed. Each row tells all that it comes
from; one of which an establishment declares something is declared.
"""

from collections.abc import Iterable, Mapping, Sequence

from topologies.importing.records import Record
from topologies.importing.report import Report
from topologies.importing.supports import with_one_support
from topologies.region import Basis, Category
from topologies.writing.tables import YES_NO, Cells

WEAKEST_FIRST = ("assumption", "derived", "published", "declared")
"""Bases."""
NEEDED = frozenset({"finess", "name", "commune", "department", "category", "public", "latitude", "longitude"})
"""Columns without which a record makes no row of its own."""
GHT = frozenset({"ght", "ght_basis", "support"})
"""Columns that one source fills together."""
LONGEST_NOTE = 10_000


def merged(rows: Mapping[str, Cells], records: Iterable[Record], report: Report) -> dict[str, Cells]:
    """The rows by FINESS number, in order; the report counts what was taken, completed and kept."""
    merging = {finess: dict(cells) for finess, cells in rows.items()}
    for record in records:
        if record.finess in merging:
            merging[record.finess] = _completed(merging[record.finess], record, report)
        elif record.cells.keys() >= NEEDED:
            merging[record.finess] = _new_row(record)
    before = {finess for finess, cells in rows.items() if cells.get("support") == YES_NO[True]}
    settled = {finess: _settled(row) for finess, row in sorted(merging.items())}
    settled = with_one_support(settled, before, report)
    report.taken.update(Category(row["category"]) for finess, row in settled.items() if finess not in rows)
    return settled


def _new_row(record: Record) -> dict[str, str]:
    row = {**record.cells, "basis": record.basis.value, "source": record.source}
    return row | ({"note": record.note} if record.note else {})


def _completed(row: dict[str, str], record: Record, report: Report) -> dict[str, str]:
    """The row with what the record adds to it."""
    added: dict[str, str] = {}
    for column, said in record.cells.items():
        if _takes(row, column, record):
            if row.get(column) != said:
                added[column] = said
                report.completed[column] += 1
        elif row.get(column, said) != said:
            report.kept[column] += 1
    if not added:
        return row
    told = _joined([row["source"], record.source])
    note = _joined([row.get("note", ""), record.note])
    completed = row | added | {"source": told} | ({"note": note} if note else {})
    return completed | ({"basis": record.basis.value} if record.basis is Basis.DECLARED else {})


def _takes(row: Cells, column: str, record: Record) -> bool:
    """Whether a record fills a cell, or knows better; a GHT is taken with its basis and support."""
    if column in GHT:
        known, basis = row.get("ght"), row.get("ght_basis")
    else:
        known, basis = row.get(column), row["basis"]
    return not known or WEAKEST_FIRST.index(record.basis) > WEAKEST_FIRST.index(str(basis))


def _settled(row: Cells) -> Cells:
    """A clinic that takes emergencies is a private emergency site."""
    takes = "yes" in (row.get("adult_emergency"), row.get("paediatric_emergency"))
    if takes and row["category"] == Category.CLINIC:
        return {**row, "category": Category.PRIVATE_EMERGENCY.value}
    return row


def _joined(texts: Sequence[str]) -> str:
    """Texts that say something, each once."""
    return "; ".join(dict.fromkeys(text for text in texts if text))[:LONGEST_NOTE]
