"""The reader of chunks: the rows of one table, replication by replication."""

from contextlib import ExitStack
from pathlib import Path
from typing import Self

import pyarrow as pa

from results.files.intact import DamagedFile, open_intact
from results.sealing.chunks import PART, Chunk, Whereabouts
from results.sealing.parts import PartReader
from results.store.layout import PART_REPLICATIONS
from results.tables.schema import TableName
from topologies.errors import Message, RunFailed


class ChunkReader:
    """Each file is checked against its digest when it is opened, and stays open until the end."""

    def __init__(self, table: TableName, found: Whereabouts) -> None:
        self._table = table
        self._found = found
        self._files = ExitStack()
        self._open: dict[Path, pa.ipc.RecordBatchFileReader | PartReader] = {}

    def batch(self, replication: int) -> pa.RecordBatch:
        """The rows of one replication."""
        chunk, place = self._found[replication]
        if chunk.folder not in self._open:
            self._open[chunk.folder] = self._reader(chunk)
        reader = self._open[chunk.folder]
        return reader.batch(replication) if isinstance(reader, PartReader) else reader.get_batch(place)

    def _reader(self, chunk: Chunk) -> "pa.ipc.RecordBatchFileReader | PartReader":
        try:
            file = open_intact(chunk.file(self._table), chunk.manifest.files[self._table])
        except DamagedFile as damaged:
            values = {"file": str(chunk.file(self._table)), "problem": damaged.problem}
            raise RunFailed(
                Message(
                    "{file} {problem}; run the same command again, which runs its replications anew", values
                )
            ) from damaged
        self._files.enter_context(file)
        if chunk.manifest.kind == PART:
            return PartReader(file, self._table, min(chunk.replications) // PART_REPLICATIONS)
        return pa.ipc.open_file(file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._files.close()
