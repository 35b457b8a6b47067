"""The recorder: a subprocess that takes a run through Prefect's flow, chunk by chunk, as updates arrive.

python -m flows.recording.recorder FILE_DESCRIPTOR   what the command starts, on the socket that it inherits
"""

import os
import pickle
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import nullcontext, suppress
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, cast

from flows.execution.chunk import Chunk
from flows.execution.comparison import ComparisonOrder
from flows.execution.plan import Order
from flows.server import isolation, subprocesses

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

AnyOrder = Order | ComparisonOrder

DELIVERY_S = 5.0
"""How long the last lines of a log, and then the last events, may take to reach the server."""

Update = tuple[int | None, object]
"""The number of a chunk, or none for the whole run, and what came of it: a result or an exception."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutline:
    """What the recorder knows of its run before anything happens."""

    order: AnyOrder
    replications: int
    chunks: list[Chunk]


class RemoteRun:
    """A run that another process computes, known by its updates."""

    def __init__(self, outline: RunOutline) -> None:
        self.replications = outline.replications
        self.chunks: Mapping[Chunk, Future[Chunk]] = {chunk: Future() for chunk in outline.chunks}
        self.summary: Future[Any] = Future()

    def listen(self, connection: "Connection[bytes, bytes]") -> None:
        """Set the futures from the updates, until the run is over."""
        finished = list(self.chunks.values())
        while not self.summary.done():
            number, value = cast("Update", pickle.loads(connection.recv_bytes()))
            future = cast("Future[object]", self.summary if number is None else finished[number])
            if isinstance(value, BaseException):
                future.set_exception(value)
            else:
                future.set_result(value)


def record(descriptor: int) -> bool:
    """Take the run through Prefect's flow; returns whether Prefect has recorded how it ended."""
    connection: Connection[bytes, bytes] = Connection(descriptor)
    outline = cast("RunOutline", pickle.loads(connection.recv_bytes()))
    run = RemoteRun(outline)
    threading.Thread(target=run.listen, args=[connection], daemon=True).start()
    with subprocesses.importing():
        isolation.ignore_current_folder()
        from prefect.client.orchestration import get_client
        from prefect.flow_engine import run_flow

        from flows.middleware import run_locks
        from flows.recording.flow_of import flow_of
        from flows.recording.following import followed

    followed.set(nullcontext(run))
    flow, asked = flow_of(outline.order), asdict(outline.order)
    with get_client(sync_client=True) as client:
        known = client.create_flow_run(flow, parameters=asked)
    with suppress(OSError):  # where nothing can be written, it is recorded all the same
        run_locks.hold(known.id)
    state = cast("State", run_flow(flow, known, asked, return_type="state"))
    _deliver()
    return state.is_completed() or run.summary.exception(0) is not None


def _deliver() -> None:
    """The last lines of the log and the last events are with the server: Prefect sends them at an exit that we skip."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    for service in (APILogWorker, EventsWorker):
        service.drain_all(timeout=DELIVERY_S)


if __name__ == "__main__":
    subprocesses.end_with_parent()
    if not os.environ.get("TOCSIN_DEBUG"):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    os._exit(0 if record(int(sys.argv[1])) else 1)
