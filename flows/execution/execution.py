"""How often, and where does it go? What the store lacks is run chunk by chunk, then sealed and summarised.

An execution needs nobody: it works in a thread of its own from its first moment to its summary, whoever looks on. Those
who do, such as Prefect, wait for its futures: a chunk's is done when that chunk is in the store.
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
from flows.execution.pool import Halted, Pool, say_nothing
from results import Summary
from results.presentation.language import _


class Execution:
    """One campaign on its way into its store."""

    def __init__(self, plan: Plan, tell: Callable[[str], None] = say_nothing) -> None:
        """The campaign is ours to run, and all is known that lacks; `BadStore` when another process runs it."""
        self.plan = plan
        self.replications_done = 0
        """How many this execution has added to the store."""
        self.summary: Future[Summary] = Future()
        """What the whole campaign says; `Halted` when it was stopped before, else what went wrong."""
        self._stopped = False
        self._counting = threading.Lock()
        self._begun = ExitStack()
        for damaged in self._begun.enter_context(plan.store.begin(plan.campaign)):
            tell(_("{chunk} was damaged; its replications run again.").format(chunk=damaged.where))
        chunks = plan.chunks()
        ready = partial(make_ready, plan.campaign, plan.store.path)
        self._pool = Pool(min(plan.workers, len(chunks)), ready, tell)
        self.chunks: Mapping[Chunk, Future[Chunk]] = {
            chunk: self._pool.submit(run_chunk, chunk) for chunk in chunks
        }
        for finished in self.chunks.values():
            finished.add_done_callback(self._count)
        self._thread = threading.Thread(target=self._work, daemon=True)

    def start(self) -> Self:
        """The workers are starting, and all takes its course."""
        self._thread.start()
        return self

    @property
    def replications(self) -> int:
        """How many the whole campaign has."""
        return self.plan.replications

    def processes(self) -> list[int]:
        """The numbers of the processes that compute."""
        return self._pool.processes()

    def stop(self) -> None:
        """Nothing is computed any more, and who waits is told; what is finished is kept."""
        self._stopped = True
        self._pool.stop()

    def join(self, within_s: float | None = None) -> None:
        """It is over, well or not, unless that took too long; another process may run the campaign then."""
        if self._thread.ident is None:
            self._begun.close()
        else:
            self._thread.join(within_s)

    def _count(self, finished: "Future[Chunk]") -> None:
        if finished.exception() is None:
            with self._counting:
                self.replications_done += len(finished.result())

    def _work(self) -> None:
        try:
            summary = self._summary()
        except Exception as error:  # noqa: BLE001 - told to whoever waits
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
