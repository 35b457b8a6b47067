import os
import threading
import time
from collections.abc import Iterator

import pytest

from flows.workers import machine, sharing
from flows.workers.pool import Pool
from flows.workers.sharing import share_with_others

WORKERS = 3
JOBS = 12


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many runs there are on a machine of two cores; what a test writes here counts from the next job on."""
    monkeypatch.setattr(machine, "cores", lambda: 2)
    running = [1]
    share_with_others(lambda: running[0])
    yield running
    sharing._running.clear()


def overlap(done: "list[tuple[float, float]]") -> int:
    """The most jobs that ran at one time."""
    return max(sum(begun <= at < ended for begun, ended in done) for at, _ in done)


def job(_number: int) -> tuple[float, float]:
    """Takes a moment, and says when."""
    begun = time.time()
    time.sleep(0.05)
    return begun, time.time()


def test_beside_another_run_half_of_two_cores_computes_and_alone_every_worker_does(runs: list[int]) -> None:
    runs[0] = 2
    with Pool(WORKERS) as pool:
        beside = [pool.submit(job, number) for number in range(JOBS)]
        assert overlap([each.result(60) for each in beside]) == 1
        runs[0] = 1
        time.sleep(0.6)  # each worker asks again
        alone = [pool.submit(job, number) for number in range(JOBS)]
        assert overlap([each.result(60) for each in alone]) > 1
    assert all(each.done() for each in (*beside, *alone))


def test_a_pool_that_waits_for_its_turn_ends_when_its_work_is_done_or_it_is_stopped(runs: list[int]) -> None:
    runs[0] = 1000
    with Pool(WORKERS) as pool:
        assert pool.submit(os.getpid).result(60)
    stopped = Pool(WORKERS)
    with stopped:
        stopped.submit(time.sleep, 600)
        threading.Timer(0.2, stopped.stop).start()
