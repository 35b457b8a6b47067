"""An ordered run: the process in which one campaign of a control room is run.

python -m flows.control_room.flow_run RUN STORE FOLDER…  what the runner starts for each run

It ends with the runner, and so do its workers.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from uuid import UUID

from flows.control_room.form import Room, order_of, room_of
from flows.execution.execution import Execution
from flows.execution.plan import Order, plan_of
from flows.server import isolation, subprocesses
from results.presentation.language import error_told
from topologies.errors import TocsinError


def run(run_id: UUID, room: Room) -> None:
    """The run has ended, and Prefect knows how."""
    isolation.ignore_current_folder()
    from prefect.client.orchestration import get_client
    from prefect.engine import handle_engine_signals
    from prefect.flow_engine import run_flow
    from prefect.states import Failed

    from flows.recording import campaign_flow

    with get_client(sync_client=True) as client:
        flow_run = client.read_flow_run(run_id)
        try:
            order = order_of(flow_run.parameters, room)
        except TocsinError as refused:
            client.set_flow_run_state(run_id, Failed(message=error_told(refused)))
            return
    campaign_flow.followed.set(_executed(order))
    with handle_engine_signals(run_id):
        # As a state: as a result, Prefect would look for one that was stored, and unpickle what its API says it is.
        run_flow(campaign_flow.campaign, flow_run=flow_run, parameters=asdict(order), return_type="state")


@contextmanager
def _executed(order: Order) -> Iterator[Execution]:
    """The run of this order is under way; at the end it is finished, or stopped."""
    from prefect import get_run_logger

    execution = Execution(plan_of(order), get_run_logger().warning)
    try:
        yield execution.start()
    finally:
        execution.stop()
        execution.join()


if __name__ == "__main__":
    subprocesses.end_with_parent()
    run(UUID(sys.argv[1]), room_of(sys.argv[2:]))
