"""Bordereaux of the SAE complete a region as they mean it: no total twice, nothing from what is empty."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import topologies
from tests.topologies.importing.files import sae_files
from tests.topologies.importing.files.sae_files import ENTITY, FILES, A, B, C, bordereau, unit
from topologies.errors import BadInput, InputError
from topologies.importing.report import Report
from topologies.importing.sae.importer import import_sae
from topologies.importing.wanted import Wanted, wanted
from topologies.reading.large.streams import unwatched
from topologies.region import Region
from topologies.writing.folder import written

PLACES = (
    "finess,name,commune,department,category,public,latitude,longitude,adult_emergency,paediatric_emergency,basis,source\n"
    f"{A},CHU A,Rennes,35,chu,yes,48.12,-1.69,,,published,FINESS\n"
    f"{B},CH B,Fougères,35,ch,yes,48.35,-1.20,,,published,FINESS\n"
    f"{C},Clinique C,Rennes,35,clinic,no,48.10,-1.70,no,no,published,FINESS\n"
)


@pytest.fixture(scope="module")
def meant(tmp_path_factory: pytest.TempPathFactory) -> Wanted:
    base = tmp_path_factory.mktemp("base") / "essai"
    written({"region.yaml": "name: essai\ntitle: Essai\n", "establishments.csv": PLACES}, base, replace=False)
    return wanted(base.parent / "sae", base=str(base))


def imported(
    meant: Wanted, folder: Path, files: dict[str, str], encoding: str = "latin-1"
) -> tuple[Region, Report]:
    made = import_sae(sae_files.written(folder, files, encoding), meant, unwatched)
    written(made.files, folder / "region", replace=True)
    return topologies.load(folder / "region"), made.report


def refused(meant: Wanted, folder: Path, kind: str, text: str) -> str:
    with pytest.raises(BadInput) as error:
        import_sae(sae_files.written(folder, {kind: text}), meant, unwatched)
    return str(error.value.findings[0])


def test_visits_and_beds_are_added_up_as_the_survey_means_them(meant: Wanted, tmp_path: Path) -> None:
    region, report = imported(meant, tmp_path, FILES)
    one, other, clinic = (region.establishments[finess] for finess in (A, B, C))
    assert (one.ed_visits_per_year, one.beds_uhcd, one.beds_mco) == (80000, 14, 900)
    assert (one.adult_emergency, one.paediatric_emergency) == (True, True)
    assert (one.beds_icu, one.beds_intensive) == (48, 34)  # neither REAPEDREC nor SITOT beside its units
    assert (other.ed_visits_per_year, other.paediatric_emergency, other.beds_intensive) == (21000, False, 6)
    assert (other.beds_mco, other.beds_uhcd) == (0, None)  # 0 is declared, empty is not
    assert (clinic.beds_mco, clinic.source) == (None, "FINESS")
    assert one.source == "FINESS; SAE 2024"
    assert (report.read, report.elsewhere) == (4, 1)
    assert [str(note)[:34] for note in report.notes] == ["1 row of the unit REAPEDREC left a"]


def test_units_of_before_2024_have_their_total_too(meant: Wanted, tmp_path: Path) -> None:
    parts = (("REAADU", "10"), ("AUTSI", "6"), ("SIUNV", ""), ("USIC", "4"), ("SURVADU", "12"))
    rows = [*(unit(A, *part) for part in parts), unit(A, "SITOT", "11")]
    region, report = imported(meant, tmp_path, {"REA": bordereau("REA", *rows, year="2019")})
    assert region.establishments[A].beds_intensive == 11
    assert "SITOT is not the sum" in str(report.notes[0])
    region, _ = imported(meant, tmp_path, {"REA": bordereau("REA", *rows[:-1], year="2019")})
    assert region.establishments[A].beds_intensive == 10


def test_what_is_said_of_an_entity_is_its_only_site_s_or_left_out(meant: Wanted, tmp_path: Path) -> None:
    of_entity = bordereau("MCO", {"FI": ENTITY, "FI_EJ": ENTITY, "LIT_MCO": "700"})
    _, report = imported(meant, tmp_path, {"ID": FILES["ID"], "MCO": of_entity})
    (left_out,) = report.left_out
    assert left_out.finess == ENTITY
    assert "said of a legal entity" in str(left_out.reason)
    alone = bordereau("ID", {"FI": A})
    region, _ = imported(meant, tmp_path, {"ID": alone, "MCO": of_entity})
    assert region.establishments[A].beds_mco == 700


def test_visits_where_the_region_says_that_there_are_no_emergencies_are_left_out(
    meant: Wanted, tmp_path: Path
) -> None:
    files = {"URGENCES2": bordereau("URGENCES2", {"FI": C, "URG": "GEN", "PASSU": "5000"})}
    files["MCO"] = bordereau("MCO", {"FI": C, "LIT_MCO": "90"}, {"FI": "350000030", "LIT_MCO": "10"})
    region, report = imported(meant, tmp_path, files)
    assert (region.establishments[C].beds_mco, region.establishments[C].ed_visits_per_year) == (90, None)
    assert [each.finess for each in report.left_out] == [C, "350000030"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_encodings_may_differ_from_line_to_line(meant: Wanted, tmp_path: Path, encoding: str) -> None:
    """One file in another encoding than the others, and names that are shown as they are."""
    files = {"MCO": bordereau("MCO", {"FI": "350000030", "RS": "HÔPITAL É", "LIT_MCO": "10"})}
    _, report = imported(meant, tmp_path, files, encoding)
    assert report.left_out[0].name == "HÔPITAL É"
    mixed = bordereau(
        "MCO", {"FI": "350000030", "RS": "HÔPITAL É", "LIT_MCO": "10"}, {"FI": A, "RS": "É"}
    ).encode("latin-1")
    mixed = mixed.replace("HÔPITAL É".encode("latin-1"), "HÔPITAL É".encode())
    (tmp_path / "mixed.csv").write_bytes(mixed)
    assert import_sae([tmp_path / "mixed.csv"], meant, unwatched).report.left_out[0].name == "HÔPITAL É"


@pytest.mark.parametrize(
    ("kind", "old", "new", "where", "said"),
    [
        ("MCO", "BOR;AN;", "BOR;ANNEE;", "line 1", "is not the first line"),
        ("MCO", "LIT_MCO", "LITS", "line 2", "the column LIT_MCO is missing"),
        ("MCO", ";900;", ";9OO;", "line 2, column 9, LIT_MCO", "must be a whole number"),
        ("MCO", f";{A};", f";{A}", "line 2", "has 10 cells where the header has 11"),
        ("MCO", f";{A};", ";35000022;", "line 2, column 3, FI", "is malformed"),
        ("MCO", f"MCO;2024;{B}", f"MCO;2023;{B}", "line 3", "says MCO 2023 where rows before say MCO 2024"),
        ("MCO", f";{B};", f";{A};", "line 3, column 9, LIT_MCO", "stands on a row before"),
        ("URGENCES", ";1;;0;", ";oui;;0;", "line 3, column 7, AUTGEN", "must be 0 or 1"),
        ("REA", "REA;2024", "PSY;2024", "line 2", "is no bordereau that is read here"),
    ],
)
def test_a_wrong_file_is_refused_where_it_is_wrong(
    meant: Wanted, tmp_path: Path, kind: str, old: str, new: str, where: str, said: str
) -> None:
    found = refused(meant, tmp_path, kind, FILES[kind].replace(old, new))
    assert where in found, found
    assert said in found


def test_years_are_not_mixed_and_a_region_is_named(meant: Wanted, tmp_path: Path) -> None:
    older = bordereau("REA", unit(A, "REAADU", "4"), year="2023")
    files = sae_files.written(tmp_path, {"MCO": FILES["MCO"], "REA": older})
    with pytest.raises(BadInput, match="another year"):
        import_sae(files, meant, unwatched)
    with pytest.raises(InputError, match="--base"):
        import_sae(files, replace(meant, base=None), unwatched)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_refused_or_completes_the_region(
    meant: Wanted, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp()
    kind = data.draw(st.sampled_from(sorted(FILES)))
    content = bytearray(FILES[kind].encode("latin-1"))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=6))
    file = folder / "damaged.csv"
    file.write_bytes(content)
    try:
        made = import_sae([file], meant, unwatched)
    except BadInput as error:
        told = str(error)
    else:
        told = "damaged.csv"
        written(made.files, folder / "fuzzed", replace=True)
        assert len(topologies.load(folder / "fuzzed").establishments) == 3
    assert "damaged.csv" in told
