"""Fixtures: an environment of the test's own, and Prefect's folder."""

import os
from pathlib import Path

import pytest

from flows.server import isolation


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test sets of Prefect's is its own."""
    monkeypatch.setattr(os, "environ", os.environ.copy())
    monkeypatch.setattr(isolation, "honoured", {})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Prefect's folder, named by the user."""
    monkeypatch.setitem(isolation.honoured, isolation.HOME, str(tmp_path / "prefect"))
    return tmp_path / "prefect"
