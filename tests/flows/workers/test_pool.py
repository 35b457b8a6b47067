import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from flows.workers import machine, pool, worker_process
from flows.workers.executor import Halted
from flows.workers.pool import Pool
from tests.flows.workers.jobs import (
    die,
    die_at_first,
    double,
    fail,
    hang_at_first,
    nap,
    starve_at_first,
    stop_at_first,
)
from topologies.errors import BadStore, RunFailed


def test_jobs_are_done_by_other_processes() -> None:
    with Pool(2) as workers:
        assert [each.result(20) for each in [workers.submit(double, n) for n in range(9)]] == list(
            range(0, 18, 2)
        )
        assert os.getpid() not in workers.processes()


@pytest.mark.long
@pytest.mark.parametrize(
    ("function", "told"),
    [
        (die_at_first, "was killed"),
        (stop_at_first, "no longer answers"),
        (hang_at_first, "is stuck"),
        (starve_at_first, "ran out of memory"),
    ],
)
def test_a_worker_that_dies_stops_hangs_or_starves_is_replaced_and_said(
    function: Callable[[Path, int], int], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_LANG", "en")
    monkeypatch.setattr(worker_process, "SILENT_S", 5)
    monkeypatch.setattr(pool, "STUCK_S", 5 if function is hang_at_first else 600)
    said: list[str] = []
    with Pool(2, report=said.append) as workers:
        done = [workers.submit(partial(function, tmp_path), n) for n in range(2)]
        assert [each.result(40) for each in done] == [0, 1]
    assert len(said) == 2
    assert all(told in sentence for sentence in said)


def test_a_job_that_is_the_end_of_five_workers_is_given_up_and_the_others_are_done() -> None:
    said: list[str] = []
    with Pool(1, report=said.append) as workers:
        fatal, harmless = workers.submit(die, 1), workers.submit(double, 2)
        with pytest.raises(RunFailed, match="cost 5 workers"):
            fatal.result(20)
        assert harmless.result(20) == 4
    assert len(said) == 4


def test_what_ends_workers_is_told_with_the_limit_on_each_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "address_space", lambda: 700 * 2**20)
    monkeypatch.setattr(pool, "ATTEMPTS", 1)
    with Pool(1) as workers, pytest.raises(RunFailed, match=r"reserve 700 MB .*ulimit -v"):
        workers.submit(die, 1).result(20)


def test_what_a_job_raises_is_raised_for_who_waits() -> None:
    with Pool(1) as workers:
        with pytest.raises(BadStore, match="here is full"):
            workers.submit(fail, "ours").result(20)
        with pytest.raises(RuntimeError, match="Untransportable: 1 and 2"):
            workers.submit(fail, "other").result(20)


def test_what_fails_when_a_worker_is_made_ready_is_told_with_its_first_job() -> None:
    with Pool(1, partial(fail, "ours")) as workers, pytest.raises(BadStore, match="here is full"):
        workers.submit(double, 1).result(20)


def test_a_stopped_pool_tells_those_who_wait_and_does_nothing_more() -> None:
    with Pool(2) as workers:
        waiting = [workers.submit(nap, 60) for _ in range(5)]
        time.sleep(0.5)
        began = time.monotonic()
        workers.stop()
        assert {type(each.exception(5)) for each in waiting} == {Halted}
        assert time.monotonic() - began < 2
        assert isinstance(workers.submit(double, 1).exception(1), Halted)


def test_without_any_worker_that_starts_the_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_ready: bytes | None) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(pool, "WorkerProcess", refuse)
    with Pool(2) as workers, pytest.raises(RunFailed, match="Resource temporarily unavailable"):
        workers.submit(double, 1).result(5)
