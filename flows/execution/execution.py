"""The execution of a campaign: replications that the store lacks are run in chunks, then sealed and summarised.

It works in a thread of its own from its start to its summary, and depends on no observer. Observers, such as Prefect's
record, wait for its futures: that of a chunk is done when the chunk is in the store.
"""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_EXCEPTION, Future, wait
from contextlib import ExitStack
from functools import partial
from typing import Self

import results
from flows.execution.chunk import Chunk, make_ready, run_chunk
from flows.execution.plan import Plan
from flows.workers.pool import Halted, Pool, say_nothing
from results import Summary
from results.presentation.language import _


class Execution:
    """One run of one campaign, which adds replications to its store."""

    def __init__(self, plan: Plan, report: Callable[[str], None] = say_nothing) -> None:
        """Claim the campaign and list the missing chunks; `BadStore` when another process is running it."""
        self.plan = plan
        self.replications_done = 0
        """How many replications this execution has added to the store."""
        self.summary: Future[Summary] = Future()
        """The summary of the whole campaign; `Halted` if the execution was stopped, or the error that ended it."""
        self._stopped = False
        self._counting = threading.Lock()
        self._begun = ExitStack()
        for damaged in self._begun.enter_context(plan.store.begin(plan.campaign)):
            report(_("{chunk} was damaged; its replications run again.").format(chunk=damaged.where))
        chunks = plan.chunks()
        initializer = partial(make_ready, plan.campaign, plan.store.path)
        self._pool = Pool(min(plan.workers, len(chunks)), initializer, report)
        self.chunks: Mapping[Chunk, Future[Chunk]] = {
            chunk: self._pool.submit(run_chunk, chunk) for chunk in chunks
        }
        for finished in self.chunks.values():
            finished.add_done_callback(self._count)
        self._thread = threading.Thread(target=self._work, daemon=True)

    def start(self) -> Self:
        """Start the workers."""
        self._thread.start()
        return self

    @property
    def replications(self) -> int:
        """How many replications the whole campaign has."""
        return self.plan.replications

    def processes(self) -> list[int]:
        """The process numbers of the workers."""
        return self._pool.processes()

    def stop(self) -> None:
        """Stop computing; futures raise `Halted`, and finished chunks are kept."""
        self._stopped = True
        self._pool.stop()

    def join(self, timeout_s: float | None = None) -> None:
        """Wait for the end, but not too long; then another process may run the campaign."""
        if self._thread.ident is None:
            self._begun.close()
        else:
            self._thread.join(timeout_s)

    def _count(self, finished: "Future[Chunk]") -> None:
        if finished.exception() is None:
            with self._counting:
                self.replications_done += len(finished.result())

    def _work(self) -> None:
        try:
            summary = self._summary()
        except Exception as error:  # noqa: BLE001 - raised again for those who wait
            self.summary.set_exception(error)
        else:
            self.summary.set_result(summary)

    def _summary(self) -> Summary:
        plan = self.plan
        with self._begun:
            with self._pool:
                for finished in wait(self.chunks.values(), return_when=FIRST_EXCEPTION).done:
                    finished.result()
            if self._stopped:
                raise Halted
            plan.store.seal(plan.campaign.id, plan.replications)
        return results.summarise(plan.store, plan.campaign.id)
