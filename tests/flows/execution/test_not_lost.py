"""A run is not lost, whatever befalls Prefect, its workers, its terminal or itself."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.execution import shutdown
from flows.workers import machine
from flows.workers.pool import MAX_WORKERS_PER_CORE, worker_count
from tests.flows.commands import QUICK, Tocsin, processes_with, read_until, start
from tests.flows.runs import files_of, plan_with, run_here, run_without_prefect

CPU_S = 1.5
"""What the answer of a finished campaign may cost; it costs 1.0 s on the machine where this was written."""


def arguments(store: Path, replications: int) -> list[str]:
    return ["run", *QUICK, "-n", str(replications), "--seed", "5", "--workers", "2", "--store", str(store)]


def one_of(marker: Path, module: str) -> int:
    """The process that runs this module for a command that was started with this marker."""
    latest = time.monotonic() + 60
    while time.monotonic() < latest:
        for pid, command in processes_with(f"MARKER={marker}").items():
            if module in command:
                return pid
    raise AssertionError(f"no {module}")


@pytest.mark.parametrize("module", ["flows.server.server", "flows.recording.recorder"])
def test_without_prefect_the_verdict_is_told_and_one_sentence_says_that_the_record_is_lost(
    environment: dict[str, str], tmp_path: Path, module: str
) -> None:
    process = start(environment | {"MARKER": str(tmp_path)}, *arguments(tmp_path / "store", 2), "--json")
    os.killpg(one_of(tmp_path, module), signal.SIGKILL)
    out, said = process.communicate(timeout=200)
    assert process.returncode == 0, said
    assert json.loads(out)["replications"] == 2
    (lost,) = (line for line in said.splitlines() if "Prefect ne garde pas de trace complète" in line)
    assert "tué" in lost or "s'est arrêté" in lost
    assert "Traceback" not in said
    assert len(said.splitlines()) < 12
    assert processes_with(f"MARKER={tmp_path}") == {}


@pytest.mark.long
def test_a_run_that_was_killed_resumes_and_its_bytes_are_those_of_an_undisturbed_one(
    tocsin: Tocsin, environment: dict[str, str], tmp_path: Path
) -> None:
    process = start(environment | {"MARKER": str(tmp_path)}, *arguments(tmp_path / "store", 16))
    read_until(process, "sur 32")
    process.kill()
    process.communicate()
    latest = time.monotonic() + 10
    while processes_with(f"MARKER={tmp_path}") and time.monotonic() < latest:
        time.sleep(0.1)
    assert processes_with(f"MARKER={tmp_path}") == {}
    resumed = tocsin(*arguments(tmp_path / "store", 16), "--json")
    assert resumed.returncode == 0, resumed.stderr
    told = json.loads(resumed.stdout)
    assert 0 < told["new_replications"] + told["new_ordinary_replications"] < 32
    run_here(plan_with(tmp_path / "alike", replications=16, workers=2))
    assert files_of(tmp_path / "store") == files_of(tmp_path / "alike") != {}


def test_a_cut_terminal_ends_the_run_in_order_unless_that_is_ignored(
    environment: dict[str, str], tmp_path: Path
) -> None:
    process = start(environment | {"MARKER": str(tmp_path)}, *arguments(tmp_path / "store", 200))
    one_of(tmp_path, "flows.workers.worker")
    process.send_signal(signal.SIGHUP)
    said = process.communicate(timeout=10)[1]
    assert process.returncode == 128 + signal.SIGHUP
    assert "la même commande reprend" in said
    assert processes_with(f"MARKER={tmp_path}") == {}


@pytest.mark.parametrize(("before", "heeded"), [(signal.SIG_IGN, False), (signal.SIG_DFL, True)])
def test_what_nohup_ignores_stays_ignored(before: signal.Handlers, heeded: bool) -> None:
    kept = {signum: signal.getsignal(signum) for signum in shutdown.SIGNALS}
    try:
        signal.signal(signal.SIGHUP, before)
        shutdown.handle_signals()
        assert (signal.getsignal(signal.SIGHUP) is not before) == heeded
        assert signal.getsignal(signal.SIGTERM) is not kept[signal.SIGTERM]
    finally:
        for signum, handler in kept.items():
            signal.signal(signum, handler)


def test_a_finished_campaign_is_told_from_a_full_store_for_little(
    environment: dict[str, str], tmp_path: Path
) -> None:
    plan = plan_with(tmp_path / "store", replications=2, workers=2)
    run_without_prefect(plan)
    for description in list((tmp_path / "store/campaigns").glob(f"{plan.campaign.id}*")):
        for number in range(99):
            other = description.name.replace(plan.campaign.id, f"c{number:015x}")
            shutil.copy(description, description.with_name(other))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli.main", *arguments(tmp_path / "store", 2), "--json"],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert json.loads(done.stdout)["new_replications"] == 0
    assert "Prefect" not in done.stderr
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < CPU_S


@pytest.mark.parametrize("asked", [None, 1, 3, 100_000])
def test_workers_are_as_many_as_the_machine_can_bear(
    monkeypatch: pytest.MonkeyPatch, asked: int | None
) -> None:
    monkeypatch.setattr(machine, "cores", lambda: 2)
    assert worker_count(asked) == {None: 2, 1: 1, 3: 3, 100_000: 2 * MAX_WORKERS_PER_CORE}[asked]


def test_small_memory_has_fewer_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "cores", lambda: 16)
    monkeypatch.setattr(machine, "memory", lambda: 2**30)
    assert worker_count(None) == 2
    monkeypatch.setattr(machine, "memory", lambda: 2**20)
    assert worker_count(None) == 1
