"""Sealing: a campaign's rows become visible once they are in part files and its description states them.

    1. Part by part, the files are written aside, reach the disk, and become a chunk; the chunks whose
       replications it holds are dropped.
       What is worked out from them and from the inputs is written beside.
    2. The description is replaced: it states how many replications are sealed, and the new files. This instant counts.
    3. The files move to their places, table by table; the replications come last.
    4. The chunks, of no more use, are dropped.

Killed before 2, all replications still lie in chunks. Killed after it, readers of ours find the files that have not
moved among the chunks, and whoever begins the campaign next moves them. Who reads the files without us sees, of each
table, the replications of before, or more, in order, up to those that are sealed: never one that is not.
"""

import shutil
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pyarrow as pa

from results.files.durable import make_folder, publish
from results.sealing.chunk_reader import ChunkReader
from results.sealing.chunks import (
    ARROW,
    PART,
    Chunk,
    Whereabouts,
    finished_chunks,
    publish_chunk,
    whereabouts,
)
from results.sealing.derived import write_derived
from results.sealing.part_files import PartFile, open_to_extend, part_files, waiting_files
from results.sealing.parts import PartReader, replications_of, write_part
from results.store.description import Description, State, write_description
from results.store.layout import PART_NAME, PART_REPLICATIONS, CampaignPaths, parts_of
from results.tables import bands
from results.tables.schema import DERIVED, RECORDS, TableName
from topologies.errors import Message, RunFailed


