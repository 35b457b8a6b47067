"""Rows: the indicators of a campaign's replications as arrays, in order of replication."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.tables.arrays import values_of


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the replications table of one campaign."""

    table: pa.Table

    def __len__(self) -> int:
        rows: int = self.table.num_rows
        return rows

    def first(self, count: int) -> "Rows":
        """The first replications: those that a campaign shares with its twin."""
        return Rows(self.table.slice(0, count))

    def of(self, indicator: str) -> NDArray[np.float64]:
        """An indicator of each replication; not a number where it is missing, 0 or 1 of a yes-or-no."""
        column = self.table.column(indicator)
        if column.null_count or pa.types.is_boolean(column.type):
            return np.array(column.to_pylist(), dtype=np.float64)
        return values_of(column.combine_chunks()).astype(np.float64)
