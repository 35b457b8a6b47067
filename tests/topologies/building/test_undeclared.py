"""Undeclared: a region by hand is three tables of five columns; what follows by rule is told as such."""

import csv
import statistics
from collections.abc import Callable
from pathlib import Path

import pytest

import topologies
from topologies import Basis, Category, Establishment, LinkKind
from topologies.building.assumptions import assumptions
from topologies.building.catalogue import REGIONS
from topologies.building.deriving.undeclared import DECLARED, DECLARED_IN_PART
from topologies.errors import BadInput

ESTABLISHMENTS = """finess,name,latitude,longitude,ed_visits_per_year
010000024,CH de Fleyriat,46.222,5.209,42000
010000032,CHU du Haut-Bugey,46.256,5.656,17000
010000040,Clinique Convert,46.195,5.243,
010000057,EPSM de l'Ain,46.21,5.24,
010000065,SMR L'Orcet,45.978,5.601,
"""
COMMUNES = """code,name,population,latitude,longitude
01053,Bourg-en-Bresse,42000,46.205,5.225
01283,Oyonnax,23000,46.256,5.656
"""
LINKS = """source,target,kind,minutes,basis
010000032,010000024,transfer,45,declared
"""

By = dict[str, Establishment]


@pytest.fixture
def by_hand(tmp_path: Path) -> Callable[[str], Path]:
    """The folder of a region by hand, with these establishments."""

    def folder(establishments: str = ESTABLISHMENTS) -> Path:
        (path := tmp_path / "Pays de l'Ain").mkdir(exist_ok=True)
        (path / "establishments.csv").write_text(establishments)
        (path / "communes.csv").write_text(COMMUNES)
        (path / "links.csv").write_text(LINKS)
        return path

    return folder


def test_three_tables_of_five_columns_are_a_region(by_hand: Callable[..., Path]) -> None:
    region = topologies.load(by_hand())
    assert (region.name, region.title) == ("pays-de-l-ain", "Pays de l'Ain")
    assert len(region.establishments) == 5
    assert sum(place.has_emergency for place in region.establishments.values()) == 2
    [way] = [link for link in region.links if link.basis is Basis.DECLARED]
    assert (way.kind, way.minutes) == (LinkKind.TRANSFER, 45.0)


def test_what_a_hospital_is_follows_from_its_name_and_is_told_as_assumed(
    by_hand: Callable[..., Path],
) -> None:
    places: By = dict(topologies.load(by_hand()).establishments)
    assert [(place.category, place.public, place.commune) for place in places.values()] == [
        (Category.GENERAL, True, "Bourg-en-Bresse"),
        (Category.UNIVERSITY, True, "Oyonnax"),
        (Category.CLINIC, False, "Bourg-en-Bresse"),
        (Category.PSYCHIATRIC, True, "Bourg-en-Bresse"),
        (Category.REHABILITATION, False, "Oyonnax"),
    ]
    assert {place.source for place in places.values()} == {DECLARED_IN_PART}
    assert {place.department for place in places.values()} == {"01"}
    assert {place.basis for place in places.values()} == {Basis.DECLARED}


def test_what_is_said_is_kept_and_told_as_declared(by_hand: Callable[..., Path]) -> None:
    said = (
        "finess,name,latitude,longitude,category,public\n010000024,CHU de Fleyriat,46.222,5.209,cancer,no\n"
    )
    (path := by_hand(said)).joinpath("links.csv").unlink()
    [place] = topologies.load(path).establishments.values()
    assert (place.category, place.public, place.source) == (Category.CANCER, False, DECLARED)


def test_visits_without_a_word_are_emergencies_and_those_that_are_denied_are_refused(
    by_hand: Callable[..., Path],
) -> None:
    denied = (
        "finess,name,latitude,longitude,ed_visits_per_year,adult_emergency\n010000024,CH,46.222,5.209,9,no\n"
    )
    (path := by_hand(denied)).joinpath("links.csv").unlink()
    with pytest.raises(BadInput, match="counts 9 visits but takes no emergencies"):
        topologies.load(path)


def test_a_site_has_the_usual_beds_for_its_visits_as_an_assumption(by_hand: Callable[..., Path]) -> None:
    large, small, *others = topologies.load(by_hand()).establishments.values()
    assert (large.beds_mco, large.beds_icu) == (235, 9)
    assert (small.beds_mco, small.beds_icu) == (95, 0)
    assert {place.beds_mco for place in others} == {None}
    assert {place.beds_basis for place in (large, small, *others)} == {Basis.ASSUMPTION}


def test_a_number_without_a_department_is_one_finding(by_hand: Callable[..., Path]) -> None:
    with pytest.raises(BadInput) as refused:
        topologies.load(by_hand(ESTABLISHMENTS.replace("010000065", "970900065")))
    [finding] = refused.value.findings
    assert finding.where == "establishments.csv line 6, department"


def test_the_usual_beds_are_those_of_the_sites_that_declare_both() -> None:
    rows = [
        (int(visits), int(beds), int(critical or 0))
        for table in REGIONS.glob("*/establishments.csv")
        for visits, beds, critical in _declared(table)
    ]
    acute = sorted(1_000 * beds / visits for visits, beds, _ in rows if visits > 1_000)
    assumed = assumptions()
    assert assumed.acute_beds_per_1000_visits.value == pytest.approx(statistics.median(acute), abs=0.05)
    least = assumed.critical_care_from_visits.value
    critical = [1_000 * beds / visits for visits, _, beds in rows if visits >= least]
    assert assumed.critical_beds_per_1000_visits.value == pytest.approx(
        statistics.median(critical), abs=0.005
    )


def _declared(table: Path) -> list[tuple[str, str, str]]:
    with table.open(encoding="utf-8", newline="") as rows:
        return [
            (row["ed_visits_per_year"], row["beds_mco"], row["beds_icu"])
            for row in csv.DictReader(rows)
            if row["ed_visits_per_year"] and row["beds_mco"]
        ]
