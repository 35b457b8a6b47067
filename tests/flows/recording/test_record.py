"""When the record of a run is begun and ended, with stand-ins for what computes and for Prefect."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any, cast

import pytest

from flows.execution.chunk import Chunk
from flows.execution.shutdown import Stopped
from flows.recording import campaign_run
from flows.recording.campaign_run import run_recorded
from flows.recording.record import Record
from flows.server import subprocesses
from flows.workers.executor import Halted

FIRST, SECOND = Chunk("c1", (0,)), Chunk("c1", (1,))


class Computing:
    """A run that computes two chunks."""

    def __init__(self) -> None:
        self.replications, self.replications_done = 2, 0
        self.chunks: dict[Chunk, Future[Chunk]] = {FIRST: Future(), SECOND: Future()}
        self.summary: Future[str] = Future()


class Starting:
    """A server and a recorder that do nothing but note that they were started, and end at once."""

    client_settings: dict[str, str] = {}  # noqa: RUF012 - never changed

    def __init__(self) -> None:
        self.started = threading.Event()
        self.popen = SimpleNamespace(poll=lambda: 0)

    def start(self) -> None:
        self.started.set()

    def wait_until_ready(self) -> None: ...

    def has_ended(self) -> bool:
        return False

    def stop(self) -> None: ...

    def kill(self) -> None: ...


@pytest.fixture
def prefect(monkeypatch: pytest.MonkeyPatch) -> Starting:
    starting = Starting()
    monkeypatch.setattr(subprocesses, "start", lambda *_asked, **_more: starting)
    return starting


def record_of(run: Computing, prefect: Starting) -> Record:
    record = Record(cast("Any", None), cast("Any", run), cast("Any", prefect), print)
    record.start()
    return record


def test_prefect_starts_when_a_chunk_is_in_the_store_and_not_before(prefect: Starting) -> None:
    run = Computing()
    record = record_of(run, prefect)
    assert not prefect.started.wait(0.2)
    run.chunks[SECOND].set_result(SECOND)
    assert prefect.started.wait(10)
    record.complete()


def test_prefect_starts_at_once_where_all_was_computed_before(prefect: Starting) -> None:
    run = Computing()
    run.chunks.clear()
    record_of(run, prefect).complete()
    assert prefect.started.is_set()


def test_prefect_does_not_start_for_a_run_that_is_stopped_before_its_first_chunk(prefect: Starting) -> None:
    run = Computing()
    record = record_of(run, prefect)
    for chunk in run.chunks.values():
        chunk.set_exception(Halted())
    record.break_off(within_s=1.0)
    assert not prefect.started.wait(0.2)


def test_a_stop_does_not_wait_for_a_record_that_has_not_begun(prefect: Starting) -> None:
    run = Computing()
    record = record_of(run, prefect)
    began = time.monotonic()
    record.break_off(within_s=60.0)
    assert time.monotonic() - began < 30
    run.chunks[FIRST].set_result(FIRST)
    assert not prefect.started.wait(0.2)


@pytest.fixture
def happened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a run does, in order; the summary is there at once."""
    happened: list[str] = []
    run = Computing()
    run.summary.set_result("summary")
    record = SimpleNamespace(complete=lambda: happened.append("recorded"))

    def start_all(*asked: Any) -> tuple[Any, Any]:
        asked[-1].callback(happened.append, "broken off")
        return record, run

    monkeypatch.setattr(campaign_run, "_start_all", start_all)
    return happened


def run_and(tell: Callable[[str], None]) -> str:
    shown: Any = nullcontext(SimpleNamespace(show=lambda _done: None))
    return str(run_recorded(cast("Any", None), cast("Any", None), shown, tell=tell))


def test_the_verdict_is_told_before_prefect_has_recorded_it(happened: list[str]) -> None:
    assert run_and(happened.append) == "summary"
    assert happened == ["summary", "recorded"]


def test_a_verdict_that_cannot_be_shown_is_recorded_all_the_same(happened: list[str]) -> None:
    def refuse(_summary: str) -> None:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        run_and(refuse)
    assert happened == ["recorded"]


def test_a_stop_while_the_verdict_is_shown_waits_for_no_record(happened: list[str]) -> None:
    def stop(_summary: str) -> None:
        raise Stopped(2)

    with pytest.raises(Stopped):
        run_and(stop)
    assert happened == ["broken off"]
