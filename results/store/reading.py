"""Reading: the rows of sealed campaigns, from parts that match their descriptions; no other row is seen."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial, reduce
from operator import or_
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pyarrow as pa

from results.files.intact import DamagedFile
from results.files.places import files_for_arrow
from results.sealing.chunk_reader import ChunkReader
from results.sealing.chunks import finished_chunks, whereabouts
from results.sealing.part_files import PartFile, finding_of, part_files
from results.store.description import Description
from results.store.layout import CampaignPaths, part_of, parts_of
from results.tables import detail
from results.tables.arrays import empty_table, labels_coded, numbers, values_of
from results.tables.detail import LEAST, OF_THE_FIRST
from results.tables.schema import SCHEMAS, AnyTable, TableName, is_by_replication, is_recorded
from results.tables.tables import batches_by_replication
from topologies.errors import BadStore, Finding, Message

if TYPE_CHECKING:
    from pyarrow.compute import Expression
    from pyarrow.dataset import Dataset, Fragment, ParquetFileFormat

T = TypeVar("T")

CAMPAIGN = pa.field(
    "campaign",
    pa.dictionary(pa.int32(), pa.string()),
    nullable=False,
    metadata={"description": "identifier of the campaign"},
)
"""The hive partition: it stands in the path of the file, not in the file."""

Sealed = tuple[CampaignPaths, Description]
"""A sealed campaign: where it lies, and what is to be read of it."""


def schema_read(table: AnyTable) -> pa.Schema:
    """The columns that a reader sees: those of the files, and the campaign."""
    return SCHEMAS[table].append(CAMPAIGN)


def refuse_unkept(table: AnyTable, sealed: Sequence[Sealed], replication: int = 0) -> None:
    """`BadStore` where none of these campaigns keeps rows of a table that are asked for."""
    details = [description.hours for _, description in sealed]
    if not is_recorded(table) or not details or any(each.keeps(table, replication) for each in details):
        return
    values = {
        "campaign": ", ".join(description.campaign for _, description in sealed),
        "table": table,
        "kept": ", ".join(sorted({*map(str, details)})),
        "least": str(LEAST[table]),
    }
    if table in OF_THE_FIRST:
        first = {"first": str(detail.WHOLE), "number": str(replication)}
        raise BadStore(
            Message(
                "campaign {campaign} was run with --hours {kept} and keeps {table} of its first replications "
                "({first}), not of {number}; run the same command with --hours {least} and another --store",
                values | first,
            )
        )
    raise BadStore(
        Message(
            "campaign {campaign} was run with --hours {kept} and keeps no {table}; run the same command with --hours "
            "{least} and another --store",
            values,
        )
    )


def _each(parts: Iterable[PartFile], do: Callable[[PartFile], T]) -> list[T]:
    """The result for each part; `BadStore` with all those that are damaged.

    Two at once: files are hashed and read outside Python's lock.
    """

    def outcome(part: PartFile) -> T | Finding:
        try:
            return do(part)
        except DamagedFile as damaged:
            return finding_of(part, damaged)

    every = list(parts)
    if len(every) == 1:
        outcomes = [outcome(every[0])]
    else:
        with ThreadPoolExecutor(2) as threads:
            outcomes = list(threads.map(outcome, every))
    findings = [each for each in outcomes if isinstance(each, Finding)]
    if findings:
        campaign = every[0].description.campaign
        raise BadStore(
            Message("campaign {campaign} is damaged, and is not read", {"campaign": campaign}), findings
        )
    return [each for each in outcomes if not isinstance(each, Finding)]


def read(table: AnyTable, sealed: Sequence[Sealed], columns: Sequence[str] | None = None) -> pa.Table:
    """The sealed rows of these campaigns, or some columns of them, in order of campaign and replication."""
    refuse_unkept(table, sealed)
    schema = schema_read(table)
    if columns is not None:
        schema = pa.schema([schema.field(name) for name in columns])
    tables = [_read_campaign(table, *campaign, schema) for campaign in sealed]
    return pa.concat_tables(tables or [empty_table(schema)]).unify_dictionaries()


def _read_campaign(
    table: AnyTable, paths: CampaignPaths, description: Description, schema: pa.Schema
) -> pa.Table:
    names = [name for name in schema.names if name != CAMPAIGN.name]
    keys = ["replication"] if is_by_replication(table) and "replication" not in names else []
    rows = pa.concat_tables(
        _each(_parts(table, paths, description), partial(_read_part, columns=keys + names))
    )
    visible = (
        rows.slice(0, _rows_of_first(description.replications, rows)) if is_by_replication(table) else rows
    )
    if CAMPAIGN.name in schema.names:
        campaign = labels_coded(numbers(np.zeros(visible.num_rows, np.int32)), [description.campaign])
        visible = visible.append_column(CAMPAIGN, campaign)
    return visible.select(schema.names).cast(schema)


def read_parts(
    table: TableName, sealed: Sealed, columns: Sequence[str], replications: int
) -> Iterator[pa.Table]:
    """Some columns of the rows of the first replications that are sealed, part by part; two are read at once."""
    refuse_unkept(table, [sealed])
    (paths, description), read_part = sealed, partial(_read_part, columns=["replication", *columns])
    until = min(replications, description.replications)
    parts = _parts(table, paths, description)[: parts_of(until)]
    for first in range(0, len(parts), 2):
        for rows in _each(parts[first : first + 2], read_part):
            yield rows.slice(0, _rows_of_first(until, rows)).select(columns)


def read_replication(table: TableName, sealed: Sealed, replication: int) -> pa.Table:
    """The rows of one sealed replication, from the part that holds it."""
    refuse_unkept(table, [sealed], replication)
    paths, description = sealed
    (rows,) = _each([PartFile(paths, description, table, part_of(replication))], _read_part)
    (batch,) = batches_by_replication(rows.cast(SCHEMAS[table]), [replication])
    return pa.Table.from_batches([batch])


def _rows_of_first(replications: int, rows: pa.Table) -> int:
    """How many of these rows, in order of replication, are of the first so many."""
    return int(np.searchsorted(values_of(rows.column("replication").combine_chunks()), replications))


def _parts(table: AnyTable, paths: CampaignPaths, description: Description) -> list[PartFile]:
    return [part for part in part_files(paths, description) if part.table == table]


def _read_part(part: PartFile, columns: Sequence[str] | None = None) -> pa.Table:
    import pyarrow.parquet as pq  # a worker writes chunks, and need not pay for Parquet

    with part.open()[1] as file:
        try:
            parquet = pq.ParquetFile(file, page_checksum_verification=True)
            return parquet.read(columns, use_threads=parquet.num_row_groups > 1)
        except (OSError, pa.ArrowException) as error:
            raise DamagedFile(Message("cannot be read: {reason}", {"reason": str(error)})) from error


def scan(table: AnyTable, sealed: Sequence[Sealed]) -> "Dataset":
    """The same rows as `read`, not read yet."""
    import pyarrow.dataset as ds  # its import costs a second, which `read` need not pay

    refuse_unkept(table, sealed)
    if not sealed:
        return ds.dataset(empty_table(schema_read(table)))
    options = ds.ParquetFragmentScanOptions(page_checksum_verification=True)
    format_read = ds.ParquetFileFormat(default_fragment_scan_options=options)
    fragment = partial(_fragment, format_read=format_read)
    fragments = [one for campaign in sealed for one in _each(_parts(table, *campaign), fragment)]
    files, _path = files_for_arrow(sealed[0][0].store)
    dataset = ds.FileSystemDataset(fragments, schema_read(table), format_read, files)
    if not is_by_replication(table):
        return dataset
    return dataset.filter(reduce(or_, (_visible(description) for _, description in sealed)))


def _fragment(part: PartFile, format_read: "ParquetFileFormat") -> "Fragment":
    """The part, to be read later: by its name, or kept open where an extension may replace it meanwhile."""
    import pyarrow.compute as pc

    of_campaign = pc.field("campaign") == part.description.campaign
    path, file = part.open()
    if path == part.place and part.is_full():
        file.close()
        files, name = files_for_arrow(path)
        fragment = format_read.make_fragment(name, filesystem=files, partition_expression=of_campaign)
    else:
        fragment = format_read.make_fragment(file, partition_expression=of_campaign)
    fragment.ensure_complete_metadata()  # pages bear checksums, footers do not: this one is known to be sound
    return fragment


def _visible(description: Description) -> "Expression":
    import pyarrow.compute as pc

    of_campaign = pc.field("campaign") == description.campaign
    return of_campaign & (pc.field("replication") < description.replications)


def read_unsealed(paths: CampaignPaths, table: TableName) -> pa.Table:
    """The rows of the finished chunks, in order of replication."""
    found = whereabouts(chunk for chunk in finished_chunks(paths) if chunk.is_intact())
    with ChunkReader(table, found) as chunks:
        batches = [chunks.batch(number) for number in sorted(found)]
    return pa.Table.from_batches(batches, SCHEMAS[table]).unify_dictionaries()
