"""What are the bytes of a sealed campaign? Part files, each of a fixed run of replications.

They depend on the replications alone, whatever the chunks that the rows came from: a row group holds a fixed number
of replications, and its dictionaries hold the labels that occur in it, in alphabetical order.
"""

from collections.abc import Callable, Mapping
from hashlib import file_digest
from pathlib import Path

import pyarrow as pa

from results.durable import sync
from results.layout import PART_REPLICATIONS
from results.schema import SCHEMAS, TableName
from results.tables import batches_by_replication

GROUP_REPLICATIONS: Mapping[TableName, int] = {
    "replications": PART_REPLICATIONS,
    "establishments": PART_REPLICATIONS,
    "hours": 4,
    "timeline": PART_REPLICATIONS,
}
"""Replications in a row group: what sealing holds in memory at once (over a million hours)."""


def replications_of(part: int, replications: int) -> range:
    """The replications of a part, in a campaign of so many."""
    return range(part * PART_REPLICATIONS, min((part + 1) * PART_REPLICATIONS, replications))


def write_part(
    path: Path, table: TableName, replications: range, *, rows_of: Callable[[int], pa.RecordBatch]
) -> str:
    """The part is whole on the disk; returns the SHA-256 of its bytes."""
    import pyarrow.parquet as pq  # a worker writes chunks, and need not pay for Parquet

    schema, step = SCHEMAS[table], GROUP_REPLICATIONS[table]
    with pq.ParquetWriter(path, schema, version="2.6", compression="zstd", compression_level=1) as writer:
        for first in range(replications.start, replications.stop, step):
            numbers = range(first, min(first + step, replications.stop))
            group = row_group([rows_of(number) for number in numbers], schema)
            writer.write_table(group, row_group_size=max(1, group.num_rows))
    sync(path)
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def row_group(batches: list[pa.RecordBatch], schema: pa.Schema) -> pa.Table:
    """These rows in this order, with nothing left of where they came from."""
    table = pa.Table.from_batches(batches, schema)
    whole = table.unify_dictionaries().combine_chunks()
    return pa.table([_settled(column) for column in whole.columns], schema=schema)


def _settled(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A dictionary column over the labels that occur, in alphabetical order; any other as it is."""
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

    def __init__(self, path: Path, table: TableName, part: int) -> None:
        import pyarrow.parquet as pq

        self._file = pq.ParquetFile(path, memory_map=True)
        self._schema = SCHEMAS[table]
        self._step = GROUP_REPLICATIONS[table]
        self._first = part * PART_REPLICATIONS
        self._group = (-1, pa.table({}))

    def batch(self, replication: int) -> pa.RecordBatch:
        """The rows of one replication."""
        wanted = (replication - self._first) // self._step
        if self._group[0] != wanted:
            self._group = (wanted, self._file.read_row_group(wanted).cast(self._schema))
        (batch,) = batches_by_replication(self._group[1], [replication])
        return batch
