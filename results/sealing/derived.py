"""Derived tables of a campaign: worked out from its parts and inputs, to wait for their places."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.files.durable import make_durable
from results.files.intact import digest_of_file
from results.sealing.chunks import PART
from results.sealing.part_files import PartFile
from results.sealing.parts import replications_of, write_groups
from results.store.description import Description, read_inputs
from results.store.layout import CampaignPaths, parts_of
from results.tables import bands, dimensions
from results.tables.arrays import values_of
from results.tables.schema import DERIVED, DerivedName

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

VALUES_AT_ONCE = 20_000_000
"""Of a measure, how many are in memory: 200 replications of a fortnight of Île-de-France; then come other hours."""


def write_derived(paths: CampaignPaths, stated: Description) -> dict[str, str]:
    """The derived tables wait to be moved to their places; returns the SHA-256 of each by its name in the description.

    The parts that are stated lie at their places, or wait for them.
    """
    shutil.rmtree(paths.derived, ignore_errors=True)
    paths.derived.mkdir()
    digests = {}
    for table in DERIVED:
        file = paths.derived / f"{table}.{PART}"
        write_derived_table(file, table, paths, stated)
        digests[paths.named(paths.part(table, 0))] = digest_of_file(file)
    make_durable(paths.derived, paths.store)
    return digests


def write_derived_table(file: Path, table: DerivedName, paths: CampaignPaths, stated: Description) -> None:
    """One derived table is written, not yet synced."""
    groups = _bands(paths, stated) if table == "hours_bands" else iter([_dimension(table, paths, stated)])
    write_groups(file, table, 0, campaign_id=paths.campaign_id, groups=groups)


def _dimension(table: DerivedName, paths: CampaignPaths, stated: Description) -> pa.Table:
    inputs = read_inputs(paths, stated)
    if table == "dim_establishments":
        return dimensions.establishment_rows(inputs)
    return dimensions.campaign_rows(asdict(stated), inputs)


def _bands(paths: CampaignPaths, stated: Description) -> Iterator[pa.Table]:
    """The bands, measure by measure, and of a long horizon some hours after the others."""
    count = min(stated.replications, bands.REPLICATIONS)
    with ExitStack() as files:
        parts = [_hours(paths, stated, part, files) for part in range(parts_of(count))]
        keys = parts[0].read_row_group(0, list(bands.KEYS))
        rows = parts[0].metadata.num_rows // len(replications_of(0, stated.replications))
        for measure in bands.MEASURES:
            for some in bands.blocks(keys.slice(0, rows), VALUES_AT_ONCE // count):
                yield bands.bands_of(some, measure, _values(parts, measure, count, rows, some.rows))


def _hours(paths: CampaignPaths, stated: Description, part: int, files: ExitStack) -> "ParquetFile":
    import pyarrow.parquet as pq  # a worker writes chunks, and need not pay for Parquet

    file = files.enter_context(PartFile(paths, stated, "hours", part).open()[1])
    return pq.ParquetFile(file, page_checksum_verification=True)


def _values(
    parts: "Sequence[ParquetFile]", measure: str, count: int, rows: int, some: slice
) -> NDArray[np.generic]:
    """Some rows of a column of the hours, of shape (replications, rows)."""
    values: list[NDArray[np.generic]] = []
    for part in parts:
        for column in part.iter_batches(rows, columns=[measure]):
            values.append(values_of(column.column(0))[some].copy())
    return np.stack(values[:count])
