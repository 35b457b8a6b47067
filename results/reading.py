"""Which rows does a reader see? Those of the replications that are sealed, as the descriptions say; no other."""

from functools import reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from results.arrays import empty_table, labels_coded, numbers, values_of
from results.campaign import Description
from results.chunks import ChunkReader, whereabouts
from results.layout import CampaignPaths
from results.schema import SCHEMAS, TableName
from results.sealing import part_files
from topologies.errors import BadStore, Message

if TYPE_CHECKING:
    from pyarrow.compute import Expression
    from pyarrow.dataset import Dataset

CAMPAIGN = pa.field(
    "campaign",
    pa.dictionary(pa.int32(), pa.string()),
    nullable=False,
    metadata={"description": "identifier of the campaign"},
)
"""The hive partition: it stands in the path of the file, not in the file."""


def schema_read(table: TableName) -> pa.Schema:
    """The columns that a reader sees: those of the files, and the campaign."""
    return SCHEMAS[table].append(CAMPAIGN)


def read(store: Path, table: TableName, sealed: list[Description]) -> pa.Table:
    """The sealed rows of these campaigns, in order of campaign and replication."""
    tables = [_read_campaign(store, table, description) for description in sealed]
    return pa.concat_tables(tables or [empty_table(schema_read(table))]).unify_dictionaries()


def _read_campaign(store: Path, table: TableName, description: Description) -> pa.Table:
    files = part_files(CampaignPaths(store, description.campaign), table, description.replications)
    rows = pa.concat_tables([_read_part(file) for file in files])
    replications = values_of(rows.column("replication").combine_chunks())
    visible = rows.slice(0, int(np.searchsorted(replications, description.replications)))
    campaign = labels_coded(numbers(np.zeros(visible.num_rows, np.int32)), [description.campaign])
    return visible.append_column(CAMPAIGN, campaign).cast(schema_read(table))


def _read_part(file: Path) -> pa.Table:
    import pyarrow.parquet as pq  # a worker writes chunks, and need not pay for Parquet

    try:
        return pq.ParquetFile(file).read()
    except (OSError, pa.ArrowInvalid) as error:
        template = "{file} cannot be read: {reason}; check the store, and bring the file back from a copy"
        raise BadStore(Message(template, {"file": str(file), "reason": str(error)})) from error


def scan(store: Path, table: TableName, sealed: list[Description]) -> "Dataset":
    """The same rows as `read`, not read yet."""
    import pyarrow.dataset as ds  # its import costs a second, which `read` need not pay

    if not sealed:
        return ds.dataset(empty_table(schema_read(table)))
    files = [
        str(file)
        for description in sealed
        for file in part_files(CampaignPaths(store, description.campaign), table, description.replications)
    ]
    hive = ds.partitioning(pa.schema([CAMPAIGN]), flavor="hive", dictionaries="infer")
    dataset = ds.dataset(files, partitioning=hive, format="parquet", partition_base_dir=str(store))
    return dataset.filter(reduce(or_, map(_visible, sealed)))


def _visible(description: Description) -> "Expression":
    import pyarrow.compute as pc

    of_campaign = pc.field("campaign") == description.campaign
    return of_campaign & (pc.field("replication") < description.replications)


def read_unsealed(paths: CampaignPaths, table: TableName) -> pa.Table:
    """The rows of the finished chunks, in order of replication."""
    found = whereabouts(paths)
    chunks = ChunkReader(table, found)
    batches = [chunks.batch(number) for number in sorted(found)]
    return pa.Table.from_batches(batches, SCHEMAS[table]).unify_dictionaries()
