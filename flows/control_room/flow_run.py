"""A flow run: the process in which a control room runs one campaign, or one comparison.

python -m flows.control_room.flow_run RUN OFFERED STORE FOLDER…      what the runner starts for each run

It ends with the runner, and its workers end with it.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from flows.control_room.offered import OFFERED, Offered
from flows.control_room.shared_folders import SharedFolders
from flows.execution.execution import Execution
from flows.middleware import run_locks
from flows.recording.recorder import AnyOrder
from flows.server import isolation, subprocesses
from flows.workers.sharing import share_with_others
from results.presentation.language import error_in_words
from topologies.errors import TocsinError


def run(run_id: UUID, offered: Offered, shared: SharedFolders) -> None:
    """Run what this flow run asks for to its end, which Prefect records."""
    isolation.ignore_current_folder()
    from prefect.client.orchestration import get_client
    from prefect.engine import handle_engine_signals
    from prefect.flow_engine import run_flow
    from prefect.states import Failed

    from flows.control_room.publishing import publish
    from flows.recording.flow_of import flow_of
    from flows.recording.following import followed, further

    with get_client(sync_client=True) as client:
        flow_run = client.read_flow_run(run_id)
        try:
            order = offered.order_of(flow_run.parameters, shared)
        except TocsinError as refused:
            client.set_flow_run_state(run_id, Failed(message=error_in_words(refused)))
            return
    share_with_others(run_locks.alive)
    followed.set(_executed(offered, order))
    further.set(partial(publish, store=Path(order.store), shared=shared))
    with handle_engine_signals(run_id):
        # Returns a state: for a result, Prefect would unpickle whatever its API says was stored.
        run_flow(flow_of(order), flow_run=flow_run, parameters=asdict(order), return_type="state")


@contextmanager
def _executed(offered: Offered, order: AnyOrder) -> Iterator[Execution[Any]]:
    """The execution of an order, stopped at the end if it is not finished."""
    from prefect import get_run_logger

    execution = Execution(offered.plan_of(order), get_run_logger().warning)
    try:
        yield execution.start()
    finally:
        execution.stop()
        execution.join()


if __name__ == "__main__":
    subprocesses.end_with_parent()
    run(UUID(sys.argv[1]), OFFERED[sys.argv[2]], SharedFolders.of(sys.argv[3:]))
