"""How does the command run the flow? The main thread shows progress and heeds signals; a second one runs Prefect.

1. The workers and a Prefect server start; both are other processes, and need seconds.
2. Meanwhile the second thread imports Prefect, then runs the flow, which finds the workers warm.
3. Told to stop, the main thread halts the workers, gives the flow a moment to say so to Prefect, and leaves.
"""

import os
from concurrent.futures import Future, ThreadPoolExecutor, wait

from flows import console, departure, executors, progress, server
from flows.departure import Stopped
from flows.executors import Halted, Processes
from flows.figures import number
from flows.language import _
from flows.plan import Order, Plan
from flows.server import Server
from results import Summary

LOOK_EVERY_S = 0.1
FAREWELL_S = 1.0
"""How long a stopped flow may take to tell Prefect; less than the grace of `departure`."""


def conduct(order: Order, plan: Plan) -> Summary:
    """The campaign has run as a flow, in view of the person who waits; `Stopped` when it was told to stop."""
    os.environ["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] = "CRITICAL"  # the log of the run is in the UI
    console.say_at_once(
        _("Starting {workers} {workers:worker|workers} and Prefect…").format(workers=number(plan.workers))
    )
    with departure.in_order():
        prefect, pool = server.for_run(), executors.warm_up(plan)
        run = ThreadPoolExecutor(1, "flow").submit(_flow, order, prefect)
        try:
            watch(run, pool, total=len(plan.missing()))
            prefect.stop()
        except Stopped:
            pool.stop()
            console.say_at_once(_stopped(plan))
            wait([run], FAREWELL_S)
            prefect.kill()
            raise
    return run.result()


def watch(run: "Future[Summary]", pool: Processes, total: int) -> None:
    """The progress of so many replications has been shown until the run ended."""
    with progress.display(total) as display:
        while not wait([run], LOOK_EVERY_S).done:
            display.show(pool.replications_done)


def _stopped(plan: Plan) -> str:
    kept = plan.replications - len(plan.missing())
    template = _(
        "Stopped. {kept} of {total} {total:replication is|replications are} kept in {store}; the same command resumes."
    )
    return template.format(kept=number(kept), total=number(plan.replications), store=plan.store.path)


def _flow(order: Order, prefect: Server) -> Summary:
    """In the second thread: the flow, once Prefect's client knows its server."""
    server.join(prefect)
    from flows.campaign_flow import campaign

    summary = campaign(
        order.region,
        order.scenario,
        order.posture,
        replications=order.replications,
        seed=order.seed,
        store=order.store,
        workers=order.workers,
        event=order.event,
    )
    if not isinstance(summary, Summary):
        raise Halted
    return summary
