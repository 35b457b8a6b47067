"""The stock file of FINESS becomes a region's folder, quirks and all, or is refused where it is wrong."""

from pathlib import Path

import pytest

import topologies
from tests.topologies.importing.files.stock_files import FIRST, Row, stock, written
from topologies.errors import BadInput
from topologies.importing.finess.importer import import_finess
from topologies.importing.report import Report
from topologies.importing.wanted import Wanted
from topologies.reading.large.streams import unwatched
from topologies.region import Basis, Category, Region
from topologies.writing.folder import written as write_folder

ANYWHERE = Wanted(name="essai", title="Essai")


def imported(file: Path, *departments: str) -> tuple[Region, Report]:
    """The region that a file becomes, and the report."""
    wanted = Wanted(name="essai", title="Essai", departments=departments)
    made = import_finess([file], wanted, unwatched)
    folder = file.with_suffix(".region")
    write_folder(made.files, folder, replace=True)
    return topologies.load(folder), made.report


def refused(file: Path) -> list[str]:
    """What a file is refused for, one text a finding."""
    with pytest.raises(BadInput) as error:
        import_finess([file], ANYWHERE, unwatched)
    return [str(finding) for finding in error.value.findings]


def test_hospitals_are_taken_with_what_finess_says_of_them(tmp_path: Path) -> None:
    clinic = Row(finess="350000139", long="", short="CLINIQUE  ST YVES", category="365", status="0")
    region, report = imported(written(tmp_path, stock(Row(), clinic)))
    chu, private = region.establishments["350000022"], region.establishments["350000139"]
    assert (chu.name, chu.commune, chu.department) == (
        "CENTRE HOSPITALIER UNIVERSITAIRE DE RENNES",
        "RENNES",
        "35",
    )
    assert (chu.category, chu.public, chu.basis) == (Category.UNIVERSITY, True, Basis.PUBLISHED)
    assert (private.name, private.category, private.public) == ("CLINIQUE ST YVES", Category.CLINIC, False)
    assert chu.source == "FINESS 2026-05-12"
    assert (chu.latitude, chu.longitude) == pytest.approx((48.12, -1.69), abs=0.02)
    assert report.taken == {Category.UNIVERSITY: 1, Category.CLINIC: 1}


@pytest.mark.parametrize(
    ("code", "department", "x", "y", "projection", "latitude", "longitude"),
    [
        ("9A", "971", "657242.9", "1795384.4", "EPSG:5490 RGAF09/UTM Zone 20N (Antilles)", 16.234, -61.52874),
        ("9C", "973", "353672.8", "544349.1", "EPSG:2972 RGFG95/UTM zone 22N (Guyane)", 4.92347, -52.31973),
        ("9D", "974", "323086.6", "7679599.8", "EPSG:2975 RGR92/UTM zone 40S (Réunion)", -20.97571, 55.29821),
        ("9F", "976", "524819.9", "8587194.7", "EPSG:4471 RGM04/UTM zone 38S (Mayotte)", -12.77989, 45.22868),
        (
            "9E",
            "975",
            "563213.8",
            "5180306.8",
            "WGS84/UTM zone 21N (St-Pierre-et-Miquelon)",
            46.77332,
            -56.17201,
        ),
        ("01", "01", "870262.2", "6571540.8", "EPSG:2154 RGF93 / Lambert-93 (Métropole)", 46.22229, 5.20918),
        ("9D", "974", "323086.6", "7679599.8", "UTM_S40", -20.97571, 55.29821),
    ],
)
def test_each_territory_is_read_in_its_own_projection(
    tmp_path: Path,
    code: str,
    department: str,
    x: str,
    y: str,
    projection: str,
    latitude: float,
    longitude: float,
) -> None:
    row = Row(department=code, x=x, y=y, projection=projection)
    region, _ = imported(written(tmp_path, stock(row)), department)
    (place,) = region.establishments.values()
    assert (place.department, place.latitude, place.longitude) == (department, latitude, longitude)


def test_what_is_no_hospital_is_counted_by_category_with_the_reason(tmp_path: Path) -> None:
    homes = [Row(finess=f"35000{n}", category="500", title="EHPAD", status="") for n in range(1000, 1003)]
    cmp = Row(finess="350002001", category="156", title="Centre Médico-Psychologique (C.M.P.)")
    elsewhere = Row(finess="440000011", department="44")
    _, report = imported(written(tmp_path, stock(Row(), *homes, cmp, elsewhere)), "35")
    assert [(each.kind, each.count) for each in report.passed] == [
        ("500 EHPAD", 3),
        ("156 Centre Médico-Psychologique (C.M.P.)", 1),
    ]
    assert "no hospital" in str(report.passed[0].reason)
    assert "consultations" in str(report.passed[1].reason)
    assert (report.read, report.elsewhere) == (6, 1)


