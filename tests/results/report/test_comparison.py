"""The page of a comparison says what its pairs say, and names no winner that chance may have made."""

import re

import duckdb
import pytest

import results
from results import Store
from results.presentation import language
from results.report import report_of
from results.report.comparing.sections import differences
from results.report.parts import Charts
from tests.flows.commands import plain
from tests.results.analysis.test_paired import ATTACK, PREPARED
from tests.results.report.test_page import REAL, Text


@pytest.mark.parametrize(("said", "sentence"), [("fr", "évite"), ("en", "avoids")])
def test_the_page_says_what_preparation_avoids(
    compared: tuple[Store, str], monkeypatch: pytest.MonkeyPatch, said: str, sentence: str
) -> None:
    monkeypatch.setenv(language.VARIABLE, said)
    store, name = compared
    page = report_of(store, name, REAL).page()
    told = Text(page)
    assert f"{sentence} 499 patients" in told.text
    assert name in told.text
    assert not re.search(r"\b(nan|None|inf)\b", told.text)
    assert all(address.startswith(("#", "data:")) for address in told.fetched)


def test_the_lines_are_the_means_that_sql_finds(
    compared: tuple[Store, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    store, name = compared
    (charts,) = [part for part in differences(results.compare(store, name)).parts if isinstance(part, Charts)]
    unmet_chart = next(chart for chart in charts.charts if chart.name == "difference-ed_visits_unmet")
    ((mean,),) = duckdb.execute(f"""
        select avg(prepared.ed_visits_unmet - today.ed_visits_unmet)
        from '{store.path}/replications/campaign={PREPARED.id}/*.parquet' as prepared
        join '{store.path}/replications/campaign={ATTACK.id}/*.parquet' as today using (replication)
    """).fetchall()
    (line,) = unmet_chart.drawn["data"]["values"]
    assert line["mean"] == round(mean, 2)
    assert line["low"] <= line["mean"] <= line["high"] < 0.0
    (row,) = unmet_chart.table.rows
    assert plain(row[1]) == f"− {abs(round(mean))}"
    assert [plain(cell) for cell in row[4:]] == ["100 %", "0 %"]
