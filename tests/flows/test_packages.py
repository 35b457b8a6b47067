"""Files in the current folder that bear the names of our packages, and Python's own settings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.packages import found_by_children
from tests.flows.conftest import ROOT, Tocsin

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
    code = f"import sys; sys.path.append({str(ROOT)!r}); from flows.cli import main; main()"
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
        [sys.executable, "-m", "flows.stand_ins"],
        cwd=folder,
        env=os.environ | found_by_children(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("options", [["-W", "error"], ["-X", "dev", "-W", "error"], []])
def test_workers_are_started_deaf_to_warnings_too(environment: dict[str, str], options: list[str]) -> None:
    code = "from flows.cli import hush; import subprocess; hush(); print(subprocess._args_from_interpreter_flags())"
    done = subprocess.run(
        [sys.executable, *options, "-c", code],
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
    ],
    ids=lambda each: next(iter(each)),
)
def test_no_setting_of_python_breaks_or_litters_the_screen(tocsin: Tocsin, settings: dict[str, str]) -> None:
    done = tocsin("scenarios", "nowhere", **settings)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
