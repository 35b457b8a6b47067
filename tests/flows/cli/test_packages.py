"""The folder that one stands in, files there that bear the names of our packages, and Python's own settings."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flows.execution.plan import BadName, Order, plan_of
from flows.packages import found_by_subprocesses
from tests.flows.commands import ROOT, SCENARIO, Tocsin, plain

STRAYS = ("results", "simulation", "topologies", "flows", "email", "random")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose files stop whoever imports them."""
    for name in STRAYS:
        (tmp_path / f"{name}.py").write_text("raise SystemExit('a stranger was imported')", "utf-8")
    return tmp_path


@pytest.mark.parametrize("where", ["", ".", "./"])
def test_strangers_that_bear_the_names_of_our_packages_are_passed_over(
    environment: dict[str, str], folder: Path, where: str
) -> None:
    for name in ("flows", "email", "random"):
        (folder / f"{name}.py").unlink()
    code = f"import sys; sys.path.append({str(ROOT)!r}); from flows.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, "scenarios"],
        cwd=folder,
        env=environment | {"PYTHONPATH": where},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_programs_that_we_start_pass_them_over_too(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flows.terminal.stand_ins"],
        cwd=folder,
        env=os.environ | found_by_subprocesses(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("options", [["-W", "error"], ["-X", "dev", "-W", "error"], []])
def test_workers_are_started_deaf_to_warnings_too(environment: dict[str, str], options: list[str]) -> None:
    code = (
        "from flows.cli.interpreter import hush; from subprocess import _args_from_interpreter_flags as flags"
    )
    done = subprocess.run(
        [sys.executable, *options, "-c", f"{code}; hush(); print(flags())"],
        env=environment,
        capture_output=True,
        check=True,
        timeout=60,
        text=True,
    )
    assert "-Wignore" in done.stdout
    assert done.stdout.rindex("-Wignore") > done.stdout.find("-Werror")


@pytest.mark.parametrize(
    "settings",
    [
        {"PYTHONWARNINGS": "error"},
        {"PYTHONDEVMODE": "1", "PYTHONWARNINGS": "always", "PYTHONUNBUFFERED": "1"},
        {"PYTHONOPTIMIZE": "2", "PYTHONSAFEPATH": "1", "PYTHONHASHSEED": "0"},
        {"TZ": "UTC+99", "NUMBA_NUM_THREADS": "0", "LC_ALL": "xx_XX.UTF-8", "TOCSIN_LANG": "fr"},
    ],
    ids=lambda each: next(iter(each)),
)
def test_no_setting_breaks_a_verb_or_litters_the_screen(tocsin: Tocsin, settings: dict[str, str]) -> None:
    done = tocsin("scenarios", "nowhere", **settings)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_current_folder_that_is_gone_is_told(environment: dict[str, str], tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"cd {gone} && rmdir {gone} && exec {sys.executable} -m flows.cli.main scenarios"
    done = subprocess.run(
        ["sh", "-c", script], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "le dossier courant a disparu" in plain(done.stderr)


@pytest.mark.parametrize("place", ["region", "scenario", "posture", "event", "store"])
def test_a_path_that_is_no_text_is_refused_before_anything_is_written(tmp_path: Path, place: str) -> None:
    region, scenario = SCENARIO
    asked: dict[str, Any] = {
        "region": region,
        "scenario": scenario,
        "posture": "baseline",
        "store": str(tmp_path),
    }
    asked[place] = f"{tmp_path}/caf\udce9"
    with pytest.raises(BadName):
        plan_of(Order(**asked, replications=1, seed=1, workers=1))
