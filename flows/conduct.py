"""How is a run carried out? Computed by an execution, recorded by Prefect, watched by who waits for it."""

from concurrent.futures import wait
from contextlib import AbstractContextManager, nullcontext

import results
from flows import console, departure, progress, server
from flows.departure import Stopped
from flows.execution import Execution
from flows.figures import number
from flows.language import _
from flows.plan import Order, Plan
from flows.progress import Display
from flows.record import Record
from results import Summary
from simulation import compiled

LOOK_EVERY_S = 0.1
FAREWELL_S = 1.0
"""How long Prefect may take to note that a run was stopped; less than the grace of `departure`."""


def conduct(order: Order, plan: Plan) -> Summary:
    """The campaign has run, in view of who typed the command; `Stopped` when a signal came before."""
    if plan.is_finished():
        return results.summarise(plan.store, plan.campaign.id)
    console.say_at_once(
        _("Starting {workers} {workers:worker|workers} and Prefect…").format(workers=number(plan.workers))
    )
    with departure.in_order():
        try:
            return carried_out(order, plan, progress.display(len(plan.missing())))
        except Stopped:
            console.say_at_once(_stopped(plan))
            raise


def carried_out(
    order: Order,
    plan: Plan,
    display: AbstractContextManager[Display],
    starting: AbstractContextManager[None] | None = None,
) -> Summary:
    """The campaign has run; whatever ends the wait for it has stopped it, and what is finished is kept.

    `starting` surrounds the start of other programs, which inherit the environment.
    """
    with display as shown:
        with starting or nullcontext():
            run, record = _begun(order, plan, shown)
        try:
            while not wait([run.summary], LOOK_EVERY_S).done:
                shown.show(run.replications_done)
            record.complete()
        except BaseException:
            run.stop()
            record.break_off(FAREWELL_S)
            raise
    return run.summary.result()


def _begun(order: Order, plan: Plan, shown: Display) -> tuple[Execution, Record]:
    prefect = server.for_run()
    if not compiled.is_kept():
        shown.say(_("The first run compiles for half a minute."))
    try:
        run = Execution(plan, shown.say)
    except BaseException:
        prefect.kill()
        raise
    return run, Record(order, run, prefect, shown.say)


def _stopped(plan: Plan) -> str:
    kept = plan.replications - len(plan.missing())
    template = _(
        "Stopped. {kept} of {total} {total:replication is|replications are} kept in {store}; the same command resumes."
    )
    return template.format(kept=number(kept), total=number(plan.replications), store=plan.store.path)
