"""Where do finished replications wait for sealing? In chunks: a folder with one Arrow file a table.

A chunk file holds one record batch a replication, in the order in which they were made: sealing takes up any alone.
Writing Arrow files costs a worker a quarter of what Parquet files would, and only sealing needs Parquet.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import numpy as np
import pyarrow as pa

from results.arrays import labels_coded, numbers, values_of
from results.durable import publish, sync_tree
from results.layout import CampaignPaths
from results.schema import SCHEMAS, TableName
from results.tables import batches_by_replication, hours_table, record_tables
from simulation.outcome import Outcome

Whereabouts = dict[int, tuple[Path, int]]
"""For each finished replication, the chunk that holds it and its place in that chunk."""


def write_chunk(paths: CampaignPaths, outcomes: Iterable[Outcome]) -> None:
    """The chunk is there with its four tables, or not at all.

    Outcomes may be made one by one: the hours of each are written before the next is asked
    for, since those of a whole chunk would fill a quarter of a gigabyte.
    """
    token = uuid4().hex
    aside = paths.aside / token
    aside.mkdir()
    told, known = [], dict[str, list[str]]()
    with _writer(aside, "hours") as hours:
        for outcome in outcomes:
            _write_hours(hours, outcome, known)
            told.append(replace(outcome, hours=outcome.hours.emptied()))
            del outcome  # its hours need not lie there while the next is lived
    numbers = [outcome.replication.replication for outcome in told]
    ordered = sorted(told, key=lambda outcome: outcome.replication.replication)
    for name, table in record_tables(ordered).items():
        with _writer(aside, name) as writer:
            for batch in batches_by_replication(table, numbers):
                writer.write_batch(batch)
    sync_tree(aside)
    publish(aside, paths.chunks / f"{min(numbers):06}-{max(numbers):06}-{token[:8]}")


def _write_hours(writer: pa.ipc.RecordBatchFileWriter, outcome: Outcome, known: dict[str, list[str]]) -> None:
    (batch,) = hours_table([outcome]).to_batches()
    writer.write_batch(_recoded(batch, known))


def _recoded(batch: pa.RecordBatch, known: dict[str, list[str]]) -> pa.RecordBatch:
    """The same rows, their labels coded into those known so far, to which new ones are added.

    An Arrow file holds one dictionary a column, to which later batches may only add.
    """
    columns = []
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if not pa.types.is_dictionary(column.type):
            columns.append(column)
            continue
        labels = column.dictionary.to_pylist()
        seen = known.setdefault(name, [])
        seen.extend(label for label in labels if label not in seen)
        places = np.array([seen.index(label) for label in labels], np.int32)
        columns.append(labels_coded(numbers(places[values_of(column.indices)]), seen))
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _writer(folder: Path, name: TableName) -> pa.ipc.RecordBatchFileWriter:
    options = pa.ipc.IpcWriteOptions(compression="lz4", emit_dictionary_deltas=True)
    return pa.ipc.new_file(str(folder / f"{name}.arrow"), SCHEMAS[name], options=options)


def finished_chunks(paths: CampaignPaths) -> Iterator[tuple[Path, list[int]]]:
    """Each finished chunk, with the numbers of its replications."""
    for chunk in sorted(paths.chunks.glob("*")):
        with pa.memory_map(str(chunk / "replications.arrow")) as file:
            yield chunk, pa.ipc.open_file(file).read_all().column("replication").to_pylist()


def whereabouts(paths: CampaignPaths) -> Whereabouts:
    """Where each finished replication is; of two copies, which are equal, the first."""
    found: Whereabouts = {}
    for chunk, replications in finished_chunks(paths):
        for place, number in enumerate(replications):
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
