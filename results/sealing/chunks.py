"""Chunks: where finished replications wait for sealing. A folder each, with a file per table and a manifest.

A worker writes Arrow files with one record batch per replication, in the order in which they were made: sealing can
pick any of them. Arrow files cost a worker half as much as Parquet files, which only sealing needs. What sealing itself
has written and not yet moved to its place is a chunk too, of Parquet files.

The manifest says which replications the chunk holds, and the SHA-256 of its files: a chunk that is not exactly as it
was written is not used.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, Literal, TypeVar
from uuid import uuid4

import numpy as np
import pyarrow as pa
from pydantic import TypeAdapter, ValidationError

from results.files.digests import attested
from results.files.durable import make_durable, publish
from results.files.intact import DamagedFile, digest_of_file, open_intact, ordinary
from results.store.layout import CHUNK_NAME, CampaignPaths
from results.tables.arrays import labels_coded, numbers, values_of
from results.tables.detail import Keeping
from results.tables.schema import RECORDS, SCHEMAS, TableName
from results.tables.tables import HOURLY, batches_by_replication, no_row, record_tables
from simulation.outcome.establishment_hours import EstablishmentHours
from simulation.outcome.records import Hours, Outcome
from topologies.errors import Finding, Message

MANIFEST = "manifest.json"
ARROW: Final = "arrow"
PART: Final = "part"
Kind = Literal["arrow", "part"]
"""How the files of a chunk end: those of a worker, and those of a sealing."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a chunk says of itself."""

    campaign: str
    kind: Kind
    replications: tuple[int, ...]
    """In the order in which they lie in the files."""
    files: dict[TableName, str]
    """The SHA-256 of each table's file."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Finished replications that wait for sealing."""

    folder: Path
    manifest: Manifest

    def file(self, table: TableName) -> Path:
        """The file of a table."""
        return self.folder / f"{table}.{self.manifest.kind}"

    @property
    def replications(self) -> tuple[int, ...]:
        """The replications in it."""
        return self.manifest.replications

    def is_intact(self) -> bool:
        """Every file is, to the byte, what was written."""
        try:
            for table, digest in self.manifest.files.items():
                open_intact(self.file(table), digest).close()
        except DamagedFile:
            return False
        return True


_MANIFEST = TypeAdapter(Manifest)

T = TypeVar("T", Hours, EstablishmentHours)

Whereabouts = dict[int, tuple[Chunk, int]]
"""For each finished replication, the chunk that holds it and its place in that chunk."""


_Labels = dict[str, list[str]]
"""Of each column, the labels so far."""


def write_chunk(paths: CampaignPaths, keeping: Keeping, outcomes: Iterable[Outcome]) -> None:
    """The chunk exists with all its tables, or not at all; of their rows it has those that are kept.

    Outcomes may be made one by one: the hours of each are written before the next is requested, since those of a whole
    chunk would fill a quarter of a gigabyte.
    """
    aside = paths.aside / uuid4().hex
    aside.mkdir()
    written = []
    with ExitStack() as files:
        hourly = [(name, files.enter_context(_writer(aside, name)), _Labels()) for name in HOURLY]
        for outcome in outcomes:
            for name, writer, known in hourly:
                rows = _batch(HOURLY[name]([outcome]))
                kept = keeping.in_chunk(name, outcome.replication.replication, rows)
                writer.write_batch(_recoded(kept, known))
            hours, of_sites = _emptied(outcome.hours), _emptied(outcome.establishment_hours)
            written.append(replace(outcome, hours=hours, establishment_hours=of_sites))
            del outcome  # its hours need not lie there while the next is made
    numbers = [outcome.replication.replication for outcome in written]
    ordered = sorted(written, key=lambda outcome: outcome.replication.replication)
    for name, table in record_tables(ordered).items():
        with _writer(aside, name) as writer:
            for number, batch in zip(numbers, batches_by_replication(table, numbers), strict=True):
                writer.write_batch(keeping.in_chunk(name, number, batch))
    publish_chunk(paths, aside, ARROW, numbers)


