"""Gathered tables: what is asked of every replication, in one file of a campaign instead of one for every fifty."""

from collections.abc import Iterator
from itertools import islice

import pyarrow as pa

from results.sealing.parts import row_group
from results.sealing.stated import Stated
from results.tables.drawn import draw_rows
from results.tables.first_signs import SIGN_COLUMNS, first_signs_of
from results.tables.schema import SCHEMAS, DerivedName

PARTS_IN_GROUP = 200
"""Parts whose rows are in memory at once, and in a row group: ten thousand replications."""


def indicators(stated: Stated) -> Iterator[pa.Table]:
    """The row groups of the indicators table."""
    rows = stated.tables("replications", SCHEMAS["replications"].names)
    sites = stated.tables("establishments", SIGN_COLUMNS)
    return _groups("indicators", (_with_first_signs(*both) for both in zip(rows, sites, strict=True)))


def _with_first_signs(rows: pa.Table, sites: pa.Table) -> pa.Table:
    signs = first_signs_of(sites, rows.column("replication").to_pylist())
    schema = SCHEMAS["indicators"]
    columns = [signs[name] if name in signs else rows.column(name) for name in schema.names]
    return pa.table(columns, schema=schema)


def draws(stated: Stated) -> Iterator[pa.Table]:
    """The row groups of the draws table."""
    return _groups("draws", map(draw_rows, stated.tables("parameters", SCHEMAS["parameters"].names)))


def _groups(table: DerivedName, parts: Iterator[pa.Table]) -> Iterator[pa.Table]:
    while some := list(islice(parts, PARTS_IN_GROUP)):
        yield row_group([batch for part in some for batch in part.to_batches()], SCHEMAS[table])
