"""The ministry's list of GHTs completes a region: by number, else strictly by name."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import topologies
from tests.topologies.importing.files.ght_files import ENTITY_A, ENTITY_B, ENTITY_C, HEADER, ROWS, listing
from tests.topologies.importing.files.sae_files import A, B, bordereau
from topologies.errors import BadInput, InputError
from topologies.importing.ght.importer import import_ght
from topologies.importing.report import Report
from topologies.importing.wanted import Wanted, wanted
from topologies.region import Basis, Region
from topologies.writing.folder import written

PLACES = (
    "finess,name,commune,department,category,public,latitude,longitude,ght,ght_basis,support,basis,source\n"
    f"{A},CHU Pontchaillou,Rennes,35,chu,yes,48.12,-1.69,GHT X,derived,yes,published,FINESS\n"
    f"{B},CH de Fougères,Fougères,35,ch,yes,48.35,-1.20,GHT X,derived,no,published,FINESS\n"
    "350000055,Clinique de Fougères CH,Fougères,35,clinic,no,48.35,-1.20,,,no,published,FINESS\n"
    "350000063,CH Saint-Malo,Saint-Malo,35,ch,yes,48.64,-2.0,GHT Rance Émeraude,published,yes,published,FINESS\n"
)
IDENTIFICATION = bordereau("ID", {"FI": A, "FI_EJ": ENTITY_A}, {"FI": B, "FI_EJ": ENTITY_B})


@pytest.fixture(scope="module")
def meant(tmp_path_factory: pytest.TempPathFactory) -> Wanted:
    base = tmp_path_factory.mktemp("base") / "essai"
    written({"region.yaml": "name: essai\ntitle: Essai\n", "establishments.csv": PLACES}, base, replace=False)
    return wanted(base.parent / "ght", base=str(base))


def imported(meant: Wanted, folder: Path, *files: Path) -> tuple[Region, Report]:
    made = import_ght(files, meant)
    written(made.files, folder / "region", replace=True)
    return topologies.load(folder / "region"), made.report


def test_members_are_known_by_number_and_one_is_taken_for_their_support(
    meant: Wanted, tmp_path: Path
) -> None:
    (tmp_path / "ID.csv").write_text(IDENTIFICATION, "latin-1")
    region, report = imported(meant, tmp_path, tmp_path / "ID.csv", listing(tmp_path / "ght.xlsx", *ROWS))
    places = region.establishments
    assert {places[each].ght for each in (A, B)} == {"GHT Haute-Bretagne"}
    assert {places[each].ght_basis for each in (A, B)} == {Basis.PUBLISHED}
    assert [places[each].support for each in (A, B)] == [True, False]
    assert places["350000063"].ght == "GHT Rance Émeraude"
    assert (report.read, report.elsewhere) == (4, 1)
    assert [(each.finess, each.where) for each in report.left_out] == [(ENTITY_C, "ght.xlsx, D6")]


def test_without_numbers_names_are_matched_strictly(meant: Wanted, tmp_path: Path) -> None:
    region, report = imported(meant, tmp_path, listing(tmp_path / "ght.xlsx", *ROWS))
    places = region.establishments
    assert places[A].ght == "GHT Haute-Bretagne"  # its commune has the rest of the entity's name
    assert places[B].ght == "GHT Haute-Bretagne"
    assert places["350000055"].ght is None  # private
    assert "2 establishments recognised by name alone" in str(report.notes[0])
    both = (ROWS[1], (*ROWS[1][:3], ENTITY_C, *ROWS[1][4:]))
    region, report = imported(meant, tmp_path, listing(tmp_path / "ght.xlsx", *both))
    assert region.establishments[B].ght == "GHT X"  # two have the name: nobody knows
    assert [each.finess for each in report.left_out] == [ENTITY_B, ENTITY_C]


def test_what_is_no_list_is_refused_with_all_that_is_wrong(meant: Wanted, tmp_path: Path) -> None:
    wrong = listing(
        tmp_path / "a.xlsx", (*ROWS[0][:3], "35O005179", *ROWS[0][4:]), (*ROWS[1][:1], "", *ROWS[1][2:])
    )
    with pytest.raises(BadInput) as error:
        import_ght([wrong], meant)
    assert [finding.where for finding in error.value.findings] == [
        "a.xlsx, D4, FINESS",
        "a.xlsx, B5, DENOMINATION GHT",
    ]
    twice = listing(tmp_path / "b.xlsx", ROWS[0], (*ROWS[2][:3], ENTITY_A, *ROWS[2][4:]))
    with pytest.raises(BadInput, match="is in GHT Haute-Bretagne already"):
        import_ght([twice], meant)
    other = listing(tmp_path / "c.xlsx", *ROWS, header=("GHT", *HEADER[2:], "X"))
    with pytest.raises(BadInput, match="keep its headings"):
        import_ght([other], meant)
    with pytest.raises(BadInput, match="2 lists of GHTs"):
        import_ght([wrong, twice], meant)
    with pytest.raises(InputError, match="--base"):
        import_ght([wrong], replace(meant, base=None))


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_a_damaged_list_is_refused_or_completes_the_region(
    meant: Wanted, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp()
    if not (folder / "whole-ght.xlsx").exists():
        listing(folder / "whole-ght.xlsx", *ROWS)
    content = bytearray((folder / "whole-ght.xlsx").read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=6))
    file = folder / "damaged-ght.xlsx"
    file.write_bytes(content)
    try:
        made = import_ght([file], meant)
    except BadInput as error:
        told = str(error)
    else:
        written(made.files, folder / "fuzzed-ght", replace=True)
        told = f"damaged-ght {len(topologies.load(folder / 'fuzzed-ght').establishments)}"
    assert "damaged-ght" in told
