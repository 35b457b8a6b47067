"""The cost of Prefect to a campaign: a run that it records beside one without it, on the same replications.

Both are computed by two workers, and sealed and summarised; the recorded one starts a Prefect server of its own.

    python -m benchmarks.campaign [--json]
"""

import tempfile
import time
from pathlib import Path

import flows
from benchmarks.table import tell
from flows.execution.execution import Execution
from flows.execution.plan import Order, plan_of

REPLICATIONS = 200


def order_in(store: Path) -> Order:
    """The default campaign, in a store of its own."""
    return Order(
        region="ile-de-france",
        scenario="ransomware-opening-ceremony",
        posture="baseline",
        replications=REPLICATIONS,
        seed=1,
        store=str(store),
        workers=2,
    )


def bare(store: Path) -> None:
    """The campaign without Prefect."""
    Execution(plan_of(order_in(store))).start().summary.result()


def recorded(store: Path) -> None:
    """The campaign as the command runs it."""
    order = order_in(store)
    flows.campaign(
        order.region,
        order.scenario,
        replications=order.replications,
        store=order.store,
        workers=order.workers,
    )


def main() -> None:
    """The comparison is told."""
    with tempfile.TemporaryDirectory() as folder:
        seconds = {}
        for name, work in (("bare execution", bare), ("recorded by Prefect", recorded)):
            begun = time.perf_counter()
            work(Path(folder) / work.__name__)
            seconds[name] = time.perf_counter() - begun
    tell(
        f"a campaign of {REPLICATIONS} replications of ile-de-france, two workers",
        seconds,
        {"bare over recorded": seconds["bare execution"] / seconds["recorded by Prefect"]},
    )


if __name__ == "__main__":
    main()
