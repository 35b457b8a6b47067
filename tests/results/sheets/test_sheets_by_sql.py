"""What comes to an establishment, and on what its care turns, is what SQL finds in the files."""

from collections import Counter
from collections.abc import Sequence

import duckdb
import numpy as np

from results import Store
from results.presentation.numbers import number
from results.presentation.story.chain import Row, chain_to, events_of
from results.report.parts import Charts, Listed, Table
from results.sheets.arrivals import RECEIVED
from results.sheets.chains import OF_OTHERS, WARDS
from results.sheets.findings import Findings
from results.sheets.sections.others import others_fall
from results.sheets.sections.own_fall import own_fall
from results.sheets.sections.prepare import prepare
from results.sheets.sections.weakest import dependences_of, weakest
from simulation import Campaign
from tests.regions import ALONE, FIRST, SECOND
from tests.results.report.conftest import REPLICATIONS
from tests.results.sheets.by_sql import (
    STEP,
    fallen_in,
    files,
    ranged,
    steps_beside_twin,
)


def test_who_comes_while_others_fall_is_what_sql_finds(
    store: Store, attacked: Campaign, findings: Findings
) -> None:
    """Line by line, from the hour in which the first of the others fell, beside the twin."""
    found = steps_beside_twin(store, attacked, ALONE, 24)
    crises = {row[0] for row in found}
    assert crises
    assert len(found) == 7 * len(crises)
    days = {
        name: np.array([row[place] for row in found], float).reshape(-1, 7) for name, place in STEP.items()
    }
    section = others_fall(findings, ALONE)
    arrivals, beds = [part for part in section.parts if isinstance(part, Table)]
    for row, name in zip(arrivals.rows, ("received", *RECEIVED), strict=True):
        assert row[1:] == tuple(ranged(*days[name][:, :end].sum(axis=1)).added() for end in (1, 3, 7))
    for row, kind in zip(beds.rows, ("critical", "medicine"), strict=True):
        assert row[3] == ranged(*days[kind].max(axis=1)).added()
        assert row[2] == number(float(days[f"{kind}_taken"].mean()))


def test_the_curve_is_what_sql_finds_step_by_step(
    store: Store, attacked: Campaign, findings: Findings
) -> None:
    """As it is drawn, and as the table beside it tells it."""
    found = [row for row in steps_beside_twin(store, attacked, ALONE, 6) if row[1] < 72 / 6]
    (charts,) = [part for part in others_fall(findings, ALONE).parts if isinstance(part, Charts)]
    (chart,) = charts.charts
    steps = [ranged(*(row[STEP["received"]] for row in found if row[1] == step)) for step in range(12)]
    assert chart.drawn["data"]["values"] == [
        {"from": 6 * step, "to": 6 * step + 6, "low": one.low, "mid": one.median, "high": one.high}
        for step, one in enumerate(steps)
    ]
    assert list(chart.table.rows) == [
        (f"{6 * step}–{6 * step + 6}", number(one.low), number(one.median), number(one.high))
        for step, one in enumerate(steps)
    ]
    assert any(one.median for one in steps)


def test_beds_to_prepare_are_those_of_the_busiest_day(
    store: Store, attacked: Campaign, findings: Findings
) -> None:
    found = steps_beside_twin(store, attacked, ALONE, 24)
    most = {kind: max(row[STEP[kind]] for row in found) for kind in ("critical", "medicine")}
    words = {"critical": "of critical care", "medicine": "of medicine and surgery"}
    told = " and ".join(f"{number(most[kind])} {words[kind]}" for kind in words if round(most[kind]) > 0)
    (listed,) = prepare(findings, ALONE).parts
    assert isinstance(listed, Listed)
    assert any(f"Beds for the worst of these crises: {told}. Say" in point for point in listed.points)


def test_who_falls_and_what_it_costs_is_what_the_timeline_counts(
    store: Store, attacked: Campaign, findings: Findings
) -> None:
    fallen = fallen_in(store, attacked, FIRST)
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
    assert f"{ranged(*(float(unmet[number]) for number in fallen)).counted()} not cared for" in prose
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
