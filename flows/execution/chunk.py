"""The work of a worker: it prepares the campaign once, then runs chunks and writes what they return.

Nothing here, nor anything imported from here, imports Prefect: a worker must start in about a second.
"""

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import results
import simulation
from results import Store
from simulation import Campaign

if TYPE_CHECKING:
    from simulation import Outcome, PreparedCampaign


@dataclass(frozen=True, slots=True)
class Chunk:
    """Replications of the campaign that was asked for, or of its ordinary twin, which are run and written together."""

    campaign: str
    numbers: tuple[int, ...]
    is_ordinary: bool = False
    """They are of the twin."""

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """What a worker keeps from one chunk to the next."""

    asked: "PreparedCampaign"
    ordinary: "PreparedCampaign"
    """The same without the attack: all that is prepared is shared."""
    store: Store


_place: list[Workplace] = []
"""Where this process works, once it is ready."""


def make_ready(campaign: Campaign, store: Path) -> None:
    """This process can run chunks of this campaign, which is checked, and of its twin.

    It takes the best part of a second, once.
    """
    prepared = simulation.prepare(campaign)
    ordinary = simulation.spared(prepared)
    _place[:] = [Workplace(asked=prepared, ordinary=ordinary, store=results.open(store))]
    # What is there now stays: each replication's own garbage is then swept at once and cheaply, and memory stays level.
    gc.collect()
    gc.freeze()
    gc.disable()


def run_chunk(chunk: Chunk) -> Chunk:
    """The replications of the chunk are in the store, and their numbers are returned."""
    (place,) = _place
    place.store.write_chunk(chunk.campaign, _outcomes(place, chunk))
    return chunk


def _outcomes(place: Workplace, chunk: Chunk) -> "Iterator[Outcome]":
    """The replications, one by one as they are asked for."""
    prepared = place.ordinary if chunk.is_ordinary else place.asked
    for number in chunk.numbers:
        yield simulation.replicate(prepared, prepared.campaign.seed, number)
        gc.collect()


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
