"""The layout of a store: where each thing lies.

    <store>/<table>/campaign=<id>/part-*.parquet   the rows of sealed campaigns, and what was worked out from them
    <store>/campaigns/<id>.json                    what was run, how far it is sealed, and the SHA-256 of each part
    <store>/campaigns/<id>.inputs.json             its inputs in full
    <store>/campaigns/<id>.lock                    there while a process runs the campaign
    <store>/comparisons/<id>.json                  which campaigns are compared
    <store>/unsealed/<id>/chunks/<chunk>/          replications that wait for sealing: a file per table, and a manifest
    <store>/unsealed/<id>/derived/                 tables worked out from these, on their way to their places
    <store>/unsealed/<id>/aside/                   what is being written; nobody reads it

No file of a chunk ends in `.parquet`, so that no glob over Parquet files can meet an unsealed row. Whatever else lies
in these folders is not ours, and is left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from results.files.places import is_here
from results.tables.schema import DERIVED, RECORDS, AnyTable
from topologies.errors import BadStore, Message

PART_REPLICATIONS = 50
"""Replications in a part file; the bytes of a sealed campaign depend on it."""

CAMPAIGN_ID = re.compile(r"c[0-9a-f]{15}")
CHUNK_NAME = re.compile(r"\d{6,}-\d{6,}-[0-9a-f]{8}")
PART_NAME = re.compile(r"part-\d{5,}\.parquet")


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
    def inputs(self) -> Path:
        """What the campaign was run with, in full."""
        return self.store / "campaigns" / f"{self.campaign_id}.inputs.json"

    @property
    def lock(self) -> Path:
        """The lock of the process that runs it."""
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
    def derived(self) -> Path:
        """Derived tables that wait to be moved to their places."""
        return self.unsealed / "derived"

    @property
    def aside(self) -> Path:
        """What is being written."""
        return self.unsealed / "aside"

    def table(self, table: AnyTable) -> Path:
        """The folder of a table's part files."""
        return self.store / table / f"campaign={self.campaign_id}"

    def part(self, table: AnyTable, part: int) -> Path:
        """The place of a part file; parts count from 0."""
        return self.store / self.name_of(table, part)

    def name_of(self, table: AnyTable, part: int) -> str:
        """The name of a part file in the description: its path in the store."""
        return f"{table}/campaign={self.campaign_id}/part-{part:05}.parquet"

    def parts(self, replications: int) -> Iterator[tuple[AnyTable, int]]:
        """The parts that hold so many replications, in the order in which they take their places.

        The replications come last: a reader who finds a replication finds all that happened in it.
        """
        if replications:
            for derived in DERIVED:
                yield derived, 0
        for table in reversed(list(RECORDS)):
            for part in range(parts_of(replications)):
                yield table, part


def every_part(table: AnyTable) -> str:
    """The pattern of all part files of a table, whatever the campaign: a path in the store."""
    return f"{table}/campaign=*/part-*.parquet"


def campaigns_begun(store: Path) -> list[str]:
    """The identifiers of the campaigns that have a description, intact or not."""
    folder = store / "campaigns"
    try:
        files = list(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        if isinstance(error, NotADirectoryError) and not is_here(folder):
            return []  # as whatever nobody has put there is called
        reason = error.strerror or str(error)
        raise BadStore(
            Message(
                "{file} cannot be read: {reason}; give the right to read it, or choose another folder",
                {"file": str(folder), "reason": reason},
            )
        ) from error
    return sorted(file.stem for file in files if file.suffix == ".json" and CAMPAIGN_ID.fullmatch(file.stem))


def part_of(replication: int) -> int:
    """The part that holds a replication."""
    return replication // PART_REPLICATIONS


def parts_of(replications: int) -> int:
    """The number of part files that hold so many replications."""
    return -(-replications // PART_REPLICATIONS)
