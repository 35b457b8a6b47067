"""Whatever text comes in, no cell of an export is a formula, and the text is read back as it was."""

import csv
import zipfile
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from results.exports.formats.as_csv import SEPARATORS, csv_of
from results.exports.formats.as_xlsx import TooLong, xlsx_of
from results.exports.formats.shielded import bare, shielded
from results.exports.tables import Portion, Table
from results.presentation.language import LANGUAGES, Language

STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
HOSTILE = st.text(
    st.one_of(
        st.sampled_from([*"=+-@',;|\t\r\n \"\uff1d\u200b\u202e_x01/.e"]),
        st.characters(exclude_categories=["Cs"]),
    )
)
NAMES = (
    'Hôpital "Saint-Louis" <script>window.pwned = true</script>',
    "Clinique 🚑 👩‍⚕️ de l'Est & Cie",
    "CH \u202eelbisivni",
    '=HYPERLINK("http://x","y")',
    "x;=1+1;",
    "\u200b=1+1",
    "'=1+1",
    "_x003D_1+1",
    "@SUM(1)\n-2\x00",
)


def table_of(*texts: str) -> Table:
    return Table(
        title="Essai",
        says="",
        headings=("text", "number"),
        rows=[(each, 3.5) for each in texts],
        count=len(texts),
    )


def cells_of(content: bytes, separator: str) -> list[str]:
    """Every cell that a spreadsheet might see, whatever it takes for the end of one."""
    rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator)
    return [cell for row in rows for cell in row]


def begins_a_formula(cell: str) -> bool:
    """As a spreadsheet looks at a cell, past what it may drop before."""
    dropped = " \u200b\u202e"
    return cell.lstrip(dropped)[:1] in {*STARTS}


@pytest.mark.parametrize("language", LANGUAGES)
@given(texts=st.lists(HOSTILE, min_size=1, max_size=4))
@example(texts=list(NAMES))
@settings(max_examples=60, deadline=None)
def test_no_text_of_a_csv_file_is_a_formula_and_each_is_read_back(
    texts: list[str], language: Language
) -> None:
    content = csv_of(table_of(*texts), language)
    separator, point = SEPARATORS[language]
    found = cells_of(content, separator)[2:]
    assert [bare(cell) for cell in found[::2]] == texts
    assert set(found[1::2]) == {f"3{point}5"}
    # Opened with another separator than it was written with, too.
    assert not [cell for other in ",;|\t" for cell in cells_of(content, other) if begins_a_formula(cell)]


@pytest.mark.parametrize("text", ["010000024", " 0012 ", "3/5", "1.5", "2024-01-02", "12e5", "9" * 20])
def test_what_a_spreadsheet_would_read_as_something_else_is_shielded_in_csv(text: str) -> None:
    assert shielded(text) == f"'{text}"
    assert bare(shielded(text)) == text


@pytest.mark.parametrize(
    "text", ["750100125", "01 Ain", "2A0000014", "0", "12 lits", "c42ccd00bde93c38", "24/7 SAMU"]
)
def test_what_it_reads_as_it_stands_is_left(text: str) -> None:
    assert shielded(text) == text


@given(texts=st.lists(HOSTILE, min_size=1, max_size=4))
@example(texts=list(NAMES))
@settings(max_examples=25, deadline=None)
def test_no_cell_of_a_workbook_is_a_formula_and_each_text_is_read_back(texts: list[str]) -> None:
    content = xlsx_of([table_of(*texts)])
    sheet = openpyxl.load_workbook(BytesIO(content))["Essai"]
    rows = [*sheet.iter_rows(min_row=2)]
    assert [unescape(str(text.value or "")) for text, _ in rows] == texts
    kinds = {(cell.data_type, cell.quotePrefix) for cell, _ in rows if cell.value}
    assert kinds <= {("s", 1), ("inlineStr", 1)}
    with zipfile.ZipFile(BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_sheet_has_a_frozen_heading_filters_and_numbers_as_they_are_shown() -> None:
    row = ("a", 12345, 2.5, Portion(0.25), date(2030, 2, 1), None, float("nan"))
    table = Table(title="Essai", says="", headings=tuple("abcdefg"), rows=[row], count=1)
    sheet = openpyxl.load_workbook(BytesIO(xlsx_of([table])))["Essai"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:G2")
    assert sheet["A1"].font.bold
    shown = [cell.number_format for cell in sheet[2]]
    assert shown[:5] == ["@", "#,##0", "#,##0.0##", "0.0%", "yyyy-mm-dd"]
    assert [cell.value for cell in sheet[2]][1:4] == [12345, 2.5, 0.25]
    assert [cell.value for cell in sheet[2]][5:] == [None, None]


def test_numbers_and_days_of_a_csv_file_are_as_its_language_writes_them() -> None:
    row = ("é", 12345, 0.1 + 0.2, Portion(0.25), date(2030, 2, 1), None, float("nan"))
    table = Table(title="Essai", says="", headings=tuple("abcdefg"), rows=[row], count=1)
    french, english = (csv_of(table, language).decode("utf-8").splitlines()[1] for language in LANGUAGES)
    assert french == '"é";12345;0,30000000000000004;0,25;2030-02-01;;'
    assert english == '"é",12345,0.30000000000000004,0.25,2030-02-01,,'
    assert csv_of(table, "fr").startswith(b"\xef\xbb\xbf")


def test_what_no_sheet_holds_is_refused_before_a_row_is_written() -> None:
    table = Table(title="Essai", says="", headings=("a",), rows=[], count=1_048_576)
    with pytest.raises(TooLong, match=r"write it as \.csv"):
        xlsx_of([table])