def seal(paths: CampaignPaths, sealed: Description, replications: int) -> Description:
    """The first `replications` are sealed; returns the description that says so."""
    _refuse_gaps(sealed, gaps(sealed, finished_chunks(paths), replications), replications)
    files, ready = dict(sealed.files), list[Chunk]()
    basis = basis_of(sealed, replications)
    for part in range(sealed.replications // PART_REPLICATIONS, parts_of(replications)):
        numbers = replications_of(part, replications)
        chunk = _part_chunk(paths, numbers) or _write_part_chunk(paths, sealed, numbers)
        files |= {paths.name_of(table, part): chunk.manifest.files[table] for table in RECORDS}
        ready.append(chunk)
        remove_chunks(paths, sealed.replications, ready, basis)
    stated = replace(sealed, state=State.SEALED, replications=replications, files=files)
    anew = [table for table in DERIVED if table != "hours_bands" or basis or sealed.hours.keeps_territories]
    files |= write_derived(paths, stated, anew)
    stated = replace(stated, files=dict(sorted(files.items())))
    write_description(paths, stated)
    move_to_places(paths, stated)
    remove_chunks(paths, replications)
    return stated


def basis_of(sealed: Description, replications: int) -> range:
    """The replications whose hours by territory must lie in the chunks of workers, since no part keeps them."""
    return range(min(replications, bands.REPLICATIONS) if sealed.lacks_bands else 0)


def gaps(sealed: Description, chunks: Iterable[Chunk], replications: int) -> list[int]:
    """The replications that must be run, or run again, before so many are sealed."""
    finished = list(chunks)
    found = set(whereabouts(finished))
    whole = set(whereabouts(chunk for chunk in finished if chunk.manifest.kind == ARROW))
    basis = basis_of(sealed, replications)
    return [
        number
        for number in sealed.to_seal(replications)
        if number not in (whole if number in basis else found)
    ]


def _refuse_gaps(sealed: Description, missing: Sequence[int], replications: int) -> None:
    if missing:
        values = {
            "campaign": sealed.campaign,
            "count": len(missing),
            "replications": replications,
            "first": missing[0],
        }
        raise RunFailed(
            Message(
                "campaign {campaign} lacks {count} of {replications} {replications:replication|replications}, "
                "first {first}; run it again",
                values,
            )
        )


def _part_chunk(paths: CampaignPaths, numbers: range) -> Chunk | None:
    """The part of these replications that a killed sealing had already written, if any."""
    for chunk in finished_chunks(paths):
        if chunk.manifest.kind == PART and chunk.replications == tuple(numbers) and chunk.is_intact():
            return chunk
    return None


def _write_part_chunk(paths: CampaignPaths, sealed: Description, numbers: range) -> Chunk:
    """The part is on the disk, as a chunk that holds its replications."""
    found = whereabouts(finished_chunks(paths))
    aside = paths.aside / uuid4().hex
    aside.mkdir()

    def write(table: TableName) -> None:
        with _Rows(paths, sealed, table, numbers, found) as rows:
            file = aside / f"{table}.{PART}"
            rows_of = rows.batch if sealed.hours.keeps(table, numbers.start) else None
            write_part(file, table, numbers, campaign_id=paths.campaign_id, rows_of=rows_of)

    with ThreadPoolExecutor(len(RECORDS)) as threads:  # Arrow writes Parquet outside Python's lock
        list(threads.map(write, RECORDS))
    return publish_chunk(paths, aside, PART, numbers)


class _Rows:
    """The rows of one part: from the sealed part as far as that goes, then from the chunks."""

    def __init__(
        self, paths: CampaignPaths, sealed: Description, table: TableName, numbers: range, found: Whereabouts
    ) -> None:
        self._description, self._sealed, self._table = sealed, sealed.replications, table
        self._chunks = ChunkReader(table, found)
        self._files = ExitStack()
        self._files.enter_context(self._chunks)
        if numbers.start < self._sealed:
            self._part = self._sealed_part(table, paths, numbers.start // PART_REPLICATIONS)

    def _sealed_part(self, table: TableName, paths: CampaignPaths, number: int) -> PartReader:
        file = open_to_extend(PartFile(paths, self._description, table, number))
        return PartReader(self._files.enter_context(file), table, number)

    def batch(self, replication: int) -> pa.RecordBatch:
        """The rows of one replication."""
        rows = (self._part if replication < self._sealed else self._chunks).batch(replication)
        return self._description.keeping.in_part(self._table, replication, rows)

    def __enter__(self) -> "_Rows":
        return self

    def __exit__(self, *_raised: object) -> None:
        self._files.close()


def move_to_places(paths: CampaignPaths, description: Description) -> None:
    """Every part that the description states and that is still among the chunks is moved to its place."""
    waiting = waiting_files(paths)
    for part in part_files(paths, description):
        file = waiting.get(part.digest)
        if file is not None and file.exists():
            take_place(file, part)
    shutil.rmtree(paths.derived, ignore_errors=True)


def take_place(file: Path, part: PartFile) -> None:
    """The file, already synced, is moved to the part's place, whatever was in the way."""
    folder = part.place.parent
    for path in (folder.parent, folder):
        if not path.is_dir() and (path.exists() or path.is_symlink()):
            remove(part.paths, path)
    make_folder(folder, part.paths.store)
    if part.place.is_dir():
        remove(part.paths, part.place)
    publish(file, part.place)


def remove_unlisted_parts(paths: CampaignPaths, description: Description) -> None:
    """Parts that the description does not state are removed, those of `replications` first."""
    stated = {part.place for part in part_files(paths, description)}
    for table in (*RECORDS, *DERIVED):
        for part in sorted(paths.table(table).glob("part-*.parquet")):
            if part not in stated and PART_NAME.fullmatch(part.name):
                remove(paths, part)
        if not stated and paths.table(table).is_dir() and not any(paths.table(table).iterdir()):
            paths.table(table).rmdir()


def remove_chunks(
    paths: CampaignPaths, sealed: int, ready: Sequence[Chunk] = (), basis: range = range(0)
) -> None:
    """Chunks are removed whose replications are all sealed, or in the parts that are ready, and no basis of bands."""
    held = {number for chunk in ready for number in chunk.replications}
    kept = {chunk.folder for chunk in ready}
    for chunk in list(finished_chunks(paths)):
        is_basis = chunk.manifest.kind == ARROW and any(number in basis for number in chunk.replications)
        needed = any(number >= sealed and number not in held for number in chunk.replications)
        if not (needed or is_basis) and chunk.folder not in kept:
            remove(paths, chunk.folder)


def remove(paths: CampaignPaths, path: Path) -> None:
    """It is moved away in one step, then deleted: a kill never leaves half of it."""
    aside = paths.aside / uuid4().hex
    path.replace(aside)
    if aside.is_dir() and not aside.is_symlink():
        shutil.rmtree(aside)
    else:
        aside.unlink()
