from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import httpx
import pytest
from prefect.client.schemas.responses import SetStateStatus
from prefect.exceptions import ObjectNotFound

from flows.control_room.runner import FAILURES_BEFORE_SAYING, MAX_CONCURRENT_RUNS, Runner
from flows.middleware import run_locks
from flows.server import subprocesses


@dataclass
class Server:
    """What a runner asks Prefect: which runs are due, whether one is its own, which must end."""

    due: list[UUID] = field(default_factory=list)
    taken: set[UUID] = field(default_factory=set)
    gone: set[UUID] = field(default_factory=set)
    ended: list[UUID] = field(default_factory=list)
    deployments: list[list[UUID]] = field(default_factory=list)
    status: int = 200

    def get_scheduled_flow_runs_for_deployments(self, deployments: list[UUID], _before: object) -> Any:
        self.deployments.append(deployments)
        if self.status != 200:
            response = httpx.Response(self.status, request=httpx.Request("POST", "http://localhost"))
            response.raise_for_status()
        return [SimpleNamespace(id=run, deployment_id=deployments[-1]) for run in self.due]

    def set_flow_run_state(self, run: UUID, _state: object) -> Any:
        if run in self.gone:
            raise ObjectNotFound(ValueError("deleted"))
        return SimpleNamespace(status=SetStateStatus.ABORT if run in self.taken else SetStateStatus.ACCEPT)

    def read_flow_runs(self, **_chosen: object) -> Any:
        return [SimpleNamespace(id=run) for run in self.ended]


@dataclass
class Process:
    """A run that was started."""

    arguments: Sequence[str]
    popen: Any = field(default_factory=lambda: SimpleNamespace(poll=lambda: None))
    killed: bool = False

    def kill(self) -> None:
        self.killed = True
        self.popen.poll = lambda: -9


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Process]:
    processes: list[Process] = []

    def start(module: str, arguments: Sequence[str], environment: object, _descriptors: object) -> Process:
        assert (module, environment) == ("flows.control_room.flow_run", {})
        processes.append(Process(arguments))
        return processes[-1]

    monkeypatch.setattr(subprocesses, "start", start)
    monkeypatch.setattr(run_locks, "_folder", lambda: tmp_path)
    return processes


def runner(server: Server) -> Runner:
    ours = {uuid4(): "campaign", uuid4(): "comparison"}
    return Runner(cast("Any", server), ours, ["store", "folder"])


def test_a_runner_starts_each_run_that_is_due_and_its_own_once(started: list[Process]) -> None:
    ours, anothers, deleted = uuid4(), uuid4(), uuid4()
    server = Server(due=[anothers, deleted, ours], taken={anothers}, gone={deleted})
    one = runner(server)
    one.poll()
    one.poll()
    assert [process.arguments for process in started] == [[str(ours), "comparison", "store", "folder"]]
    assert server.deployments == [list(one.deployments)] * 2


def test_a_runner_ends_what_a_person_cancelled_or_suspended_and_takes_it_up_when_it_is_due(
    started: list[Process],
) -> None:
    run = uuid4()
    server = Server(due=[run])
    one = runner(server)
    one.poll()
    server.due, server.ended = [], [run]
    one.poll()
    assert started[0].killed
    server.due, server.ended = [run], []
    one.poll()
    assert len(started) == 2


def test_a_runner_runs_so_many_at_once_and_the_others_in_their_turn(started: list[Process]) -> None:
    server = Server(due=[uuid4() for _ in range(MAX_CONCURRENT_RUNS + 2)])
    one = runner(server)
    one.poll()
    assert len(started) == MAX_CONCURRENT_RUNS
    started[0].kill()
    one.poll()
    assert len(started) == MAX_CONCURRENT_RUNS + 1


def test_a_server_that_fails_again_and_again_is_told_once_and_asked_until_it_answers(
    started: list[Process], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_LANG", "en")
    server = Server(due=[uuid4()], status=500)
    one = runner(server)
    for _round in range(FAILURES_BEFORE_SAYING - 1):
        one.poll_patiently()
    assert capsys.readouterr().out == ""
    for _round in range(2 * FAILURES_BEFORE_SAYING):
        one.poll_patiently()
    assert capsys.readouterr().out.count("Prefect's server fails (500)") == 1
    server.status = 200
    one.poll_patiently()
    assert len(started) == 1
