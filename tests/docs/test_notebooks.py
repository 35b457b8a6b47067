"""The notebooks run as they stand, and what they show is theirs: whole, small, and nothing of a machine."""

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.docs.notebooks import NOTEBOOKS, code_cells, executed, read, source_of, written
from tests.docs.screens import COMMAND

OF_A_MACHINE = re.compile(
    r"(?<![\w./])/(?:home|root|tmp|var|work|opt|Users)\b|\b0x[0-9a-f]{6,}|\blocalhost\b|\b127\.0\.0\.1\b"
)
LARGEST = 120_000
"""Bytes of a notebook."""
EACH = pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)


def kinds_of(cell: dict[str, Any]) -> list[tuple[str, ...]]:
    """What a cell puts out: printed text, a value, a picture."""
    return [tuple(sorted(each.get("data", {"stdout": None}))) for each in cell["outputs"]]


@EACH
def test_a_notebook_runs_from_top_to_bottom_and_puts_out_what_it_shows(file: Path, folder: Path) -> None:
    shown = read(file)
    again = deepcopy(shown)
    executed(again, folder)
    assert [*map(kinds_of, code_cells(again))] == [*map(kinds_of, code_cells(shown))]


@EACH
def test_what_a_notebook_shows_was_executed_in_order_and_tells_nothing_of_a_machine(file: Path) -> None:
    notebook = read(file)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    cells = code_cells(notebook)
    assert [cell["execution_count"] for cell in cells] == [*range(1, len(cells) + 1)]
    assert all(cell["outputs"] for cell in cells)
    assert {output["output_type"] for cell in cells for output in cell["outputs"]} <= {
        "stream",
        "execute_result",
        "display_data",
    }
    assert not OF_A_MACHINE.findall(file.read_text("utf-8"))
    assert file.stat().st_size < LARGEST
    assert written(notebook) == file.read_text("utf-8"), "as Jupyter would save it"


def test_there_are_three_of_pandas_duckdb_and_polars_over_one_store_that_a_command_makes() -> None:
    texts = ["".join(map(source_of, read(file)["cells"])) for file in NOTEBOOKS]
    assert [each in text for each, text in zip(("pandas", "duckdb", "polars"), texts, strict=True)] == [
        True
    ] * 3
    assert [len(COMMAND.findall(text)) for text in texts] == [1, 0, 0]
