"""What is exported of a campaign is what its summary and its tables say, and the file says what it is."""

from io import BytesIO
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest

import results
from results import Store, Varies
from results.exports.export import CAMPAIGN, COMPARISON, NoTable, csv_file, workbook
from results.exports.names import TableName
from results.exports.units import SHOWN, UNITS
from results.presentation import language
from results.presentation.tlp import Tlp
from results.store.comparisons import described_comparison
from results.tables.schema import SCHEMAS, unit_of
from simulation import ordinary_twin
from simulation.inputs.indicators.registry import INDICATORS
from tests.results import synthetic
from tests.results.analysis.test_paired import ATTACK as BASELINE
from tests.results.analysis.test_paired import PREPARED, seal, unmet
from tests.results.analysis.test_summary import CALM, OFF, some
from topologies.errors import BadStore

ATTACK = synthetic.attack().id
SHEETS = ["Read first", "Verdict", "Added", "Waits", "Departments", "Indicators", "Columns"]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Twelve replications, nine of them crises of which each adds more, and two more that are not sealed."""
    asked = some([OFF | {"ed_visits_unmet": 1000 + 7 * number} for number in range(12)])
    calm = synthetic.outcomes(range(12))
    store = synthetic.sealed_beside(tmp_path_factory.mktemp("exported") / "store", asked, calm)
    with store.begin(synthetic.attack()):
        store.write_chunk(ATTACK, synthetic.outcomes(range(12, 14)))
    return store


def written(file: Path, content: bytes) -> str:
    file.write_bytes(content)
    return str(file)


def test_what_is_added_is_what_the_views_say_in_the_unit_of_its_title(store: Store, tmp_path: Path) -> None:
    file = written(tmp_path / "added.csv", csv_file(store, ATTACK, TableName.ADDED))
    database = duckdb.connect()
    database.execute(results.views(store))
    for name in ("ed_visits_unmet", "icu_unmet_patient_h", "ed_unmet_share"):
        (exported,) = database.execute(
            f"select mean, median, worst from read_csv('{file}') where indicator = ?", [name]
        ).fetchall()
        per = INDICATORS[name].shown_per
        (told,) = database.execute(
            f"select avg({name}) / {per}, median({name}) / {per}, max({name}) / {per}"
            " from added where went_off_h is not null"
        ).fetchall()
        assert exported == pytest.approx(told)


def test_rows_of_the_dataset_are_read_back_as_they_are(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = store.frame("replications", ATTACK)
    for spoken, sep, decimal in (("en", ",", "."), ("fr", ";", ",")):
        monkeypatch.setenv(language.VARIABLE, spoken)
        file = written(tmp_path / "rows.csv", csv_file(store, ATTACK, TableName.INDICATORS))
        found = pd.read_csv(file, sep=sep, decimal=decimal)
        assert len(found) == len(kept) == 12
        for name in ("replication", "ed_visits_unmet", "icu_unmet_patient_h", "restoration_h"):
            assert found[name].tolist() == kept[name].tolist()
    assert set(found["capacity_back"]) <= {"oui", "non"}


def test_a_workbook_says_what_it_is_with_whom_it_may_be_shared_and_how_to_have_it_again(store: Store) -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(store, ATTACK, [], Tlp.GREEN)))
    assert book.sheetnames == SHEETS
    said = {str(what): str(value) for what, value in book["Read first"].iter_rows(values_only=True)}
    assert said["TLP:GREEN"] == "for the community of those concerned, not for the public"
    assert said["Campaign"] == ATTACK
    assert said["To have the same again"].startswith("tocsin run essai ransomware-opening-ceremony ")
    assert said["Not sealed"].startswith("2 more are finished, and not in here")
    assert {f"Sheet “{title}”" for title in SHEETS[1:]} <= set(said)
    for title in SHEETS[1:]:
        headings = [cell.value for cell in book[title][1]]
        assert len(set(headings)) == len(headings), "each column has a name of its own"
        assert (book[title].freeze_panes, bool(book[title].auto_filter.ref)) == ("A2", True)


def test_verdicts_waits_and_departments_are_those_of_the_summary(store: Store) -> None:
    summary = results.summarise(store, ATTACK)
    book = openpyxl.load_workbook(BytesIO(workbook(store, ATTACK, [], Tlp.AMBER)))
    assert summary.care is not None
    verdict = [*book["Verdict"].iter_rows(min_row=2, values_only=True)]
    assert verdict[0][5:8] == (summary.care.given.of, summary.care.given.count, summary.care.given.share)
    waits = {row[0]: row for row in book["Waits"].iter_rows(min_row=2, values_only=True)}
    back = summary.waits["restoration_h"]
    assert waits["restoration_h"][3:5] == (back.concerned, back.over)
    assert back.median is not None
    assert waits["restoration_h"][5] == pytest.approx(back.median / 24)
    departments = [*book["Departments"].iter_rows(min_row=2, values_only=True)]
    assert [row[0] for row in departments] == ["75 Paris", "77 Seine-et-Marne"]
    assert [row[1] for row in departments] == [one.ed_visits for one in summary.departments]


def test_curves_are_exported_when_they_are_asked_for(store: Store, tmp_path: Path) -> None:
    file = written(tmp_path / "curves.csv", csv_file(store, ATTACK, TableName.HOURS_BANDS))
    found = pd.read_csv(file)
    kept = store.frame("hours_bands", ATTACK)
    assert found["p95"].tolist() == kept["p95"].tolist()
    assert found["ght"].isna().sum() == kept["ght"].isna().sum()


def test_a_campaign_that_is_not_sealed_says_how_far_it_is(tmp_path: Path) -> None:
    store, waiting = results.prepare(tmp_path), synthetic.attack(seed=3)
    with store.begin(waiting):
        store.write_chunk(waiting.id, synthetic.outcomes(range(4)))
        with pytest.raises(BadStore, match="is not sealed yet, 4 replications are finished"):
            csv_file(store, waiting.id, TableName.ADDED)


def test_differences_of_a_comparison_are_those_of_its_pairs(tmp_path: Path) -> None:
    store = results.prepare(tmp_path / "store")
    seal(store, ordinary_twin(BASELINE), some([CALM | {"ed_visits_unmet": 100}] * 6))
    seal(store, BASELINE, some(unmet(900, 1000, 1100, 1200, 1300, 1400)))
    seal(store, PREPARED, some(unmet(400, 520, 580, 710, 790, 1500)))
    kept = described_comparison(Varies.POSTURE, [BASELINE.id, PREPARED.id])
    store.keep(kept)
    found = pd.read_csv(BytesIO(csv_file(store, kept.comparison, TableName.DIFFERENCES)))
    row = found[found["indicator"] == "ed_visits_unmet"].iloc[0]
    pair = results.paired(store, BASELINE.id, PREPARED.id).added["ed_visits_unmet"]
    assert row["mean"] == pytest.approx(pair.mean)
    assert tuple(row[["less in", "as much in", "more in", "crises"]]) == (5, 0, 1, 6)
    assert (row["alternative"], row["less"]) == ("Prepared region", "Today's level")
    book = openpyxl.load_workbook(BytesIO(workbook(store, kept.comparison, [], Tlp.AMBER)))
    assert book.sheetnames == ["Read first", "Standing", "Added", "Differences"]
    said = {str(what): str(value) for what, value in book["Read first"].iter_rows(values_only=True)}
    assert said["To have the same again"] == (
        "tocsin compare essai ransomware-opening-ceremony --postures baseline,prepared --event none -n 6 --seed 1 "
        "--parameters central"
    )
    standing = [*book["Standing"].iter_rows(min_row=2, values_only=True)]
    assert [row[1:4] for row in standing] == [(BASELINE.id, 6, 6), (PREPARED.id, 6, 6)]
    for name, table in ((kept.comparison, TableName.WAITS), (BASELINE.id, TableName.DIFFERENCES)):
        with pytest.raises(NoTable, match=rf"{name} has no table {table}; it has "):
            csv_file(store, name, table)


def test_every_table_has_its_maker_and_every_unit_its_word() -> None:
    assert set(CAMPAIGN) | set(COMPARISON) == set(TableName)
    assert {unit_of(field) for schema in SCHEMAS.values() for field in schema} - {None} <= set(UNITS)
    others = {(each.unit, each.shown_per) for each in INDICATORS.values() if each.shown_per != 1}
    assert others == set(SHOWN)
