"""The basis of bands: hours by territory of the first replications, as part files.

A campaign that keeps hours by territory has them in its parts. Of another, the chunks of its first replications hold
them until its bands are made; then they are dropped, and whoever needs them again runs these replications again.
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pyarrow as pa

from results.sealing.chunk_reader import ChunkReader
from results.sealing.chunks import ARROW, finished_chunks, whereabouts
from results.sealing.parts import replications_of, write_part
from results.sealing.stated import Stated
from results.store.layout import parts_of
from results.tables import bands

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile


@contextmanager
def hours_by_territory(stated: Stated) -> Iterator[list["ParquetFile"]]:
    """The parts that hold the replications from which bands are made, open."""
    import pyarrow.parquet as pq  # a worker writes chunks, and need not pay for Parquet

    with ExitStack() as files:
        yield [
            pq.ParquetFile(files.enter_context(file), page_checksum_verification=True)
            for file in _open(stated, files)
        ]


def _open(stated: Stated, until_closed: ExitStack) -> Iterator[pa.NativeFile]:
    count = min(stated.description.replications, bands.REPLICATIONS)
    if stated.description.hours.keeps_territories:
        yield from (stated.open("hours", part) for part in range(parts_of(count)))
        return
    aside = stated.paths.aside / uuid4().hex
    aside.mkdir(parents=True)
    until_closed.callback(shutil.rmtree, aside, ignore_errors=True)
    workers = (chunk for chunk in finished_chunks(stated.paths) if chunk.manifest.kind == ARROW)
    with ChunkReader("hours", whereabouts(workers)) as chunks:
        for part in range(parts_of(count)):
            file: Path = aside / f"{part}"
            numbers = replications_of(part, count)
            write_part(file, "hours", numbers, campaign_id=stated.paths.campaign_id, rows_of=chunks.batch)
            yield pa.OSFile(str(file))
