"""Export: tables of a campaign as one file that a spreadsheet opens."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from results.exports.about import about
from results.exports.as_csv import csv_of
from results.exports.as_xlsx import xlsx_of
from results.exports.names import TableName
from results.exports.rows import columns, hours_bands, indicators
from results.exports.source import Source, source_of
from results.exports.tables import Table
from results.exports.told import added, departments, verdict, waits
from results.presentation.language import spoken
from results.report.asked import Tlp
from results.store.store import Store

OF: Final[Mapping[TableName, Callable[[Source], Table]]] = {
    TableName.VERDICT: verdict,
    TableName.ADDED: added,
    TableName.WAITS: waits,
    TableName.DEPARTMENTS: departments,
    TableName.INDICATORS: indicators,
    TableName.HOURS_BANDS: hours_bands,
}
ROWS: Final = frozenset({TableName.INDICATORS, TableName.HOURS_BANDS})
"""Those whose headings are names of columns, which one more sheet explains."""


def workbook(store: Store, campaign: str, names: Sequence[TableName], tlp: Tlp) -> bytes:
    """Sheets with these tables, after one that says what they are."""
    source = source_of(store, campaign)
    tables = [OF[name](source) for name in names]
    if ROWS & set(names):
        tables.append(columns())
    return xlsx_of([about(source, tlp, tables), *tables])


def csv_file(store: Store, campaign: str, name: TableName) -> bytes:
    """One table, as the spreadsheets of the language spoken read it."""
    return csv_of(OF[name](source_of(store, campaign)), spoken())
