"""The run of a campaign: computed by an execution, recorded by Prefect, shown to the person who waits for it.

The picture is in `flows/execution/__init__.py`.
"""

from concurrent.futures import wait
from contextlib import AbstractContextManager, ExitStack, nullcontext

from flows.execution import shutdown
from flows.execution.execution import Execution
from flows.execution.plan import Order, Plan
from flows.execution.shutdown import Stopped
from flows.recording.record import Record
from flows.server import server
from flows.terminal import console, progress
from flows.terminal.progress import Display
from flows.workers import machine
from results import Summary
from results.presentation.language import _
from results.presentation.numbers import number

POLL_S = 0.1
RECORD_GRACE_S = 1.0
"""How long Prefect may take to record that a run was stopped; less than the grace period of `shutdown`."""

WORKER_GRACE_S = 0.3
"""How long killed workers may take to be gone."""


def run_for_command(order: Order, plan: Plan) -> Summary:
    """Run the campaign with messages and progress on the screen; `Stopped` when a signal ends it."""
    if plan.is_finished():
        return plan.summary()
    ordinary = len(plan.missing_ordinary())
    missing = len(plan.missing()) + ordinary
    console.say_at_once(_starting(min(plan.workers, missing)))
    if ordinary:
        console.say_at_once(_first_without(ordinary))
    if (space := machine.address_space()) and space < machine.RESERVED_BYTES:
        tight = _("Each process may reserve {size} MB of memory only (ulimit -v), which may not be enough.")
        console.say_at_once(tight.format(size=number(space // 2**20)))
    with shutdown.graceful():
        try:
            return run_recorded(order, plan, progress.display(missing))
        except Stopped:
            console.say_at_once(_stopped(plan))
            raise


def run_recorded(
    order: Order,
    plan: Plan,
    display: AbstractContextManager[Display],
    startup: AbstractContextManager[None] | None = None,
) -> Summary:
    """Run the campaign and have it recorded; an exception stops the run, and finished chunks are kept.

    `startup` is active while subprocesses start, which inherit the environment.
    """
    with display as shown, ExitStack() as cleanup:
        with startup or nullcontext():
            record, run = _start_all(order, plan, shown, cleanup)
        while not wait([run.summary], POLL_S).done:
            shown.show(run.replications_done)
        record.complete()
        cleanup.pop_all()
    return run.summary.result()


def _start_all(order: Order, plan: Plan, shown: Display, cleanup: ExitStack) -> tuple[Record, Execution]:
    """Start server, execution and record; the stack receives how to stop each, the last one first."""
    from simulation.engine import compiled  # slow to import, and needed only here

    prefect = server.for_run()
    cleanup.callback(prefect.kill)
    run = Execution(plan, shown.say)
    cleanup.callback(run.join, WORKER_GRACE_S)
    cleanup.callback(run.stop)
    if run.chunks and not compiled.is_kept():
        shown.say(_("The first run compiles code, which takes half a minute."))
    run.start()
    record = Record(order, run, prefect, shown.say)
    cleanup.callback(record.break_off, RECORD_GRACE_S)
    cleanup.callback(run.stop)  # first of all, so that the record learns of it
    record.start()
    return record, run


def _starting(workers: int) -> str:
    """What happens next; without workers, everything has been computed before."""
    if not workers:
        return _("All replications are computed; starting Prefect and writing the results…")
    return _("Starting {workers} {workers:worker|workers} and Prefect…").format(workers=number(workers))


def _first_without(ordinary: int) -> str:
    """What is computed before the attack."""
    template = _(
        "The same days are computed without the attack first ({count} {count:replication|replications}); whatever "
        "else strikes on them is compared with these too."
    )
    return template.format(count=number(ordinary))


def _stopped(plan: Plan) -> str:
    both = {plan.ordinary.id, plan.campaign.id}
    kept = sum(min(plan.store.finished(each), plan.replications) for each in both)
    template = _(
        "Stopped. {kept} of {total} {total:replication is|replications are} kept in {store}; the same "
        "command resumes."
    )
    return template.format(
        kept=number(kept), total=number(len(both) * plan.replications), store=plan.store.path
    )
