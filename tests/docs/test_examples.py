"""The analysts' examples run as they stand, on a store such as `tocsin run` leaves."""

import re
from pathlib import Path
from typing import Any

import pytest

import results
from tests.results import synthetic

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "analysts" / "examples.md"
VIEWS = ROOT / "docs" / "analysts" / "views.md"
BELOW_A_TITLE = re.compile(r"^## ([^\n]*)\n(?:(?!^## ).)*?^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
A_BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
EXAMPLES = [
    *BELOW_A_TITLE.findall(PAGE.read_text("utf-8")),
    *BELOW_A_TITLE.findall((ROOT / "README.md").read_text("utf-8")),
    *((f"views {number}", code) for number, code in enumerate(A_BLOCK.findall(VIEWS.read_text("utf-8")))),
]


@pytest.mark.parametrize("example", [code for _, code in EXAMPLES], ids=[title for title, _ in EXAMPLES])
def test_each_example_runs(
    example: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    exec(example, {})
    assert capsys.readouterr().out.strip()


def test_pandas_duckdb_and_polars_each_have_theirs() -> None:
    assert {"pandas", "DuckDB", "Polars"} <= {title.split(":")[0] for title, _ in EXAMPLES}


def test_no_quiet_month_of_a_twin_is_taken_for_a_posture(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (example,) = (code for title, code in EXAMPLES if title.startswith("pandas"))
    monkeypatch.chdir(folder)
    worked_out: dict[str, Any] = {}
    exec(example, worked_out)
    store = results.open("store")
    attack = store.description(synthetic.attack().id)
    rows = store.frame("replications", attack.campaign)
    assert worked_out["unmet"]["baseline"].tolist() == rows["ed_visits_unmet"].tolist()
