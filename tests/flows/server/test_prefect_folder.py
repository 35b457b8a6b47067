"""Prefect's folder that cannot be used: a sentence, and nothing else."""

import os
import re
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from flows.server import isolation, prefect_folder
from flows.server.external_server import NoServer
from tests.flows.commands import free_port


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("/proc/nowhere/prefect", "No such file"),
        ("file", "Not a directory"),
        ("file/below", "Not a directory"),
        ("/proc/sys", "(No such|Permission|Read-only|not permitted)"),
        ("link", "File exists|Not a directory"),
    ],
)
def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, reason: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    folder = tmp_path / place
    monkeypatch.setitem(isolation.honoured, isolation.HOME, str(folder))
    with pytest.raises(NoServer, match=f"{re.escape(str(folder))} cannot be written .*{reason}"):
        prefect_folder.prepare()


@pytest.mark.parametrize(
    ("name", "can"), [("what?", False), ("a%20b", False), ("a#b", True), ("100 % é@:", True)]
)
def test_a_folder_beside_which_prefect_would_keep_its_database_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, can: bool
) -> None:
    monkeypatch.setitem(isolation.honoured, isolation.HOME, str(tmp_path / name))
    if can:
        assert prefect_folder.prepare() == tmp_path / name
        return
    with pytest.raises(NoServer, match=r"elsewhere than in .*unset PREFECT_HOME"):
        prefect_folder.prepare()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", ["ro", "size=64k"])
def test_a_folder_that_is_read_only_or_full_is_told(tmp_path: Path, options: str) -> None:
    told = within_a_file_system(tmp_path, options, f"serve --port {free_port()} --lang en")
    assert told.count("Error:") == 1
    assert str(tmp_path) in told
    assert ("Read-only file system" if options == "ro" else "make room (32 MB)") in told


def within_a_file_system(mounted: Path, options: str, arguments: str) -> str:
    """What the command says in a namespace where this folder is a file system of its own, mounted like that."""
    command = (
        f"mount -t tmpfs -o {options} none {mounted} && exec {sys.executable} -m flows.cli.main {arguments}"
    )
    environment = os.environ | {"PREFECT_HOME": str(mounted / "prefect")}
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", command], capture_output=True, text=True, check=False, env=environment
    )
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip(f"no file system can be mounted here: {done.stderr}")
    assert done.returncode == 1
    return done.stderr


def test_what_is_made_is_private(home: Path) -> None:
    assert prefect_folder.prepare().stat().st_mode & 0o777 == 0o700


def test_of_two_servers_on_one_folder_one_waits_while_the_other_makes_its_tables(tmp_path: Path) -> None:
    first, turns = prefect_folder.startup_lock(tmp_path), []
    second = Thread(target=lambda: turns.append(prefect_folder.startup_lock(tmp_path)))
    second.start()
    second.join(0.2)
    assert not turns
    os.close(first)
    second.join()
    os.close(turns[0])
