"""Rows: columns of some rows as arrays, in their order."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.tables.arrays import codes_of, measures_of, numbers


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the replications table of one campaign, or of another table."""

    table: pa.Table

    def __len__(self) -> int:
        rows: int = self.table.num_rows
        return rows

    def at(self, places: NDArray[np.intp]) -> "Rows":
        """The rows at these places."""
        return Rows(self.table.take(numbers(places)))

    def first(self, count: int) -> "Rows":
        """The first replications: those that a campaign shares with its twin."""
        return Rows(self.table.slice(0, count))

    def of(self, name: str) -> NDArray[np.float64]:
        """A column of numbers; not a number where it is missing, 0 or 1 of a yes-or-no."""
        return measures_of(self.table.column(name))

    def codes_of(self, name: str) -> tuple[NDArray[np.intp], list[str]]:
        """A column of labels, none of which is missing: codes, and the label of each."""
        return codes_of(self.table.column(name))
