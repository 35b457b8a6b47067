"""Seasons of a region's folder: read, joined and checked as everything else in it, and part of a campaign's name."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import topologies
from simulation.inputs.digests import digest_of, plain
from topologies import Basis, Region
from topologies.building.validating.validation import Severity, validate
from topologies.region import lies_between

HEADER = "commune,first_day,last_day,people,basis,source,note\n"
Refused = Callable[[], list[str]]


def test_a_folder_says_who_comes_and_who_leaves(folder: Path, ile_de_france: Region) -> None:
    rows = "75101,08-01,08-20,-4000,assumption,,de mémoire\n75101,12-20,01-03,9000,published,la presse,\n"
    (folder / "seasons.csv").write_text(HEADER + rows)
    away, guests = topologies.load(folder).seasons
    assert (away.people, away.basis) == (-4000, Basis.ASSUMPTION)
    assert away.source == "declared by those concerned"
    days = "12-19", "12-20", "12-31", "01-03", "01-04"
    there = [lies_between(day, guests.first_day, guests.last_day) for day in days]
    assert there == [False, True, True, True, False]
    assert digest_of(plain(topologies.load(folder))) != digest_of(plain(ile_de_france))


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        ("75101,20-12,01-03,9000", "line 2, first_day: must be a day of the year, not '20-12'"),
        ("75101,12-20,02-30,9000", "line 2, last_day: must be a day of the year, not '02-30'"),
        ("75101,2024-12-20,01-03,9000", "line 2, first_day: must be a day of the year, not '2024-12-20'"),
        ("75101,12-20,01-03,9.5", "line 2, people: must be a whole number, not '9.5'"),
        ("751,12-20,01-03,9000", "line 2, commune: is malformed"),
        ("73054,12-20,01-03,9000", "line 2, commune: 73054 is not in ile-de-france"),
        (
            "75101,08-01,08-20,-90000",
            "line 2, people: 90000 are away from 75101 on 08-01, of 15114 inhabitants",
        ),
        ("75101,12-20,01-03,1\n75101,12-20,01-03,2", "line 3: 75101 (12-20 → 01-03) is already on line 2"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(folder: Path, refused: Refused, row: str, finding: str) -> None:
    (folder / "seasons.csv").write_text(f"commune,first_day,last_day,people\n{row}\n")
    [told] = refused()
    assert told.startswith(f"seasons.csv {finding}")


def test_those_away_at_one_time_are_counted_together(folder: Path, refused: Refused) -> None:
    rows = "75101,07-01,08-31,-9000\n75101,08-10,08-20,-9000\n75101,12-20,01-03,-9000\n"
    (folder / "seasons.csv").write_text(f"commune,first_day,last_day,people\n{rows}")
    [told] = refused()
    assert told.startswith("seasons.csv line 3, people: 18000 are away from 75101 on 08-10")


def test_validation_finds_a_commune_that_is_not_there(folder: Path) -> None:
    (folder / "seasons.csv").write_text(f"{HEADER}73054,12-20,01-03,9000,,,\n")
    [(severity, finding)] = validate(folder).findings()
    assert (severity, finding.where) == (Severity.ERROR, "seasons.csv line 2, commune")


def test_regions_that_are_joined_have_the_seasons_of_both_and_a_part_its_own(tmp_path: Path) -> None:
    """The Alps have those of their two regions; Savoie alone has none of Haute-Savoie's."""
    alps, savoie = topologies.load("alpes").seasons, tmp_path / "savoie"
    parts = [topologies.load(name).seasons for name in ("auvergne-rhone-alpes", "provence-alpes-cote-d-azur")]
    assert sorted(alps, key=str) == sorted((*parts[0], *parts[1]), key=str)
    savoie.mkdir()
    joins = 'joins: [{region: auvergne-rhone-alpes, departments: ["73"]}]'
    (savoie / "region.yaml").write_text(f"name: savoie\ntitle: Savoie\n{joins}\n")
    assert {season.commune[:2] for season in topologies.load(savoie).seasons} == {"73"}


def test_a_region_that_extends_another_changes_one_season(tmp_path: Path) -> None:
    (tmp_path / "region.yaml").write_text("extends: pays-de-la-loire\nname: ours\n")
    (tmp_path / "seasons.csv").write_text("commune,first_day,last_day,people\n85234,07-10,08-25,60000\n")
    [base], [ours] = topologies.load("pays-de-la-loire").seasons, topologies.load(tmp_path).seasons
    assert ours == replace(base, people=60_000)


def test_the_built_in_seasons_say_where_they_come_from() -> None:
    seasons = topologies.load("auvergne-rhone-alpes").seasons
    assert len(seasons) > 40
    assert all(season.source != "declared by those concerned" for season in seasons)
    assert Basis.DECLARED not in {season.basis for season in seasons}
