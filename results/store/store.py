"""The store: a folder of Parquet tables, with descriptions of what was run."""

import errno
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pyarrow as pa

from results.files.durable import make_folder, publish_bytes
from results.files.lock import only_runner
from results.files.places import is_here
from results.sealing import chunks, parcel, sealing
from results.store import comparisons, reading, repair
from results.store.check import findings_of, findings_of_campaign
from results.store.comparisons import ComparisonDescription
from results.store.description import (
    Description,
    State,
    described,
    intact_inputs,
    read_description,
    read_inputs,
    refuse_other_schemas,
    write_description,
)
from results.store.layout import CampaignPaths, campaigns_begun
from results.store.snapshot import Columns, Snapshot, not_sealed
from results.store.unwritable import cannot_write, elsewhere, vanished
from results.tables.detail import Detail
from results.tables.schema import AnyTable, TableName
from simulation.inputs.campaign import Campaign
from simulation.outcome.records import Outcome
from topologies.errors import BadStore, Finding, InputError, Message, UnknownName

if TYPE_CHECKING:
    import pandas as pd
    from pyarrow.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Store:
    """The results of campaigns in one folder.

    Anyone may read at any time, and sees the sealed campaigns. To run one, a process enters `begin`, has workers write
    the chunks of what is `missing`, and ends with `seal`; if it is killed, only the chunks in flight are lost.
    """

    path: Path

    def __post_init__(self) -> None:
        """A path in another encoding reaches Python with surrogates, which Arrow cannot open."""
        try:
            str(self.path).encode()
        except UnicodeEncodeError as error:
            raise BadStore(
                Message(
                    "{name} is not written in the encoding of this machine; rename it",
                    {"name": str(self.path)},
                )
            ) from error

    # Reading

    def campaigns(self) -> list[Description]:
        """All that was begun here, sealed or not, by identifier.

        One whose description is damaged is left out: `check` reports it, as does whatever asks for it by name.
        """
        found = []
        for campaign_id in campaigns_begun(self.path):
            with suppress(InputError):
                found.append(self.description(campaign_id))
        return found

    def description(self, campaign_id: str) -> Description:
        """What was run, and how far it is sealed."""
        return read_description(self._paths(campaign_id))

    def written(self, campaign_id: str) -> datetime:
        """When it was last sealed, or begun where nothing is sealed yet; local time."""
        return datetime.fromtimestamp(self._paths(campaign_id).description.stat().st_mtime).astimezone()

    def comparisons(self) -> list[ComparisonDescription]:
        """The comparisons that are kept here, by name, without those that are damaged."""
        found = []
        for name in comparisons.comparisons_kept(self.path):
            with suppress(BadStore):
                found.append(self.comparison(name))
        return found

    def comparison(self, name: str) -> ComparisonDescription:
        """Which campaigns a comparison holds."""
        return comparisons.read_comparison(self.path, name)

    def inputs(self, campaign_id: str) -> dict[str, Any]:
        """The inputs of a campaign in full, as plain JSON values."""
        return read_inputs(self._paths(campaign_id), self.description(campaign_id))

    def snapshot(self, campaign: str | None = None) -> Snapshot:
        """A sealed campaign, or all of them, as of this moment: its tables fit together, whatever is sealed later."""
        names = campaigns_begun(self.path) if campaign is None else [campaign]
        descriptions = [self.description(name) for name in names]
        if campaign and descriptions[0].state is not State.SEALED:
            raise not_sealed(campaign, self.finished(campaign))
        sealed = [each for each in descriptions if each.state is State.SEALED]
        return Snapshot(tuple((self._paths(each.campaign), each) for each in sealed))

    def table(self, table: AnyTable, campaign: str | None = None, columns: Columns = None) -> pa.Table:
        """The rows of a sealed campaign, or of all of them, in memory: these columns, or all and `campaign` last."""
        return self.snapshot(campaign).table(table, columns)

    def frame(self, table: AnyTable, campaign: str | None = None, columns: Columns = None) -> "pd.DataFrame":
        """The same rows for pandas; labels are categories."""
        return self.snapshot(campaign).frame(table, columns)

    def indicators(self, campaign: str) -> "pd.DataFrame":
        """A row per replication of a sealed campaign, a column per indicator: `results.INDICATORS` tells of each."""
        return self.snapshot(campaign).indicators()

    def scan(self, table: AnyTable, campaign: str | None = None) -> "Dataset":
        """The same rows, not read yet: choose columns and rows before they come into memory."""
        return self.snapshot(campaign).scan(table)

    def unsealed_table(self, table: TableName, campaign_id: str) -> pa.Table:
        """The rows that wait for sealing: what a running or killed campaign has finished so far."""
        return reading.read_unsealed(self._paths(campaign_id), table)

    # Running

    @contextmanager
    def begin(self, campaign: Campaign, hours: Detail = Detail.SITE) -> Iterator[list[Finding]]:
        """Within, this process alone runs the campaign, and nothing is left of killed runs but their finished chunks.

        Yields what was found damaged among those chunks, whose replications are run again. A campaign that was begun
        before keeps hours as it did then.
        """
        if not is_here(self.path):
            raise elsewhere(self.path)
        paths = self._paths(campaign.id)
        with ExitStack() as lock:
            with self._in_one_sentence():
                lock.enter_context(only_runner(paths.lock, campaign.id))
                damaged = self._clear(paths, campaign, hours)
            yield damaged
            with self._in_one_sentence():
                if not chunks.chunk_folders(paths):
                    shutil.rmtree(paths.unsealed)

    def clear_up(self, campaign: Campaign) -> None:
        """A sealing that was killed is completed, unless another process is at it, or nothing can be written here."""
        if self._paths(campaign.id).unsealed.exists():
            with suppress(BadStore), self.begin(campaign):  # our own readers find all the same
                pass

    def missing(self, campaign_id: str, replications: int) -> list[int]:
        """Which of the first `replications` are neither sealed nor in an intact chunk; all of them before it began.

        Where it keeps too few hours to make its bands anew, sealed ones are missing too. Chunks are read whole to check
        their digests: a second per few gigabytes.
        """
        paths = self._paths(campaign_id)
        try:
            description = self.description(campaign_id)
        except UnknownName:
            return list(range(replications))
        intact = (chunk for chunk in chunks.finished_chunks(paths) if chunk.is_intact())
        return sealing.gaps(description, intact, replications)

    def finished(self, campaign_id: str) -> int:
        """How many replications are sealed or in a finished chunk; it costs some milliseconds."""
        sealed = self.sealed(campaign_id)
        found = chunks.whereabouts(chunks.finished_chunks(self._paths(campaign_id)))
        return sealed + sum(number >= sealed for number in found)

    def sealed(self, campaign_id: str) -> int:
        """How many replications every reader sees; 0 when none is sealed, or nothing was begun."""
        try:
            return self.description(campaign_id).replications
        except UnknownName:
            return 0

    def write_chunk(self, campaign_id: str, outcomes: Iterable[Outcome]) -> None:
        """These replications are written as a finished chunk, all or none; for workers, which need no lock."""
        paths = self._paths(campaign_id)
        self._check_begun(paths)
        keeping = self.description(campaign_id).keeping
        with self._in_one_sentence():
            chunks.write_chunk(paths, keeping, outcomes)

    def receive_chunk(self, made: parcel.Parcel) -> None:
        """A chunk that was made on another machine is finished here too, to the byte."""
        self._check_begun(self._paths(made.campaign))
        with self._in_one_sentence():
            parcel.unpacked(self._paths(made.campaign), made)

    def seal(self, campaign_id: str, replications: int) -> Description:
        """The first `replications`, or more if more were sealed before, are visible to every reader."""
        paths = self._paths(campaign_id)
        self._check_begun(paths)
        description = self.description(campaign_id)
        if description.replications >= replications:
            return description
        with self._in_one_sentence():
            return sealing.seal(paths, description, replications)

    def keep(self, comparison: ComparisonDescription) -> None:
        """The comparison can be opened again by its name."""
        with self._in_one_sentence():
            comparisons.keep(self.path, comparison)

    # Damage

    def check(self, campaign: str | None = None) -> list[Finding]:
        """All that is wrong with a campaign, or with the whole store; nothing when it is intact."""
        refuse_other_schemas(self.path)
        return findings_of(self.path) if campaign is None else findings_of_campaign(self._paths(campaign))

    def lost(self, campaign_id: str) -> list[int]:
        """The replications that must be run again, and their chunks written, before `restore`."""
        return repair.lost(self._paths(campaign_id), self.description(campaign_id))

    def restore(self, campaign_id: str) -> list[Path]:
        """The damaged parts are written again, byte for byte; within `begin`, once nothing is `lost`."""
        with self._in_one_sentence():
            return repair.restore(self._paths(campaign_id), self.description(campaign_id))

    def _clear(self, paths: CampaignPaths, campaign: Campaign, hours: Detail) -> list[Finding]:
        """The campaign has its description and folders, and nothing of a killed run but its finished chunks."""
        shutil.rmtree(paths.aside, ignore_errors=True)
        for folder in (paths.aside, paths.chunks):
            make_folder(folder, self.path)
        try:
            description = self.description(campaign.id)
        except UnknownName:
            description = described(campaign, hours)
        if intact_inputs(paths, description) is None:
            if paths.inputs.is_dir():
                sealing.remove(paths, paths.inputs)
            publish_bytes(campaign.written_inputs(), paths.aside / uuid4().hex, paths.inputs, self.path)
        if not paths.description.exists():
            write_description(paths, description)
        sealing.move_to_places(paths, description)
        sealing.remove_unlisted_parts(paths, description)
        sealing.remove_chunks(paths, description.replications)
        damaged = chunks.damaged_chunks(paths, description.replications)
        for folder in damaged:
            sealing.remove(paths, folder)
        return [chunks.chunk_finding(paths, folder) for folder in damaged]

    def _check_begun(self, paths: CampaignPaths) -> None:
        """The folder of a campaign that is being run is there; a person may remove or move a store meanwhile."""
        if not paths.chunks.is_dir():
            raise vanished(self.path)

    def _paths(self, campaign_id: str) -> CampaignPaths:
        return CampaignPaths(self.path, campaign_id)

    @contextmanager
    def _in_one_sentence(self) -> Iterator[None]:
        """An error of the system becomes one sentence."""
        try:
            yield
        except OSError as error:
            if error.errno == errno.ENOENT and not self.path.exists():
                raise vanished(self.path) from error
            raise cannot_write(self.path, error) from error
