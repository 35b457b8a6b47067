"""Flows: campaigns run, recorded as Prefect flows, and ordered by the command `tocsin` or from Prefect's pages.

    cli            the command and its verbs
    control_room   `tocsin serve`: a form in Prefect's pages, and what runs its campaigns
    recording      a run as Prefect shows it
    server         Prefect's server
    middleware     what stands around its application: who may use it, which runs have ended
    execution      what is to be run, and how it is run (with a picture of one run)
    workers        the pool of processes that compute
    terminal       what is written on the screen
    packages       our packages, found before others of the same name

Each imports only those below it.

`flows.campaign` is the one public function. It imports what it needs when it is called: worker processes import this
package too, and must start fast.
"""

TYPE_CHECKING = False  # as in typing, whose import would delay the handling of signals
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from results import Summary

__all__ = ["campaign"]


def campaign(
    region: "str | Path",
    scenario: "str | Path",
    posture: "str | Path" = "baseline",
    *,
    replications: int = 200,
    seed: int = 1,
    store: "str | Path" = "store",
    workers: int | None = None,
    event: "str | Path | None" = None,
    settings: "Sequence[str]" = (),
    parameters: str = "drawn",
    hours: str | None = None,
    dask: str | None = None,
) -> "Summary":
    """Run the scenario so many times and return the summary; the results are in the store, as after `tocsin run`.

    Replications that the store holds already are not run again. Region, scenario, posture and event are names or paths;
    settings are levers of the posture at other levels, such as `backups=0.9`. Parameters that are `drawn` differ from
    one replication to another within their ranges, so that results hold what is not known, beside chance; where they
    are `central`, replications differ by chance alone. Hours are kept of each `site`, by `territory`, of the `region`,
    or only as `bands`. `dask` is the address of a Dask scheduler, whose workers then compute.
    """
    from flows.execution.plan import Order, plan_of
    from flows.recording.campaign_run import run_recorded
    from flows.server import isolation
    from flows.terminal.progress import in_python

    order = Order(
        region=str(region),
        scenario=str(scenario),
        posture=str(posture),
        replications=replications,
        seed=seed,
        store=str(store),
        workers=workers,
        event=None if event is None else str(event),
        settings=tuple(settings),
        parameters=parameters,
        hours=hours,
    )
    plan = plan_of(order, dask)
    if plan.is_finished():
        return plan.summary()
    return run_recorded(
        order, plan, in_python(len(plan.missing()) + len(plan.missing_ordinary())), isolation.isolated()
    )
