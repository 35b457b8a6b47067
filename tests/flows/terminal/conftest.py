"""The command behind a redirection of the shell's."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flows.commands import plain

Shell = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def shell(environment: dict[str, str], tmp_path: Path) -> Shell:
    """Run the command behind a redirection of the shell's."""

    def run(redirection: str, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        script = f'"$@" {redirection}'
        done = subprocess.run(
            [
                "bash",
                "-o",
                "pipefail",
                "-c",
                script,
                "bash",
                sys.executable,
                "-m",
                "flows.cli.main",
                *arguments,
            ],
            check=False,
            capture_output=True,
            cwd=tmp_path,
            env=environment | more,
            timeout=60,
        )
        out, err = (plain(text.decode("utf-8", "replace")) for text in (done.stdout, done.stderr))
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run