def test_a_hospital_that_cannot_be_taken_is_left_out_and_told(tmp_path: Path) -> None:
    nowhere = Row(finess="350000030", x="", y="", projection="")
    atlantic = Row(finess="350000055", x="6790200.7", y="350100.4")
    taken = [Row(), Row(finess="350000014"), Row(finess="350000048"), Row(finess="350000063")]
    file = written(tmp_path, stock(*taken, nowhere, atlantic))
    region, report = imported(file)
    assert [*region.establishments] == ["350000014", "350000022", "350000048", "350000063"]
    left_out = {each.finess: (each.where, str(each.reason)) for each in report.left_out}
    assert [*left_out] == ["350000030", "350000055"]
    assert left_out["350000030"] == ("etalab-cs1100507-stock.csv line 6", left_out["350000030"][1])
    for finess, said in (("350000030", "no coordinates"), ("350000055", "lie far from")):
        assert said in left_out[finess][1]
    dropped = (file.with_suffix(".region") / "dropped.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[0] for line in dropped] == ["finess", *left_out]


def test_a_number_that_may_be_mistyped_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, stock(Row(), Row(finess="350000015")))
    region, report = imported(file)
    assert len(region.establishments) == 2
    mistyped, nobody = (str(note) for note in report.notes)
    assert mistyped == "1 FINESS number that may be mistyped: the column note says which"
    assert "cares for nobody: fill in ed_visits_per_year" in nobody
    table = (file.with_suffix(".region") / "establishments.csv").read_text("utf-8").splitlines()
    assert ["may be mistyped" in row for row in table] == [False, True, False]


def test_encodings_may_differ_from_line_to_line_and_within_one(tmp_path: Path) -> None:
    text = stock(Row(long="HÔPITAL É"))
    by_line = b"\r\n".join(
        line.encode("utf-8" if at % 2 else "latin-1") for at, line in enumerate(text.splitlines())
    )
    within_one = text.encode().replace("É".encode(), "É".encode("cp1252"))
    marked = b"\xef\xbb\xbf" + text.encode()
    for content in (text.encode(), text.encode("latin-1"), by_line, within_one, marked):
        region, _ = imported(written(tmp_path, content))
        assert region.establishments["350000022"].name == "HÔPITAL É"


def test_a_cell_between_quotes_may_hold_a_semicolon(tmp_path: Path) -> None:
    region, _ = imported(written(tmp_path, stock(Row(long='"CLINIQUE ""A""; SITE B"'))))
    assert region.establishments["350000022"].name == 'CLINIQUE "A"; SITE B'


def lines_of(text: str) -> list[str]:
    return text.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("content", "where", "said"),
    [
        ("", ".csv: ", "is not the first line"),
        (stock(Row(), first="finess;etalab;98;12/05/2026"), "line 1", "is not the first line"),
        (stock(Row()).replace("structureet", "structures", 1), "line 2", "is no kind of row"),
        (stock(Row()).replace(";999;", ";"), "line 2", "has 31 cells where a row structureet has 32"),
        (stock(Row(finess="35000022")), "line 2, column 2, nofinesset", "is malformed"),
        (stock(Row(department="Ille")), "line 2, column 14, departement", "is malformed"),
        (stock(Row(category="1101")), "line 2, column 19, categetab", "is malformed"),
        (stock(Row(status="03")), "line 2, column 27, codesph", "is malformed"),
        (stock(Row(), Row()), "line 3", "is already on line 2"),
        (stock(Row(x="35O100")), "line 3, column 3, coordxet", "is malformed"),
        (stock(Row(projection="EPSG:9999")), "line 3, column 5, sourcecoordet", "is malformed"),
        (stock(Row(), Row(finess="350000014"))[:-20], "line 5", "has 5 cells"),
        (
            "".join(lines_of(stock(Row(), Row(finess="350000014")))[:-1]),
            "line 4",
            "ends before it says where 1",
        ),
        ("".join(lines_of(stock(Row()))[:-1]), ".csv", "it is another extraction"),
        (stock(Row(x="6790200.7", y="350100.4")), "line 2", "1 of 1 hospital lies outside"),
        (stock(Row(category="500")), ".csv", "lists no hospital"),
        (FIRST + "\n" + "a" * 70_000, "line 2", "is longer than 65536 characters"),
        (stock(Row(long="CHU\0")), "line 2, column", "there is a control character here"),
    ],
)
def test_a_wrong_file_is_refused_where_it_is_wrong(
    tmp_path: Path, content: str, where: str, said: str
) -> None:
    (finding,) = refused(written(tmp_path, content))
    assert where in finding
    assert said in finding
