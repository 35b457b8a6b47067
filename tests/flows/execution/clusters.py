"""Clusters of Dask on this machine, as the tests start and end them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.flows.commands import ROOT, free_port

QUIET = {"DASK_LOGGING__DISTRIBUTED": "info", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}


@dataclass(slots=True)
class LocalCluster:
    """A scheduler and its workers, each a process with a log of its own."""

    address: str
    folder: Path
    environment: dict[str, str]
    processes: ExitStack
    scheduler: "subprocess.Popen[bytes]"
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def add_worker(self, **environment: str) -> None:
        """One more worker is on its way; nothing starts it again when it ends."""
        alone = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder)]
        self.workers.append(
            self.processes.enter_context(
                _started("dask_worker", [self.address, *alone], self.environment | environment)
            )
        )


@contextmanager
def cluster_in(folder: Path, workers: int) -> Iterator[LocalCluster]:
    """A cluster with so many workers, which may still be on their way; all of it is gone afterwards."""
    port = free_port()
    environment = os.environ | QUIET
    with ExitStack() as processes:
        alone = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
        scheduler = processes.enter_context(_started("dask_scheduler", alone, environment))
        cluster = LocalCluster(f"tcp://127.0.0.1:{port}", folder, environment, processes, scheduler)
        for _worker in range(workers):
            cluster.add_worker()
        yield cluster


@contextmanager
def _started(
    program: str, arguments: list[str], environment: dict[str, str]
) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=ROOT
    ) as process:
        try:
            yield process
        finally:
            process.kill()
