"""Joins: whole regions and parts of them become one, and what does not fit is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

import topologies
from topologies.errors import BadInput

Write = Callable[..., Path]

COLUMNS = (
    "finess,name,commune,department,category,public,latitude,longitude,ght,ght_basis,support,adult_emergency,"
    "basis,source"
)


def hospital(finess: str, latitude: float, ght: str = "Forêt", support: str = "no") -> str:
    department = finess[:2]
    return f"{finess},CH {finess},Bourg,{department},ch,yes,{latitude},5.2,{ght},published,{support},yes,published,test"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a region's folder beside the others of the test."""

    def folder(name: str, rows: list[str] | None = None, header: str = "", **tables: str) -> Path:
        path = tmp_path / name
        path.mkdir()
        (path / "region.yaml").write_text(f"name: {name}\ntitle: {name}\n{header}")
        if rows is not None:
            (path / "establishments.csv").write_text("\n".join([COLUMNS, *rows, ""]))
        for table, text in tables.items():
            (path / f"{table}.csv").write_text(text)
        return path

    return folder


@pytest.fixture
def two(write: Write) -> None:
    """Two regions whose GHT is one."""
    write("ain", [hospital("010000024", 46.2, support="yes"), hospital("010000032", 46.3)])
    write(
        "jura",
        [hospital("390000040", 46.6, support="yes"), hospital("390000057", 46.7, ght="Lac", support="yes")],
    )


def findings(folder: Path) -> list[str]:
    with pytest.raises(BadInput) as refused:
        topologies.load(folder)
    return [str(finding) for finding in refused.value.findings]


@pytest.mark.usefixtures("two")
def test_joined_regions_are_parts_of_the_whole_and_their_links_are_made_anew(write: Write) -> None:
    both = topologies.load(write("both", header="joins: [../ain, ../jura/]\n"))
    assert both.parts == ("both", "ain", "jura")
    assert len(both.establishments) == 4
    assert "390000040" in {link.target for link in both.links_from("010000032")}
    assert [place.finess for place in both.establishments.values() if place.support] == [
        "010000024",
        "390000057",
    ]


@pytest.mark.usefixtures("two")
def test_a_part_by_departments_is_no_whole_region_and_its_ghts_have_a_support(write: Write) -> None:
    header = "joins:\n- {region: ../ain, departments: ['01']}\n- {region: ../jura, departments: ['39']}\n"
    some = topologies.load(write("some", header=header))
    assert (some.parts, len(some.establishments)) == (("some",), 4)
    told = findings(write("none", header="joins: [{region: ../ain, departments: ['39']}]\n"))
    assert told == [
        "region.yaml line 3, column 9, joins.0: no establishment of ain lies in 39; write some of these: 01"
    ]


@pytest.mark.usefixtures("two")
def test_a_row_in_two_parts_is_told_with_both_places(write: Write) -> None:
    write("again", [hospital("390000040", 46.6, ght="Autre", support="yes")])
    told = findings(write("all", header="joins: [../jura, ../again]\n"))
    assert told[0].startswith("again/establishments.csv line 2: 390000040 is in jura too, on line 2")
    twice = findings(write("twice", header="joins: [../jura, ../jura]\n"))
    assert [finding.split(":")[0] for finding in twice] == [
        f"jura/establishments.csv line {n}" for n in (2, 3)
    ]


@pytest.mark.usefixtures("two")
def test_a_joined_region_has_tables_of_its_own_that_differ(write: Write) -> None:
    links = "source,target,kind,minutes,basis\n010000024,390000057,transfer,33,declared\n"
    rows = "finess,ed_visits_per_year\n010000024,1234\n"
    path = write("own", header="joins: [../ain, ../jura]\n", links=links, establishments=rows)
    own = topologies.load(path)
    assert own.establishments["010000024"].ed_visits_per_year == 1234
    [link] = [each for each in own.links_from("010000024") if each.target == "390000057" and each.minutes]
    assert (link.minutes, link.basis) == (33.0, topologies.Basis.DECLARED)


def test_unknown_names_and_circles_are_told_where_they_stand(write: Write) -> None:
    told = findings(write("lost", header="joins: [ile-de-farnce]\n"))
    assert told[0].startswith("region.yaml line 3, column 9, joins.0: there is no region named ile-de-farnce")
    write("one", header="joins: [../two]\n")
    circle = findings(write("two", header="extends: ../one\n"))
    assert circle == [
        "region.yaml line 3, column 9, joins.0: is a circle of regions that join one another: two → one → two; "
        "take one of them out"
    ]


def test_what_is_wrong_in_a_part_is_told_as_of_that_part(write: Write) -> None:
    write("wrong", [hospital("010000024", 46.2, support="no")])
    with pytest.raises(BadInput, match="wrong cannot be used as it is") as refused:
        topologies.load(write("whole", header="joins: [../wrong]\n"))
    assert [finding.where for finding in refused.value.findings] == ["establishments.csv line 2, support"]
