"""The cost of Dask to a campaign: a cluster of two processes here beside a pool of two, on the same replications.

Both start their workers; Prefect has no part in it.

    python -m benchmarks.cluster [--json]
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.table import tell
from flows.execution.execution import Execution
from flows.execution.plan import Order, plan_of

REPLICATIONS, WORKERS = 100, 2


def order_in(store: Path, workers: int | None) -> Order:
    """The default campaign, in a store of its own."""
    return Order(
        region="ile-de-france",
        scenario="ransomware-opening-ceremony",
        posture="baseline",
        replications=REPLICATIONS,
        seed=1,
        store=str(store),
        workers=workers,
    )


def on_pool(folder: Path) -> None:
    """The campaign on processes of our own."""
    Execution(plan_of(order_in(folder / "pool", WORKERS))).start().summary.result()


def on_cluster(folder: Path) -> None:
    """The same on a cluster, from its start to its end."""
    with cluster(folder) as address:
        Execution(plan_of(order_in(folder / "cluster", None), address)).start().summary.result()


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The address of a cluster of two processes."""
    told = folder / "scheduler.json"
    alone = ["--scheduler-file", str(told), "--no-dashboard"]
    with ExitStack() as processes:
        processes.enter_context(_started("dask_scheduler", [*alone, "--host", "127.0.0.1", "--port", "0"]))
        while not told.exists() or not told.stat().st_size:
            time.sleep(0.05)
        for _worker in range(WORKERS):
            processes.enter_context(_started("dask_worker", [*alone, "--nthreads", "1", "--no-nanny"]))
        yield json.loads(told.read_text("utf-8"))["address"]


@contextmanager
def _started(program: str, arguments: list[str]) -> Iterator[None]:
    command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments]
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=silent, stderr=silent, env=os.environ) as process:
        try:
            yield
        finally:
            process.kill()


def main() -> None:
    """The comparison is told."""
    with tempfile.TemporaryDirectory() as folder:
        seconds = {}
        for name, work in (("pool of processes", on_pool), ("Dask on two local processes", on_cluster)):
            begun = time.perf_counter()
            work(Path(folder))
            seconds[name] = time.perf_counter() - begun
    pool, dask = seconds.values()
    tell(
        f"a campaign of {REPLICATIONS} replications of ile-de-france, two workers",
        seconds,
        {"pool over Dask": pool / dask},
    )


if __name__ == "__main__":
    main()
