"""Parts: the Parquet files of a sealed campaign, each of a fixed run of replications.

Their bytes depend on the campaign and its replications alone, not on the chunks that the rows came from: a row group
holds a fixed number of replications, and its dictionaries the labels that occur in it, in alphabetical order. Pages
bear checksums, and the footer says which campaign, table and part the file is, and the version of the schema.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa

from results.files.intact import ordinary
from results.store.layout import PART_REPLICATIONS
from results.tables.schema import SCHEMA_VERSION, SCHEMAS, AnyTable, TableName
from results.tables.tables import batches_by_replication, no_row

GROUP_REPLICATIONS: Mapping[TableName, int] = {
    "replications": PART_REPLICATIONS,
    "establishments": PART_REPLICATIONS,
    "hours": 1,
    "establishment_hours": 2,
    "departments": PART_REPLICATIONS,
    "communes": 5,
    "timeline": PART_REPLICATIONS,
    "parameters": PART_REPLICATIONS,
}
"""Replications in a row group: what sealing holds in memory at once (176,000 hours in a large region)."""

IN_DICTIONARIES: Mapping[AnyTable, Sequence[str] | bool] = {
    "replications": True,
    "establishments": True,
    "hours": ("ght", "stream", "demand", "served", "unmet", "in_care"),
    "establishment_hours": ("finess", "ed_waiting", "ed_unmet"),
    "departments": True,
    "communes": True,
    "timeline": True,
    "parameters": ("parameter",),
    "indicators": ("first_sign", "first_sign_finess"),
    "draws": ("parameter",),
    "hours_bands": True,
    "dim_establishments": True,
    "dim_campaigns": True,
}
"""Columns that Parquet writes as a dictionary.

The others of `hours`, in order or mostly zero, compress better without: a quarter less time, and less room. So do those
of `establishment_hours`, a fifth less time for a little more room.
"""

BY_DIFFERENCES: Mapping[AnyTable, Sequence[str]] = {
    "establishment_hours": ("hour", "critical_in_care", "medicine_in_care", "medicine_waiting")
}
"""Columns that change little from row to row, of which Parquet writes by how much: half of the room of beds."""


def replications_of(part: int, replications: int) -> range:
    """The replications in a part of a campaign."""
    return range(part * PART_REPLICATIONS, min((part + 1) * PART_REPLICATIONS, replications))


def identity(campaign_id: str, table: AnyTable, part: int) -> dict[str, str]:
    """What the footer says of the place of the file."""
    return {"tocsin.campaign": campaign_id, "tocsin.table": table, "tocsin.part": str(part)}


def identity_found(path: Path) -> dict[str, str] | None:
    """What the footer of a file says of it; `None` where it is no part of any campaign."""
    import pyarrow.parquet as pq

    try:
        with ordinary(path).open("rb") as file:
            metadata = pq.read_metadata(file).metadata or {}
    except (OSError, ValueError, pa.ArrowException):
        return None
    names = identity("", "hours", 0)
    found = {
        name: metadata[name.encode()].decode(errors="replace") for name in names if name.encode() in metadata
    }
    return found if len(found) == len(names) else None


def rows_in(file: pa.NativeFile) -> int:
    """How many rows a file has, as its footer says."""
    import pyarrow.parquet as pq

    return int(pq.read_metadata(file).num_rows)


def write_part(
    path: Path,
    table: TableName,
    replications: range,
    *,
    campaign_id: str,
    rows_of: Callable[[int], pa.RecordBatch] | None,
) -> None:
    """The part is written, not yet synced; without a row where there is none to be had of any replication."""
    part = replications.start // PART_REPLICATIONS
    groups = _groups(replications, table, rows_of) if rows_of else iter(())
    write_groups(path, table, part, campaign_id=campaign_id, groups=groups)


def write_groups(
    path: Path, table: AnyTable, part: int, *, campaign_id: str, groups: Iterator[pa.Table]
) -> None:
    """The row groups of a part are written, one after the other."""
    import pyarrow.parquet as pq  # a worker writes chunks, and need not pay for Parquet

    options = {"version": "2.6", "compression": "zstd", "compression_level": 1, "write_page_checksum": True}
    coded = IN_DICTIONARIES[table]
    encoded = dict.fromkeys(BY_DIFFERENCES[table], "DELTA_BINARY_PACKED") if table in BY_DIFFERENCES else None
    with pq.ParquetWriter(
        path, SCHEMAS[table], use_dictionary=coded, column_encoding=encoded, **options
    ) as writer:
        writer.add_key_value_metadata({**identity(campaign_id, table, part), "tocsin.schema": SCHEMA_VERSION})
        for group in _ahead(groups):
            writer.write_table(group, row_group_size=max(1, group.num_rows))


def _groups(
    replications: range, table: TableName, rows_of: Callable[[int], pa.RecordBatch]
) -> Iterator[pa.Table]:
    """The row groups of a part, one after the other."""
    step = GROUP_REPLICATIONS[table]
    for first in range(replications.start, replications.stop, step):
        numbers = range(first, min(first + step, replications.stop))
        yield row_group([rows_of(number) for number in numbers], SCHEMAS[table])


def _ahead(groups: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The same groups, the next one built while one is written: two cores share the work, two groups are in memory."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, groups, None)
        while (group := coming.result()) is not None:
            coming = thread.submit(next, groups, None)
            yield group


def row_group(batches: Sequence[pa.RecordBatch], schema: pa.Schema) -> pa.Table:
    """These rows in this order, without any trace of the batches they came from."""
    table = pa.Table.from_batches(batches, schema)
    whole = table.unify_dictionaries().combine_chunks()
    return pa.table([_canonical(column) for column in whole.columns], schema=schema)


def _canonical(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A dictionary column with just the labels that occur, in alphabetical order; any other column as it is."""
    if not pa.types.is_dictionary(column.type) or not column.num_chunks:
        return column
    import pyarrow.compute as pc

    (array,) = column.chunks
    labels = array.dictionary.take(pc.unique(array.indices).drop_null())
    ordered = labels.take(pc.sort_indices(labels))
    codes = pc.index_in(array.dictionary, ordered).take(array.indices)
    return pa.chunked_array([pa.DictionaryArray.from_arrays(codes, ordered)])


class PartReader:
    """The rows of a part file, replication by replication; it holds one row group at a time."""

    def __init__(self, file: pa.NativeFile, table: TableName, part: int) -> None:
        import pyarrow.parquet as pq

        self._file = pq.ParquetFile(file, page_checksum_verification=True)
        self._schema = SCHEMAS[table]
        self._step = GROUP_REPLICATIONS[table]
        self._first = part * PART_REPLICATIONS
        self._group = (-1, pa.table({}))

    def batch(self, replication: int) -> pa.RecordBatch:
        """The rows of one replication."""
        if not self._file.num_row_groups:
            return no_row(self._schema)
        wanted = (replication - self._first) // self._step
        if self._group[0] != wanted:
            self._group = (wanted, self._file.read_row_group(wanted).cast(self._schema))
        (batch,) = batches_by_replication(self._group[1], [replication])
        return batch
