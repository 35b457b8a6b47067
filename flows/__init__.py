"""Who runs it, when, how often: the campaigns of the engine as Prefect flows, and the `tocsin` command.

`flows.campaign` is the one public verb. It imports what it needs when it is called, because the workers of the pool
import this package too and must not pay for more than they use.
"""

TYPE_CHECKING = False  # as in typing, whose import would come before the signals are heeded
if TYPE_CHECKING:
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
) -> "Summary":
    """The scenario has been run so many times and its results lie in the store, as after `tocsin run`.

    What the store holds already is not run again. Region, scenario, posture and event are names, or paths to files.
    """
    from flows.execution.campaign_run import run_recorded
    from flows.execution.plan import Order, plan_of
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
    )
    plan = plan_of(order)
    if plan.is_finished():
        return plan.summary()
    return run_recorded(order, plan, in_python(len(plan.missing())), isolation.isolated())
