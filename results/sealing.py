"""When does a reader see a campaign's rows? Once they lie in part files, and its description says so.

    1. The part files are written aside, and reach the disk.
    2. They take their places, table by table; the replications come last.
    3. The description is replaced: it says how many replications are sealed. This instant counts.
    4. The chunks, of no more use, are dropped.

Killed before 3, a first sealing is taken back when the campaign next begins; an extension leaves part files that
hold more replications than the description says, which the store's own verbs do not show. Killed after 3, only 4 is
left to do.
"""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pyarrow as pa

from results.campaign import Description, State
from results.chunks import ChunkReader, Whereabouts, finished_chunks, whereabouts
from results.durable import publish, sync_tree
from results.layout import PART_REPLICATIONS, CampaignPaths, part_name, parts_of
from results.parts import PartReader, replications_of, write_part
from results.schema import RECORDS, TableName
from topologies.errors import Message, RunFailed

SEALING_THREADS = min(8, os.cpu_count() or 1)
"""Arrow writes Parquet outside Python's lock; each thread holds one row group."""


def part_files(paths: CampaignPaths, table: TableName, replications: int) -> list[Path]:
    """The part files of a table that hold so many replications."""
    return [paths.table(table) / part_name(part) for part in range(parts_of(replications))]


def seal(paths: CampaignPaths, sealed: Description, replications: int) -> Description:
    """The parts of so many replications are at their places; returns the description that makes them visible."""
    found = whereabouts(paths)
    _refuse_gaps(sealed, found, replications)
    aside = paths.aside / uuid4().hex
    digests = dict(_write_parts(paths, aside, sealed.replications, replications, found))
    sync_tree(aside)
    for table, place in paths.tables().items():
        _publish_parts(aside / table, place)
    return replace(sealed, state=State.SEALED, replications=replications, files={**sealed.files, **digests})


def _refuse_gaps(sealed: Description, found: Whereabouts, replications: int) -> None:
    gaps = [number for number in range(sealed.replications, replications) if number not in found]
    if gaps:
        template = (
            "campaign {campaign} lacks {count} of {replications} {replications:replication|replications}, "
            "first {first}; run it again"
        )
        values = {
            "campaign": sealed.campaign,
            "count": len(gaps),
            "replications": replications,
            "first": gaps[0],
        }
        raise RunFailed(Message(template, values))


def _write_parts(
    paths: CampaignPaths, aside: Path, sealed: int, replications: int, found: Whereabouts
) -> Iterator[tuple[str, str]]:
    """Each part that is new or gains rows is written; yields its path in the store and its SHA-256."""

    def write(table: TableName, part: int) -> tuple[str, str]:
        rows = _Rows(paths, table, part, sealed, found)
        numbers = replications_of(part, replications)
        digest = write_part(aside / table / part_name(part), table, numbers, rows_of=rows.batch)
        return str((paths.table(table) / part_name(part)).relative_to(paths.store)), digest

    for table in RECORDS:
        (aside / table).mkdir(parents=True)
    jobs = [
        (table, part)
        for part in range(sealed // PART_REPLICATIONS, parts_of(replications))
        for table in RECORDS
    ]
    with ThreadPoolExecutor(SEALING_THREADS) as threads:
        yield from threads.map(write, *zip(*jobs, strict=True))


class _Rows:
    """The rows of one part: from the sealed part as far as that goes, then from the chunks."""

    def __init__(
        self, paths: CampaignPaths, table: TableName, part: int, sealed: int, found: Whereabouts
    ) -> None:
        self._sealed = sealed
        self._chunks = ChunkReader(table, found)
        if part * PART_REPLICATIONS < sealed:
            self._part = PartReader(paths.table(table) / part_name(part), table, part)

    def batch(self, replication: int) -> pa.RecordBatch:
        """The rows of one replication."""
        return (self._part if replication < self._sealed else self._chunks).batch(replication)


def _publish_parts(aside: Path, place: Path) -> None:
    """A new table appears whole, in one step; of one that is there, each part is replaced in one step."""
    if place.exists():
        for part in sorted(aside.iterdir()):
            publish(part, place / part.name)
    else:
        place.parent.mkdir(exist_ok=True)
        publish(aside, place)


def take_back_unsealed_parts(paths: CampaignPaths, sealed: int) -> None:
    """What a killed sealing published beyond the sealed replications is gone, the replications first."""
    for table, place in reversed(paths.tables().items()):
        expected = part_files(paths, table, sealed)
        for part in place.glob("*.parquet"):
            if part not in expected:
                part.unlink()
        if place.exists() and not expected:
            place.rmdir()


def drop_sealed_chunks(paths: CampaignPaths, sealed: int) -> None:
    """No chunk is kept of which every replication is sealed.

    A chunk leaves its place in one step, as it came: a kill never leaves half of one among the finished.
    """
    for chunk, numbers in list(finished_chunks(paths)):
        if max(numbers) < sealed:
            aside = paths.aside / uuid4().hex
            publish(chunk, aside)
            shutil.rmtree(aside)
