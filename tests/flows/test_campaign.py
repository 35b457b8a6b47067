import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import simulation
from tests.flows.conftest import ROOT, SCENARIO, Tocsin, plan_with, processes_with
from tests.flows.test_surroundings import FOREIGN, PROXIES
from tests.flows.test_workers import files_of, run_without_prefect

LEAVES_WITHIN_S = 2.0


def start(environment: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    """The command, in a group of processes of its own, as a shell would start it."""
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", *arguments],
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


@dataclass(frozen=True)
class ControlRoom:
    """`tocsin serve`, and what one can ask it."""

    process: "subprocess.Popen[str]"
    url: str

    def ask(self, path: str, question: dict[str, Any] | None = None) -> Any:
        body = json.dumps(question or {}).encode()
        request = urllib.request.Request(f"{self.url}/api/{path}", body, {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


@pytest.fixture(scope="module")
def control_room(environment: dict[str, str]) -> Iterator[ControlRoom]:
    """On a machine with proxies that nobody answers, and with settings of somebody else's flows."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    hostile = {"MARKER": "control room", **FOREIGN, **PROXIES}
    process = start(environment | hostile, "serve", "--port", str(port))
    read_until(process, f"http://127.0.0.1:{port}")
    yield ControlRoom(process, f"http://127.0.0.1:{port}")
    process.kill()
    process.communicate()


def test_a_campaign_runs_as_a_flow_that_the_control_room_shows(
    tocsin: Tocsin, control_room: ControlRoom, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    arguments = [
        "run",
        *SCENARIO,
        "-n",
        "6",
        "--seed",
        "5",
        "--workers",
        "2",
        "--store",
        str(store),
        "--json",
    ]
    done = tocsin(*arguments, **PROXIES, PREFECT_API_URL=f"{control_room.url}/api")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["replications"] == told["new_replications"] == 6
    assert told["held_share_ci"][0] <= told["held_share"] <= told["held_share_ci"][1]
    alike = plan_with(tmp_path / "alike", replications=6, workers=1)
    run_without_prefect(alike)
    assert files_of(store) == files_of(tmp_path / "alike") != {}

    (run,) = control_room.ask("flow_runs/filter")
    assert run["name"] == "ile-de-france · ransomware-opening-ceremony · baseline"
    assert run["state_type"] == "COMPLETED"
    artifacts = {artifact["type"]: artifact for artifact in control_room.ask("artifacts/filter")}
    assert artifacts["progress"]["data"] == 100
    assert "Patients non pris en charge" in artifacts["table"]["data"]
    assert "La région a tenu dans" in artifacts["markdown"]["data"]
    tasks = {task["name"] for task in control_room.ask("task_runs/filter")}
    assert "replication 0" in tasks


def test_the_control_room_offers_a_form_with_choices_and_help(control_room: ControlRoom) -> None:
    latest = time.monotonic() + 30
    while not (offered := control_room.ask("deployments/filter")) and time.monotonic() < latest:
        time.sleep(0.2)
    fields = offered[0]["parameter_openapi_schema"]["properties"]
    assert fields["posture"]["enum"] == simulation.posture_names()
    assert all(field["description"] for field in fields.values())
    with urllib.request.urlopen(control_room.url, timeout=30) as page:
        assert "text/html" in page.headers["content-type"]


def test_the_control_room_closes_on_ctrl_c_with_no_process_left(control_room: ControlRoom) -> None:
    seconds, said = press_ctrl_c(control_room.process)
    assert control_room.process.returncode == 130
    assert seconds < LEAVES_WITHIN_S
    assert "Traceback" not in said
    assert processes_with("MARKER=control room") == {}


def test_ctrl_c_keeps_what_was_finished_and_the_same_command_resumes(
    tocsin: Tocsin, environment: dict[str, str], tmp_path: Path
) -> None:
    arguments = [
        "run",
        *SCENARIO,
        "-n",
        "60",
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
    assert 0 < json.loads(resumed.stdout)["new_replications"] < 60
    alike = plan_with(tmp_path / "alike", replications=60, workers=2)
    run_without_prefect(alike)
    assert files_of(tmp_path / "store") == files_of(tmp_path / "alike")


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
