"""Commands: `tocsin` in a process of its own, as the tests start it, read it and stop it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCENARIO = ["ile-de-france", "ransomware-opening-ceremony"]
QUICK = ["bretagne", "ransomware-large-hospital"]
"""What costs a third of it, where nothing hangs on the region."""
LEAVES_WITHIN_S = 2.0

Tocsin = Callable[..., "subprocess.CompletedProcess[str]"]

FOREIGN = {
    "PREFECT_LOGGING_LEVEL": "foo",
    "PREFECT_API_REQUEST_TIMEOUT": "abc",
    "PREFECT_PROFILE": "cloud",
    "PREFECT_API_KEY": "of a server that is not named",
    "PREFECT_SERVER_DATABASE_DRIVER": "oracle",
    "PREFECT_TEST_MODE": "1",
    "prefect_api_url": "http://127.0.0.1:9/api",
    "OTEL_PROPAGATORS": "xray",
    "SSL_CERT_FILE": "/nowhere/certificates.pem",
    "SSLKEYLOGFILE": "/nowhere/keys",
}
PROXIES = {
    "HTTP_PROXY": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
    "ALL_PROXY": "socks5://127.0.0.1:9",
    "all_proxy": "gopher://127.0.0.1:9",
}
"""Nobody answers at any of them, and some are of a kind that no client knows."""


def prefect_home(folder: Path, fresh_database: Path) -> str:
    """A folder of Prefect's in which nothing has run yet."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(fresh_database, folder / "prefect.db")
    return str(folder)


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


def processes_with(marker: str) -> dict[int, str]:
    """The processes whose environment holds this text: their command lines, by number."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if marker.encode() in (process / "environ").read_bytes():
                found[int(process.name)] = (
                    (process / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
                )
        except OSError:
            continue  # it ended, or is another user's
    return found


def plain(text: str) -> str:
    """French typography has spaces that do not break and an apostrophe that keyboards lack; the tests need not."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