def _emptied(written: T) -> T:
    """The same without a row: what need not lie in memory while the next outcome is made."""
    every = {field.name: getattr(written, field.name) for field in fields(written)}
    arrays: dict[str, Any] = {
        name: value[:0].copy() for name, value in every.items() if isinstance(value, np.ndarray)
    }
    return replace(written, **arrays)


def publish_chunk(paths: CampaignPaths, aside: Path, kind: Kind, replications: Iterable[int]) -> Chunk:
    """The tables that were written aside become a finished chunk."""
    numbers = tuple(replications)
    files = {table: digest_of_file(aside / f"{table}.{kind}") for table in RECORDS}
    manifest = Manifest(paths.campaign_id, kind, numbers, files)
    (aside / MANIFEST).write_bytes(attested(asdict(manifest)))
    make_durable(aside, paths.store)
    return place_chunk(paths, Chunk(aside, manifest))


def place_chunk(paths: CampaignPaths, aside: Chunk) -> Chunk:
    """What was written aside, durably, is among the finished chunks."""
    numbers = aside.replications
    place = paths.chunks / f"{min(numbers):06}-{max(numbers):06}-{uuid4().hex[:8]}"
    publish(aside.folder, place)
    return replace(aside, folder=place)


def _batch(table: pa.Table) -> pa.RecordBatch:
    (batch,) = table.to_batches() or [no_row(table.schema)]  # none where nobody is cared for
    return batch


def _recoded(batch: pa.RecordBatch, known: _Labels) -> pa.RecordBatch:
    """The same rows, with labels coded by the dictionary so far, which grows by those that are new.

    An Arrow file holds one dictionary per column, which later batches may only extend.
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
    options = pa.ipc.IpcWriteOptions(compression="zstd", emit_dictionary_deltas=True)
    return pa.ipc.new_file(str(folder / f"{name}.{ARROW}"), SCHEMAS[name], options=options)


def chunk_folders(paths: CampaignPaths) -> list[Path]:
    """The folders that bear the name of a chunk; what else lies among them is not ours."""
    return sorted(folder for folder in paths.chunks.glob("*") if CHUNK_NAME.fullmatch(folder.name))


def finished_chunks(paths: CampaignPaths) -> Iterator[Chunk]:
    """Each finished chunk; its manifest is intact, its files are not looked at."""
    for folder in chunk_folders(paths):
        chunk = read_chunk(paths, folder)
        if chunk:
            yield chunk


def read_chunk(paths: CampaignPaths, folder: Path) -> Chunk | None:
    """The chunk in this folder, if there is one of this campaign."""
    try:
        content = ordinary(folder / MANIFEST).read_bytes()
        manifest = _MANIFEST.validate_json(content)
    except (OSError, ValidationError):
        return None
    sound = attested(asdict(manifest)) == content and manifest.campaign == paths.campaign_id
    whole = manifest.replications and set(manifest.files) == set(RECORDS)
    return Chunk(folder, manifest) if sound and whole else None


def whereabouts(chunks: Iterable[Chunk]) -> Whereabouts:
    """The place of each finished replication; of two copies, which are equal, the first."""
    found: Whereabouts = {}
    for chunk in chunks:
        for place, number in enumerate(chunk.replications):
            found.setdefault(number, (chunk, place))
    return found


def damaged_chunks(paths: CampaignPaths, sealed: int) -> list[Path]:
    """The folders named like chunks that are damaged, and not entirely sealed: their replications are lost."""
    return [folder for folder in chunk_folders(paths) if _is_damaged(paths, folder, sealed)]


def _is_damaged(paths: CampaignPaths, folder: Path, sealed: int) -> bool:
    chunk = read_chunk(paths, folder)
    if chunk and (chunk.is_intact() or max(chunk.replications) < sealed):
        return False
    return folder.exists() or folder.is_symlink()  # a run that seals it may have dropped it meanwhile


def chunk_finding(paths: CampaignPaths, folder: Path) -> Finding:
    """What is wrong with a damaged chunk, and what to do."""
    problem = Message("holds replications that wait for sealing, and is damaged")
    remedy = Message("run the same command again, which runs them anew")
    return Finding(where=str(folder), problem=problem, remedy=remedy)
