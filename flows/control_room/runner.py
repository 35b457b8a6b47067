"""The runner: runs what people schedule in Prefect's pages, with our own flow and nothing else.

python -m flows.control_room.runner STORE FOLDER…      what the control room starts

Prefect's own runner loads whatever a deployment in its database names, and everybody with access to the API can change
that: a deployment may fetch code, or run a shell command first. This runner only asks which runs of its own deployments
are due, and starts `flow_run.py` for each. Code, command, folder and environment never come from the API.
"""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flows.control_room import deployment
from flows.control_room.shared_folders import SharedFolders
from flows.execution import shutdown
from flows.execution.shutdown import Stopped
from flows.middleware import run_locks
from flows.server import isolation, subprocesses
from flows.server.subprocesses import Subprocess
from results.presentation.language import _

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

POLL_S = 1.0
MAX_CONCURRENT_RUNS = 5
"""Campaigns that run at once; others wait."""
STOP_GRACE_S = 0.9
"""How long runs may take to report to Prefect that they were stopped."""
FAILURES_BEFORE_SAYING = 15
"""Failed polls in a row after which the runner says so: a quarter of a minute in which nothing starts."""


@dataclass(slots=True)
class Runner:
    """Starts runs that are due, and ends those that were cancelled or suspended."""

    client: "SyncPrefectClient"
    deployments: Mapping[UUID, str]
    """Ours, and what each offers."""
    arguments: Sequence[str]
    """Arguments of each run's process: the folders that it may use."""
    processes: dict[UUID, Subprocess] = field(default_factory=dict)
    failures: int = 0
    """Polls in a row in which the server failed."""

    def poll_patiently(self) -> None:
        """Poll once; a server that fails repeatedly is reported once, on standard output."""
        import httpx

        try:
            self.poll()
            self.failures = 0
        except httpx.HTTPStatusError as error:
            self.failures += 1
            if self.failures == FAILURES_BEFORE_SAYING:
                print(_server_fails(error.response.status_code), flush=True)

    def poll(self) -> None:
        """Forget runs that have ended, end those that were cancelled, start those that are due."""
        for run in [run for run, process in self.processes.items() if process.popen.poll() is not None]:
            self.processes.pop(run).kill()
        for run in self._cancelled():
            self.processes[run].kill()  # the server will notice that it has no process any more
        ours = list(self.deployments)
        due = self.client.get_scheduled_flow_runs_for_deployments(ours, datetime.now(UTC))
        for scheduled in [each for each in due if each.id not in self.processes]:
            offered = self.deployments.get(scheduled.deployment_id) if scheduled.deployment_id else None
            if offered and len(self.processes) < MAX_CONCURRENT_RUNS:
                self._start(scheduled.id, offered)

    def stop(self) -> None:
        """Stop all runs; each reports to Prefect that it was stopped, unless that takes too long."""
        if self.processes:
            with ThreadPoolExecutor(len(self.processes)) as threads:
                for process in self.processes.values():
                    threads.submit(process.stop, STOP_GRACE_S)

    def _cancelled(self) -> list[UUID]:
        """Our runs that somebody has cancelled or suspended."""
        from prefect.client.schemas import filters
        from prefect.client.schemas.objects import StateType

        if not self.processes:
            return []
        types = [StateType.CANCELLING, StateType.CANCELLED, StateType.PAUSED]
        chosen = filters.FlowRunFilter(
            id=filters.FlowRunFilterId(any_=list(self.processes)),
            state=filters.FlowRunFilterState(type=filters.FlowRunFilterStateType(any_=types)),
        )
        return [run.id for run in self.client.read_flow_runs(flow_run_filter=chosen)]

    def _start(self, run: UUID, offered: str) -> None:
        """Start the run, unless another runner was faster or the run has been deleted."""
        from prefect.client.schemas.responses import SetStateStatus
        from prefect.exceptions import ObjectNotFound
        from prefect.states import Pending

        lock = run_locks.hold(run)
        try:
            with suppress(ObjectNotFound):
                if self.client.set_flow_run_state(run, Pending()).status is SetStateStatus.ACCEPT:
                    arguments = [str(run), offered, *self.arguments]
                    self.processes[run] = subprocesses.start(
                        "flows.control_room.flow_run", arguments, {}, [lock]
                    )
        finally:
            os.close(lock)


def _server_fails(status: int) -> str:
    from prefect.settings import get_current_settings

    sentence = _(
        "Prefect's server fails ({status}) when it is asked which campaigns are due, and none is "
        "started: delete the run that was scheduled last, or stop, move Prefect's folder {folder} away "
        "and start again."
    )
    return sentence.format(status=status, folder=get_current_settings().home)


def run_until_stopped(shared: SharedFolders) -> None:
    """Create the deployments and run their runs, until a signal arrives."""
    isolation.ignore_current_folder()
    import httpx
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        runner = Runner(client, deployment.create(client, shared), shared.arguments())
        try:
            while True:
                with suppress(
                    httpx.HTTPError
                ):  # the server is busy; if it is gone, the control room will notice
                    runner.poll_patiently()
                time.sleep(POLL_S)
        except Stopped:
            runner.stop()


if __name__ == "__main__":
    subprocesses.end_with_parent()
    with shutdown.graceful():
        run_until_stopped(SharedFolders.of(sys.argv[1:]))
