"""The execution of a campaign: replications that the store lacks are run in chunks, then sealed and summarised.

Its ordinary twin, of which the store may hold all that is needed, comes first: it is run, sealed and let go, so that
other attacks on the same days may use it while this one is computed.

An execution works in a thread of its own from its start to its summary, and depends on no observer. Observers, such as
Prefect's record, wait for its futures: that of a chunk is done when the chunk is in the store.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
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
from simulation import Campaign
from topologies.errors import CampaignInUse

POLL_S = 0.2


class Execution:
    """One run of one campaign, which adds replications to its store, and to those of its twin where these lack."""

    def __init__(self, plan: Plan, report: Callable[[str], None] = say_nothing) -> None:
        """Claim the campaign and list the missing chunks; `CampaignInUse` when another process is running it."""
        self.plan = plan
        self.replications_done = 0
        """How many replications this execution has added to the store, those of the twin included."""
        self.summary: Future[Summary] = Future()
        """The summary of the whole campaign; `Halted` if the execution was stopped, or the error that ended it."""
        self._report = report
        self._stopped = False
        self._counting = threading.Lock()
        with ExitStack() as claims:
            self._claim(claims, plan.campaign)
            self._ordinary = claims.enter_context(ExitStack())
            self._claim_twin()
            chunks = plan.chunks()
            self._begun = claims.pop_all()
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
        """How many replications there are when it has ended, those of the twin included."""
        return self.plan.replications * (2 if self.plan.has_twin else 1)

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

    def _claim(self, claims: ExitStack, campaign: Campaign) -> None:
        """This process alone runs the campaign, until the claims are let go."""
        for damaged in claims.enter_context(self.plan.store.begin(campaign)):
            self._report(_("{chunk} was damaged; its replications run again.").format(chunk=damaged.where))

    def _claim_twin(self) -> None:
        """The same for its twin, if replications of that lack; another run that is at it is waited for."""
        waiting = _("Another run is computing the same days without the attack; waiting for it…")
        while self.plan.lacks_twin():
            try:
                self._claim(self._ordinary, self.plan.ordinary)
            except CampaignInUse:
                if waiting:
                    self._report(waiting)
                waiting = ""
                time.sleep(POLL_S)
            else:
                break

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

    def _finish(self, chunks: Iterable[Chunk]) -> None:
        """These chunks are in the store; else the error of the first that is not, or `Halted`."""
        for finished in wait([self.chunks[chunk] for chunk in chunks], return_when=FIRST_EXCEPTION).done:
            finished.result()
        if self._stopped:
            raise Halted

    def _summary(self) -> Summary:
        plan = self.plan
        with self._begun:
            with self._pool:
                self._finish(chunk for chunk in self.chunks if chunk.is_ordinary)
                if plan.lacks_twin():
                    plan.store.seal(plan.ordinary.id, plan.replications)
                self._ordinary.close()
                self._finish(chunk for chunk in self.chunks if not chunk.is_ordinary)
            plan.store.seal(plan.campaign.id, plan.replications)
        return results.summarise(plan.store, plan.campaign.id)
