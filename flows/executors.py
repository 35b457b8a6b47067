"""Where are chunks computed? In a lean pool of processes on this machine.

`Executor` is the seam: whatever computes chunks can stand in for the pool.
"""

import multiprocessing
import threading
from concurrent.futures import BrokenExecutor, CancelledError, ProcessPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from flows.children import bare_children, end_with_parent, parcel
from flows.chunk import Chunk, assign, make_ready, run_chunk
from flows.plan import Plan
from results import Campaign
from topologies.errors import Message, RunFailed


class Halted(Exception):
    """The executor was told to stop before it finished this chunk."""


class Executor(Protocol):
    """Whatever computes chunks; called from many threads at once."""

    def run(self, chunk: Chunk) -> Chunk:
        """The chunk is computed and written; its numbers are returned. `Halted` when that was stopped."""
        ...

    def stop(self) -> None:
        """Nothing is computed any more, and who waits is told."""
        ...


class Processes:
    """A pool of processes that have prepared one campaign; they never import Prefect."""

    def __init__(self, campaign: Campaign, store: Path, workers: int) -> None:
        """The workers are starting, and prepare the campaign meanwhile."""
        self.workers = workers
        self.replications_done = 0
        self._stopped = False
        self._lock = threading.Lock()
        spawn = multiprocessing.get_context("spawn")
        start = partial(_start_work, parcel(campaign), store)
        self._pool = ProcessPoolExecutor(workers, spawn, start)
        others = set(multiprocessing.active_children())
        with bare_children():
            for _ in range(workers):  # the pool starts a process for each call that finds none at leisure
                self._pool.submit(make_ready)
        self._children = set(multiprocessing.active_children()) - others

    def run(self, chunk: Chunk) -> Chunk:
        """The chunk is computed by the next worker at leisure."""
        try:
            done = self._pool.submit(run_chunk, chunk).result()
        except (CancelledError, BrokenExecutor, RuntimeError) as error:
            if self._stopped:
                raise Halted from error
            if isinstance(error, BrokenExecutor):
                raise self._killed() from error
            raise
        with self._lock:
            self.replications_done += len(done)
        return done

    def stop(self) -> None:
        """The workers are gone, whatever they were doing; chunks appear in the store whole or not at all."""
        self._stopped = True
        self._pool.shutdown(wait=False, cancel_futures=True)
        for child in self._children:
            child.kill()

    def _killed(self) -> RunFailed:
        template = (
            "a worker process was killed; if memory ran out, try again with fewer than {workers} workers"
        )
        return RunFailed(Message(template, {"workers": self.workers}))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if error or self._stopped:
            self.stop()
        else:
            self._pool.shutdown()


_warm: dict[tuple[str, Path], Processes] = {}


def warm_up(plan: Plan) -> Processes:
    """A pool starts now for a flow that will ask for it in a moment."""
    pool = Processes(plan.campaign, plan.store.path, plan.workers)
    _warm[plan.campaign.id, plan.store.path] = pool
    return pool


def processes(plan: Plan) -> Processes:
    """The pool that is already warming up for this plan, else a new one."""
    warm = _warm.pop((plan.campaign.id, plan.store.path), None)
    return warm or Processes(plan.campaign, plan.store.path, plan.workers)


def _start_work(campaign: Campaign, store: Path) -> None:
    """In a worker: it ends with its parent, and knows what it will work on."""
    end_with_parent()
    assign(campaign, store)
