"""The page of a comparison says what its pairs say, and names no winner that chance may have made."""

import re

import duckdb
import pytest

import results
from results import Store
from results.presentation import language
from results.presentation.comparing.sentences import COUNTED
from results.presentation.numbers import number, share
from results.presentation.tabled import signed
from results.report import report_of
from results.report.comparing.sections import differences, standing
from results.report.parts import Charts, Table
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


def test_all_rows_are_what_sql_finds(compared: tuple[Store, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    store, name = compared
    comparison = results.compare(store, name)
    (charts,) = [part for part in differences(comparison).parts if isinstance(part, Charts)]
    (table,) = [part for part in standing(comparison).parts if isinstance(part, Table)]
    twin = store.description(ATTACK.id).ordinary
    for place, (indicator, chart) in enumerate(zip(COUNTED, charts.charts, strict=True)):
        found = duckdb.execute(f"""
            with {
            ", ".join(
                f"{side} as (from '{store.path}/replications/campaign={campaign}/*.parquet')"
                for side, campaign in (("today", ATTACK.id), ("prepared", PREPARED.id), ("calm", twin))
            )
        },
            pairs as (
                select today.{indicator} - calm.{indicator} as before, prepared.{indicator} - calm.{
            indicator
        } as after
                from today join prepared using (replication) join calm using (replication)
                where today.went_off_h is not null or prepared.went_off_h is not null
            )
            select avg(before), avg(after), avg(after - before), median(after - before),
                avg((after < before)::int), avg((after > before)::int)
            from pairs
        """).fetchall()
        ((before, after, mean, median, better, worse),) = found
        (row,) = chart.table.rows
        told = [plain(row[cell]) for cell in (1, 3, 4, 5)]
        assert told == [plain(signed(mean)), plain(signed(median)), plain(share(better)), plain(share(worse))]
        adds = [plain(row[3 + place]).split(" ±")[0] for row in table.rows]
        assert adds == [f"{'−' if value < 0 else '+'} {number(abs(value))}" for value in (before, after)]
    assert [plain(row[1]) for row in table.rows] == ["100 %", "100 %"]
