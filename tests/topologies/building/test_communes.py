"""Communes: where people live, as a folder states it."""

from collections.abc import Callable
from pathlib import Path

import topologies
from topologies import Basis, Region
from topologies.region import MAINLAND


def test_the_people_of_ile_de_france_are_all_there(ile_de_france: Region) -> None:
    """Populations of 2023, code officiel géographique of 2026."""
    communes = ile_de_france.communes
    assert (len(communes), sum(each.population for each in communes.values())) == (1_285, 12_463_067)
    assert {each.department for each in communes.values()} == {
        each.department for each in ile_de_france.establishments.values()
    }
    assert communes["93066"].name == "Saint-Denis"


def test_five_columns_are_enough(folder: Path) -> None:
    columns = "code,name,population,latitude,longitude"
    (folder / "communes.csv").write_text(f"{columns}\n91228,Évry-Courcouronnes,66702,48.63,2.43\n")
    [commune] = topologies.load(folder).communes.values()
    assert (commune.department, commune.road_network, commune.basis) == ("91", MAINLAND, Basis.DECLARED)


def test_what_is_wrong_with_communes_is_told_by_line(
    spoil: Callable[..., None], refused: Callable[[], list[str]]
) -> None:
    spoil("communes.csv", "\n75102,", "\n7502,")
    spoil("communes.csv", "\n75104,", "\n75103,")
    spoil("communes.csv", "75106,Paris 6e Arrondissement,75,", "75106,Paris 6e Arrondissement,75,1 ")
    assert [finding.split(":")[0] for finding in refused()] == [
        "communes.csv line 3, code",
        "communes.csv line 7, population",
        "communes.csv line 5",
    ]


def test_a_malformed_code_without_a_department_is_one_finding(
    folder: Path, refused: Callable[[], list[str]]
) -> None:
    (folder / "communes.csv").write_text("code,name,population,latitude,longitude\n1001,Bourg,3,48.6,2.4\n")
    assert [finding.split(":")[0] for finding in refused()] == ["communes.csv line 2, code"]


def test_a_region_that_extends_another_is_made_of_it(tmp_path: Path, ile_de_france: Region) -> None:
    (tmp_path / "region.yaml").write_text("extends: ile-de-france\nname: ours\n")
    ours = topologies.load(tmp_path)
    assert (ours.parts, ile_de_france.parts) == (("ours", "ile-de-france"), ("ile-de-france",))
    assert ours.communes == ile_de_france.communes
