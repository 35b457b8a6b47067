"""Export: tables of a campaign, or of a comparison, as one file that a spreadsheet opens."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from results.analysis.pairs.comparison import Comparison, compare
from results.exports import compared
from results.exports.about import about, about_comparison
from results.exports.formats.as_csv import csv_of
from results.exports.formats.as_xlsx import xlsx_of
from results.exports.names import OF_CAMPAIGN, OF_COMPARISON, TableName
from results.exports.rows import columns, hours_bands, indicators
from results.exports.source import Source, source_of
from results.exports.tables import Table
from results.exports.told import added, departments, verdict, waits
from results.presentation.language import spoken
from results.presentation.tlp import Tlp
from results.store.comparisons import is_comparison
from results.store.store import Store
from topologies.errors import InputError, Message

CAMPAIGN: Final[Mapping[TableName, Callable[[Source], Table]]] = {
    TableName.VERDICT: verdict,
    TableName.ADDED: added,
    TableName.WAITS: waits,
    TableName.DEPARTMENTS: departments,
    TableName.INDICATORS: indicators,
    TableName.HOURS_BANDS: hours_bands,
}
COMPARISON: Final[Mapping[TableName, Callable[[Comparison], Table]]] = {
    TableName.STANDING: compared.standing,
    TableName.ADDED: compared.added,
    TableName.DIFFERENCES: compared.differences,
}
ROWS: Final = frozenset({TableName.INDICATORS, TableName.HOURS_BANDS})
"""Those whose headings are names of columns, which one more sheet explains."""


class NoTable(InputError):
    """A campaign has not the tables of a comparison, nor the other way round."""


def workbook(store: Store, name: str, tables: Sequence[TableName], tlp: Tlp) -> bytes:
    """Sheets with these tables, or with the usual ones, after one that says what they are."""
    if is_comparison(name):
        comparison = _comparison(store, name, tables)
        sheets = [COMPARISON[each](comparison) for each in tables or OF_COMPARISON]
        return xlsx_of([about_comparison(store, comparison, tlp, sheets), *sheets])
    source = _source(store, name, tables)
    sheets = [CAMPAIGN[each](source) for each in tables or OF_CAMPAIGN]
    if ROWS & set(tables or OF_CAMPAIGN):
        sheets.append(columns())
    return xlsx_of([about(source, tlp, sheets), *sheets])


def csv_file(store: Store, name: str, table: TableName) -> bytes:
    """One table, as the spreadsheets of the language spoken read it."""
    if is_comparison(name):
        comparison = _comparison(store, name, [table])
        return csv_of(COMPARISON[table](comparison), spoken())
    source = _source(store, name, [table])
    return csv_of(CAMPAIGN[table](source), spoken())


def _comparison(store: Store, name: str, tables: Sequence[TableName]) -> Comparison:
    _check(name, tables, COMPARISON)
    return compare(store, name)


def _source(store: Store, name: str, tables: Sequence[TableName]) -> Source:
    _check(name, tables, CAMPAIGN)
    return source_of(store, name)


def _check(name: str, tables: Sequence[TableName], known: Mapping[TableName, object]) -> None:
    for table in tables:
        if table not in known:
            told = Message("{name} has no table {table}; it has {known}")
            raise NoTable(told.filled({"name": name, "table": table, "known": ", ".join(known)}))
