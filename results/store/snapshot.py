"""A snapshot: the tables of a store at one moment, whatever is sealed or extended meanwhile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from results.store import reading
from results.store.description import Description
from results.store.reading import Sealed
from results.tables.schema import AnyTable, TableName
from simulation.inputs.indicators.registry import INDICATORS
from topologies.errors import BadStore, Message

if TYPE_CHECKING:
    import pandas as pd
    from pyarrow.dataset import Dataset


Columns = Sequence[str] | None
"""Those that are asked for; `None` asks for all."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Some sealed campaigns, with the replications that each had at one moment."""

    sealed: tuple[Sealed, ...]

    @property
    def descriptions(self) -> list[Description]:
        """What was run, and how far it was sealed at that moment."""
        return [description for _, description in self.sealed]

    def table(self, table: AnyTable, columns: Columns = None) -> pa.Table:
        """The rows in memory, or some of their columns; of all of them, `campaign` comes last."""
        return reading.read(table, self.sealed, columns)

    def parts(self, table: TableName, columns: Sequence[str], replications: int) -> Iterator[pa.Table]:
        """Some columns of the rows of the first replications of the campaign, part by part.

        A large region has more rows than are wanted in memory at once; nothing is read of later parts.
        """
        (campaign,) = self.sealed
        return reading.read_parts(table, campaign, columns, replications)

    def replication(self, table: TableName, number: int) -> pa.Table:
        """The rows of one replication of the campaign; nothing is read of the parts of others."""
        (campaign,) = self.sealed
        return reading.read_replication(table, campaign, number)

    def frame(self, table: AnyTable, columns: Columns = None) -> "pd.DataFrame":
        """The same rows for pandas; labels are categories."""
        frame: pd.DataFrame = self.table(table, columns).to_pandas()
        return frame

    def indicators(self) -> "pd.DataFrame":
        """Every indicator of one campaign, by replication; missing where it did not happen."""
        return self.frame("indicators", ["replication", *INDICATORS]).set_index("replication")

    def scan(self, table: AnyTable) -> "Dataset":
        """The same rows, not read yet: choose columns and rows before they come into memory."""
        return reading.scan(table, self.sealed)


def not_sealed(campaign: str, finished: int) -> BadStore:
    """There is nothing to be seen of it yet."""
    return BadStore(
        Message(
            "campaign {campaign} is not sealed yet, {count} {count:replication is|replications are} finished; "
            "run it again to its end",
            {"campaign": campaign, "count": finished},
        )
    )
