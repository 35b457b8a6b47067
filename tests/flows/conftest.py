"""What the tests share: the command in a process of its own, with a Prefect of its own."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from fcntl import LOCK_EX, flock
from importlib.metadata import version
from pathlib import Path

import pytest

from flows.execution.plan import Order, Plan, plan_of

ROOT = Path(__file__).parents[2]
SCENARIO = ["ile-de-france", "ransomware-opening-ceremony"]

Tocsin = Callable[..., "subprocess.CompletedProcess[str]"]


START_ONCE = """
from flows.server import server
started = server.start(pages=False)
started.wait_until_ready()
started.stop()
"""


@pytest.fixture(scope="session")
def fresh_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as Prefect's server has made it at its first start: to copy, since each one costs five seconds."""
    cache = request.config.cache
    assert cache is not None
    folder = cache.mkdir(f"prefect-{version('prefect')}")
    kept = folder / "prefect.db"
    with (folder / "turn").open("w") as turn:
        flock(turn, LOCK_EX)  # several processes share the tests: one makes it
        if not kept.exists():
            home = tmp_path_factory.mktemp("first")
            environment = os.environ | {"PREFECT_HOME": str(home), "PYTHONPATH": str(ROOT)}
            subprocess.run([sys.executable, "-c", START_ONCE], check=True, env=environment)
            with closing(sqlite3.connect(home / "prefect.db")) as database:
                database.execute("vacuum into ?", [str(folder / "new.db")])
            (folder / "new.db").replace(kept)
    return kept


def prefect_home(folder: Path, fresh_database: Path) -> str:
    """A folder of Prefect's in which nothing has run yet."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(fresh_database, folder / "prefect.db")
    return str(folder)


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory, fresh_database: Path) -> dict[str, str]:
    """That of a machine whose locale says nothing, with nothing of Prefect running or remembered."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PREFECT", "LC_", "LANG", "TOCSIN"))
    }
    return kept | {
        "PREFECT_HOME": prefect_home(tmp_path_factory.mktemp("prefect"), fresh_database),
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "100",
    }


@pytest.fixture(scope="session")
def tocsin(environment: dict[str, str]) -> Tocsin:
    """Run the command to its end."""

    def run(*arguments: str, cwd: Path = ROOT, **more: str) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, "-m", "flows.cli.main", *arguments],
            check=False,
            capture_output=True,
            text=True,
            cwd=cwd,
            env=environment | more,
            timeout=120,
        )
        done.stdout, done.stderr = plain(done.stdout), plain(done.stderr)
        return done

    return run


def plain(text: str) -> str:
    """French typography has spaces that do not break and an apostrophe that keyboards lack; the tests need not."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Six replications with two workers, in a store of their own."""
    return plan_with(tmp_path / "store", replications=6, workers=2)


def plan_with(store: Path, *, replications: int, workers: int, seed: int = 5) -> Plan:
    """The default campaign, of so many replications."""
    region, scenario = SCENARIO
    order = Order(
        region=region,
        scenario=scenario,
        posture="baseline",
        replications=replications,
        seed=seed,
        store=str(store),
        workers=workers,
    )
    return plan_of(order)


def processes_with(marker: str) -> dict[int, str]:
    """The processes whose environment holds this text: their command lines, by number."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if marker.encode() in (process / "environ").read_bytes():
                found[int(process.name)] = (process / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue  # it ended, or is another user's
    return found
