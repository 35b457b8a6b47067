"""Folders of a region as people and spreadsheets write them: what is read, and what is told of the rest."""

from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest

import topologies
from topologies.building.records import Bounds, EstablishmentRow, Header
from topologies.errors import BadInput, UnknownName
from topologies.reading.files import MOST_FINDINGS

HEADER = (
    "finess,name,commune,department,category,public,latitude,longitude,ght,ght_basis,support,adult_emergency,"
    "basis,source"
)


ROWS = [
    "010000024,CH de Fleyriat,Bourg-en-Bresse,01,ch,yes,46.2167,5.2083,Forêt,published,yes,yes,published,test",
    "010000032,CH du Haut-Bugey,Oyonnax,01,ch,yes,46.2561,5.6556,Forêt,published,no,yes,published,test",
]


REGION = "name: ain\ntitle: Ain\ndepartments: ['01']\nbounds: {south: 45, north: 47, west: 4, east: 6}\n"


@pytest.fixture
def ain(tmp_path: Path) -> Callable[..., Path]:
    """The folder of a small region."""

    def folder(
        region: str = REGION, header: str = HEADER, rows: list[str] | None = None, end: str = "\n"
    ) -> Path:
        (tmp_path / "region.yaml").write_text(region)
        text = end.join([header, *(ROWS if rows is None else rows), ""])
        (tmp_path / "establishments.csv").write_bytes(text.encode())
        return tmp_path

    return folder


def findings(folder: Path) -> list[str]:
    with pytest.raises(BadInput) as refusal:
        topologies.load(folder)
    return [str(finding) for finding in refusal.value.findings]


@pytest.mark.parametrize("name", ["x" * 5_000, "a\0b", "ïle-de-france", ""])
def test_a_name_that_no_region_can_have_is_told(name: str) -> None:
    with pytest.raises((UnknownName, BadInput)) as refusal:
        topologies.load(name)
    assert len(str(refusal.value)) < 6_000


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_machine(ain: Callable[..., Path], end: str) -> None:
    assert len(topologies.load(ain(end=end)).establishments) == 2
    assert len(topologies.load(ain(header="\ufeff" + HEADER, end=end)).establishments) == 2


@pytest.mark.parametrize("first", ["sep=;", "sep=,", '"sep=;"', "Table 1", "2026;export;", "a,b"])
def test_a_first_line_that_is_no_header_is_told_as_that(ain: Callable[..., Path], first: str) -> None:
    [finding] = findings(ain(header=f"{first}\n{HEADER}"))
    assert finding.startswith("establishments.csv line 1: is not a header")


@pytest.mark.parametrize("before", ["", "\n", "\r\n \r\n"])
@pytest.mark.parametrize("last", ["", ';"note"', ';"note, if any"'])
def test_semicolons_separate_whatever_stands_before_or_between_quotes(
    ain: Callable[..., Path], before: str, last: str
) -> None:
    semicolons = [line.replace(",", ";") for line in (HEADER, *ROWS)]
    folder = ain(header=before + semicolons[0] + last, rows=[row + last for row in semicolons[1:]])
    if "if any" in last:
        assert "note, if any is not a column here" in findings(folder)[0]
    else:
        assert len(topologies.load(folder).establishments) == 2


@pytest.mark.parametrize("row", ["x", ROWS[0], '"x'])
def test_a_table_without_end_is_refused_at_once(
    ain: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, row: str
) -> None:
    monkeypatch.setattr("topologies.reading.tables.MOST_ROWS", 1_000)
    told = findings(ain(rows=[row] * 120_000))
    assert told[0].startswith("establishments.csv line")
    assert len(told) <= MOST_FINDINGS + 1


def test_a_sheet_of_blank_rows_holds_the_others(ain: Callable[..., Path]) -> None:
    assert len(topologies.load(ain(rows=[*ROWS, *["," * 14] * 200_000])).establishments) == 2
    assert "holds more rows than" in findings(ain(rows=[*ROWS, *[""] * 1_200_000]))[0]


def test_columns_without_names_at_the_end_are_told_once(ain: Callable[..., Path]) -> None:
    assert findings(ain(header=f"{HEADER},,,", rows=[])) == [
        "establishments.csv line 1: column 15 has no name; name it, or drop it"
    ]


def test_a_header_without_end_is_refused_at_once(ain: Callable[..., Path]) -> None:
    [finding] = findings(ain(header=HEADER + ",x" * 300_000))
    assert "names more columns than 200" in finding


