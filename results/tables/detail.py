"""Detail: how finely a campaign keeps the hours of its replications.

Hours fill most of a store. Whoever asks for very many replications mostly wants their indicators, and the bands of
hours, which are the same at every detail.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.tables import bands
from results.tables.arrays import labels_coded, numbers, values_of
from results.tables.schema import SCHEMAS, TableName

KEYS: Final = frozenset({"replication", *bands.KEYS})
"""Columns of the hours table that are no measures."""
WHOLE: Final = 10_000
"""Replications of which all but hours is kept at every detail."""


class Detail(StrEnum):
    """What is kept of hours, the most first."""

    SITE = "site"
    """Those of territories, and of each site with emergencies or critical care."""
    TERRITORY = "territory"
    """Those of territories."""
    REGION = "region"
    """Those of the region, which are the sums over its territories."""
    BANDS = "bands"
    """None: only their mean and quantiles. Communes and timelines, the next largest, are of the first replications."""

    def holds(self, other: "Detail") -> bool:
        """Whoever asks for the other finds all of it here.

        >>> Detail.SITE.holds(Detail.BANDS), Detail.REGION.holds(Detail.TERRITORY)
        (True, False)
        """
        every = list(Detail)
        return every.index(self) <= every.index(other)

    def keeps(self, table: TableName, replication: int = 0) -> bool:
        """The table has rows of this replication."""
        if table in OF_THE_FIRST and replication < WHOLE:
            return True
        return self.holds(LEAST.get(table, Detail.BANDS))

    @property
    def keeps_territories(self) -> bool:
        """Bands can be worked out again from the hours that are kept."""
        return self.holds(Detail.TERRITORY)


LEAST: Final[Mapping[TableName, Detail]] = {
    "establishment_hours": Detail.SITE,
    "hours": Detail.REGION,
    "communes": Detail.REGION,
    "timeline": Detail.REGION,
}
"""The detail from which on a table has rows of all replications."""
OF_THE_FIRST: Final[frozenset[TableName]] = frozenset({"communes", "timeline"})
"""Tables that at every detail have rows of the first replications."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """What a campaign keeps of what its replications return."""

    detail: Detail
    region: str
    """Its name, under which the hours of the whole region stand as those of one territory."""

    def in_chunk(self, table: TableName, replication: int, rows: pa.RecordBatch) -> pa.RecordBatch:
        """Of the rows of a replication, those that wait for sealing: the hours from which bands are made are whole."""
        if table == "hours" and replication < bands.REPLICATIONS:
            return rows
        return self.in_part(table, replication, rows)

    def in_part(self, table: TableName, replication: int, rows: pa.RecordBatch) -> pa.RecordBatch:
        """Those that are kept; of rows that were kept before, the same."""
        if not self.detail.keeps(table, replication):
            return rows.slice(0, 0)
        if table == "hours" and not self.detail.keeps_territories:
            return _of_region(rows, self.region)
        return rows


def _of_region(rows: pa.RecordBatch, region: str) -> pa.RecordBatch:
    """The hours of a replication, summed over its territories; of shares of capacity, their mean."""
    if not rows.num_rows:
        return rows
    columns = dict(zip(rows.schema.names, rows.columns, strict=True))
    hour = values_of(columns["hour"])
    groups = int(np.searchsorted(hour, hour[0], side="right"))
    names = columns["stream"].slice(0, groups).to_pylist()
    streams = sorted(set(names))
    places = [np.array([name == stream for name in names]) for stream in streams]
    hours = len(hour) // groups

    def over_territories(name: str, values: NDArray[Any]) -> pa.Array:
        by_hour = values.reshape(hours, groups)
        each = (by_hour[:, place] for place in places)
        added = [one.mean(axis=1) if name == "capacity_share" else one.sum(axis=1) for one in each]
        return numbers(np.stack(added, axis=1, dtype=values.dtype, casting="same_kind").reshape(-1))

    starts = numbers(np.repeat(np.arange(hours) * groups, len(streams)))
    found = {name: columns[name].take(starts) for name in KEYS - {"ght", "stream"}}
    found["ght"] = labels_coded(numbers(np.zeros(len(starts), np.int32)), [region])
    found["stream"] = labels_coded(numbers(np.tile(np.arange(len(streams), dtype=np.int32), hours)), streams)
    measures = {
        name: over_territories(name, values_of(columns[name])) for name in columns.keys() - found.keys()
    }
    whole = found | measures
    schema = SCHEMAS["hours"]
    return pa.RecordBatch.from_arrays([whole[name] for name in schema.names], schema=schema)
