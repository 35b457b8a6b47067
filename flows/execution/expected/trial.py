"""A trial: a few replications of a campaign, run as a worker runs them, in a store of their own that is then gone."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import sqrt
from pathlib import Path
from statistics import fmean, stdev
from tempfile import TemporaryDirectory
from typing import NamedTuple, Self

import results
from flows.execution.chunk import Chunk, make_ready, run_chunk
from flows.execution.execution import campaigns_of
from flows.execution.plan import Plan
from results import Store
from results.tables.detail import WHOLE
from results.tables.schema import RECORDS
from simulation import Campaign
from simulation.engine.caches import code_folder

TRIED = 5
"""Replications that are run."""
STANDARD_ERRORS = 2.0
"""By so many to either side a mean is told."""
BANDS = "hours_bands"
SIZE_MARGIN = 0.15
"""How far the size of a few replications may lie from that of many; decision 0092 has what was measured."""


class Range(NamedTuple):
    """The least and the most that is expected."""

    low: float
    high: float

    def times(self, count: float) -> Self:
        """So many of it."""
        return type(self)(self.low * count, self.high * count)

    def plus(self, other: "Range") -> Self:
        """Both together."""
        return type(self)(self.low + other.low, self.high + other.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What there is once, and what each replication adds."""

    once: Range
    each: Range

    def of(self, replications: int) -> Range:
        """Of so many."""
        return self.once.plus(self.each.times(replications))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What replications of a campaign take: seconds by the processor at least, and by the clock at most."""

    computing: Cost
    """Seconds of a worker: once, until it can begin."""
    sealing: Cost
    """Seconds of the process that seals."""
    size: Cost
    """Bytes in the store."""
    of_first: Range
    """Bytes that only the first replications add each, where some tables are kept of these alone."""


def tried(plan: Plan, campaign: Campaign) -> Trial:
    """What replications of this campaign, that of the plan or its twin, take on this machine now."""
    with TemporaryDirectory(prefix="tocsin-") as folder:
        store = results.prepare(folder)
        make_ready(campaigns_of([plan]), store.path)
        is_ordinary = campaign.id != plan.campaign.id
        with store.begin(campaign, plan.ordinary_hours if is_ordinary else plan.hours):
            return _tried(store, campaign, is_ordinary=is_ordinary)


def _of_first(store: Store, campaign: Campaign) -> float:
    """Bytes per replication of what later ones do not keep."""
    description = store.description(campaign.id)
    of_first = [
        table
        for table in RECORDS
        if description.hours.keeps(table) and not description.hours.keeps(table, WHOLE)
    ]
    return sum(_size(store.path / table) for table in of_first) / description.replications


def _tried(store: Store, campaign: Campaign, *, is_ordinary: bool) -> Trial:
    """The first replication is of a draw of its own, as is the one before, which loads the code."""

    def run(number: int) -> None:
        run_chunk(Chunk(campaign.id, (number,), is_ordinary=is_ordinary))

    shared = max(TRIED, campaign.shared_draw)
    if not code_folder.is_kept():
        run(shared + 1)
    began, first = _timed(partial(run, shared)), _timed(partial(run, 0))
    sealed_one, one = _timed(partial(store.seal, campaign.id, 1)), _size_but_bands(store.path)
    others = [_timed(partial(run, number)) for number in store.missing(campaign.id, TRIED)]
    sealed_all, every = _timed(partial(store.seal, campaign.id, TRIED)), _size_but_bands(store.path)
    of_first = _of_first(store, campaign)
    size = (every - one) / (TRIED - 1) - of_first
    return Trial(
        computing=Cost(once=began, each=_each(first, others, campaign.shared_draw)),
        sealing=Cost(once=sealed_one, each=_less(sealed_all, sealed_one).times(1 / (TRIED - 1))),
        size=Cost(once=_about(one - size - of_first + _size(store.path / BANDS)), each=_about(size)),
        of_first=_about(of_first),
    )


def _timed(call: Callable[[], object]) -> Range:
    """Seconds of the processor and by the clock; several threads may use more of the one than passes of the other."""
    clock, processor = time.perf_counter(), time.process_time()
    call()
    return Range(*sorted((time.process_time() - processor, time.perf_counter() - clock)))


def _each(first: Range, others: list[Range], shared: int) -> Range:
    """The mean, and its share of what the first of a draw takes more."""
    low, high = (_mean([one[bound] for one in others], sign) for bound, sign in ((0, -1), (1, 1)))
    return Range(low, high).plus(_less(first, Range(low, high)).times(1 / shared))


def _mean(values: list[float], sign: int) -> float:
    """The mean, with what it may be wrong by taken off or added."""
    return max(min(values), fmean(values) + sign * STANDARD_ERRORS * stdev(values) / sqrt(len(values)))


def _less(more: Range, less: Range) -> Range:
    """By how much there is more, if there is."""
    return Range(max(0.0, more.low - less.low), max(0.0, more.high - less.high))


def _about(size: float) -> Range:
    return Range(size * (1 - SIZE_MARGIN), size * (1 + SIZE_MARGIN))


def _size_but_bands(store: Path) -> int:
    """Bytes of what each replication adds to: bands are made once, and of few replications they grow all the same."""
    return _size(store) - _size(store / BANDS)


def _size(store: Path) -> int:
    """Bytes of what is sealed, and of its descriptions."""
    files = (file for file in store.rglob("*") if "unsealed" not in file.parts and file.is_file())
    return sum(file.stat().st_size for file in files)
