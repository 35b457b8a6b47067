"""What does Prefect cost a campaign? The flow beside the bare pool, on the same replications.

Side by side: chunks handed to two workers by threads (the limit), and the same as a Prefect flow with a server of its
own. Both write and seal a store. The start of Prefect is told apart, since it does not grow with the campaign.

    python -m benchmarks.campaign [--json]
"""

import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

os.environ |= {"PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL", "DO_NOT_TRACK": "1"}

from benchmarks.table import tell
from flows import server
from flows.executors import Processes
from flows.plan import Order, plan_of

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
    plan = plan_of(order_in(store))
    with (
        plan.store.begin(plan.campaign),
        Processes(plan.campaign, plan.store.path, plan.workers) as pool,
        ThreadPoolExecutor(plan.workers) as threads,
    ):
        list(threads.map(pool.run, plan.chunks()))
        plan.store.seal(plan.campaign.id, plan.replications)


def as_a_flow(store: Path) -> None:
    """The campaign as a Prefect flow."""
    from flows.campaign_flow import campaign

    order = order_in(store)
    campaign(order.region, order.scenario, order.posture, replications=order.replications, store=order.store)


def main() -> None:
    """The comparison is told."""
    from prefect.logging.handlers import APILogWorker

    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        prefect = server.start(pages=False)
        server.join(prefect)
        as_a_flow_ready = time.perf_counter() - begun
        seconds = {}
        for name, work in (("bare pool of two", bare), ("Prefect flow", as_a_flow)):
            begun = time.perf_counter()
            work(Path(folder) / work.__name__)
            seconds[name] = time.perf_counter() - begun
        APILogWorker.drain_all(timeout=5)
        prefect.stop()
    tell(
        f"a campaign of {REPLICATIONS} replications of ile-de-france, two workers",
        {**seconds, "Prefect's import and server, once": as_a_flow_ready},
        {"bare pool over flow": seconds["bare pool of two"] / seconds["Prefect flow"]},
    )


if __name__ == "__main__":
    main()
