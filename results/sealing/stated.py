"""Stated parts: the rows that a description says are sealed, as sealing reads them to work out others."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pyarrow as pa

from results.files.intact import DamagedFile, open_intact
from results.sealing.part_files import PartFile, open_to_extend, waiting_files
from results.store.description import Description, read_inputs
from results.store.layout import CampaignPaths, parts_of
from results.tables.schema import TableName


@dataclass(frozen=True, slots=True)
class Stated:
    """The parts of a campaign, at their places or on their way there, and its inputs."""

    paths: CampaignPaths
    description: Description
    waiting: dict[str, Path] = field(repr=False)
    """By its digest, each file that is on its way."""

    @classmethod
    def by(cls, paths: CampaignPaths, description: Description) -> Self:
        """What this description states."""
        return cls(paths, description, waiting_files(paths))

    def inputs(self) -> dict[str, Any]:
        """The inputs of the campaign in full."""
        return read_inputs(self.paths, self.description)

    def tables(self, table: TableName, columns: Sequence[str]) -> Iterator[pa.Table]:
        """These columns, part by part."""
        import pyarrow.parquet as pq  # a worker writes chunks, and need not pay for Parquet

        for part in range(parts_of(self.description.replications)):
            with self.open(table, part) as file:
                yield pq.ParquetFile(file, page_checksum_verification=True).read(list(columns))

    def open(self, table: TableName, part: int) -> pa.NativeFile:
        """The open file of a part; `BadStore` where it is damaged."""
        stated = PartFile(self.paths, self.description, table, part)
        if stated.digest in self.waiting:  # looked up here: there may be thousands of them
            with suppress(DamagedFile):
                return open_intact(self.waiting[stated.digest], stated.digest)
        return open_to_extend(stated)
