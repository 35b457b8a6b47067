import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from prefect.settings import PREFECT_HOME, temporary_settings

from flows.middleware import run_locks
from tests.flows.commands import ROOT


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[Path]:
    with temporary_settings({PREFECT_HOME: tmp_path}):
        yield tmp_path


def deserted() -> set[UUID]:
    return {run for run, _files in run_locks.abandoned()}


def test_a_run_is_deserted_when_no_process_holds_its_sign_any_more() -> None:
    alone, followed = uuid4(), uuid4()
    descriptors = [run_locks.hold(alone), run_locks.hold(followed), run_locks.hold(followed)]
    assert deserted() == set()
    os.close(descriptors[0])
    os.close(descriptors[1])
    assert deserted() == {alone}
    os.close(descriptors[2])
    assert deserted() == {alone, followed}


def test_a_sign_is_handed_on_to_a_child_and_ends_with_it_even_when_it_is_killed() -> None:
    run = uuid4()
    descriptor = run_locks.hold(run)
    child = subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[descriptor], cwd=ROOT
    )
    os.close(descriptor)
    assert deserted() == set()
    child.kill()
    child.communicate()
    assert deserted() == {run}


def test_what_others_put_among_the_signs_is_passed_over(home: Path) -> None:
    assert deserted() == set()  # nobody ever signed
    os.close(run_locks.hold(uuid4()))
    (home / "running/.DS_Store").write_text("not ours")
    (home / "running/new-abandoned").touch()
    assert len(deserted()) == 1


def test_what_cannot_be_opened_is_nobody_s_death(home: Path) -> None:
    os.close(run_locks.hold(uuid4()))
    sign = home / f"running/{uuid4()}.loop"
    sign.symlink_to(sign)  # stands for the file of another user, which root could open
    assert len(deserted()) == 1


def test_runs_that_have_a_process_are_counted(home: Path) -> None:
    assert run_locks.alive() == 0
    first, second = run_locks.hold(uuid4()), run_locks.hold(uuid4())
    assert run_locks.alive() == 2
    os.close(first)
    assert run_locks.alive() == 1
    os.close(second)
