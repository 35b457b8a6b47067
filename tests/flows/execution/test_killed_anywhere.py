"""Twenty sudden ends, at random instants of runs and of extensions, and a store that fills up: nothing is lost."""

import multiprocessing
import os
import shlex
import subprocess
import sys
import time
from itertools import pairwise
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import numpy as np
import pytest

from flows.execution.execution import Execution
from flows.execution.plan import Plan
from tests.flows.commands import ROOT, plain, processes_with
from tests.flows.runs import files_of, plan_with, run_here

KILLS, SEED = 20, 20261128
FIRST, EXTENDED = 4, 8
"""Replications of a run, and of its extension."""
LENGTHS = (FIRST, EXTENDED)

SERVER = multiprocessing.get_context("forkserver")
"""What a run needs is imported once."""
SERVER.set_forkserver_preload(["flows.execution.execution"])


def run(plan: Plan, begun: Event) -> None:
    """The process that can be killed: a run without Prefect."""
    os.environ["MARKER"] = str(plan.store.path)
    execution = Execution(plan).start()
    begun.set()
    execution.summary.result()


def begun(plan: Plan) -> BaseProcess:
    """One that has just begun to compute."""
    event = SERVER.Event()
    process = SERVER.Process(target=run, args=(plan, event))
    process.start()
    assert event.wait(60)
    return process


def lasts(plan: Plan) -> float:
    """How long the undisturbed one takes."""
    process, since = begun(plan), time.monotonic()
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - since


def kill(process: BaseProcess, store: Path) -> None:
    """It is gone, and what it had started with it."""
    process.kill()
    process.join()
    latest = time.monotonic() + 10
    while processes_with(f"MARKER={store}") and time.monotonic() < latest:
        time.sleep(0.05)
    assert processes_with(f"MARKER={store}") == {}


def seen(plan: Plan) -> int:
    """How many replications a reader sees, every row of which can be read and is as it was written."""
    sealed = plan.store.sealed(plan.campaign.id)
    assert sealed == (plan.store.table("replications", plan.campaign.id).num_rows if sealed else 0)
    return sealed


def all_files(store: Path) -> set[str]:
    return {str(path.relative_to(store)) for path in store.rglob("*") if path.is_file()}


@pytest.mark.long
def test_killed_at_twenty_random_instants_runs_and_extensions_end_as_if_nothing_had_happened(
    tmp_path: Path,
) -> None:
    calm = tmp_path / "calm"
    longest = {length: lasts(plan_with(calm, replications=length, workers=1)) for length in LENGTHS}
    chance, left = np.random.default_rng(SEED), KILLS
    while left:
        store = tmp_path / f"killed-{left}"
        for before, length in pairwise((0, *LENGTHS)):
            plan, finished = plan_with(store, replications=length, workers=1), False
            while not finished:
                process = begun(plan)
                process.join(chance.uniform(0, longest[length]) if left else None)
                finished = process.exitcode is not None
                if finished:
                    assert process.exitcode == 0
                else:
                    kill(process, store)
                    left -= 1
                    assert seen(plan) in {before, length}
            assert seen(plan) == length
        assert files_of(store) == files_of(calm)
        assert all_files(store) == all_files(calm)
        assert plan.store.check() == []


FILLING = """
mount -t tmpfs -o size={small} none {store} && {command}; first=$?
mount -o remount,size=64m {store} && {command}; second=$?
cp -r {store}/. {kept} && echo $first $second
"""
COMMAND = ["bretagne", "ransomware-large-hospital", "--seed", "5", "-n", "4", "--workers", "2"]


@pytest.mark.parametrize("small", ["64k", "1m"])
def test_a_store_that_fills_up_is_told_and_the_same_command_resumes_where_there_is_room_again(
    environment: dict[str, str], tmp_path: Path, small: str
) -> None:
    store, kept = tmp_path / "store", tmp_path / "kept"
    store.mkdir()
    kept.mkdir()
    command = [sys.executable, "-m", "flows.cli.main", "run", *COMMAND, "--store", str(store), "--json"]
    done = subprocess.run(
        [
            "unshare",
            "-m",
            "sh",
            "-c",
            FILLING.format(small=small, store=store, kept=kept, command=shlex.join(command)),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment,
    )
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip(f"no file system can be mounted here: {done.stderr}")
    assert done.stdout.split()[-2:] == ["2", "0"], done.stderr
    (told,) = (line for line in plain(done.stderr).splitlines() if "impossible d'écrire" in line)
    assert str(store) in told
    assert "Traceback" not in done.stderr
    run_here(plan_with(tmp_path / "alike", replications=4, workers=2))
    assert files_of(kept) == files_of(tmp_path / "alike")
