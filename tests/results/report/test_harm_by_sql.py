"""Who is harmed in each department, and what goes with a place that is down, are what SQL finds in the tables."""

from pathlib import Path

import duckdb
import pytest

from results import Store
from results.presentation import language
from results.presentation.numbers import share
from results.presentation.regions.departments import department_in_words
from results.presentation.tabled import signed
from results.report.evidence import Evidence, evidence_of
from results.report.parts import Table
from results.report.sections.harm.by_department import COUNTED, departments
from results.report.sections.harm.weak_points import weak_points
from tests.flows.commands import plain
from tests.results import synthetic
from tests.results.analysis.test_summary import CALM, OFF
from tests.results.report.harmed import CRISES
from tests.results.report.test_extremes import FIRST, HIT, STORY, calm, outcome
from tests.results.report.test_page import REAL
from tests.results.synthetic import SITES


@pytest.fixture
def evidence(harmed_store: Store, monkeypatch: pytest.MonkeyPatch) -> Evidence:
    monkeypatch.setenv(language.VARIABLE, "en")
    return evidence_of(harmed_store, synthetic.attack().id, REAL)


def differences(evidence: Evidence, asked: str, ordinary: str) -> str:
    """Rows of what each crisis has in each department, beside the same days."""
    path = evidence.snapshot.sealed[0][0].store
    campaign, twin = evidence.summary.campaign, evidence.summary.ordinary
    return f"""
        select mine.department, {asked} - {ordinary} as added, {ordinary} as calm
        from '{path}/departments/campaign={campaign}/*.parquet' as mine
        join '{path}/departments/campaign={twin}/*.parquet' as twin using (replication, department)
        join '{path}/replications/campaign={campaign}/*.parquet' as whole using (replication)
        where whole.went_off_h is not null
    """


def test_each_department_has_what_sql_finds(evidence: Evidence) -> None:
    (table,) = departments(evidence)
    mean = "time_critical_delay_min / {side}.time_critical_taken"
    counts = [(f"mine.{name}", f"twin.{name}", 0) for name in COUNTED]
    means = [(f"mine.{mean.format(side='mine')}", f"twin.{mean.format(side='twin')}", 1)]
    told = [tuple(plain(cell) for cell in row) for row in table.rows if len(row) > 1]
    wanted = []
    for asked, ordinary, decimals in [*counts, *means]:
        found = duckdb.execute(f"""
            select department, median(calm), median(added), quantile_cont(added, 0.05), quantile_cont(added, 0.95),
                max(added)
            from ({differences(evidence, asked, ordinary)}) group by department order by department
        """).fetchall()
        for department, before, *ends in found:
            middle, low, high, worst = (signed(end, decimals) for end in ends)
            row = (
                department_in_words(department),
                f"{before:.{decimals}f}",
                middle,
                f"{low} to {high}",
                worst,
            )
            wanted.append(tuple(plain(cell) for cell in row))
    assert told == wanted
    assert len(wanted) == 2 * (len(COUNTED) + 1)


def test_with_a_place_down_and_without_are_the_crises_that_sql_finds(evidence: Evidence) -> None:
    path = evidence.snapshot.sealed[0][0].store
    campaign, twin = evidence.summary.campaign, evidence.summary.ordinary
    *_, table = [part for part in weak_points(evidence).parts if isinstance(part, Table)]
    found = duckdb.execute(f"""
        with downs as (
            select distinct replication, finess from '{path}/timeline/campaign={campaign}/*.parquet'
            where kind in ('impact', 'switched_off')
        ), crises as (
            select replication, mine.ed_visits_unmet - twin.ed_visits_unmet as added,
                exists (from downs where downs.replication = mine.replication and finess = '{FIRST}') as down,
                (select count(*) from downs where downs.replication = mine.replication and finess <> '{FIRST}')
                    as others
            from '{path}/replications/campaign={campaign}/*.parquet' as mine
            join '{path}/replications/campaign={twin}/*.parquet' as twin using (replication)
            where mine.went_off_h is not null
        )
        select count(*), median(added), quantile_cont(added, 0.9), median(others) from crises group by down
        order by down desc
    """).fetchall()
    (down, middle, one_in_ten, others), (up, middle_up, _few, others_up) = found
    assert (down, up) == (CRISES - 2, 2)
    assert table.rows[0] == (SITES[FIRST],)
    told = [tuple(plain(cell) for cell in row) for row in table.rows[1:3]]
    assert told == [
        ("it went down", "11", plain(signed(middle)), plain(signed(one_in_ten)), f"{others:.0f}"),
        ("it did not", "2", plain(signed(middle_up)), "–", f"{others_up:.0f}"),
    ]


def test_where_a_place_is_down_in_every_crisis_nothing_is_said_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    whole = outcome(0, OFF, hit=True, story=(*STORY, HIT))
    store = synthetic.sealed_beside(tmp_path, [whole], [calm(0)])
    *_, table = [
        part
        for part in weak_points(evidence_of(store, synthetic.attack().id, REAL)).parts
        if isinstance(part, Table)
    ]
    assert table.rows[2] == ("it did not", "0", "–", "–", "–")


SECOND = list(SITES)[1]
OVER_TWO = (
    *STORY[:3],
    ("foothold", SECOND, 2, "", None),
    ("patients_unmet", SECOND, 3, "emergency_adult", 11),
    ("patients_unmet", FIRST, 2, "emergency_paediatric", 5),
    ("patients_unmet", FIRST, 2, "surgery_scheduled", 70),
    ("patients_unmet", SECOND, 0, "emergency_adult", 90),
)
"""Sixteen emergency patients whom the attack harms, eleven of them over two places."""


def test_the_places_on_the_chains_are_those_that_sql_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    stories = (OVER_TWO, STORY, OVER_TWO, STORY[:3])
    asked = [outcome(number, OFF, hit=True, story=story) for number, story in enumerate(stories)]
    quiet = outcome(len(stories), CALM, hit=False, story=OVER_TWO)
    store = synthetic.sealed_beside(tmp_path, [*asked, quiet], [calm(number) for number in range(5)])
    evidence = evidence_of(store, synthetic.attack().id, REAL)
    table, *_when_down = [part for part in weak_points(evidence).parts if isinstance(part, Table)]
    campaign = evidence.summary.campaign
    found = duckdb.execute(f"""
        with recursive events as (
            select * from '{tmp_path}/timeline/campaign={campaign}/*.parquet'
            semi join (
                from '{tmp_path}/replications/campaign={campaign}/*.parquet' where went_off_h is not null
            ) using (replication)
        ), ends as (
            select replication, event, patients from events
            where kind = 'patients_unmet' and string_split(detail, ' ')[-1] like 'emergency_%'
        ), ways as (
            select replication, event as met, patients, event, cause, finess, kind
            from events semi join ends using (replication, event)
            union all
            select events.replication, met, ways.patients, events.event, events.cause, events.finess, events.kind
            from events join ways on events.replication = ways.replication and events.event = ways.cause
        ), chains as (
            select replication, met, any_value(patients) as patients, list_distinct(list(finess)) as places
            from ways group by replication, met having not bool_or(kind = 'ordinary_life')
        ), reached as (select replication, patients, unnest(places) as place from chains)
        select place, count(distinct replication), sum(patients), (select sum(patients) from chains)
        from reached where place is not null group by place order by sum(patients) desc, place
    """).fetchall()
    wanted = [
        (SITES[place], share(crises / len(stories)), share(patients / whole), "0")
        for place, crises, patients, whole in found
    ]
    assert list(table.rows) == wanted
    assert [row[0] for row in wanted] == [SITES[FIRST], SITES[SECOND]]
