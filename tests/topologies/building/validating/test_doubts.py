"""Doubts: what is odd about a region is told with its file and line, and refuses nothing; errors are told together."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from topologies.building.validating.validation import Severity, Validation, validate

COLUMNS = (
    "finess,name,commune,department,category,public,latitude,longitude,ght,ght_basis,support,adult_emergency,"
    "ed_visits_per_year,beds_mco,basis,source"
)
SOUND = (
    "350000014,CH A,Rennes,35,ch,yes,48.10,-1.67,Est,published,yes,yes,30000,200,published,test",
    "350000022,CH B,Rennes,35,ch,yes,48.12,-1.68,Est,published,no,yes,20000,100,published,test",
)
COMMUNES = ("code,name,population,latitude,longitude", "35238,Rennes,200000,48.11,-1.68")


def folder_with(
    path: Path, rows: Sequence[str], communes: Sequence[str] = COMMUNES, header: str = ""
) -> Path:
    path.mkdir(parents=True)
    (path / "region.yaml").write_text(f"name: {path.name}\ntitle: {path.name}\n{header}")
    if rows:
        (path / "establishments.csv").write_text("\n".join([COLUMNS, *rows, ""]))
        (path / "communes.csv").write_text("\n".join([*communes, ""]))
    return path


def told(validation: Validation) -> list[str]:
    assert not validation.errors
    return [f"{each.where}: {each.problem}" for each in validation.warnings]


def test_a_sound_region_raises_no_doubt(tmp_path: Path) -> None:
    assert told(validate(folder_with(tmp_path / "sound", SOUND))) == []


def test_each_doubt_is_told_with_its_line(tmp_path: Path) -> None:
    odd = (
        "350000031,CH C,Rennes,35,ch,yes,48.13,-1.69,Est,published,no,yes,,100,published,test",
        "350000048,CH D,Rennes,35,ch,yes,48.14,-1.70,Est,published,no,yes,300000,100,published,test",
        "350000055,CH E,Rennes,35,ch,yes,48.14,-1.70,,,no,no,,5000,published,test",
        "350000063,CH F,Rennes,35,ch,yes,43.30,5.40,Est,published,no,yes,20000,100,published,test",
    )
    far = "2A004,Ajaccio,70000,41.92,8.74"
    found = told(validate(folder_with(tmp_path / "odd", [*SOUND, *odd], [*COMMUNES, far])))
    assert found == [
        "establishments.csv line 4, finess: 350000031 (CH C) may be mistyped: its last digit does not agree with "
        "the others",
        "establishments.csv line 4, ed_visits_per_year: CH C takes emergencies and counts no visit",
        "establishments.csv line 5, ed_visits_per_year: CH D counts 300000 emergency visits per year, where sites "
        "of France count 1000 to 150000",
        "establishments.csv line 6, beds_mco: CH E has 5000 beds, more than any hospital of France",
        "establishments.csv line 7, ght: CH F lies 766 km from the nearest other member of Est",
        "establishments.csv line 7, latitude, longitude: CH F lies 767 km from the point of its commune, Rennes",
        "establishments.csv line 6, latitude, longitude: CH E lies on the very point of CH D (350000048)",
        "establishments.csv line 7: no patient of CH F can be taken to another hospital",
        "communes.csv line 3: no emergency site is within 120 minutes by road of Ajaccio (70000 inhabitants)",
    ]


def test_a_row_of_a_region_that_is_joined_is_found_in_its_own_file(tmp_path: Path) -> None:
    closed = SOUND[1].replace("20000", "")
    folder_with(tmp_path / "part", [SOUND[0], closed])
    whole = folder_with(tmp_path / "whole", [], header="joins: [./../part]\n")
    (found,) = told(validate(whole))
    assert found.startswith("part/establishments.csv line 3, ed_visits_per_year: CH B")


def test_errors_are_told_together_and_refuse(tmp_path: Path) -> None:
    wrong = [SOUND[0], SOUND[0], SOUND[1].replace("48.12", "58.12")]
    validation = validate(folder_with(tmp_path / "wrong", wrong))
    assert validation.refused is not None
    assert [severity for severity, _ in validation.findings()] == [Severity.ERROR] * 3
    assert [each.where.split(",")[0] for each in validation.errors] == [
        "establishments.csv line 3",
        "establishments.csv line 4",
        "establishments.csv line 3",
    ]


@pytest.mark.parametrize("name", ["bretagne", "corse", "guadeloupe", "guyane", "la-reunion", "mayotte"])
def test_built_in_regions_have_no_error(name: str) -> None:
    assert not validate(name).errors
