"""Fixtures: the command with a Prefect of its own, and a small campaign."""

import gettext
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from fcntl import LOCK_EX, flock
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from unittest.mock import patch

import pytest

from flows.cli.main import run_verb
from flows.execution.plan import Plan
from flows.terminal import console
from results.presentation import language
from tests.flows.commands import ROOT, SCENARIO, Tocsin, plain, prefect_home
from tests.flows.runs import files_of, plan_with, run_here

START_ONCE = """
from flows.server import isolation, server
isolation.isolate()
started = server.start()
started.wait_until_ready()
started.stop()
"""


@pytest.fixture(scope="session")
def fresh_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as Prefect's server has made it at its first start: to copy, since each one costs five seconds."""
    cache = request.config.cache
    assert cache is not None
    folder = cache.mkdir(f"tables-of-prefect-{version('prefect')}")
    kept = folder / "prefect.db"
    with (folder / "turn").open("w") as turn:
        flock(turn, LOCK_EX)  # several processes share the tests: one makes it
        if not kept.exists():
            home = tmp_path_factory.mktemp("first")
            environment = os.environ | {"PREFECT_HOME": str(home), "PYTHONPATH": str(ROOT)}
            subprocess.run([sys.executable, "-c", START_ONCE], check=True, env=environment)
            with closing(sqlite3.connect(home / "prefect.db")) as database:
                database.execute("select * from flow_run")  # it has its tables
                database.execute("vacuum into ?", [str(folder / "new.db")])
            (folder / "new.db").replace(kept)
    return kept


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
        "XDG_CONFIG_HOME": str(tmp_path_factory.mktemp("unconfigured")),
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


@pytest.fixture
def verb(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Tocsin:
    """Run a verb in this process, as the command does when its process is set up: for what it says, or refuses."""
    with monkeypatch.context() as changed, patch.dict(os.environ):
        changed.setattr(gettext, "gettext", gettext.gettext)
        language.speak("fr")
        import_module("flows.cli.commands")  # the sentences of the verbs are bound then, whoever asks first

    def run(*arguments: str, cwd: Path = ROOT, **more: str) -> "subprocess.CompletedProcess[str]":
        with monkeypatch.context() as changed, patch.dict(os.environ, environment | more, clear=True):
            changed.chdir(cwd)
            changed.setattr(gettext, "gettext", gettext.gettext)  # a verb puts the language spoken there
            for opened in (console.facts, console.messages):
                opened.cache_clear()  # as wide as the environment says
            code = run_verb(list(arguments))
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, plain(said.out), plain(said.err))

    return run


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of six replications that nothing befell."""
    folder = tmp_path_factory.mktemp("undisturbed")
    run_here(plan_with(folder, replications=6, workers=1))
    return files_of(folder)


@pytest.fixture
def littered(tmp_path: Path) -> Path:
    """A current folder and a home that hold settings of somebody else's flows."""
    (tmp_path / "prefect.toml").write_text("not = = toml")
    (tmp_path / "pyproject.toml").write_text("[tool.prefect]\nlogging.level = 'nope'\n")
    (tmp_path / ".env").write_text("PREFECT_API_URL=http://127.0.0.1:9/api\nPREFECT_LOGGING_LEVEL=foo\n")
    (tmp_path / ".prefect").mkdir()
    (tmp_path / ".prefect/profiles.toml").write_text("neither ] is this")
    (tmp_path / "state/tocsin/prefect").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Six replications with two workers, in a store of their own."""
    return plan_with(tmp_path / "store", replications=6, workers=2, asked=SCENARIO)
