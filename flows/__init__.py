"""Who runs it, when, how often: the campaigns of the engine as Prefect flows, and the `tocsin` command.

`flows.campaign` is the one public verb. It imports what it needs when it is called, because the workers of the pool
import this package too and must not pay for more than they use.
"""

from flows import surroundings

TYPE_CHECKING = False  # as in typing, whose import would come before the signals are heeded
if TYPE_CHECKING:
    from results import Summary

__all__ = ["campaign"]

surroundings.prepare()  # before anything here imports Prefect


def campaign(
    region: str,
    scenario: str,
    posture: str = "baseline",
    *,
    replications: int = 200,
    seed: int = 1,
    store: str = "store",
    workers: int | None = None,
    event: str | None = None,
) -> "Summary":
    """The scenario has been run so many times and its results lie in the store, as after `tocsin run`.

    What the store holds already is not run again. Region, scenario, posture and event are names, or paths to files.
    """
    from flows.conduct import conduct
    from flows.plan import Order, plan_of

    order = Order(
        region=region,
        scenario=scenario,
        posture=posture,
        replications=replications,
        seed=seed,
        store=store,
        workers=workers,
        event=event,
    )
    return conduct(order, plan_of(order))
