"""Stated parts: the part files of a campaign, each found where it lies and held to what the description states.

Sealing brings new parts to the disk, then replaces the description, then moves the parts to their places. A reader who
comes in between finds at a place the part of before, if any, and among the chunks the one that is stated.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from results.files.sound import Unsound, open_sound
from results.sealing.chunks import PART, finished_chunks
from results.sealing.parts import identity, identity_found, replications_of, rows_in
from results.store.description import Description, read_description
from results.store.layout import PART_REPLICATIONS, CampaignPaths
from results.tables.schema import TableName
from topologies.errors import Finding, InputError, Message


@dataclass(frozen=True, slots=True)
class StatedPart:
    """A part file of a campaign, as its description states it."""

    paths: CampaignPaths
    description: Description
    table: TableName
    part: int

    @property
    def place(self) -> Path:
        """Where it lies, or will lie."""
        return self.paths.part(self.table, self.part)

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        return self.description.files[self.paths.named(self.place)]

    def waiting(self) -> Iterator[Path]:
        """Where it waits to be moved to its place."""
        for chunk in finished_chunks(self.paths):
            if chunk.manifest.kind == PART and chunk.manifest.files[self.table] == self.digest:
                yield chunk.file(self.table)

    def is_full(self) -> bool:
        """No extension adds to it."""
        return len(replications_of(self.part, self.description.replications)) == PART_REPLICATIONS

    def verify(self) -> None:
        """It lies somewhere, as it was written; else `Unsound`."""
        self.open()[1].close()

    def open(self) -> tuple[Path, pa.OSFile]:
        """Where it lies, and the file; `Unsound` when it lies nowhere."""
        try:
            return self.place, self._opened(self.place)
        except Unsound as unsound:
            return self._open_elsewhere(unsound)

    def _opened(self, path: Path) -> pa.OSFile:
        """The file; of `replications`, which has a row for each, as many as the description says are sealed."""
        file = open_sound(path, self.digest)
        numbers = replications_of(self.part, self.description.replications)
        if self.table == "replications" and rows_in(file) != len(numbers):
            file.close()
            raise Unsound(Message("does not hold the replications that the description says are sealed"))
        return file

    def _open_elsewhere(self, at_its_place: Unsound) -> tuple[Path, pa.OSFile]:
        """It waits for its place, or has just reached it, or the campaign was extended meanwhile."""
        for path in (*self.waiting(), self.place):
            try:
                return path, self._opened(path)
            except Unsound:
                continue
        newer = self._newer()
        if newer is None:
            raise self._foreign() or at_its_place
        return newer.open()

    def _newer(self) -> "StatedPart | None":
        """The part that an extension has put in its place: it begins with the same replications."""
        try:
            description = read_description(self.paths)
        except InputError:
            return None
        newer = StatedPart(self.paths, description, self.table, self.part)
        extended = description.replications > self.description.replications
        return newer if extended and newer.digest != self.digest else None

    def _foreign(self) -> Unsound | None:
        """The file belongs elsewhere, as its footer says."""
        found = identity_found(self.place)
        if found is None or found == identity(self.paths.campaign_id, self.table, self.part):
            return None
        return Unsound(
            Message(
                "belongs elsewhere: it is part {part} of {table} in campaign {campaign}",
                {name.removeprefix("tocsin."): text for name, text in found.items()},
            )
        )


def stated_parts(paths: CampaignPaths, description: Description) -> Iterator[StatedPart]:
    """Every part of a sealed campaign."""
    for table, part in paths.parts(description.replications):
        yield StatedPart(paths, description, table, part)


def damage_of(parts: Iterable[StatedPart]) -> Iterator[tuple[StatedPart, Finding]]:
    """The parts that are not what their description states, and what is wrong with each."""
    for part in parts:
        try:
            part.verify()
        except Unsound as unsound:
            yield part, finding_of(part, unsound)


def finding_of(part: StatedPart, unsound: Unsound) -> Finding:
    """What is wrong with a part, and what to do."""
    remedy = Message("run `tocsin store repair {store}`", {"store": str(part.paths.store)})
    return Finding(where=str(part.place), problem=unsound.problem, remedy=remedy)
