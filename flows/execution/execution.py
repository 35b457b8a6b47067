"""The execution of a campaign, or of those that are compared: replications that the store lacks are run in chunks.

Each campaign is then sealed, and all is summarised. Ordinary twins, of which the store may hold all that is needed,
come first: they are run, sealed and let go, so that other attacks on the same days may use them meanwhile.

An execution works in a thread of its own from its start to its summary, and depends on no observer. Observers, such as
Prefect's record, wait for its futures: that of a chunk is done when the chunk is in the store.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, wait
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import Generic, Protocol, Self, TypeVar

from flows.execution.chunk import Chunk, Workplace, make_chunk, make_ready, run_chunk
from flows.execution.plan import Plan
from flows.workers.cluster import Cluster
from flows.workers.executor import Executor, Halted, say_nothing
from flows.workers.pool import Pool
from flows.workers.program import program
from results import Detail, Store
from results.presentation.language import _
from results.sealing.parcel import Parcel
from simulation import Campaign
from topologies.errors import CampaignInUse

POLL_S = 0.2

Submit = Callable[[Chunk], "Future[Chunk]"]
"""Has a chunk run; the future is done when it is in the store."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Work(Protocol[T_co]):
    """What can be executed: the plan of a campaign, or of a comparison."""

    @property
    def parts(self) -> Sequence[Plan]:
        """The campaigns, of as many replications, in one store."""
        ...

    def chunks(self) -> list[Chunk]:
        """What is to be run, in this order."""
        ...

    def conclude(self) -> T_co:
        """What it says, once all is sealed."""
        ...


class Execution(Generic[T]):
    """One run of some campaigns, which adds replications to them, and to their twins where these lack some."""

    def __init__(self, work: Work[T], report: Callable[[str], None] = say_nothing) -> None:
        """Claim the campaigns and list the missing chunks; `CampaignInUse` when another process is running one."""
        self.replications_done = 0
        """How many replications this execution has added to the store, those of the twins included."""
        self.summary: Future[T] = Future()
        """What it all says; `Halted` if the execution was stopped, or the error that ended it."""
        self._work, self._parts = work, tuple(work.parts)
        self._store = self._parts[0].store
        self._report = report
        self._stopped = False
        self._counting = threading.Lock()
        with ExitStack() as claims:
            for part in self._parts:
                self._claim(claims, part.campaign, part.hours)
            self._ordinary = claims.enter_context(ExitStack())
            self._claim_twins()
            chunks = work.chunks()
            self._executor, submit = executor_of(
                self._parts[0], campaigns_of(self._parts), len(chunks), report
            )
            self._begun = claims.pop_all()
        self.chunks: Mapping[Chunk, Future[Chunk]] = {chunk: submit(chunk) for chunk in chunks}
        for finished in self.chunks.values():
            finished.add_done_callback(self._count)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> Self:
        """Start the workers."""
        self._thread.start()
        return self

    @property
    def replications(self) -> int:
        """How many replications there are when it has ended, those of the twins included."""
        return len(campaigns_of(self._parts)) * self._parts[0].replications

    def processes(self) -> list[int]:
        """The process numbers of the workers."""
        return self._executor.processes()

    def stop(self) -> None:
        """Stop computing; futures raise `Halted`, and finished chunks are kept."""
        self._stopped = True
        self._executor.stop()

    def join(self, timeout_s: float | None = None) -> None:
        """Wait for the end, but not too long; then another process may run the campaigns."""
        if self._thread.ident is None:
            self._begun.close()
        else:
            self._thread.join(timeout_s)

    def _claim(self, claims: ExitStack, campaign: Campaign, hours: Detail) -> None:
        """This process alone runs the campaign, until the claims are let go."""
        for damaged in claims.enter_context(self._store.begin(campaign, hours)):
            self._report(_("{chunk} was damaged; its replications run again.").format(chunk=damaged.where))

    def _claim_twins(self) -> None:
        """The same for twins that lack replications; another run that is at one is waited for.

        All processes claim them in the same order, so that no two wait for each other. A twin that lacks none may be
        one whose sealing was killed at its last step: that is done now, since nobody else may come for it.
        """
        waiting = _("Another run is computing the same days without the attack; waiting for it…")
        for part in sorted({part.ordinary.id: part for part in self._parts}.values(), key=_by_twin):
            self._store.clear_up(part.ordinary)
            while part.lacks_twin():
                try:
                    self._claim(self._ordinary, part.ordinary, part.ordinary_hours)
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

    def _run(self) -> None:
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

    def _summary(self) -> T:
        with self._begun:
            with self._executor:
                self._finish(chunk for chunk in self.chunks if chunk.is_ordinary)
                for part in self._parts:
                    if part.lacks_twin():
                        self._store.seal(part.ordinary.id, part.replications)
                self._ordinary.close()
                for part in self._parts:
                    self._finish(chunk for chunk in self.chunks if chunk.campaign == part.campaign.id)
                    if part is not self._parts[-1]:  # which is sealed when the workers are gone
                        self._store.seal(part.campaign.id, part.replications)
            self._store.seal(self._parts[-1].campaign.id, self._parts[-1].replications)
        return self._work.conclude()


def campaigns_of(parts: Iterable[Plan]) -> dict[str, Campaign]:
    """By each name under which replications are kept, the campaign that is prepared for them.

    A twin is prepared with the first campaign whose twin it is.
    """
    found: dict[str, Campaign] = {}
    for part in parts:
        asked = replace(part.campaign)  # without what it has worked out, which would be sent to every worker
        found[part.campaign.id] = asked
        found.setdefault(part.ordinary.id, asked)
    return found


def _by_twin(part: Plan) -> str:
    return part.ordinary.id


def executor_of(
    plan: Plan, campaigns: Mapping[str, Campaign], chunks: int, report: Callable[[str], None]
) -> tuple[Executor, Submit]:
    """What runs so many chunks of these campaigns, and how one is handed to it.

    Processes of this machine write their chunks into the store themselves. Workers of a cluster need not reach it: they
    send their chunks, and this process writes them.
    """
    if plan.dask is None:
        initializer = partial(make_ready, campaigns, plan.store.path)
        pool = Pool(min(plan.workers, chunks), initializer, report)
        return pool, partial(pool.submit, run_chunk)
    cluster = Cluster(plan.dask, partial(Workplace, campaigns), report)
    return cluster, partial(_made_there, cluster, plan.store)


def _made_there(cluster: Cluster, store: Store, chunk: Chunk) -> "Future[Chunk]":
    """The chunk, once it has come from the cluster and is in the store."""
    kept: Future[Chunk] = Future()
    keeping = store.description(chunk.campaign).keeping
    cluster.submit(make_chunk, chunk, keeping, program()).add_done_callback(
        partial(_keep, store, chunk, kept)
    )
    return kept


def _keep(store: Store, chunk: Chunk, kept: "Future[Chunk]", sent: "Future[Parcel]") -> None:
    try:
        store.receive_chunk(sent.result())
    except Exception as error:  # noqa: BLE001 - raised again for whoever waits for the chunk
        kept.set_exception(error)
    else:
        kept.set_result(chunk)
