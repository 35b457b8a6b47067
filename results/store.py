"""How are results kept and read? In a folder of Parquet tables, beside descriptions of what was run."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pyarrow as pa
from pydantic import TypeAdapter, ValidationError

from results import chunks, reading, sealing
from results.campaign import Campaign, Description, State
from results.durable import publish_bytes
from results.layout import CampaignPaths
from results.lock import only_runner
from results.schema import TableName
from simulation.outcome import Outcome
from topologies.errors import BadStore, Message, UnknownName, nearest_names

if TYPE_CHECKING:
    import pandas as pd
    from pyarrow.dataset import Dataset

_DESCRIPTION = TypeAdapter(Description)


@dataclass(frozen=True, slots=True)
class Store:
    """The results of campaigns in one folder.

    Anyone may read at any time, and sees sealed campaigns. To run one, a process enters `begin`, has workers write
    the chunks of what is `missing`, and ends with `seal`; killed at any instant, it loses the chunks in flight.
    """

    path: Path

    # Reading

    def campaigns(self) -> list[Description]:
        """All that was begun here, sealed or not, by identifier."""
        return [self.description(file.stem) for file in sorted((self.path / "campaigns").glob("*.json"))]

    def description(self, campaign_id: str) -> Description:
        """What was run, and how far it is sealed."""
        file = self._paths(campaign_id).description
        if not file.is_file():
            known = [known.stem for known in file.parent.glob("*.json")]
            template = "no campaign {name} in {store}; the nearest: {nearest}"
            nearest = nearest_names(campaign_id, known) or "none, the store is empty"
            raise UnknownName(
                Message(template, {"name": campaign_id, "store": str(self.path), "nearest": nearest})
            )
        try:
            return _DESCRIPTION.validate_json(file.read_bytes())
        except ValidationError as error:
            template = (
                "{file} does not describe a campaign; restore it, or remove it and run the campaign again"
            )
            raise BadStore(Message(template, {"file": str(file)})) from error

    def table(self, table: TableName, campaign: str | None = None) -> pa.Table:
        """The rows of a sealed campaign, or of all of them, in memory; the column `campaign` comes last."""
        return reading.read(self.path, table, self._sealed(campaign))

    def frame(self, table: TableName, campaign: str | None = None) -> "pd.DataFrame":
        """The same rows for pandas; labels are categories."""
        frame: pd.DataFrame = self.table(table, campaign).to_pandas()
        return frame

    def scan(self, table: TableName, campaign: str | None = None) -> "Dataset":
        """The same rows, not read yet: choose columns and rows before they come into memory."""
        return reading.scan(self.path, table, self._sealed(campaign))

    def unsealed_table(self, table: TableName, campaign_id: str) -> pa.Table:
        """The rows that wait for sealing: what a running or killed campaign has finished so far."""
        return reading.read_unsealed(self._paths(campaign_id), table)

    def _sealed(self, campaign: str | None) -> list[Description]:
        if campaign is None:
            return [description for description in self.campaigns() if description.state is State.SEALED]
        description = self.description(campaign)
        if description.state is not State.SEALED:
            template = "campaign {campaign} is not sealed yet; run it again to its end"
            raise BadStore(Message(template, {"campaign": campaign}))
        return [description]

    # Running

    @contextmanager
    def begin(self, campaign: Campaign) -> Iterator[None]:
        """Within, this process alone runs the campaign, and what killed runs left half-done is gone."""
        paths = self._paths(campaign.id)
        with ExitStack() as lock:
            with self._told():
                lock.enter_context(only_runner(paths.lock, campaign.id))
                self._clear(paths, campaign)
            yield
            if not any(paths.chunks.iterdir()):
                shutil.rmtree(paths.unsealed)

    def missing(self, campaign_id: str, replications: int) -> list[int]:
        """The replications, of the first so many, that are neither sealed nor in a finished chunk."""
        sealed = self._sealed_replications(campaign_id)
        finished = chunks.whereabouts(self._paths(campaign_id))
        return [number for number in range(sealed, replications) if number not in finished]

    def finished(self, campaign_id: str) -> int:
        """How many replications are sealed or in a finished chunk; it costs some milliseconds."""
        sealed = self._sealed_replications(campaign_id)
        return sealed + sum(number >= sealed for number in chunks.whereabouts(self._paths(campaign_id)))

    def write_chunk(self, campaign_id: str, outcomes: Iterable[Outcome]) -> None:
        """These replications are finished, all or none; for workers, which need no lock."""
        paths = self._paths(campaign_id)
        if not paths.chunks.is_dir():
            template = "campaign {campaign} has not begun in {store}; begin it before its chunks are written"
            raise BadStore(Message(template, {"campaign": campaign_id, "store": str(self.path)}))
        with self._told():
            chunks.write_chunk(paths, outcomes)

    def seal(self, campaign_id: str, replications: int) -> Description:
        """The first so many replications, or more if more were sealed before, are there for every reader."""
        paths, description = self._paths(campaign_id), self.description(campaign_id)
        with self._told():
            if description.replications < replications:
                description = sealing.seal(paths, description, replications)
                self._write_description(description)
            sealing.drop_sealed_chunks(paths, description.replications)
        return description

    def _sealed_replications(self, campaign_id: str) -> int:
        begun = self._paths(campaign_id).description.is_file()
        return self.description(campaign_id).replications if begun else 0

    def _clear(self, paths: CampaignPaths, campaign: Campaign) -> None:
        """The campaign has its description and its folders, and nothing of a killed run but its finished chunks."""
        shutil.rmtree(paths.aside, ignore_errors=True)
        paths.aside.mkdir(parents=True)
        paths.chunks.mkdir(exist_ok=True)
        if not paths.description.is_file():
            self._write_description(campaign.description())
        sealed = self.description(campaign.id).replications
        sealing.take_back_unsealed_parts(paths, sealed)
        sealing.drop_sealed_chunks(paths, sealed)

    def _write_description(self, description: Description) -> None:
        paths = self._paths(description.campaign)
        content = _DESCRIPTION.dump_json(description, indent=1)
        publish_bytes(content, paths.aside / uuid4().hex, paths.description)

    def _paths(self, campaign_id: str) -> CampaignPaths:
        return CampaignPaths(self.path, campaign_id)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the system refuses is told in one sentence."""
        try:
            yield
        except OSError as error:
            raise _cannot_write(self.path, error) from error


def open(path: Path | str) -> Store:
    """The store in this folder, for reading, or for a worker that writes chunks."""
    store = Path(path)
    if not (store / "campaigns").is_dir():
        template = (
            "{store} is not a store of results; give the folder of a store, or run a campaign to make one"
        )
        raise BadStore(Message(template, {"store": str(store)}))
    return Store(store.absolute())


def prepare(path: Path | str) -> Store:
    """The store in this folder, made if there is none; known to be writable before anything else is done."""
    store = Path(path)
    if store.exists() and not store.is_dir():
        template = "{store} is a file, not a folder; choose another folder for the results"
        raise BadStore(Message(template, {"store": str(store)}))
    try:
        store.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=store):
            (store / "campaigns").mkdir(exist_ok=True)
    except OSError as error:
        raise _cannot_write(store, error) from error
    return Store(store.absolute())


def _cannot_write(store: Path, error: OSError) -> BadStore:
    template = (
        "{store} cannot be written: {reason}; choose another folder, or make room or rights in this one"
    )
    return BadStore(Message(template, {"store": str(store), "reason": error.strerror or str(error)}))
