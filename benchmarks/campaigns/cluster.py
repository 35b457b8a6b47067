"""Dask on two local processes beside a pool of two: what a cluster costs where it is not needed."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from benchmarks.campaigns.measured import Measured
from benchmarks.campaigns.ways import WORKERS, order_of
from flows.execution.execution import Execution
from flows.execution.plan import plan_of
from flows.workers.cluster import workers_at

REPLICATIONS = 96


def measured(folder: Path, environment: Mapping[str, str]) -> Measured:
    """The same execution on both, to its summary, without Prefect; the scheduler and its workers are there before."""
    order = order_of(folder / "pool", REPLICATIONS)
    seconds = {"pool, with its start": _took(order.store)}
    with _cluster(folder, environment) as address:
        while workers_at(address) < WORKERS:
            time.sleep(0.1)
        seconds["Dask, first campaign"] = _took(str(folder / "dask"), address)
        seconds["Dask, another"] = _took(str(folder / "again"), address)
    pool, first, again = seconds.values()
    return Measured(
        f"{REPLICATIONS} replications and as many of the twin, {WORKERS} workers",
        seconds,
        {"pool / Dask, first campaign": pool / first, "pool / Dask, another": pool / again},
    )


def _took(store: str, address: str | None = None) -> float:
    order = replace(order_of(Path(store), REPLICATIONS), workers=None if address else WORKERS)
    begun = time.perf_counter()
    Execution(plan_of(order, address)).start().summary.result()
    return time.perf_counter() - begun


@contextmanager
def _cluster(folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The address of a scheduler whose workers are on their way."""
    told = folder / "scheduler.json"
    known = ["--scheduler-file", str(told), "--no-dashboard"]
    with ExitStack() as processes:
        here = ["--host", "127.0.0.1", "--port", "0"]
        processes.enter_context(_started("dask_scheduler", [*known, *here], environment))
        while not told.exists() or not told.stat().st_size:
            time.sleep(0.05)
        for _worker in range(WORKERS):
            alone = ["--nthreads", "1", "--no-nanny", "--local-directory", str(folder)]
            processes.enter_context(_started("dask_worker", [*known, *alone], environment))
        yield json.loads(told.read_text("utf-8"))["address"]


@contextmanager
def _started(program: str, arguments: list[str], environment: Mapping[str, str]) -> Iterator[None]:
    command, silent = [sys.executable, "-m", f"distributed.cli.{program}", *arguments], subprocess.DEVNULL
    with subprocess.Popen(command, stdout=silent, stderr=silent, env=environment) as process:
        try:
            yield
        finally:
            process.kill()
