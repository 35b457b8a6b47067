"""A copy of the built-in region's folder, which a test may spoil."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import topologies
from topologies.building.catalogue import REGIONS
from topologies.errors import BadInput


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the built-in region's folder."""
    return Path(shutil.copytree(REGIONS / "ile-de-france", tmp_path / "region"))


@pytest.fixture
def spoil(folder: Path) -> Callable[..., None]:
    """Replace a text of one of the folder's files, which must be there, by another."""

    def replace(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), "utf-8")

    return replace


@pytest.fixture
def refused(folder: Path) -> Callable[[], list[str]]:
    """What the copy is refused for, one text a finding."""

    def load() -> list[str]:
        with pytest.raises(BadInput) as error:
            topologies.load(folder)
        return [str(finding) for finding in error.value.findings]

    return load
