"""Prefect on PostgreSQL: Debian's package, started on a port of its own by a user without rights."""

import asyncio
import os
import pwd
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg
import pytest

from flows.server import isolation
from tests.flows.commands import QUICK, ROOT, free_port
from tests.flows.runs import files_of, plan_with, run_here

PROGRAMS = max(
    Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda path: int(path.parent.name)
)
"""Where Debian and Ubuntu have the newest version that is installed; `.ci/run` installs it where it may."""
USER, PASSWORD = "tocsin", "s3cret"

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(PROGRAMS is None, reason="PostgreSQL is not installed: apt-get install postgresql"),
]


@pytest.fixture
def database() -> Iterator[str]:
    """The address of a database in which there is nothing yet."""
    assert PROGRAMS is not None
    # It does not run as root; and its user cannot enter the folders of our tests.
    account = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    who: dict[str, Any] = {"user": account.pw_uid, "group": account.pw_gid} if account else {}
    with TemporaryDirectory(prefix="tocsin-postgresql-") as folder:
        data, secret, port = Path(folder) / "data", Path(folder) / "password", free_port()
        secret.write_text(PASSWORD)
        if account:
            for each in (folder, secret):
                os.chown(each, account.pw_uid, account.pw_gid)
        made = [
            "-D",
            str(data),
            "-U",
            USER,
            "-A",
            "scram-sha-256",
            f"--pwfile={secret}",
            "--no-sync",
            "-E",
            "UTF8",
        ]
        subprocess.run(
            [str(PROGRAMS / "initdb"), *made, "--locale", "C"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            **who,
        )
        with _served(PROGRAMS / "postgres", data, port, who):
            yield f"127.0.0.1:{port}/postgres"


@contextmanager
def _served(program: Path, data: Path, port: int, who: dict[str, Any]) -> Iterator[None]:
    settings = ["-h", "127.0.0.1", "-p", str(port), "-k", str(data), "-c", "fsync=off"]
    with subprocess.Popen(
        [str(program), "-D", str(data), *settings], cwd=data, stderr=subprocess.DEVNULL, **who
    ) as server:
        try:
            latest = time.monotonic() + 60
            ready = [str(program.with_name("pg_isready")), "-q", "-h", "127.0.0.1", "-p", str(port)]
            while subprocess.run(ready, check=False).returncode:
                assert time.monotonic() < latest
                time.sleep(0.1)
            yield
        finally:
            server.terminate()  # a shutdown that waits for no one would be SIGINT; nobody is left by then
            try:
                server.wait(5)
            except subprocess.TimeoutExpired:
                server.kill()


def test_a_campaign_is_recorded_there_to_its_end_and_its_files_are_the_same(
    database: str, tmp_path: Path
) -> None:
    address = f"{USER}:{PASSWORD}@{database}"
    others = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    environment = others | {
        "PYTHONPATH": str(ROOT),
        "PREFECT_HOME": str(tmp_path / "prefect"),
        isolation.DATABASE: f"postgresql+asyncpg://{address}",
    }
    asked = [*QUICK, "-n", "2", "--seed", "5", "--workers", "1", "--store", str(tmp_path / "store")]
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli.main", "run", *asked, "--json", "--lang", "en"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    assert "no full record" not in done.stderr
    plan = plan_with(tmp_path / "here", replications=2, workers=1)
    run_here(plan)
    assert files_of(tmp_path / "store") == files_of(tmp_path / "here")
    runs, chunks = asyncio.run(_recorded(f"postgresql://{address}"))
    assert runs == ["COMPLETED"]
    assert set(chunks) == {"COMPLETED"}
    assert not (tmp_path / "prefect/prefect.db").exists()


async def _recorded(address: str) -> tuple[list[str], list[str]]:
    """The states of the runs that the database holds, and of their chunks."""
    connection = await asyncpg.connect(address)
    try:
        found = [
            [str(row["state_type"]) for row in await connection.fetch(f"select state_type from {table}")]
            for table in ("flow_run", "task_run")
        ]
    finally:
        await connection.close()
    return found[0], found[1]
