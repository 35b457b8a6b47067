"""The run of a campaign or of a comparison: computed by an execution, recorded by Prefect, shown to who waits.

The picture is in `flows/execution/__init__.py`.
"""

import sys
from collections.abc import Callable
from concurrent.futures import wait
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Protocol, TypeVar

from flows.execution import shutdown
from flows.execution.execution import Execution, Work
from flows.execution.kept_hours import remarks
from flows.execution.shutdown import Stopped
from flows.recording.record import Record
from flows.recording.recorder import AnyOrder
from flows.server import server
from flows.server.open_rooms import OpenRoom
from flows.terminal import console, progress
from flows.terminal.progress import Display
from flows.workers import machine
from results.presentation.language import _
from results.presentation.numbers import number

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

POLL_S = 0.1
RECORD_GRACE_S = 1.0
"""How long Prefect may take to record that a run was stopped; less than the grace period of `shutdown`."""

WORKER_GRACE_S = 0.3
"""How long killed workers may take to be gone."""


class Run(Work[T_co], Protocol[T_co]):
    """What a person can have run: the plan of a campaign, or of a comparison."""

    @property
    def workers(self) -> int:
        """How many processes compute."""
        ...

    def is_finished(self) -> bool:
        """There is nothing to do."""
        ...

    def summary(self) -> T_co:
        """What it says, where it is finished."""
        ...


def tell_nothing(_summary: object) -> None:
    """Nobody waits for what it says."""


def run_for_command(order: AnyOrder, plan: Run[T], tell: Callable[[T], None] = tell_nothing) -> T:
    """Run the campaigns with messages and progress on the screen; `Stopped` when a signal ends it.

    What they say is told as soon as it is known; Prefect may need some seconds more to have recorded it.
    """
    for remark in remarks(order.hours, plan.parts):
        console.say_at_once(remark)
    if plan.is_finished():
        summary = plan.summary()
        tell(summary)
        return summary
    ordinary = lacking_ordinary(plan)
    missing = lacking_asked(plan) + ordinary
    console.say_at_once(_starting(min(plan.workers, missing), plan.parts[0].dask))
    if ordinary:
        console.say_at_once(_first_without(ordinary))
    if (space := machine.address_space()) and space < machine.RESERVED_BYTES:
        tight = _("Each process may reserve {size} MB of memory only (ulimit -v), which may not be enough.")
        console.say_at_once(tight.format(size=number(space // 2**20)))
    with shutdown.graceful():
        try:
            return run_recorded(order, plan, progress.display(missing), tell=tell)
        except Stopped:
            console.say_at_once(_stopped(plan))
            raise


def lacking_asked(plan: Work[object]) -> int:
    """How many replications of the campaigns the store lacks."""
    return sum(len(part.missing()) for part in plan.parts)


def lacking_ordinary(plan: Work[object]) -> int:
    """How many of their twins it lacks."""
    twins = {part.ordinary.id: part for part in plan.parts}
    return sum(len(part.missing_ordinary()) for part in twins.values())


def run_recorded(
    order: AnyOrder,
    plan: Work[T],
    display: AbstractContextManager[Display],
    startup: AbstractContextManager[None] | None = None,
    tell: Callable[[T], None] = tell_nothing,
) -> T:
    """Run the campaigns and have it recorded; an exception stops the run, and finished chunks are kept.

    `startup` is active while this is set up: subprocesses inherit the environment of then.
    """
    with ExitStack() as cleanup:
        with display as shown:
            with startup or nullcontext():
                record, run = _start_all(order, plan, shown, cleanup)
            while not wait([run.summary], POLL_S).done:
                shown.show(run.replications_done)
        try:
            tell(run.summary.result())
        finally:
            if not isinstance(sys.exception(), Stopped):
                record.complete()
                cleanup.pop_all()
    return run.summary.result()


def _start_all(
    order: AnyOrder, plan: Work[T], shown: Display, cleanup: ExitStack
) -> tuple[Record, Execution[T]]:
    """Workers start, then the record; the stack receives how to stop each, the last one first."""
    prefect = server.for_run()
    cleanup.callback(prefect.kill)
    run = Execution(plan, shown.say)
    cleanup.callback(run.join, WORKER_GRACE_S)
    cleanup.callback(run.stop)
    run.start()
    from simulation.engine.caches import code_folder  # it reads the sources, for which no worker waits

    if run.chunks and not code_folder.is_kept():
        shown.say(_("The first run compiles code, which takes half a minute."))
    if isinstance(prefect, OpenRoom):
        shown.say(_("The control room at {url} records this run.").format(url=prefect.url))
    record = Record(order, run, prefect, shown.say)
    cleanup.callback(record.break_off, RECORD_GRACE_S)
    cleanup.callback(run.stop)  # first of all, so that the record learns of it
    record.start()
    return record, run


def _starting(workers: int, dask: str | None) -> str:
    """What happens next; without workers, everything has been computed before."""
    if not workers:
        return _("All replications are computed; starting Prefect and writing the results…")
    if dask is not None:
        there = _(
            "Starting Prefect; {workers} {workers:worker|workers} at {address} {workers:computes|compute}…"
        )
        return there.format(workers=number(workers), address=dask)
    return _("Starting {workers} {workers:worker|workers} and Prefect…").format(workers=number(workers))


def _first_without(ordinary: int) -> str:
    """What is computed before the attack."""
    template = _(
        "The same days are computed without the attack first ({count} {count:replication|replications}); whatever "
        "else strikes on them is compared with these too."
    )
    return template.format(count=number(ordinary))


def _stopped(plan: Work[object]) -> str:
    first = plan.parts[0]
    every = {name for part in plan.parts for name in (part.ordinary.id, part.campaign.id)}
    kept = sum(min(first.store.finished(each), first.replications) for each in every)
    template = _(
        "Stopped. {kept} of {total} {total:replication is|replications are} kept in {store}; the same "
        "command resumes."
    )
    return template.format(
        kept=number(kept), total=number(len(every) * first.replications), store=first.store.path
    )
