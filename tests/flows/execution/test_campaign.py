import json
import time
from pathlib import Path

import pytest

from tests.flows.commands import (
    LEAVES_WITHIN_S,
    QUICK,
    SCENARIO,
    Tocsin,
    press_ctrl_c,
    processes_with,
    read_until,
    start,
)
from tests.flows.runs import files_of, plan_with, run_here


@pytest.mark.long
def test_ctrl_c_keeps_what_was_finished_and_the_same_command_resumes(
    tocsin: Tocsin, environment: dict[str, str], tmp_path: Path
) -> None:
    arguments = [
        "run",
        *QUICK,
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
    told = json.loads(resumed.stdout)
    assert 0 < told["new_replications"] + told["new_ordinary_replications"] < 48
    run_here(plan_with(tmp_path / "alike", replications=24, workers=2))
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
