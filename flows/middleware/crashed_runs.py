"""Crashed runs: runs whose process was killed are marked as crashed, when a server starts and while it lives.

Prefect records that a run is running, and waits for the run to report its end. One that was killed never does.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from flows.middleware import run_locks
from results.presentation.language import _

if TYPE_CHECKING:
    from prefect.server.schemas.filters import TaskRunFilter
    from prefect.server.schemas.states import State
    from starlette.types import ASGIApp, Receive, Scope, Send
    from starlette.types import Message as Event

MARK_EVERY_S = 2.0
SETTLING = timedelta(seconds=10)
"""How long a server may take to process the last messages of a run."""


@dataclass(slots=True)
class CrashMonitor:
    """ASGI middleware around Prefect's application that marks crashed runs from its start to its end."""

    app: "ASGIApp"
    started: Callable[[], None]
    """Called when the application has started."""
    _watch: "asyncio.Task[None] | None" = field(default=None, init=False)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass requests on; at the start, mark crashed runs before the first request is answered."""

        async def on_event(event: "Event") -> None:
            if event["type"] == "lifespan.startup.complete":
                await mark()
                self.started()
                self._watch = asyncio.create_task(_mark_forever())
            elif event["type"].startswith("lifespan.shutdown") and self._watch:
                self._watch.cancel()
            await send(event)

        await self.app(scope, receive, on_event if scope["type"] == "lifespan" else send)


async def _mark_forever() -> None:
    while True:
        await asyncio.sleep(MARK_EVERY_S)
        await mark()


async def mark() -> None:
    """No run without a process is recorded as being under way any more."""
    for run, files in list(run_locks.abandoned()):
        with suppress(DBAPIError, OSError):  # the database is busy or away: the next round tries again
            if await _close(run):
                for file in files:
                    file.unlink(missing_ok=True)


async def _close(run_id: UUID) -> bool:
    """Record the end of a run without a process, and of its tasks; true when its record can change no more."""
    from prefect.server import models
    from prefect.server.database import provide_database_interface
    from prefect.server.schemas.states import TERMINAL_STATES, StateType

    flow_runs: Any = models.flow_runs  # mypy does not see through Prefect's decorators
    task_runs: Any = models.task_runs
    database = provide_database_interface()
    async with database.session_context(begin_transaction=True, with_for_update=True) as session:
        run = await flow_runs.read_flow_run(session, run_id)
        if run is None or run.state is None:
            return True
        said, said_at = run.state.type, run.state.timestamp
        if said in {StateType.PENDING, StateType.RUNNING, StateType.CANCELLING}:
            end = _cancelled() if said is StateType.CANCELLING else _crashed()
            await flow_runs.set_flow_run_state(session, run_id, end, force=True)
            return False
        end_of_task = _crashed if said is StateType.CRASHED else _cancelled
        for task in await task_runs.read_task_runs(session, task_run_filter=_under_way(run_id)):
            await task_runs.set_task_run_state(session, task.id, end_of_task(), force=True)
    return (
        said in TERMINAL_STATES and said_at < datetime.now(UTC) - SETTLING
    )  # else its state may still change


def _under_way(run_id: UUID) -> "TaskRunFilter":
    """The tasks of a run without a recorded end."""
    from prefect.server.schemas import filters
    from prefect.server.schemas.states import StateType

    state = filters.TaskRunFilterStateType(any_=[StateType.PENDING, StateType.RUNNING, StateType.SCHEDULED])
    return filters.TaskRunFilter(
        flow_run_id=filters.TaskRunFilterFlowRunId(any_=[run_id]),
        state=filters.TaskRunFilterState(type=state),
    )


def _crashed() -> "State":
    from prefect.server.schemas.states import Crashed

    message = _(
        "The process of this run ended before the run did: it was killed, or the machine stopped. "
        "What was finished is kept; the same campaign resumes."
    )
    return Crashed(message=message)


def _cancelled() -> "State":
    from prefect.server.schemas.states import Cancelled

    return Cancelled(message=_("Cancelled; what was finished is kept, and the same campaign resumes."))
