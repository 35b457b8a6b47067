"""Where do finished replications wait for sealing? In chunks: a folder with one Arrow file a table.

A chunk file holds one record batch a replication, in ascending order: sealing takes up any of them alone.
Writing Arrow files costs a worker a quarter of what Parquet files would, and only sealing needs Parquet.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import uuid4

import pyarrow as pa

from results.durable import publish, sync_tree
from results.layout import CampaignPaths
from results.schema import TableName
from results.tables import batches_by_replication

Whereabouts = dict[int, tuple[Path, int]]
"""For each finished replication, the chunk that holds it and its place in that chunk."""


def write_chunk(paths: CampaignPaths, tables: dict[TableName, pa.Table]) -> None:
    """The chunk is there with its four tables, or not at all."""
    numbers = tables["replications"].column("replication").to_pylist()
    token = uuid4().hex
    aside = paths.aside / token
    aside.mkdir()
    for name, table in tables.items():
        _write_batches(aside / f"{name}.arrow", table.schema, batches_by_replication(table, numbers))
    sync_tree(aside)
    publish(aside, paths.chunks / f"{numbers[0]:06}-{numbers[-1]:06}-{token[:8]}")


def _write_batches(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_file(str(path), schema, options=options) as writer:
        for batch in batches:
            writer.write_batch(batch)


def finished_chunks(paths: CampaignPaths) -> Iterator[tuple[Path, list[int]]]:
    """Each finished chunk, with the numbers of its replications."""
    for chunk in sorted(paths.chunks.glob("*")):
        with pa.memory_map(str(chunk / "replications.arrow")) as file:
            yield chunk, pa.ipc.open_file(file).read_all().column("replication").to_pylist()


def whereabouts(paths: CampaignPaths) -> Whereabouts:
    """Where each finished replication is; of two copies, which are equal, the first."""
    found: Whereabouts = {}
    for chunk, numbers in finished_chunks(paths):
        for place, number in enumerate(numbers):
            found.setdefault(number, (chunk, place))
    return found


class ChunkReader:
    """The rows of one table, replication by replication, from the chunks that hold them."""

    def __init__(self, table: TableName, found: Whereabouts) -> None:
        self._table = table
        self._found = found
        self._open: dict[Path, pa.ipc.RecordBatchFileReader] = {}

    def batch(self, replication: int) -> pa.RecordBatch:
        """The rows of one replication."""
        chunk, place = self._found[replication]
        if chunk not in self._open:
            self._open[chunk] = pa.ipc.open_file(pa.memory_map(str(chunk / f"{self._table}.arrow")))
        return self._open[chunk].get_batch(place)
