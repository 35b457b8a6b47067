"""A page says what the store holds, in either language, and shows any name as it is written."""

import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import numpy as np
import pytest

import results
from results import Store
from results.analysis.compared.passed_through import ways_of
from results.presentation import language
from results.presentation.numbers import number
from results.presentation.story.chain import chain_to, events_of
from results.report import Asked, NamesShown, Tlp, report_of
from results.report.evidence import evidence_of
from results.report.heading import heading_of
from results.report.parts import Charts, Steps, Table
from results.report.sections.curves import curves
from results.report.sections.first_break import first_break
from results.report.sections.harm.harmed import harmed
from results.report.sections.responders import responders
from results.report.typeset import as_data
from simulation import Campaign
from tests.flows.commands import plain
from tests.results import synthetic
from tests.results.report.conftest import NAMES, REPLICATIONS
from topologies.errors import BadStore

REAL = Asked(tlp=Tlp.AMBER, names=NamesShown.REAL)
HIDDEN = replace(REAL, names=NamesShown.ANONYMISED)
MOST_BYTES = 3_000_000


class Text(HTMLParser):
    """The text of a page, and where it would fetch something from."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.fetched: list[str] = []
        self.tags: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        self.tags.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in {"src", "href", "data", "action"}]

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in {"script", "style"}:
            self.words.append(data)

    @property
    def text(self) -> str:
        return plain(" ".join(" ".join(self.words).split()))


def test_a_page_fetches_nothing_and_is_light(written: Path) -> None:
    page = written.read_text("utf-8")
    assert len(page.encode()) < MOST_BYTES
    told = Text(page)
    assert all(address.startswith(("#", "data:")) for address in told.fetched)
    assert "default-src 'none'" in page
    assert '<html lang="fr">' in page
    assert "TLP:AMBER+STRICT" in told.text


def test_a_page_opens_no_table_of_hours_and_no_commune(
    store: Store, attacked: Campaign, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(language.VARIABLE, "fr")
    shutil.copytree(store.path, tmp_path / "store")
    for table in ("hours", "establishment_hours", "communes", "parameters"):
        shutil.rmtree(tmp_path / "store" / table)
    asked = replace(REAL, tlp=Tlp.AMBER_STRICT)
    assert report_of(results.open(tmp_path / "store"), attacked.id, asked).page() == written.read_text(
        "utf-8"
    )


def test_names_appear_as_text_whatever_they_hold(written: Path) -> None:
    told = Text(written.read_text("utf-8"))
    assert told.tags.count("script") == written.read_text("utf-8").count("<script")
    shown = plain(" ".join(NAMES.values())).replace("\u202e", "\\u202e")
    assert any(plain(name).replace("\u202e", "\\u202e") in told.text for name in NAMES.values()), shown
    assert "\u202e" not in told.text
    assert "window.pwned" not in "".join(
        re.findall(r"<script[^>]*>(.*?)</script>", written.read_text("utf-8"), re.S)
    )


def test_the_same_is_written_on_paper_whatever_names_hold(
    store: Store, attacked: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(language.VARIABLE, "fr")
    pdf = report_of(store, attacked.id, REAL).pdf()
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) < MOST_BYTES
    assert report_of(store, attacked.id, REAL).pdf() == pdf


def test_on_paper_each_curve_has_its_numbers(
    store: Store, attacked: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(language.VARIABLE, "fr")
    evidence = evidence_of(store, attacked.id, REAL)
    section = curves(evidence)
    (charts,) = [part for part in section.parts if isinstance(part, Charts)]
    (paper,) = json.loads(as_data(heading_of(evidence), [section]))["sections"]
    (told,) = [part for part in paper["parts"] if "charts" in part]
    assert [each["table"]["rows"] for each in told["charts"]] == [
        [list(row) for row in chart.table.rows] for chart in charts.charts
    ]
    assert all(chart.table.rows for chart in charts.charts)


def test_without_names_nothing_tells_who_is_meant(
    store: Store, attacked: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    page = report_of(store, attacked.id, HIDDEN).page()
    told = Text(page).text
    assert "Establishment 1" in told
    for site in attacked.region.establishments.values():
        assert plain(site.name) not in told
        assert site.finess not in page
        assert not site.ght or site.ght not in told


@pytest.mark.parametrize("said", ["fr", "en"])
def test_what_the_attack_adds_is_what_sql_finds(
    store: Store, attacked: Campaign, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv(language.VARIABLE, said)
    told = Text(report_of(store, attacked.id, REAL).page()).text
    ordinary = store.description(attacked.id).ordinary
    found = duckdb.execute(f"""
        select median(mine.ed_visits_unmet - calm.ed_visits_unmet), max(mine.ed_visits_unmet - calm.ed_visits_unmet),
            count(*)
        from read_parquet('{store.path}/replications/campaign={attacked.id}/*.parquet') as mine
        join read_parquet('{store.path}/replications/campaign={ordinary}/*.parquet') as calm using (replication)
        where mine.went_off_h is not null
    """).fetchall()
    ((_median, worst, crises),) = found
    assert f"+ {plain(number(worst))}" in told
    assert crises == REPLICATIONS
    sentence = "déclenchée dans 6 simulations" if said == "fr" else "went off in 6 of 6 simulations"
    assert sentence in told


def test_curves_are_the_highest_hours_that_sql_finds(
    store: Store, attacked: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    (charts,) = [
        part for part in curves(evidence_of(store, attacked.id, REAL)).parts if isinstance(part, Charts)
    ]
    (adult,) = [chart for chart in charts.charts if chart.name == "curve-emergency_adult"]
    found = duckdb.execute(f"""
        select day, max(p05), max(p50), max(p95)
        from read_parquet('{store.path}/hours_bands/campaign={attacked.id}/*.parquet')
        where ght is null and measure = 'waiting' and stream = 'emergency_adult' group by day order by day
    """).fetchall()
    assert [row[1:4] for row in adult.table.rows] == [
        tuple(number(value) for value in row[1:]) for row in found
    ]
    drawn = [row for row in adult.drawn["data"]["values"] if row["whose"] == "asked"]
    assert [(row["day"], row["high"]) for row in drawn] == [
        (str(day), round(high, 1)) for day, *_, high in found
    ]


def test_whom_it_harms_is_what_sql_finds_in_the_hours(
    store: Store, attacked: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    evidence = evidence_of(store, attacked.id, REAL)
    streams, *_departments = [part for part in harmed(evidence).parts if isinstance(part, Table)]
    assert streams.rows[:1] == (("Not cared for",),)
    adult = next(row[1:] for row in streams.rows if row[0] == "Adult emergencies")
    found = duckdb.execute(f"""
        with unmet as (
            select campaign, replication, sum(unmet) as some
            from read_parquet('{store.path}/hours/*/*.parquet', hive_partitioning = true)
            where stream = 'emergency_adult' group by all
        )
        select median(calm.some), median(mine.some - calm.some), max(mine.some - calm.some)
        from unmet as mine join unmet as calm using (replication)
        where mine.campaign = '{attacked.id}' and calm.campaign = '{evidence.summary.ordinary}'
    """).fetchall()
    ((calm, median, worst),) = found
    told = [plain(cell) for cell in (adult[0], adult[1], adult[3])]
    assert told == [number(calm), f"+ {number(median)}", f"+ {number(worst)}"]


def test_weak_points_are_the_places_on_the_chains_to_patients(store: Store, attacked: Campaign) -> None:
    shown = np.array([True, False, True, False, False, False])
    ways = ways_of(store.snapshot(attacked.id), shown, attacked.region.services)
    patients: Counter[str] = Counter()
    for replication in np.flatnonzero(shown).tolist():
        events = events_of(store, attacked.id, replication)
        for row in events:
            chain = chain_to(events, row["event"]) if row["kind"] == "patients_unmet" else []
            if chain and row["detail"].startswith("emergency") and chain[0]["kind"] != "ordinary_life":
                services = {each["detail"].split(" ")[0] for each in chain if each["finess"] is None}
                sites = {each["finess"] for each in chain} - {None}
                patients.update(
                    dict.fromkeys(sites | services & set(attacked.region.services), row["patients"])
                )
    assert {one.place: one.patients for one in ways.places} == patients
    assert ways.crises == 2
    assert [one.patients for one in ways.places] == sorted(patients.values(), reverse=True)


def test_responders_waited_for_are_those_of_the_timeline(
    store: Store, attacked: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    section = responders(evidence_of(store, attacked.id, REAL))
    (charts,) = [part for part in section.parts if isinstance(part, Charts)]
    found = duckdb.execute(f"""
        with ends as (select unnest(generate_series(24, {attacked.scenario.horizon_h}, 24)) as ends_h),
        crises as (select distinct replication from '{store.path}/timeline/campaign={attacked.id}/*.parquet'),
        waiting as (
            select ends_h, replication, (
                select coalesce(sum(case kind when 'responders_asked' then 1 when 'responders_come' then -1 end), 0)
                from '{store.path}/timeline/campaign={attacked.id}/*.parquet' as each
                where each.replication = crises.replication and at_h <= ends_h
            ) as those
            from ends, crises
        )
        select median(those) from waiting group by ends_h order by ends_h
    """).fetchall()
    assert [row[2] for row in charts.charts[0].table.rows] == [number(those) for (those,) in found]


def test_a_chain_leads_from_the_first_act_to_patients(
    store: Store, attacked: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    evidence = evidence_of(store, attacked.id, REAL)
    section = first_break(evidence)
    tales = [part for part in section.parts if isinstance(part, Steps)]
    tolls = [part for part in section.parts if isinstance(part, Table)]
    assert len(tales) == len(tolls) == 2
    assert all(tale.steps[0][2] == "the attack begins" for tale in tales)
    assert all(re.search(r"\d+ patients? ", tale.steps[-1][2]) for tale in tales)
    found = duckdb.execute(f"""
        select mine.replication
        from read_parquet('{store.path}/replications/campaign={attacked.id}/*.parquet') as mine
        join read_parquet('{store.path}/replications/campaign={evidence.summary.ordinary}/*.parquet') as calm
        using (replication)
        order by mine.ed_visits_unmet - calm.ed_visits_unmet desc, replication desc
    """).fetchall()
    assert evidence.summary.worst_replication == found[0][0]


def test_a_campaign_that_is_not_sealed_says_how_far_it_is(tmp_path: Path) -> None:
    store, campaign = results.prepare(tmp_path / "store"), synthetic.campaign()
    with store.begin(campaign):
        store.write_chunk(campaign.id, synthetic.outcomes(range(3)))
        with pytest.raises(BadStore, match="3 replications are finished"):
            report_of(store, campaign.id, REAL).page()
