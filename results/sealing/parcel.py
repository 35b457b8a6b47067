"""Parcels: finished chunks on their way from the machine that made them to the store of another."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from results.files.durable import make_durable
from results.sealing.chunks import ARROW, MANIFEST, chunk_folders, place_chunk, read_chunk, write_chunk
from results.store.layout import CampaignPaths
from results.tables.detail import Keeping
from results.tables.schema import RECORDS
from simulation.outcome.records import Outcome
from topologies.errors import Message, RunFailed

FILES = (MANIFEST, *(f"{table}.{ARROW}" for table in RECORDS))


@dataclass(frozen=True, slots=True)
class Parcel:
    """A finished chunk of a campaign: its files, by name."""

    campaign: str
    files: dict[str, bytes]


def packed(campaign_id: str, keeping: Keeping, outcomes: Iterable[Outcome]) -> Parcel:
    """The chunk of these outcomes, as a worker would write it into the store."""
    with TemporaryDirectory(prefix="tocsin-") as folder:
        paths = CampaignPaths(Path(folder), campaign_id)
        for each in (paths.aside, paths.chunks):
            each.mkdir(parents=True)
        write_chunk(paths, keeping, outcomes)
        (made,) = chunk_folders(paths)
        return Parcel(campaign_id, {name: (made / name).read_bytes() for name in FILES})


def unpacked(paths: CampaignPaths, parcel: Parcel) -> None:
    """The chunk is in the store, to the byte as it was made; `RunFailed` if it arrived otherwise."""
    aside = paths.aside / uuid4().hex
    aside.mkdir()
    for name in FILES:
        (aside / name).write_bytes(parcel.files[name])
    chunk = read_chunk(paths, aside)
    if chunk is None or not chunk.is_intact():
        raise RunFailed(
            Message("a chunk of {campaign} was damaged on its way here", {"campaign": parcel.campaign})
        )
    make_durable(aside, paths.store)
    place_chunk(paths, chunk)
