import os
import shutil
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
from flows.execution.execution import Execution
from flows.execution.plan import Plan
from flows.workers.executor import Halted
from results.tables.tables import tables_of
from tests.flows.commands import ROOT, processes_with
from tests.flows.runs import files_of, in_chunks_of, plan_with, run_without_prefect
from topologies.errors import BadStore


def test_a_worker_imports_no_prefect() -> None:
    code = (
        "import sys, flows.execution.chunk; "
        "sys.exit(any(name.startswith(('prefect', 'flows.recording')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


@pytest.mark.long
def test_one_worker_two_and_four_write_the_same_bytes_whatever_their_chunks_and_a_replication_alone_equals_itself(
    tmp_path: Path, undisturbed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for workers, size in ((1, 50), (2, 4), (4, 1)):
        in_chunks_of(size, monkeypatch)
        run_without_prefect(plan_with(tmp_path / f"{workers}", replications=6, workers=workers))
        assert files_of(tmp_path / f"{workers}") == undisturbed
    one = plan_with(tmp_path / "1", replications=6, workers=1)
    campaign = one.campaign
    alone = simulation.simulate(campaign.region, campaign.scenario, campaign.posture, campaign.seed, 4)
    (row,) = tables_of([alone])["replications"].to_pylist()
    store = results.open(tmp_path / "1")
    in_campaign = store.table("replications", campaign.id).drop(["campaign"]).to_pylist()
    assert row == in_campaign[4]


def test_a_stopped_execution_keeps_what_is_finished_and_frees_the_campaign(plan: Plan) -> None:
    run = Execution(plan).start()
    with pytest.raises(BadStore, match="is being run"):
        Execution(plan)
    next(iter(run.chunks.values())).result(120)
    run.stop()
    run.join()
    assert isinstance(run.summary.exception(), Halted)
    kept = plan.store.finished(plan.ordinary.id) + plan.store.finished(plan.campaign.id)
    assert run.replications_done == kept > 0
    with plan.store.begin(plan.campaign), plan.store.begin(plan.ordinary):
        assert len(plan.missing_ordinary()) < plan.replications


@pytest.mark.long
def test_workers_killed_at_any_moment_change_no_byte(tmp_path: Path, undisturbed: dict[str, bytes]) -> None:
    plan = plan_with(tmp_path / "killed", replications=6, workers=2)
    said: list[str] = []
    run = Execution(plan, said.append).start()
    for delay_s in (0.0, 1.0, 0.2):
        time.sleep(delay_s)
        for pid in run.processes()[:1]:
            os.kill(pid, signal.SIGKILL)
    run.summary.result(120)
    assert files_of(tmp_path / "killed") == undisturbed
    assert said


def test_what_fails_in_a_worker_is_told_as_it_is(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Execution(plan).start()
    shutil.rmtree(plan.store.path / "unsealed")
    with pytest.raises(BadStore, match="was removed or moved meanwhile"):
        run.summary.result(120)


@pytest.fixture
def parent(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A program that runs a pool, and whose main module must not be run again by the workers."""
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent(
            f"""
            from pathlib import Path
            import time
            from tests.flows.runs import plan_with
            from flows.execution.execution import Execution
            print("main module", flush=True)
            plan = plan_with(Path({str(tmp_path / "store")!r}), replications=200, workers=2)
            next(iter(Execution(plan).start().chunks.values())).result()
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
    workers = [pid for pid, command in processes_with(marker).items() if "flows.workers.worker" in command]
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


def test_the_public_verb_is_a_function_whatever_was_imported_before() -> None:
    code = (
        "import flows.recording.campaign_flow; from flows import campaign; "
        "import sys; sys.exit(not callable(campaign))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


def test_a_twin_that_another_run_is_computing_is_waited_for(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_LANG", "en")
    said: list[str] = []
    with ThreadPoolExecutor(1) as thread:
        with plan.store.begin(plan.ordinary):
            claimed = thread.submit(Execution, plan, said.append)
            with pytest.raises(TimeoutError):
                claimed.result(0.5)
        run = claimed.result(30)
    assert said == ["Another run is computing the same days without the attack; waiting for it…"]
    assert sum(chunk.is_ordinary for chunk in run.chunks) * 2 == len(run.chunks)
    run.stop()
    run.join()
    with plan.store.begin(plan.ordinary), plan.store.begin(plan.campaign):
        pass
