import gc
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import results
import simulation
from flows.children import parcel
from flows.executors import Halted, Processes
from flows.plan import Plan
from results.tables import tables_of
from tests.flows.conftest import ROOT, plan_with, processes_with
from topologies.errors import BadStore, RunFailed


def run_without_prefect(plan: Plan) -> None:
    """What the flow does, less Prefect."""
    with plan.store.begin(plan.campaign), pool_of(plan) as pool, ThreadPoolExecutor(plan.workers) as threads:
        assert sorted(sum(threads.map(pool.run, plan.chunks()), ())) == list(range(plan.replications))
        plan.store.seal(plan.campaign.id, plan.replications)


def pool_of(plan: Plan) -> Processes:
    return Processes(plan.campaign, plan.store.path, plan.workers)


def files_of(store: Path) -> dict[str, bytes]:
    """The Parquet files of a store, by their path in it."""
    return {str(path.relative_to(store)): path.read_bytes() for path in sorted(store.rglob("*.parquet"))}


def test_a_worker_imports_no_prefect() -> None:
    code = (
        "import sys, flows.chunk; sys.exit('prefect' in sys.modules or 'flows.campaign_flow' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


def test_one_worker_and_two_write_the_same_bytes_and_a_replication_alone_equals_itself(
    tmp_path: Path,
) -> None:
    one = plan_with(tmp_path / "one", replications=6, workers=1)
    two = plan_with(tmp_path / "two", replications=6, workers=2)
    run_without_prefect(one)
    run_without_prefect(two)
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two") != {}
    campaign = one.campaign
    alone = simulation.simulate(campaign.region, campaign.scenario, campaign.posture, campaign.seed, 4)
    (row,) = tables_of([alone])["replications"].to_pylist()
    in_campaign = results.open(tmp_path / "one").table("replications").drop(["campaign"]).to_pylist()
    assert row == in_campaign[4]


def test_a_stopped_pool_tells_those_who_wait(plan: Plan) -> None:
    with plan.store.begin(plan.campaign), ThreadPoolExecutor(4) as threads:
        pool = pool_of(plan)
        waiting = [threads.submit(pool.run, chunk) for chunk in plan.chunks()]
        pool.stop()
        assert {type(each.exception()) for each in waiting} <= {Halted, type(None)}
        with pytest.raises(Halted):
            pool.run((0,))


def test_what_fails_in_a_worker_is_told_as_it_is(plan: Plan) -> None:
    with pool_of(plan) as pool, pytest.raises(BadStore, match="has not begun"):
        pool.run((0,))


def test_a_killed_worker_is_told_in_a_sentence(plan: Plan) -> None:
    with plan.store.begin(plan.campaign), pool_of(plan) as pool:
        pool.run((0,))
        for child in pool._children:
            child.kill()
        with pytest.raises(RunFailed, match="a worker process was killed"):
            pool.run((1,))
        assert plan.store.finished(plan.campaign.id) == 1


@pytest.fixture
def parent(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A program that runs a pool, and whose main module must not be run again by the workers."""
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent(
            f"""
            from pathlib import Path
            import time
            from tests.flows.conftest import plan_with
            from tests.flows.test_workers import pool_of
            print("main module", flush=True)
            plan = plan_with(Path({str(tmp_path / "store")!r}), replications=6, workers=2)
            with plan.store.begin(plan.campaign):
                pool = pool_of(plan)
                pool.run((0,))
                print("ready", flush=True)
                time.sleep(60)
            """
        )
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT), "MARKER": str(tmp_path)}
    process = subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, cwd=ROOT, env=environment)
    yield process
    process.kill()
    process.communicate()


def test_workers_run_no_main_module_are_deaf_to_signals_and_end_with_a_killed_parent(
    parent: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    assert parent.stdout is not None
    assert [parent.stdout.readline() for _ in range(2)] == [b"main module\n", b"ready\n"]
    marker = f"MARKER={tmp_path}"
    workers = [pid for pid, command in processes_with(marker).items() if "spawn_main" in command]
    assert len(workers) == 2
    for pid in workers:
        os.kill(pid, signal.SIGINT)
        os.kill(pid, signal.SIGTERM)
    time.sleep(0.2)
    assert set(workers) <= set(processes_with(marker))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    latest = time.monotonic() + 5
    while processes_with(marker) and time.monotonic() < latest:
        time.sleep(0.05)
    assert processes_with(marker) == {}


class Interrupting:
    """Content during whose writing Ctrl-C comes."""

    def __reduce__(self) -> str:
        raise KeyboardInterrupt


def test_a_parcel_that_was_interrupted_leaves_nothing_to_complain_of() -> None:
    with pytest.raises(KeyboardInterrupt):
        parcel(Interrupting())
    gc.collect()  # what a finalizer fails at is a warning, and so an error


def test_the_public_verb_is_a_function_whatever_was_imported_before() -> None:
    code = (
        "import flows.campaign_flow; from flows import campaign; import sys; sys.exit(not callable(campaign))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0
