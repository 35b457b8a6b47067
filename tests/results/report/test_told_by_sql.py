"""Every number that the terminal and the page tell of a campaign is the one that DuckDB finds in the Parquet files."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from flows.cli.briefing import HEADLINES, Shown, briefing_of
from flows.cli.details import details_of
from results import Added, Store, summarise
from results.presentation import language
from results.presentation.language import of
from results.presentation.numbers import calendar_day, instant, number, share
from results.presentation.regions.departments import department_in_words
from results.presentation.story.gravest import MET
from results.presentation.tabled import WAITS_READ_FIRST, added_row, signed
from results.presentation.wording import SIGNS, care_word, name_of, systems_word
from results.report import report_of
from results.report.evidence import Evidence, evidence_of
from results.report.parts import Charts, Table
from results.report.sections.added import added
from results.report.sections.curves import curves
from results.report.sections.first_break import first_break
from results.report.sections.harm.harmed import COUNTED, harmed
from results.report.sections.harm.spreads import LOW_HIGH
from simulation.inputs.indicators.bounds import DEADLINES
from simulation.inputs.indicators.registry import INDICATORS, THEMES
from simulation.inputs.streams import Stream
from tests.flows.cli.page.made_up import lines_of
from tests.flows.commands import plain
from tests.results import synthetic
from tests.results.analysis.test_by_sql import LATE
from tests.results.report.by_sql import BySql
from tests.results.report.harmed import CRISES
from tests.results.report.test_page import REAL, Text
from tests.results.synthetic import SITES

SITES_OF = ("establishments_impacted", "establishments_without_service")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")


@pytest.fixture
def evidence(harmed_store: Store) -> Evidence:
    return evidence_of(harmed_store, synthetic.attack().id, REAL)


@pytest.fixture
def sql(harmed_store: Store) -> BySql:
    campaign = synthetic.attack().id
    return BySql(harmed_store.path, campaign, harmed_store.description(campaign).ordinary)


@pytest.fixture
def told(harmed_store: Store) -> dict[str, str]:
    """What is read first on the terminal, all of it there, and the page, each on one line."""
    campaign = synthetic.attack()
    shown = Shown(
        campaign=campaign,
        store=harmed_store,
        summary=summarise(harmed_store, campaign.id),
    )
    page = Text(report_of(harmed_store, campaign.id, REAL).page()).text
    lines = {
        "briefing": lines_of(briefing_of(shown), 400),
        "details": lines_of(details_of(shown), 400),
    }
    return {name: " ".join(" ".join(some).split()) for name, some in lines.items()} | {"page": page}


def everywhere(told: dict[str, str], sentence: str) -> None:
    """It is told on the terminal and on the page."""
    assert [name for name, text in told.items() if plain(sentence) not in text] == []


def on_the_whole(told: dict[str, str], sentence: str) -> None:
    """It is told where all is, not where little is read first."""
    everywhere({name: text for name, text in told.items() if name != "briefing"}, sentence)


def broken_by(thresholds: list[dict[str, object]], horizon_h: int) -> list[str]:
    """When each threshold is not kept, as conditions of SQL."""
    found = []
    for each in thresholds:
        late = LATE.get(
            str(each["indicator"]), f"asked.{each['indicator']} - calm.{each['indicator']} > {{at_most}}"
        )
        found.append(late.format(at_most=each["at_most"], horizon_h=horizon_h))
    return found


def test_how_often_it_went_off_how_far_it_came_and_what_held(
    told: dict[str, str], sql: BySql, evidence: Evidence
) -> None:
    ((count, whole),) = sql.rows("select count(went_off_h), count(*) from asked")
    assert (count, whole) == (CRISES, CRISES + 2)
    everywhere(told, f"It went off in {count} of {whole} simulations: {share(count / whole)}.")
    for column, sentence in zip(
        SITES_OF,
        (
            "Establishments hit: {} in the median",
            "Establishments that lost a shared service: {} in the median",
        ),
        strict=True,
    ):
        median, one_in_ten = sql.reach(column)
        if column == "establishments_impacted" or one_in_ten:
            on_the_whole(
                told, f"{sentence.format(number(median))} crisis, {number(one_in_ten)} or more in one of ten."
            )
    scenario = evidence.inputs["scenario"]
    for systems, sentence in (
        (False, "What the attack adds stayed within every threshold"),
        (True, "Every deadline was kept"),
    ):
        mine = [each for each in scenario["thresholds"] if (each["indicator"] in DEADLINES) == systems]
        conditions = broken_by(mine, scenario["horizon_h"])
        held, crises, held_of_all = sql.kept(" or ".join(f"({one})" for one in conditions))
        on_the_whole(
            told,
            f"{sentence} in {held} of the {crises} crises in which it went off: {share(held / crises)} (",
        )
        word = systems_word(evidence.summary) if systems else care_word(evidence.summary)
        assert f"{word.upper()} {held} of {crises}: {plain(share(held / crises))} " in told["briefing"]
        on_the_whole(told, f"those in which nothing went off included: {share(held_of_all / whole)}.")
        assert f"(all kept in {held} of {crises} crises)." in told["page"]
        for each, condition in zip(mine, conditions, strict=True):
            kept, _crises, _all = sql.kept(condition)
            assert f"{each['reason']['en']} {kept} of {crises}: {plain(share(kept / crises))}" in told["page"]
            assert f"{plain(share(kept / crises))} {each['reason']['en']}" in told["details"]


def test_what_the_attack_adds(told: dict[str, str], sql: BySql, evidence: Evidence) -> None:
    names = [
        name
        for indicators in THEMES.values()
        for name, each in indicators.items()
        if each.read_first and name in evidence.summary.added
    ]
    table, *_waits = [part for part in added(evidence).parts if isinstance(part, Table)]
    cells = {row[0]: row[1:] for row in table.rows if len(row) > 1}
    assert set(cells) == set(map(name_of, names))
    for name in names:
        ordinary, median, one_in_ten, worst = sql.added(name)
        found: Added = replace(
            evidence.summary.added[name], ordinary=ordinary, median=median, one_in_ten=one_in_ten, worst=worst
        )
        row = added_row(name, found)
        assert cells[row.name] == (row.ordinary, row.median, row.one_in_ten, row.worst)
        line = f"{row.name} {row.ordinary} {row.median} {row.one_in_ten} {row.worst}"
        (everywhere if name in HEADLINES else on_the_whole)(told, line)
    assert set(HEADLINES) & set(names)


def test_how_long_it_takes(sql: BySql, evidence: Evidence) -> None:
    horizon_h = evidence.inputs["scenario"]["horizon_h"]
    _added, table = [part for part in added(evidence).parts if isinstance(part, Table)]
    cells = {row[0]: row for row in table.rows}
    for name in WAITS_READ_FIRST:
        wait = INDICATORS[name].wait
        assert wait is not None
        concerned = f"{wait.over or wait.since} is not null"
        over = wait.over or f"{name} is not null"
        since = wait.since or "0"
        count, half = sql.waited(concerned, over, f"coalesce({name}, {horizon_h} - {since})")
        assert cells[name_of(name)][1] == number(count)
        assert evidence.summary.waits[name].median == half
        if count and half is None:
            assert "by the end" in cells[name_of(name)][2]
    assert sum(each.concerned > 0 for each in evidence.summary.waits.values()) > 1


def test_where_care_gives_way_first(told: dict[str, str], sql: BySql, evidence: Evidence) -> None:
    scenario = evidence.inputs["scenario"]
    care = [each for each in scenario["thresholds"] if each["indicator"] not in DEADLINES]
    broken = " or ".join(f"({one})" for one in broken_by(care, scenario["horizon_h"]))
    finess, sign, of_all, median_h = sql.first_sign(broken)
    at = instant(evidence.summary.start, round(median_h))
    everywhere(told, f"most often: {SITES[finess]}.")
    what = SIGNS[sign][:1].upper() + SIGNS[sign][1:]
    everywhere(told, f"{what}, around {at}, in {share(of_all)} of the crises in which care does not hold.")


def test_the_departments_of_the_terminal(told: dict[str, str], sql: BySql) -> None:
    (latest, minutes), (farthest, beyond) = sql.latest_department(), sql.farthest_department()
    assert (
        f"wait longest: {department_in_words(latest)}, {number(minutes, 1)} min after the journey"
        in told["details"]
    )
    assert f"leave home: {department_in_words(farthest)}, {plain(share(beyond))} of them" in told["details"]


def test_what_followed_from_the_first_act_of_the_two_crises_that_are_told(
    sql: BySql, evidence: Evidence
) -> None:
    tolls = [part for part in first_break(evidence).parts if isinstance(part, Table)]
    told = (evidence.summary.median_replication, evidence.summary.worst_replication)
    for toll, replication in zip(tolls, told, strict=True):
        found = {(kind, stream): patients for kind, stream, patients in sql.followed(replication)}
        kinds = [kind for kind in MET if any(kind == met for met, _stream in found)]
        wanted = [
            (of(stream.label), *(number(found.get((str(kind), str(stream)), 0)) for kind in kinds))
            for stream in Stream
            if any(str(stream) == name for _kind, name in found)
        ]
        assert list(toll.rows) == wanted
        assert wanted


def test_each_stream_that_is_harmed(sql: BySql, evidence: Evidence) -> None:
    streams, *_departments = [part for part in harmed(evidence).parts if isinstance(part, Table)]
    wanted: list[tuple[str, ...]] = []
    crises = [number for (number,) in sql.rows("select replication from crises order by replication")]
    for kind, heading in COUNTED.items():
        rows = [*spreads(sql, kind, crises)]
        wanted += [(heading,), *rows] if rows else []
    assert list(streams.rows) == wanted
    assert len(wanted) > 1


def spreads(sql: BySql, kind: str, crises: list[int]) -> Iterator[tuple[str, ...]]:
    """A row for each stream to which it adds something."""
    found = {}
    for events in ("events", "events_calm"):
        for replication, stream, patients in sql.tolls(events, kind):
            found[events, replication, stream] = float(patients)
    for stream in Stream:
        asked, calm = (
            np.array([found.get((events, replication, stream), 0.0) for replication in crises])
            for events in ("events", "events_calm")
        )
        if (asked - calm).any():
            low, high = np.quantile(asked - calm, LOW_HIGH)
            yield (
                of(stream.label),
                number(float(np.median(calm))),
                signed(float(np.median(asked - calm))),
                f"{signed(low)} to {signed(high)}",
                signed((asked - calm).max()),
            )


def test_each_curve_is_the_busiest_hour_of_each_day(sql: BySql, evidence: Evidence) -> None:
    (charts,) = [part for part in curves(evidence).parts if isinstance(part, Charts)]
    drawn = {chart.name: chart.table.rows for chart in charts.charts}
    for stream in (name.removeprefix("curve-") for name in drawn):
        both = []
        for bands in ("bands", "bands_calm"):
            both.append(
                sql.rows(f"""
                select day, max(p05), max(p50), max(p95) from {bands}
                where ght is null and measure = 'waiting' and stream = '{stream}' group by day order by day
            """)
            )
        wanted = [
            (calendar_day(day), *map(number, mine), *map(number, others))
            for (day, *mine), (_day, *others) in zip(*both, strict=True)
        ]
        assert list(drawn[f"curve-{stream}"]) == wanted
    assert drawn
