import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.flows.conftest import ROOT, SCENARIO, Tocsin, plan_with, processes_with
from tests.flows.execution.test_workers import files_of, run_without_prefect

LEAVES_WITHIN_S = 2.0


def start(environment: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    """The command, in a group of processes of its own, as a shell would start it."""
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli.main", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
        start_new_session=True,
    )


def press_ctrl_c(process: "subprocess.Popen[str]") -> tuple[float, str]:
    """How long it took to leave, and what was said."""
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    process.wait(10)
    return time.monotonic() - began, process.communicate()[1]


def read_until(process: "subprocess.Popen[str]", text: str) -> None:
    """Lines are read until one holds the text."""
    assert process.stderr is not None
    assert any(text in line for line in process.stderr)


@pytest.mark.long
def test_ctrl_c_keeps_what_was_finished_and_the_same_command_resumes(
    tocsin: Tocsin, environment: dict[str, str], tmp_path: Path
) -> None:
    arguments = [
        "run",
        *SCENARIO,
        "-n",
        "24",
        "--seed",
        "5",
        "--workers",
        "2",
        "--store",
        str(tmp_path / "store"),
    ]
    process = start(environment | {"MARKER": str(tmp_path)}, *arguments)
    read_until(process, "réplications sur")
    seconds, said = press_ctrl_c(process)
    assert process.returncode == 130
    assert seconds < LEAVES_WITHIN_S
    assert "la même commande reprend" in said
    assert "Traceback" not in said
    assert processes_with(f"MARKER={tmp_path}") == {}

    resumed = tocsin(*arguments, "--json")
    assert resumed.returncode == 0, resumed.stderr
    assert 0 < json.loads(resumed.stdout)["new_replications"] < 24
    alike = plan_with(tmp_path / "alike", replications=24, workers=2)
    run_without_prefect(alike)
    assert files_of(tmp_path / "store") == files_of(tmp_path / "alike")


@pytest.mark.long
@pytest.mark.parametrize("after_s", [0.2, 1.5, 3.0, 5.0])
def test_ctrl_c_ends_the_command_at_any_moment(
    environment: dict[str, str], tmp_path: Path, after_s: float
) -> None:
    process = start(
        environment | {"MARKER": str(tmp_path)}, "run", *SCENARIO, "--store", str(tmp_path / "store")
    )
    time.sleep(after_s)
    seconds, said = press_ctrl_c(process)
    assert process.returncode == 130
    assert seconds < LEAVES_WITHIN_S
    assert "Traceback" not in said
    assert processes_with(f"MARKER={tmp_path}") == {}
