"""A user whom the machine does not know, and who can write nothing but a temporary folder."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from simulation.engine.caches import code_folder, own_folders
from tests.flows.commands import FOREIGN, PROXIES, ROOT, prefect_home

NOBODY = 12345
WITHOUT_SHARED_MEMORY = {"SHARED_MEMORY": "none"}
"""For `as_nobody`: /dev/shm is read-only, so that no semaphore of multiprocessing can be made."""
VERBS = """
import sys
from flows.cli.main import run_verb
sys.argv = ["tocsin"]
for arguments in (["--version"], ["--help"], ["scenarios"], ["regions", "--json"], ["run", "--help"]):
    assert run_verb(arguments) == 0, arguments
"""


def as_nobody(folder: Path, command: list[str], **variables: str) -> "subprocess.CompletedProcess[str]":
    """What a command says that a user runs who has no name; in a namespace, where Python lies in root's own home."""
    if os.getuid() != 0:
        pytest.skip("only root can become another user")
    steps, python = [], Path(sys.base_prefix)
    closed = [place for place in python.parents if not place.stat().st_mode & 1]
    if closed:
        aside = folder.parent / "python"
        aside.mkdir()
        steps = [
            f"mount --bind {python} {aside}",
            f"mount -t tmpfs -o mode=755 none {closed[-1]}",
            f"mkdir -p {python}",
            f"mount --bind {aside} {python}",
        ]
    become = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    if variables.pop("SHARED_MEMORY", None):
        steps.append("mount -t tmpfs -o ro none /dev/shm")
    script = " && ".join([*steps, f"cd / && exec {shlex.join([*become, *command])}"])
    environment = {"TMPDIR": str(folder), "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], **variables}
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script], capture_output=True, text=True, check=False, env=environment
    )
    if any(tool in done.stderr for tool in ("unshare", "mount:", "setpriv")):
        pytest.skip(f"nobody can be nobody here: {done.stderr}")
    return done


@pytest.fixture
def writable() -> Iterator[Path]:
    """The one folder that anybody may write; not below that of pytest, which only its user may enter."""
    with TemporaryDirectory() as passage:
        Path(passage).chmod(0o711)
        folder = Path(passage) / "tmp"
        folder.mkdir()
        folder.chmod(0o1777)
        yield folder


@pytest.mark.parametrize("home", [None, "/", "/nonexistent", ""])
def test_every_verb_works_for_an_unknown_user(writable: Path, home: str | None) -> None:
    done = as_nobody(
        writable, [sys.executable, "-W", "error", "-c", VERBS], **({} if home is None else {"HOME": home})
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert "tocsin" in done.stdout
    assert {folder.name for folder in writable.iterdir()} <= {f"tocsin-{NOBODY}"}


@pytest.mark.long
def test_a_campaign_runs_for_an_unknown_user_behind_proxies_and_without_shared_memory(
    writable: Path, fresh_database: Path
) -> None:
    ours = writable / f"tocsin-{NOBODY}"
    ours.mkdir(mode=0o700)
    prefect_home(ours / "prefect", fresh_database)
    for place in (ours, ours / "prefect", ours / "prefect/prefect.db"):
        os.chown(place, NOBODY, NOBODY)
    arguments = ["corse", "ordinary-month", "-n", "1", "--store", str(writable / "store"), "--json"]
    hostile = {**FOREIGN, **PROXIES, **WITHOUT_SHARED_MEMORY}
    done = as_nobody(writable, [sys.executable, "-m", "flows.cli.main", "run", *arguments], **hostile)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["new_replications"] == 1
    assert f"les exécutions de Prefect sont conservées dans {ours}/prefect" in done.stderr
    assert "Warning" not in done.stderr
    assert "Traceback" not in done.stderr


def test_compiled_code_is_kept_where_it_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = tmp_path / "sources"
    shutil.copytree(code_folder.HERE, sources, ignore=shutil.ignore_patterns("__pycache__"))
    installed = sources / "__pycache__" / f"compiled-{code_folder._digest()}"
    monkeypatch.setattr(code_folder, "HERE", sources)
    monkeypatch.setattr(own_folders.tempfile, "tempdir", str(tmp_path))  # type: ignore[attr-defined]
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    closed: list[Path] = []
    monkeypatch.setattr(own_folders, "can_hold", lambda folder: not any(map(folder.is_relative_to, closed)))
    assert code_folder._folder() == installed
    closed.append(sources)
    assert code_folder._folder() == tmp_path / "cache/tocsin" / installed.name
    closed.append(tmp_path / "cache")
    assert code_folder._folder() == tmp_path / f"tocsin-{os.getuid()}" / installed.name


def test_what_was_compiled_at_installation_serves_who_cannot_write_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(code_folder, "HERE", tmp_path)
    installed = tmp_path / "__pycache__" / f"compiled-{code_folder._digest()}"
    installed.mkdir(parents=True)
    (installed / "code.nbi").write_text("compiled")
    monkeypatch.setattr(own_folders, "can_hold", lambda folder: folder.is_relative_to(tmp_path / "cache"))
    found = code_folder._folder()
    assert found is not None
    assert found != installed
    assert (found / "code.nbi").read_text() == "compiled"
    assert code_folder._folder() == found


def test_nothing_is_kept_where_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(own_folders, "can_hold", lambda _: False)
    monkeypatch.setattr(own_folders, "temporary_folder", none)
    assert code_folder._folder() is None
