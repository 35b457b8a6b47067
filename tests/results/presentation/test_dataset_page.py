"""The page on the dataset is true."""

import re
from pathlib import Path

import pytest

from results.presentation.dataset_page import page
from results.presentation.story.event_meanings import KIND_MEANINGS
from simulation.engine.event_kinds import EventKind
from tests.results import synthetic

PAGE = Path(__file__).parents[3] / "docs" / "dataset.md"
SNIPPETS = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "run: python -m results.presentation.dataset_page > docs/dataset.md"
    )


@pytest.mark.parametrize(
    "snippet",
    SNIPPETS,
    ids=["duckdb", "bands", "departments", "polars", "pandas", "tocsin", "snapshot", "verified"],
)
def test_each_snippet_works_on_a_store(
    tmp_path: Path,
    snippet: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    synthetic.sealed(tmp_path / "store", [range(10)], 10)
    monkeypatch.chdir(tmp_path)
    exec(snippet, {})
    said = capsys.readouterr().out
    assert any(
        expected in said
        for expected in (synthetic.campaign().id, "critical_care", "75010012", "beyond_30_share", "p95")
    )


def test_the_page_knows_every_kind_of_event() -> None:
    assert set(EventKind) == set(KIND_MEANINGS)
