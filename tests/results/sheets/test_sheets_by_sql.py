"""Every figure on a sheet is the one that SQL finds in the files, and their sums are the region's."""

from collections import Counter
from collections.abc import Sequence

import duckdb
import numpy as np
import pytest

from results import Store
from results.presentation.numbers import number
from results.presentation.story.chain import Row, chain_to, events_of
from results.report.parts import Charts, Table
from results.sheets.chains import OF_OTHERS, WARDS
from results.sheets.findings import Findings
from results.sheets.index import section_of
from results.sheets.sections.others import others_fall
from results.sheets.sections.own_fall import own_fall
from results.sheets.sections.weakest import dependences_of, weakest
from results.sheets.sheet import Sheets
from results.sheets.spread import Spread
from simulation import Campaign
from tests.regions import ALONE, FIRST, SECOND
from tests.results.report.conftest import REPLICATIONS

STREAMS = "('emergency_adult', 'emergency_paediatric', 'critical_care', 'medicine')"


def files(store: Store, table: str) -> str:
    return f"read_parquet('{store.path}/{table}/*/*.parquet', hive_partitioning = true)"


def ranged(*values: float) -> Spread:
    return Spread(len(values), float(np.median(values)), min(values), max(values))


def test_sums_of_the_sheets_are_those_of_the_region(
    store: Store, attacked: Campaign, findings: Findings
) -> None:
    found = duckdb.execute(f"""
        select sum(diverted_in) filter (stream in {STREAMS}) as received,
            sum(diverted_out) filter (stream like 'emergency%') as sent
        from {files(store, "hours")} where campaign = '{attacked.id}' group by replication order by replication
    """).fetchall()
    assert sum(received for received, _ in found) > 0
    assert findings.asked.received_in_all.sum(axis=1).tolist() == [received for received, _ in found]
    assert findings.asked.sent_in_all.sum(axis=1).tolist() == [sent for _, sent in found]
    (_, table) = section_of(findings, Sheets(findings)).parts
    assert isinstance(table, Table)
    received, sent = (sum(some) / REPLICATIONS for some in zip(*found, strict=True))
    assert table.rows[-1][4:6] == (number(received, 1), number(sent, 1))
    sheets = [row for row in table.rows if len(row) > 1][:-1]
    assert len(sheets) == len(attacked.region.establishments)
    for column, whole in ((4, received), (5, sent)):
        each = [float(row[column].replace(",", "")) for row in sheets]
        assert sum(each) == pytest.approx(whole, abs=0.05 * len(sheets))


def test_who_comes_while_others_fall_is_what_sql_finds(
    store: Store, attacked: Campaign, findings: Findings
) -> None:
    """Hour by hour, from the hour in which the first of the others fell, beside the twin."""
    mine, calm = attacked.id, store.description(attacked.id).ordinary
    found = duckdb.execute(f"""
        with falls as (
            select replication, finess, least(impact_h, switched_off_h, ed_shut_h) as at_h
            from {files(store, "establishments")} where campaign = '{mine}'
        ),
        since as (
            select replication, floor(min(at_h))::int as begins from falls where finess <> '{ALONE}'
            group by replication having min(at_h) is not null
                and replication not in (select replication from falls where finess = '{ALONE}' and at_h is not null)
        ),
        steps as (
            select replication, campaign, (hour - begins) // 24 as day, sum(ed_received) as ed,
                sum(ed_received + critical_received + medicine_received) as arrived,
                avg(critical_in_care + critical_waiting) as critical,
                avg(medicine_in_care) as taken
            from {files(store, "establishment_hours")} join since using (replication)
            where finess = '{ALONE}' and hour >= begins and hour < begins + 168 group by all
        )
        select replication, day, mine.arrived - calm.arrived, mine.ed - calm.ed,
            mine.critical - calm.critical, calm.taken
        from steps as mine join steps as calm using (replication, day)
        where mine.campaign = '{mine}' and calm.campaign = '{calm}' order by replication, day
    """).fetchall()
    crises = sorted({row[0] for row in found})
    assert crises
    assert len(found) == 7 * len(crises)
    days = {column: np.array([row[column] for row in found], float).reshape(-1, 7) for column in (2, 3, 4, 5)}
    section = others_fall(findings, ALONE)
    arrivals, beds = [part for part in section.parts if isinstance(part, Table)]
    windows = (1, 3, 7)
    assert arrivals.rows[0][1:] == tuple(ranged(*days[2][:, :end].sum(axis=1)).added() for end in windows)
    assert arrivals.rows[1][1:] == tuple(ranged(*days[3][:, :end].sum(axis=1)).added() for end in windows)
    assert beds.rows[0][3] == ranged(*days[4].max(axis=1)).added()
    assert beds.rows[1][2] == number(float(days[5].mean()))
    (charts,) = [part for part in section.parts if isinstance(part, Charts)]
    drawn = charts.charts[0].drawn["data"]["values"]
    assert [(row["from"], row["to"]) for row in drawn] == [(hour, hour + 6) for hour in range(0, 72, 6)]
    if len(crises) == 1:
        assert sum(row["mid"] for row in drawn) == days[2][0, :3].sum()


