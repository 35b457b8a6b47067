"""The part files of a campaign: each is found where it lies and checked against what the description states.

Sealing brings new parts to the disk, then replaces the description, then moves the parts to their places. A reader who
comes in between finds the former part, if any, at its place, and the stated one among the chunks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from results.files.intact import DamagedFile, digest_of_file, open_intact
from results.sealing.chunks import PART, finished_chunks
from results.sealing.parts import identity, identity_found, replications_of, rows_in
from results.store.description import Description, read_description
from results.store.layout import PART_REPLICATIONS, CampaignPaths
from results.tables.schema import AnyTable, is_recorded
from topologies.errors import BadStore, Finding, InputError, Message


@dataclass(frozen=True, slots=True)
class PartFile:
    """A part file, as its campaign's description states it."""

    paths: CampaignPaths
    description: Description
    table: AnyTable
    part: int

    @property
    def place(self) -> Path:
        """Where it lies, or will lie."""
        return self.paths.part(self.table, self.part)

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        return self.description.files[self.paths.name_of(self.table, self.part)]

    def waiting(self) -> Iterator[Path]:
        """Where it waits to be moved to its place."""
        table = self.table
        if is_recorded(table):
            for chunk in finished_chunks(self.paths):
                if chunk.manifest.kind == PART and chunk.manifest.files[table] == self.digest:
                    yield chunk.file(table)
        else:
            yield self.paths.derived / f"{table}.{PART}"

    def is_full(self) -> bool:
        """No extension of the campaign adds to it."""
        return (
            is_recorded(self.table)
            and len(replications_of(self.part, self.description.replications)) == PART_REPLICATIONS
        )

    def verify(self) -> None:
        """It exists, as it was written; else `DamagedFile`."""
        self.open()[1].close()

    def open(self) -> tuple[Path, pa.NativeFile]:
        """Where it lies, and the open file; else `DamagedFile`."""
        try:
            return self.place, self._opened(self.place)
        except DamagedFile as damaged:
            return self._open_elsewhere(damaged)

    def _opened(self, path: Path) -> pa.NativeFile:
        """The file; of a table that has a row for each replication, as many as the description says are sealed."""
        file = open_intact(path, self.digest)
        sealed = self.description.replications
        rows = {"replications": len(replications_of(self.part, sealed)), "indicators": sealed}
        if self.table in rows and rows_in(file) != rows[self.table]:
            file.close()
            raise DamagedFile(Message("does not hold the replications that the description says are sealed"))
        return file

    def _open_elsewhere(self, at_its_place: DamagedFile) -> tuple[Path, pa.NativeFile]:
        """It waits for its place, or has just reached it, or the campaign was extended meanwhile."""
        for path in (*self.waiting(), self.place):
            try:
                return path, self._opened(path)
            except DamagedFile:
                continue
        newer = self._newer()
        if newer is None:
            raise self._foreign() or at_its_place
        return newer.open()

    def _newer(self) -> "PartFile | None":
        """The part that an extension has put in its place: it begins with the same replications."""
        try:
            description = read_description(self.paths)
        except InputError:
            return None
        newer = PartFile(self.paths, description, self.table, self.part)
        extended = description.replications > self.description.replications
        return newer if extended and newer.digest != self.digest else None

    def _foreign(self) -> DamagedFile | None:
        """The file belongs elsewhere, as its footer says."""
        found = identity_found(self.place)
        if found is None or found == identity(self.paths.campaign_id, self.table, self.part):
            return None
        return DamagedFile(
            Message(
                "belongs elsewhere: it is part {part} of {table} in campaign {campaign}",
                {name.removeprefix("tocsin."): text for name, text in found.items()},
            )
        )


def waiting_files(paths: CampaignPaths) -> dict[str, Path]:
    """By its digest, each file that waits to be moved to its place."""
    ready = [chunk for chunk in finished_chunks(paths) if chunk.manifest.kind == PART]
    waiting = {digest: chunk.file(table) for chunk in ready for table, digest in chunk.manifest.files.items()}
    return waiting | {digest_of_file(file): file for file in paths.derived.glob(f"*.{PART}")}


def open_to_extend(part: PartFile) -> pa.NativeFile:
    """The open file of a part on which sealing builds; `BadStore` where it is damaged."""
    try:
        return part.open()[1]
    except DamagedFile as damaged:
        raise BadStore(
            Message(
                "campaign {campaign} is damaged, and is not extended", {"campaign": part.paths.campaign_id}
            ),
            [finding_of(part, damaged)],
        ) from damaged


def part_files(paths: CampaignPaths, description: Description) -> Iterator[PartFile]:
    """Every part of a sealed campaign."""
    for table, part in paths.parts(description.replications):
        yield PartFile(paths, description, table, part)


def damage_of(parts: Iterable[PartFile]) -> Iterator[tuple[PartFile, Finding]]:
    """The parts that are not what their description states, and what is wrong with each."""
    for part in parts:
        try:
            part.verify()
        except DamagedFile as damaged:
            yield part, finding_of(part, damaged)


def finding_of(part: PartFile, damaged: DamagedFile) -> Finding:
    """What is wrong with a part, and what to do."""
    remedy = Message("run `tocsin store repair {store}`", {"store": str(part.paths.store)})
    return Finding(where=str(part.place), problem=damaged.problem, remedy=remedy)