@pytest.mark.parametrize(
    "day", ["0001-01-01", "9999-12-31", "20240727", "27/07/2024", "45500", "2023-02-29", "yes"]
)
def test_the_days_of_a_venue_are_days(ain: Callable[..., Path], day: str) -> None:
    columns = "id,event,name,commune,department,latitude,longitude,capacity_basis,first_day,last_day,sports"
    row = f"venue:ring,games,Ring,Bourg,01,46.2,5.2,published,{day},{day},judo"
    (folder := ain()).joinpath("venues.csv").write_text(f"{columns}\n{row}\n")
    told = findings(folder)
    assert [finding.split(":")[0] for finding in told] == [
        f"venues.csv line 2, {each}_day" for each in ("first", "last")
    ]


def test_columns_between_tabs_are_told_in_one_finding(ain: Callable[..., Path]) -> None:
    assert len(findings(ain(header=HEADER.replace(",", "\t"), rows=[]))) == 1


def test_a_column_without_a_name_and_a_name_that_is_like_none_are_told(ain: Callable[..., Path]) -> None:
    told = findings(ain(header=f"{HEADER},,site", rows=[]))
    assert told[0] == "establishments.csv line 1: column 15 has no name; name it, or drop it"
    assert "site is not a column here" in told[1]
    assert "use latitude, or drop it" not in told[1]


@pytest.mark.parametrize(
    "seen", ["Forêt", normalize("NFD", "Forêt"), "For\u200bêt", "Forêt\u00a0", "\u202fForêt", "Fo\u00adrêt"]
)
def test_two_names_that_look_the_same_are_one_ght(ain: Callable[..., Path], seen: str) -> None:
    region = topologies.load(ain(rows=[ROWS[0], ROWS[1].replace("Forêt", seen)]))
    assert {site.ght for site in region.establishments.values()} == {"Forêt"}


@pytest.mark.parametrize("bounds", ["{south: 47, north: 45}", "{west: 6, east: 4}", "{south: 45, north: 45}"])
def test_bounds_that_are_swapped_are_blamed_themselves(ain: Callable[..., Path], bounds: str) -> None:
    [finding] = findings(ain(region=REGION.replace("{south: 45, north: 47, west: 4, east: 6}", bounds)))
    assert finding.startswith("region.yaml line 4, column 1, bounds: ")
    assert "swap them" in finding


def test_bounds_hold_what_a_typing_error_elsewhere_in_the_header_does_not_change(
    ain: Callable[..., Path],
) -> None:
    told = findings(
        ain(region=REGION.replace("title:", "titel:"), rows=[ROWS[0], ROWS[1].replace("5.6556", "7.0")])
    )
    assert sum("outside the region" in finding for finding in told) == 1


DEPARTMENTS = [f"{number:02}" for number in range(1, 96) if number != 20] + [
    "2A", "2B", "971", "972", "973", "974", "975", "976", "977", "978", "984", "986", "987", "988", "989", "99",
]  # fmt: skip


def test_departments_are_those_that_exist(ain: Callable[..., Path]) -> None:
    for department in DEPARTMENTS:
        assert Header(name="x", title="x", departments=(department,)).departments == (department,)
    for wrong in ("00", "20", "96", "97", "98", "970", "979", "985", "1", "001", "2C", "2a", "ain"):
        told = findings(ain(region=REGION.replace("'01'", f"'{wrong}'")))
        assert any("official code" in finding for finding in told), wrong


@pytest.mark.parametrize(
    ("column", "plausible", "implausible"),
    [
        ("ed_visits_per_year", "300000", "1000000000"),
        ("ed_visits_per_year", "300000", "9" * 30),
        ("beds_mco", "3000", "100000"),
        ("beds_icu", "300", str(10**9)),
        ("latitude", "45.9", "1e300"),
    ],
)
def test_a_count_beyond_what_is_plausible_is_refused(
    ain: Callable[..., Path], column: str, plausible: str, implausible: str
) -> None:
    fields = list(EstablishmentRow.model_fields)
    values = dict(zip(HEADER.split(","), ROWS[0].split(","), strict=True))

    def row(cell: str) -> str:
        return ",".join({**values, column: cell}.get(field, "") for field in fields)

    assert len(topologies.load(ain(header=",".join(fields), rows=[row(plausible)])).establishments) == 1
    [finding] = findings(ain(header=",".join(fields), rows=[row(implausible)]))
    assert f"establishments.csv line 2, {column}: must be at most " in finding


def test_a_thousand_slips_are_not_all_told(ain: Callable[..., Path]) -> None:
    told = findings(ain(rows=[row.replace(",01,", ",00,") for row in ROWS] * 500))
    assert len(told) == 101
    assert "has more errors" in told[-1]


def test_bounds_are_a_box() -> None:
    assert Bounds(south=-22.7, north=-20.0, west=163.5, east=168.2).hold(-21.5, 165.5)
