"""The house itself: few entries in each folder, short modules, and packages that say what they are."""

import ast
import re
import subprocess
from collections import Counter
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]
MOST_ENTRIES = 10
"""At the top of simulation/: its rooms, and the story of one replication."""
MOST_FILES = 12
"""Of a folder itself, without those of its subfolders."""
MOST_LINES = 300

OPENS_WITH_A_QUESTION = re.compile(r"[^.:;]*\?")
"""A module opens with what it is; a question may follow."""


def kept() -> list[PurePosixPath]:
    """The files that Git keeps, as they stand here; those of a copy without Git are not known."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no Git here")
    return [PurePosixPath(name) for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


@pytest.fixture(scope="module")
def files() -> list[PurePosixPath]:
    return kept()


def test_the_simulation_shows_at_most_ten_entries(files: list[PurePosixPath]) -> None:
    entries = {file.parts[1] for file in files if file.parts[0] == "simulation"}
    assert len(entries) <= MOST_ENTRIES, sorted(entries)


def test_no_folder_has_more_than_twelve_files(files: list[PurePosixPath]) -> None:
    counts = Counter(file.parent for file in files)
    assert {str(folder) for folder, count in counts.items() if count > MOST_FILES} == set()


def test_no_module_has_more_than_three_hundred_lines(files: list[PurePosixPath]) -> None:
    lines = {
        file: len((ROOT / file).read_text("utf-8").splitlines()) for file in files if file.suffix == ".py"
    }
    assert {file for file, count in lines.items() if count > MOST_LINES} == set()


def test_every_module_and_every_package_says_what_it_is(files: list[PurePosixPath]) -> None:
    modules = [file for file in files if file.suffix == ".py" and file.parts[0] not in {"tests", "docs"}]
    opening = {file: ast.get_docstring(ast.parse((ROOT / file).read_text("utf-8"))) or "" for file in modules}
    assert [file for file, text in opening.items() if not text] == []
    assert [file for file, text in opening.items() if OPENS_WITH_A_QUESTION.match(text)] == []


def test_every_folder_of_modules_is_a_package(files: list[PurePosixPath]) -> None:
    folders = {
        file.parent for file in files if file.suffix == ".py" and file.parts[0] not in {"tests", "docs"}
    }
    assert [
        folder for folder in sorted(folders) if folder / "__init__.py" not in files and folder.parts
    ] == []
