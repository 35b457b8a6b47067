"""Filled forms become a region that extends another by what is declared, or are refused with all that is wrong."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import topologies
from simulation.inputs.library import POSTURES
from simulation.inputs.postures.posture import OwnLevers
from tests.topologies.importing.files.form_files import filled_csv, filled_xlsx
from topologies.errors import BadInput, InputError
from topologies.importing.forms.form import HELP, read_form
from topologies.importing.forms.merge import Merged, merge_forms
from topologies.importing.forms.questions import Asks, questions
from topologies.reading.sheets import read_sheet
from topologies.region import Basis, LinkKind, Region
from topologies.writing.folder import written

PLACES = {
    "establishments.csv": (
        "finess,name,commune,department,category,public,latitude,longitude,ght,ght_basis,support,adult_emergency,"
        "ed_visits_per_year,beds_mco,basis,source\n"
        "350000022,CHU A,Rennes,35,chu,yes,48.12,-1.69,GHT Émeraude,published,yes,yes,60000,900,published,SAE\n"
        "350000048,CH B,Fougères,35,ch,yes,48.35,-1.20,GHT Émeraude,published,no,yes,20000,200,published,SAE\n"
        "350000139,Clinique C,Rennes,35,clinic,no,48.10,-1.70,,,no,,,,published,FINESS\n"
    )
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    written({"region.yaml": "name: essai\ntitle: Essai\n", **PLACES}, tmp_path / "essai", replace=False)
    return tmp_path / "essai"


def merged(base: Path, *files: Path) -> tuple[Region, Merged]:
    out = base.parent / "declaree"
    done = merge_forms(str(base), files, out)
    written(done.files, out, replace=True)
    return topologies.load(out), done


def refused(base: Path, *files: Path) -> list[str]:
    with pytest.raises(BadInput) as error:
        merge_forms(str(base), files, base.parent / "declaree")
    return [str(finding) for finding in error.value.findings]


def sources(region: Region, finess: str, kind: LinkKind) -> dict[str, Basis]:
    return {link.source: link.basis for link in region.links if (link.target, link.kind) == (finess, kind)}


def rows_of(done: Merged, name: str) -> list[dict[str, str]]:
    return [
        {column: cell for column, cell in row.items() if cell}
        for row in csv.DictReader(io.StringIO(done.files.get(name, "")))
    ]


def test_each_question_has_a_help_and_the_form_reads_as_it_was_written(tmp_path: Path) -> None:
    for file in (filled_csv(tmp_path / "a.csv"), filled_xlsx(tmp_path / "a.xlsx", language="en")):
        assert [*read_form(file).answers] == [*questions()]
        assert not any(answer.text for answer in read_form(file).answers.values())
        assert all(row[HELP] for row in read_sheet(file)[:-1])


def test_a_spreadsheet_offers_lists_of_answers(tmp_path: Path) -> None:
    import openpyxl

    sheet = openpyxl.load_workbook(filled_xlsx(tmp_path / "a.xlsx")).worksheets[0]
    checks = {str(each.sqref): each for each in sheet.data_validations.dataValidation}
    numbered = {code: f"C{number}" for number, code in enumerate(questions(), start=2)}
    assert checks[numbered["adult_emergency"]].formula1 == '"oui,non"'
    assert checks[numbered["beds_mco"]].type == "whole"
    assert all(checks[cell].prompt for cell in numbered.values())
    assert sheet[numbered["finess"]].number_format == "@"


def test_what_is_declared_replaces_what_was_known_and_says_so(base: Path) -> None:
    form = filled_xlsx(
        base.parent / "a.xlsx", finess=350000048, day=date(2026, 11, 20), beds_mco=210, ed_visits_per_year=0,
        adult_emergency="non", ght="ght emeraude", rto_record_h=48.5,
    )  # fmt: skip
    region, done = merged(base, form)
    place = region.establishments["350000048"]
    assert (place.beds_mco, place.ed_visits_per_year, place.adult_emergency) == (210, 0, False)
    assert (place.basis, place.source) == (Basis.DECLARED, "SAE; form of 2026-11-20")
    assert (place.ght, place.ght_basis) == ("GHT Émeraude", Basis.DECLARED)
    assert region.establishments["350000022"].basis is Basis.PUBLISHED
    assert [row["finess"] for row in rows_of(done, "establishments.csv")] == ["350000048"]
    assert [(row["code"], row["answer"]) for row in rows_of(done, "declared.csv")] == [
        ("rto_record_h", "48.5")
    ]
    assert "essai" in region.parts


def test_a_service_named_the_same_way_is_one_and_replaces_the_derived_ones(base: Path) -> None:
    before = topologies.load(base)
    one = filled_csv(
        base.parent / "a.csv", finess="350000022", record_vendors="Éditions Santé; Autre SA", hosts="Hôte SA",
        laboratories="Labo SA",
    )  # fmt: skip
    other = filled_xlsx(base.parent / "b.xlsx", "en", finess="350000139", record_vendors="EDITIONS SANTE")
    region, done = merged(base, one, other)
    vendors = {"vendor:editions-sante": Basis.DECLARED}
    found = sources(region, "350000139", LinkKind.MAINTENANCE)
    assert {source: basis for source, basis in found.items() if source != "vendor:protection"} == vendors
    found = sources(region, "350000022", LinkKind.MAINTENANCE)
    assert {*found} - {"vendor:protection"} == {"vendor:autre-sa", "vendor:editions-sante"}
    for finess in ("350000022", "350000139"):
        kept = [
            sources(each, finess, LinkKind.MAINTENANCE).get("vendor:protection") for each in (before, region)
        ]
        assert kept[0] == kept[1]
    assert sources(region, "350000022", LinkKind.HOSTING) == {"host:hote-sa": Basis.DECLARED}
    assert ("Éditions Santé", 2) in done.report.services or ("EDITIONS SANTE", 2) in done.report.services
    assert region.services["laboratory:labo-sa"].basis is Basis.DECLARED


def test_what_nobody_answered_stays_derived_for_all(base: Path) -> None:
    before = topologies.load(base)
    region, _ = merged(base, filled_csv(base.parent / "a.csv", finess="350000022", laboratories="Labo SA"))

    def exchanges(of: Region) -> set[tuple[str, str, Basis]]:
        ends = ((link, link.source, link.target) for link in of.links if link.kind is LinkKind.EXCHANGE)
        return {(one, other, link.basis) for link, one, other in ends if "laboratory:" not in one + other}

    assert exchanges(region) == exchanges(before)


def test_levels_of_levers_become_a_posture(base: Path) -> None:
    form = filled_csv(
        base.parent / "a.csv", finess="350000022", day="20/11/2026", backups="75 %", exercises="0,5"
    )
    _, done = merged(base, form)
    posture = POSTURES.load(base.parent / "declaree" / "posture.yaml")
    own = posture.establishments["350000022"]
    assert (own.backups, own.exercises, own.awareness, own.source) == (0.75, 0.5, None, "form of 2026-11-20")
    assert done.report.levels == 2
    levers = {code for code, question in questions().items() if question.asks is Asks.LEVEL}
    assert levers <= OwnLevers.model_fields.keys()
    assert (
        "from 0 % to 100 %"
        in refused(base, filled_csv(base.parent / "b.csv", finess="350000022", backups="75"))[0]
    )


def test_who_depends_on_nobody_has_no_derived_host(base: Path) -> None:
    region, _ = merged(base, filled_csv(base.parent / "a.csv", finess="350000022", hosts="Aucun"))
    assert [*sources(region, "350000022", LinkKind.HOSTING)] == ["host:interne-350000022"]
    assert len([*region.links_from("host:interne-350000022")]) == 1


def test_all_that_is_wrong_in_all_forms_is_told_at_once_with_its_cell(base: Path) -> None:
    one = filled_xlsx(base.parent / "a.xlsx", finess="350000023", beds_mco=210.5, adult_emergency="peut-être")
    two = filled_xlsx(base.parent / "b.xlsx", finess="350000022", beds_mco=210.5, day="hier", hosts="X")
    three = filled_csv(base.parent / "c.csv", finess="350000022", rto_record_h="deux jours")
    four = filled_csv(base.parent / "d.csv", finess="350000139", ed_visits_per_year="45 000")
    found = refused(base, one, two, three, four)
    for where, said in (
        ("a.xlsx, C2, finess", "mistyped"),
        ("a.xlsx, C6, adult_emergency", "yes or no"),
        ("b.xlsx, C4, day", "must be a day"),
        ("b.xlsx, C17, hosts", "is no name"),
        ("c.csv line 32, column 3, rto_record_h", "must be a number"),
        ("b.xlsx, C9, beds_mco", "must be a whole number"),
        ("c.csv line 2, column 3, finess", "is in b.xlsx already"),
        ("d.csv line 8, column 3, ed_visits_per_year", "write 45000"),
    ):
        assert any(each.startswith(where) and said in each for each in found), (where, found)
    five = filled_csv(
        base.parent / "e.csv", finess="350000139", adult_emergency="Non", ed_visits_per_year="45000"
    )
    assert "takes no emergencies" in refused(base, five)[0]


def test_a_form_of_another_region_is_left_out_and_told(base: Path) -> None:
    here = filled_csv(base.parent / "a.csv", finess="350000022", beds_mco="901")
    elsewhere = filled_csv(base.parent / "b.csv", finess="010000024", name="CH de Fleyriat")
    _, done = merged(base, here, elsewhere)
    assert [(each.finess, each.name) for each in done.report.left_out] == [("010000024", "CH de Fleyriat")]
    assert "no establishment of this number" in refused(base, elsewhere)[0]
    with pytest.raises(InputError, match="is the region itself"):
        merge_forms(str(base), [here], base)


def test_what_is_no_form_is_refused(tmp_path: Path, base: Path) -> None:
    form = filled_csv(tmp_path / "a.csv", finess="350000022")
    text = form.read_text("cp1252")
    form.write_text(text[: text.rindex("end;")], "cp1252")
    assert "the line end is missing" in refused(base, form)[0]
    form.write_text(text.replace("beds_mco;", "beds_mcc;"), "cp1252")
    assert "use beds_mco" in refused(base, form)[0]
    form.write_text("finess,beds\n350000022,3\n")
    assert "is not a form" in refused(base, form)[0]
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 30_000_000)
    assert "expands to more" in refused(base, bomb)[0]
    assert "is missing" in refused(base, tmp_path / "none.xlsx")[0]


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_damaged_form_is_refused_or_becomes_a_region(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    if not (folder / "essai").exists():
        written({"region.yaml": "name: essai\ntitle: Essai\n", **PLACES}, folder / "essai", replace=False)
        filled_csv(folder / "whole.csv", finess="350000022", hosts="Hôte SA", beds_mco="900")
        filled_xlsx(folder / "whole.xlsx", finess="350000022", hosts="Hôte SA", beds_mco=900)
    suffix = data.draw(st.sampled_from((".csv", ".xlsx")))
    content = bytearray((folder / f"whole{suffix}").read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    file = folder / f"damaged{suffix}"
    file.write_bytes(content)
    try:
        _, done = merged(folder / "essai", file)
    except BadInput as refused_whole:
        told = [str(finding.remedy) for finding in refused_whole.findings]
    else:
        told = [*done.files]
    assert all(told)
