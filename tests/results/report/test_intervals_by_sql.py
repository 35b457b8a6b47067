"""Every interval that the terminal and the page tell is what scipy makes of the counts that DuckDB finds."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from scipy import stats

import results
from flows.cli.briefing import Shown, briefing_of
from flows.cli.commands.comparison.shown import Compared, page_of
from flows.cli.details import details_of
from results import Store, summarise
from results.presentation import language
from results.presentation.numbers import between, decimals_for, number, share
from results.presentation.tabled import row_of, signed
from results.report import report_of
from results.report.comparing.sections import differences
from results.report.evidence import evidence_of
from results.report.parts import Charts, Listed
from results.report.sections.levers import levers
from simulation.inputs.indicators.bounds import DEADLINES
from simulation.inputs.indicators.registry import INDICATORS
from tests.flows.cli.page.made_up import lines_of
from tests.flows.commands import plain
from tests.results import synthetic
from tests.results.analysis.test_paired import ATTACK, PREPARED
from tests.results.report.by_sql import BySql
from tests.results.report.test_page import REAL, Text
from tests.results.report.test_told_by_sql import broken_by


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")


def wilson(count: int, of: int) -> str:
    found = stats.binomtest(count, of).proportion_ci(0.95, method="wilson")
    return plain(between(share(found.low), share(found.high)))


def student(mean: float, deviation: float, count: int) -> tuple[float, float]:
    low, high = stats.t.interval(0.95, count - 1, loc=mean, scale=deviation / count**0.5)
    return float(low), float(high)


def on_one_line(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def test_both_verdicts(harmed_store: Store) -> None:
    campaign = synthetic.attack()
    summary = summarise(harmed_store, campaign.id)
    sql = BySql(harmed_store.path, campaign.id, summary.ordinary)
    shown = Shown(campaign=campaign, store=harmed_store, summary=summary)
    briefing, details = (on_one_line(lines_of(told(shown), 400)) for told in (briefing_of, details_of))
    page = Text(report_of(harmed_store, campaign.id, REAL).page()).text
    for systems in (False, True):
        mine = [
            {"indicator": each.indicator, "at_most": each.at_most}
            for each in campaign.scenario.thresholds
            if (each.indicator in DEADLINES) == systems
        ]
        conditions = broken_by(mine, campaign.scenario.horizon_h)
        held, crises, _all = sql.kept(" or ".join(f"({one})" for one in conditions))
        interval = wilson(held, crises)
        sentence = f"{share(held / crises)} ({interval} with 95 % confidence)"
        assert plain(sentence) in details
        assert plain(sentence) in page
        assert plain(f"{held} of {crises}: {share(held / crises)} {interval} ") in briefing


def test_the_margins_of_ordinary_days(tmp_path: Path) -> None:
    store = synthetic.sealed(tmp_path, [range(12)], 12)
    campaign = synthetic.campaign()
    summary = summarise(store, campaign.id)
    shown = Shown(campaign=campaign, store=store, summary=summary)
    details = on_one_line(lines_of(details_of(shown), 400))
    page = Text(report_of(store, campaign.id, REAL).page()).text
    told = [name for name, each in INDICATORS.items() if each.read_first and name in summary.added]
    for name in told:
        ((mean, deviation, count, p05, p95),) = duckdb.execute(f"""
            select avg({name}), stddev_samp({name}), count({name}), quantile_cont({name}, 0.05),
                quantile_cont({name}, 0.95)
            from '{store.path}/replications/campaign={campaign.id}/*.parquet'
        """).fetchall()
        found = replace(
            summary.indicators[name], mean=mean, mean_ci=student(mean, deviation, count), p05=p05, p95=p95
        )
        row = row_of(name, found)
        assert row.margin.startswith("±")
        line = plain(f"{row.name} {row.mean} {row.margin} {row.usual}")
        assert line in details
        assert line in page
    assert len(told) > 6


def test_what_an_alternative_avoids(compared: tuple[Store, str]) -> None:
    store, name = compared
    comparison = results.compare(store, name)
    terminal = on_one_line(
        lines_of(page_of(Compared(reference=ATTACK, store=store, comparison=comparison)), 400)
    )
    page = Text(report_of(store, name, REAL).page()).text
    helped = [
        plain(point)
        for part in levers(evidence_of(store, ATTACK.id, REAL)).parts
        if isinstance(part, Listed)
        for point in part.points
    ]
    ((mean, deviation, count, better, worse),) = duckdb.execute(f"""
        select avg(apart), stddev_samp(apart), count(*), avg((apart < 0)::int), avg((apart > 0)::int)
        from (
            select prepared.ed_visits_unmet - today.ed_visits_unmet as apart
            from '{store.path}/replications/campaign={PREPARED.id}/*.parquet' as prepared
            join '{store.path}/replications/campaign={ATTACK.id}/*.parquet' as today using (replication)
            where today.went_off_h is not null or prepared.went_off_h is not null
        )
    """).fetchall()
    low, high = student(mean, deviation, count)
    decimals = decimals_for(high - low)
    (charts,) = [part for part in differences(comparison).parts if isinstance(part, Charts)]
    (chart,) = [each for each in charts.charts if each.name == "difference-ed_visits_unmet"]
    (row,) = chart.table.rows
    assert row[1:3] == (signed(mean, decimals), between(signed(low, decimals), signed(high, decimals)))
    (line,) = chart.drawn["data"]["values"]
    assert (line["low"], line["high"]) == pytest.approx((low, high), abs=0.01)
    ends = between(*(number(end, decimals) for end in sorted((abs(low), abs(high)))))
    often = f"better in {share(better)} of crises, worse in {share(worse)}"
    clause = plain(f"per crisis ({ends} with 95 % confidence); {often}")
    assert clause in terminal
    assert clause in page
    assert any(clause in point for point in helped)


def test_in_how_many_crises_care_holds_with_each(compared: tuple[Store, str]) -> None:
    store, _name = compared
    scenario, twin = ATTACK.scenario, store.description(ATTACK.id).ordinary
    care = [
        {"indicator": each.indicator, "at_most": each.at_most}
        for each in scenario.thresholds
        if each.indicator not in DEADLINES
    ]
    broken = " or ".join(f"({one})" for one in broken_by(care, scenario.horizon_h))
    (before, crises, _all), (after, _crises, _whole) = (
        BySql(store.path, campaign.id, twin).kept(broken) for campaign in (ATTACK, PREPARED)
    )
    points = [
        plain(point)
        for part in levers(evidence_of(store, ATTACK.id, REAL)).parts
        if isinstance(part, Listed)
        for point in part.points
    ]
    assert f"care holds in {after} of {crises} crises instead of {before}" in points
