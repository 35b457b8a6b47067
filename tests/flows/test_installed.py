"""The program as a wheel in a fresh environment, with the network cut but for the machine itself."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.flows.commands import ROOT, free_port, plain, prefect_home

BUILD = "import sys; from setuptools.build_meta import build_wheel; print(build_wheel(sys.argv[1]))"
PACKAGES = ("flows", "backtest", "results", "simulation", "topologies")
LEFT_OUT = shutil.ignore_patterns("__pycache__")

ALONE = """
import fcntl, os, socket, struct, sys
UP, SET_FLAGS = 0x1, 0x8914
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
    fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sH14x", b"lo", UP))
os.execv(sys.argv[1], sys.argv[1:])
"""
"""In a network namespace of its own: the loopback is up, then comes the command."""

VISIT = """
import signal, subprocess, sys, urllib.request
port = sys.argv[2]
room = subprocess.Popen([sys.argv[1], "serve", "--port", port], stderr=subprocess.PIPE, text=True)
try:
    said = ""
    while port not in said:
        line = room.stderr.readline()
        assert line, said
        said += line
    for page in ("api/health", ""):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{page}", timeout=60) as answer:
            print(answer.status, answer.headers["content-type"])
    room.send_signal(signal.SIGINT)
    sys.exit(room.wait(20) != 130)
finally:
    room.kill()
"""
"""A person opens the control room, looks at its pages and closes it."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of an environment that holds our wheel; what it needs comes from ours."""
    folder = tmp_path_factory.mktemp("wheel")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / "sources" / package, ignore=LEFT_OUT)
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, folder / "sources")
    built = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder)],
        cwd=folder / "sources",
        check=True,
        capture_output=True,
        text=True,
    )
    wheel = folder / built.stdout.split()[-1]
    venv.create(folder / "fresh", symlinks=True)
    programs = folder / "fresh" / "bin"
    install = ["--python", str(programs / "python"), "install", "--no-index", "--no-deps", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "-q", *install], check=True)
    (place,) = (folder / "fresh").glob("lib/python*/site-packages")
    (place / "needed.pth").write_text(sysconfig.get_path("purelib"))  # whose own .pth files are not read
    return programs


def without_network(folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """What a command says in another folder, where nothing beyond the machine is reached."""
    environment = {
        "HOME": str(folder),
        "LANG": "en_GB.UTF-8",
        "PATH": os.environ["PATH"],
        "PREFECT_HOME": str(folder / "prefect"),
    }
    become = [] if os.getuid() == 0 else ["--map-root-user"]
    done = subprocess.run(
        ["unshare", "--net", *become, sys.executable, "-c", ALONE, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.stderr.startswith("unshare:"):
        pytest.skip(f"the network cannot be cut here: {done.stderr}")
    done.stdout, done.stderr = plain(done.stdout), plain(done.stderr)
    return done


@pytest.mark.long
def test_a_wheel_runs_reports_and_serves_without_network_and_says_that_it_compiles_once(
    installed: Path, fresh_database: Path, tmp_path: Path
) -> None:
    prefect_home(tmp_path / "prefect", fresh_database)
    tocsin = str(installed / "tocsin")
    order = ["run", "corse", "ransomware-large-hospital", "-n", "2", "--workers", "1", "--json"]
    first = without_network(tmp_path, tocsin, *order)
    again = without_network(tmp_path, tocsin, *order, "--seed", "2")
    assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
    assert "compiles" in first.stderr
    assert "compiles" not in again.stderr
    campaign = json.loads(first.stdout)["campaign"]
    for page, begins in (("page.html", b"<!doctype html>"), ("page.pdf", b"%PDF")):
        told = without_network(tmp_path, tocsin, "report", campaign, "--output", page)
        assert told.returncode == 0, told.stderr
        assert (tmp_path / page).read_bytes().lower().startswith(begins.lower())
    served = without_network(tmp_path, sys.executable, "-c", VISIT, tocsin, str(free_port()))
    assert served.returncode == 0, served.stderr
    assert [line.split(";")[0] for line in served.stdout.splitlines()] == [
        "200 application/json",
        "200 text/html",
    ]
