"""The work of a worker: it prepares each campaign once, then runs chunks and writes what they return.

Nothing here, nor anything imported from here, imports Prefect: a worker must start in about a second.
"""

import gc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import results
import simulation
from flows.workers.program import program
from results import Store
from results.sealing.parcel import Parcel, packed
from results.tables.detail import Keeping
from simulation import Campaign
from topologies.errors import Message, RunFailed

if TYPE_CHECKING:
    from simulation import Outcome, PreparedCampaign


@dataclass(frozen=True, slots=True)
class Chunk:
    """Replications of a campaign that was asked for, or of its ordinary twin, which are run and written together."""

    campaign: str
    numbers: tuple[int, ...]
    is_ordinary: bool = False
    """They are of the twin."""
    label: str = ""
    """Which of the campaigns that are compared; nothing where there is but one."""

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A campaign that was prepared."""

    campaign: Campaign
    asked: "PreparedCampaign"
    ordinary: "PreparedCampaign"
    """The same without the attack: all that is prepared is shared."""


@dataclass(slots=True)
class Workplace:
    """What a worker keeps from one chunk to the next."""

    campaigns: Mapping[str, Campaign]
    """Those whose chunks may come, by their names and by those of their ordinary twins; they are checked."""
    ready: Ready | None = None

    def __reduce__(self) -> "tuple[type[Workplace], tuple[Mapping[str, Campaign]]]":
        """What is prepared stays where it is: who receives the rest prepares it again, for less than it weighs."""
        return Workplace, (self.campaigns,)

    def outcomes(self, chunk: Chunk) -> "Iterator[Outcome]":
        """The replications of the chunk, one by one as they are asked for."""
        prepared = self._prepared(chunk)
        gc.disable()
        for number in chunk.numbers:
            yield simulation.replicate(prepared, prepared.campaign.seed, number)
            gc.collect()

    def _prepared(self, chunk: Chunk) -> "PreparedCampaign":
        """The campaign of the chunk, ready; the one before is let go, unless it is the same."""
        campaign = self.campaigns[chunk.campaign]
        if self.ready is None or self.ready.campaign is not campaign:
            self.ready = None
            self.ready = _ready(campaign)
        return self.ready.ordinary if chunk.is_ordinary else self.ready.asked


def _ready(campaign: Campaign) -> Ready:
    """The campaign, which is checked, prepared; it takes the best part of a second."""
    gc.unfreeze()
    prepared = simulation.prepare(campaign)
    ready = Ready(campaign=campaign, asked=prepared, ordinary=simulation.spared(prepared))
    # What is there now stays: each replication's own garbage is then swept at once and cheaply, and memory stays level.
    gc.collect()
    gc.freeze()
    return ready


_place: list[tuple[Workplace, Store]] = []
"""Where this process of a pool works, once it is ready."""


def make_ready(campaigns: Mapping[str, Campaign], store: Path) -> None:
    """This process can run chunks of these campaigns, which are checked, and of their twins."""
    _place[:] = [(Workplace(campaigns), results.open(store))]


def run_chunk(chunk: Chunk) -> Chunk:
    """The replications of the chunk are in the store, and their numbers are returned."""
    ((place, store),) = _place
    store.write_chunk(chunk.campaign, place.outcomes(chunk))
    return chunk


_alone = Lock()
"""What is prepared serves one chunk at a time: threads of one process take turns."""


def make_chunk(place: Workplace, chunk: Chunk, keeping: Keeping, asked_by: Mapping[str, str]) -> Parcel:
    """The replications of the chunk, for a store that this machine does not reach; only by the program that asks."""
    if asked_by != program():
        raise RunFailed(
            Message(
                "a worker that joined later is not the same program as here: end it, install there what is installed "
                "here, and run the same command again, which resumes"
            )
        )
    with _alone:
        try:
            return packed(chunk.campaign, keeping, place.outcomes(chunk))
        finally:
            gc.enable()  # the process is not ours alone


def cut(replications: list[int], workers: int, together: int = 1) -> list[tuple[int, ...]]:
    """The replications in a few dozen pieces, so that the cost of a task is small and a sudden end loses little.

    So many in a row stay together where there are enough for everyone: what is prepared for one serves the others.
    Results do not depend on the cut.

    >>> (
    ...     cut([3, 4, 9], workers=2),
    ...     len(cut(list(range(200)), workers=2)),
    ...     len(cut(list(range(200)), 2, together=16)),
    ... )
    ([(3,), (4,), (9,)], 40, 13)
    """
    each_worker = len(replications) // (4 * workers)
    size = max(1, min(each_worker, max(4, min(len(replications) // 36, 25))))
    if each_worker >= together:
        size = max(size, together)
    return [tuple(replications[first : first + size]) for first in range(0, len(replications), size)]
