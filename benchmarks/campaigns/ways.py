"""The ways to run a campaign that are compared: the command, and a bare pool of the same calls."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flows.execution.chunk import make_ready, run_chunk
from flows.execution.execution import campaigns_of
from flows.execution.plan import Order, plan_of
from flows.workers.pool import Pool

REGION, SCENARIO = "ile-de-france", "ransomware-opening-ceremony"
WORKERS = 2
POLL_S = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """Seconds from the start."""

    first_s: float
    """Until the first chunk is in the store."""
    verdict_s: float
    """Until the verdict is told; of the pool, until the last chunk is in the store."""
    whole_s: float
    """Until nothing of it runs any more."""
    cpu_s: float
    """Of the processor, in all its processes but this one."""


def order_of(store: Path, replications: int, workers: int = WORKERS) -> Order:
    """The default campaign, in a store of its own."""
    return Order(
        region=REGION,
        scenario=SCENARIO,
        posture="baseline",
        replications=replications,
        seed=1,
        store=str(store),
        workers=workers,
    )


def pool(order: Order) -> Took:
    """Workers start, and compute and write the chunks that the command would have them compute: nothing else."""
    plan = plan_of(order)
    chunks = plan.chunks()
    with ExitStack() as claimed:
        for campaign in (plan.ordinary, plan.campaign):
            claimed.enter_context(plan.store.begin(campaign))
        ready = partial(make_ready, campaigns_of(plan.parts), plan.store.path)
        cpu_s, began = _cpu_s(), time.perf_counter()
        with Pool(min(plan.workers, len(chunks)), ready) as workers:
            finished = [workers.submit(run_chunk, chunk) for chunk in chunks]
            wait(finished, return_when=FIRST_COMPLETED)
            first_s = time.perf_counter() - began
            for each in finished:
                each.result()
            verdict_s = time.perf_counter() - began
        whole_s = time.perf_counter() - began
    return Took(first_s=first_s, verdict_s=verdict_s, whole_s=whole_s, cpu_s=_cpu_s() - cpu_s)


def command(
    order: Order, environment: Mapping[str, str], watch: Callable[[int], None] = lambda _pid: None
) -> Took:
    """`tocsin run` as a person types it; `watch` is called now and then with the number of its process."""
    arguments = [order.region, order.scenario, "-n", str(order.replications), "--seed", str(order.seed)]
    arguments += ["--workers", str(order.workers), "--store", order.store, "--json"]
    cpu_s, began = _cpu_s(), time.perf_counter()
    first_s = None
    with subprocess.Popen(
        [sys.executable, "-m", "flows.cli.main", "run", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as process:
        assert process.stdout is not None  # a pipe was asked for
        os.set_blocking(process.stdout.fileno(), False)
        written = b""
        while not written.rstrip().endswith(b"\n}") and process.poll() is None:
            written += process.stdout.read() or b""
            if first_s is None and _has_chunk(Path(order.store)):
                first_s = time.perf_counter() - began
            watch(process.pid)
            time.sleep(POLL_S if first_s is None else 5 * POLL_S)
        verdict_s = time.perf_counter() - began
        process.stdout.read()
        if process.wait():
            raise RuntimeError(f"the command failed ({process.returncode})")
    whole_s = time.perf_counter() - began
    return Took(first_s=first_s or verdict_s, verdict_s=verdict_s, whole_s=whole_s, cpu_s=_cpu_s() - cpu_s)


def environment_in(folder: Path) -> dict[str, str]:
    """That of a person whose Prefect has run before, and whose Python keeps what it compiles."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "TOCSIN"))}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    environment = kept | {"PREFECT_HOME": str(folder / "prefect")}
    command(order_of(folder / "first", 2), environment)
    return environment


def _has_chunk(store: Path) -> bool:
    return any(store.glob("unsealed/*/chunks/*"))


def _cpu_s() -> float:
    """Of all processes that this one has started, and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