def test_who_falls_and_what_it_costs_is_what_the_timeline_counts(
    store: Store, attacked: Campaign, findings: Findings
) -> None:
    fallen = duckdb.execute(f"""
        select replication from {files(store, "establishments")}
        where campaign = '{attacked.id}' and finess = '{FIRST}'
            and least(impact_h, switched_off_h, ed_shut_h) is not null
        order by all
    """).fetchall()
    assert fallen
    unmet, turned_on = Counter[int](), dict[str, Counter[int]]()
    for replication in range(REPLICATIONS):
        events = events_of(store, attacked.id, replication)
        for row in (each for each in events if each["finess"] == FIRST and each["patients"]):
            chain, stream = chain_to(events, row["event"]), row["detail"].split()[-1]
            if chain[0]["kind"] == "ordinary_life" or stream not in WARDS:
                continue
            unmet[replication] += row["patients"] * (row["kind"] == "patients_unmet")
            for name in leaned_on(since_a_neighbour(chain), stream, findings):
                turned_on.setdefault(name, Counter())[replication] += row["patients"]
    prose = " ".join(own_fall(findings, FIRST).parts[0].sentences)  # type: ignore[union-attr]
    assert f"You fall in {len(fallen)} of {REPLICATIONS} simulated crises" in prose
    assert f"{ranged(*(float(unmet[number]) for (number,) in fallen)).counted()} not cared for" in prose
    ways = duckdb.execute(f"""
        select via_link, count(*) from {files(store, "establishments")}
        where campaign = '{attacked.id}' and finess = '{SECOND}' and compromised group by all
    """).fetchall()
    assert {
        (None if kind is None else str(kind), count) for kind, count in findings.ways_in[SECOND].items()
    } == {*ways}
    assert "record" in turned_on
    assert findings.chains.turned_on[FIRST] == turned_on


def since_a_neighbour(chain: Sequence[Row]) -> Sequence[Row]:
    """Its part that is the establishment's own: what follows the last overload by patients of others."""
    for place in range(len(chain) - 1, 0, -1):
        if chain[place]["kind"] in OF_OTHERS and chain[place]["finess"] != chain[place - 1]["finess"]:
            return chain[place:]
    return chain


def leaned_on(chain: Sequence[Row], stream: str, findings: Findings) -> set[str]:
    """Applications that were down there and cost the stream something, and what is linked to the establishment."""
    costs = findings.evidence.inputs["parameters"]["outages"]["costs"]
    costly = {each["application"] for each in costs if each["stream"] == stream}
    lost = [
        name
        for each in chain
        if each["kind"] == "applications_down" and each["finess"] == FIRST
        for name in each["detail"].split(", ")
    ]
    places = {each["finess"] or each["detail"].split(" ")[0] for each in chain}
    return {name for name in lost if name in costly} | (places & findings.linked[FIRST].keys())


def test_the_weakest_come_first_and_what_never_cost_anything_last(findings: Findings) -> None:
    for finess in (FIRST, SECOND, ALONE):
        every = dependences_of(findings, finess)
        totals = [one.patients.total() for one in every]
        assert totals == sorted(totals, reverse=True)
        (table, _prose) = weakest(findings, finess).parts
        assert isinstance(table, Table)
        assert len(table.rows) == min(3, len(every))
        for row, one in zip(table.rows, every, strict=False):
            assert row[1] == (number(len(one.patients)) if one.patients else "never")
            assert len(one.patients) <= REPLICATIONS
