"""Where does each thing lie in a store?

    <store>/<table>/campaign=<id>/part-*.parquet     the rows of sealed campaigns
    <store>/campaigns/<id>.json                      what was run; its state decides what a reader sees
    <store>/campaigns/<id>.lock                      there while a process runs the campaign
    <store>/unsealed/<id>/chunks/<chunk>/<table>.arrow   finished chunks that wait for sealing
    <store>/unsealed/<id>/aside/                     what is being written; nobody reads it

Chunks are Arrow files, so that no glob over Parquet files can meet an unsealed row.
"""

from dataclasses import dataclass
from pathlib import Path

from results.schema import RECORDS, TableName

PART_REPLICATIONS = 50
"""Replications in a part file; the bytes of a sealed campaign depend on it."""


@dataclass(frozen=True, slots=True)
class CampaignPaths:
    """The places of one campaign in one store."""

    store: Path
    campaign_id: str

    @property
    def description(self) -> Path:
        """What was run, and how far it is sealed."""
        return self.store / "campaigns" / f"{self.campaign_id}.json"

    @property
    def lock(self) -> Path:
        """Who runs it at this moment."""
        return self.store / "campaigns" / f"{self.campaign_id}.lock"

    @property
    def unsealed(self) -> Path:
        """All that is not sealed yet."""
        return self.store / "unsealed" / self.campaign_id

    @property
    def chunks(self) -> Path:
        """The finished chunks."""
        return self.unsealed / "chunks"

    @property
    def aside(self) -> Path:
        """What is being written."""
        return self.unsealed / "aside"

    def table(self, table: TableName) -> Path:
        """The folder of a table's part files."""
        return self.store / table / f"campaign={self.campaign_id}"

    def tables(self) -> dict[TableName, Path]:
        """The folder of each table, in the order in which they are published.

        The replications come last: who finds a replication finds all that happened in it.
        """
        return {name: self.table(name) for name in reversed(list(RECORDS))}


def part_name(part: int) -> str:
    """The name of a part file; parts count from 0."""
    return f"part-{part:05}.parquet"


def parts_of(replications: int) -> int:
    """The number of part files that hold so many replications."""
    return -(-replications // PART_REPLICATIONS)
