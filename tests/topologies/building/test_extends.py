"""A region that extends another one states what differs, table by table and cell by cell."""

from pathlib import Path

import pytest

import topologies
from topologies.errors import BadInput

AVICENNE = "930100037"


def region(folder: Path, **tables: str) -> Path:
    (folder / "region.yaml").write_text("extends: ile-de-france\n", "utf-8")
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(BadInput) as refused:
        topologies.load(folder)
    return str(refused.value)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    return folder


def test_a_region_that_states_nothing_is_the_other_one_under_its_own_name(
    mine: Path, ile_de_france: topologies.Region
) -> None:
    same = topologies.load(region(mine))
    assert (same.name, same.title) == ("mine", "mine")
    assert same.establishments == ile_de_france.establishments
    assert (same.links, same.services, same.venues) == (
        ile_de_france.links,
        ile_de_france.services,
        ile_de_france.venues,
    )


def test_a_row_states_the_cells_that_differ_and_a_new_one_all(
    mine: Path, ile_de_france: topologies.Region
) -> None:
    changed = topologies.load(region(mine, establishments=f"finess;ed_visits_per_year\n{AVICENNE};61000\n"))
    other, known = changed.establishments[AVICENNE], ile_de_france.establishments[AVICENNE]
    assert other.ed_visits_per_year == 61_000
    assert (other.name, other.beds_mco, other.ght) == (known.name, known.beds_mco, known.ght)
    assert len(changed.establishments) == len(ile_de_france.establishments)
    told = refusal(region(mine, establishments="finess,name\n930999999,Nouveau\n"))
    assert "establishments.csv line 2, latitude: is missing" in told
    told = refusal(region(mine, establishments=f"finess,beds_mco\n{AVICENNE},many\n"))
    assert "establishments.csv line 2, beds_mco: must be a whole number" in told
    assert "the column finess is missing" in refusal(region(mine, establishments="name\nNouveau\n"))


def test_a_known_link_is_declared_without_copying_anything(mine: Path) -> None:
    services = "id,name,kind,basis\nhost:ours,Notre hébergeur,host,published\n"
    links = f"source,target,kind,basis\nhost:ours,{AVICENNE},hosting,published\n"
    declared = topologies.load(region(mine, services=services, links=links))
    hosts = [
        link.source for link in declared.links if link.target == AVICENNE and link.kind.value == "hosting"
    ]
    assert hosts == ["host:ours"]


def test_a_region_extends_a_folder_beside_it_and_no_circle(
    tmp_path: Path, mine: Path, ile_de_france: topologies.Region
) -> None:
    region(mine, establishments=f"finess,ed_visits_per_year\n{AVICENNE},61000\n")
    next_year = tmp_path / "next"
    next_year.mkdir()
    (next_year / "region.yaml").write_text("extends: ../mine\ntitle: L'an prochain\n", "utf-8")
    later = topologies.load(next_year)
    assert (later.name, later.title) == ("next", "L'an prochain")
    assert later.establishments[AVICENNE].ed_visits_per_year == 61_000
    assert later.establishments.keys() == ile_de_france.establishments.keys()
    (mine / "region.yaml").write_text("extends: ../next\n", "utf-8")
    assert "a circle of documents that extend one another" in refusal(next_year)
    (next_year / "region.yaml").write_text("extends: bretagnes\n", "utf-8")
    assert "region.yaml line 1, column 1, extends: there is no region named bretagnes" in refusal(next_year)
