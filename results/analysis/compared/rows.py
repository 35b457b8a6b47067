"""Rows: columns of some rows as arrays, in their order."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.tables.arrays import values_of


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the replications table of one campaign, or of another table."""

    table: pa.Table

    def __len__(self) -> int:
        rows: int = self.table.num_rows
        return rows

    def first(self, count: int) -> "Rows":
        """The first replications: those that a campaign shares with its twin."""
        return Rows(self.table.slice(0, count))

    def of(self, name: str) -> NDArray[np.float64]:
        """A column of numbers; not a number where it is missing, 0 or 1 of a yes-or-no."""
        column = self.table.column(name).combine_chunks().cast(pa.float64())
        if not column.null_count:
            return np.asarray(values_of(column))
        values = np.full(len(column), np.nan)
        values[values_of(column.is_valid().cast(pa.uint8())) == 1] = values_of(column.drop_null())
        return values

    def codes_of(self, name: str) -> tuple[NDArray[np.intp], list[str]]:
        """A column of labels, none of which is missing: codes, and the label of each."""
        labels = self.table.column(name).unify_dictionaries().combine_chunks()
        return values_of(labels.indices).astype(np.intp), labels.dictionary.to_pylist()
