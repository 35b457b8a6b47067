"""Derived tables of a campaign: worked out from its parts and inputs, to wait for their places."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.files.durable import make_durable
from results.files.intact import digest_of_file
from results.sealing.basis import hours_by_territory
from results.sealing.chunks import PART
from results.sealing.gathered import draws, indicators
from results.sealing.parts import write_groups
from results.sealing.stated import Stated
from results.store.description import Description
from results.store.layout import CampaignPaths
from results.tables import bands, dimensions
from results.tables.arrays import values_of
from results.tables.groups import Groups
from results.tables.schema import DERIVED, DerivedName
from simulation.inputs.campaign import Uncertainty

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

VALUES_AT_ONCE = 20_000_000
"""Of a measure, how many are in memory: 200 replications of a fortnight of Île-de-France; then come other hours."""


def write_derived(
    paths: CampaignPaths, stated: Description, tables: Iterable[DerivedName] = DERIVED
) -> dict[str, str]:
    """The derived tables wait to be moved to their places; returns the SHA-256 of each by its name in the description.

    The parts that are stated lie at their places, or wait for them.
    """
    shutil.rmtree(paths.derived, ignore_errors=True)
    paths.derived.mkdir()
    digests = {}
    parts = Stated.by(paths, stated)
    for table in tables:
        file = paths.derived / f"{table}.{PART}"
        write_derived_table(file, table, parts)
        digests[paths.name_of(table, 0)] = digest_of_file(file)
    make_durable(paths.derived, paths.store)
    return digests


def write_derived_table(file: Path, table: DerivedName, stated: Stated) -> None:
    """One derived table is written, not yet synced."""
    campaign_id = stated.paths.campaign_id
    write_groups(file, table, 0, campaign_id=campaign_id, groups=_GROUPS[table](stated))


def _establishments(stated: Stated) -> Iterator[pa.Table]:
    yield dimensions.establishment_rows(stated.inputs())


def _campaigns(stated: Stated) -> Iterator[pa.Table]:
    yield dimensions.campaign_rows(asdict(stated.description), stated.inputs())


def _bands(stated: Stated) -> Iterator[pa.Table]:
    """The bands, measure by measure, and of a long horizon some hours after the others."""
    count = min(stated.description.replications, bands.REPLICATIONS)
    with hours_by_territory(stated) as parts:
        each = [one for part in parts for one in _replications(part)][:count]
        keys = (one.read(bands.KEYS) for one in each)
        is_drawn = stated.inputs()["uncertainty"] == Uncertainty.DRAWN
        groups = Groups.of(next(keys), keys if is_drawn else ())
        for measure in bands.MEASURES:
            for some in bands.blocks(groups.keys, VALUES_AT_ONCE // count):
                yield bands.bands_of(some, measure, _values(each, measure, groups, some.rows))


_GROUPS: Mapping[DerivedName, Callable[[Stated], Iterator[pa.Table]]] = {
    "indicators": indicators,
    "draws": draws,
    "hours_bands": _bands,
    "dim_establishments": _establishments,
    "dim_campaigns": _campaigns,
}
"""The row groups of each."""


@dataclass(frozen=True, slots=True)
class _Replication:
    """The hours of one replication, in a file of which they are some rows of a group."""

    file: "ParquetFile"
    group: int
    rows: slice

    def read(self, columns: Sequence[str]) -> pa.Table:
        """Some of their columns."""
        read = self.file.read_row_group(self.group, list(columns))
        return read.slice(self.rows.start, self.rows.stop - self.rows.start)


def _replications(file: "ParquetFile") -> Iterator[_Replication]:
    for group in range(file.num_row_groups):
        numbers = values_of(file.read_row_group(group, ["replication"]).column(0).combine_chunks())
        bounds = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(numbers)]
        for first, after in pairwise(bounds):
            yield _Replication(file, group, slice(first, after))


def _values(each: Sequence[_Replication], measure: str, groups: Groups, some: slice) -> NDArray[np.generic]:
    """Some rows of a column of the hours, of shape (replications, rows).

    A stream that a territory has not is asked for nothing, and lacks nothing.
    """
    missing = 0.0 if measure in bands.COUNTS else 1.0
    values = []
    for number, one in enumerate(each):
        column = one.read([measure]).column(0).combine_chunks()
        values.append(groups.placed(number, values_of(column), missing)[some].copy())
    return np.stack(values)
