"""CSV tables: the rows that are right are read, and all that is wrong is told with its line."""

from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from topologies.errors import BadInput
from topologies.fields.quantity import Input
from topologies.reading.tables import read_csv


class Row(Input):
    id: str
    beds: Annotated[int, Field(ge=0)] | None = None
    latitude: float = 0.0


def rows_of(tmp_path: Path, text: str) -> list[tuple[int, Row]]:
    path = tmp_path / "rows.csv"
    path.write_bytes(text.encode())
    return read_csv(path, Row)


def row_refusals(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(BadInput) as error:
        rows_of(tmp_path, text)
    return [str(finding) for finding in error.value.findings]


def test_an_empty_cell_is_a_missing_value_and_nought_is_nought(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "id,beds\na,\nb,0\n")
    assert [(line, row.beds) for line, row in rows] == [(2, None), (3, 0)]


@pytest.mark.parametrize(
    "text", ["\ufeffid,beds\r\na,3\r\n", "id;beds\na;3\n", 'id,beds\n\n"a",3', "id,beds\n a , 3 \n,\n"]
)
def test_what_spreadsheets_write_is_read(tmp_path: Path, text: str) -> None:
    [(_, row)] = rows_of(tmp_path, text)
    assert (row.id, row.beds) == ("a", 3)


def test_lines_are_counted_through_cells_of_several_lines(tmp_path: Path) -> None:
    assert [line for line, _ in rows_of(tmp_path, 'id,beds\n"a\nb",1\n\nc,2\n')] == [2, 5]


def test_all_rows_that_are_wrong_are_told(tmp_path: Path) -> None:
    assert row_refusals(tmp_path, 'id,beds,latitude\na,-1,"48,85"\n,3,1\nb,1\n') == [
        "rows.csv line 2, beds: must be at least 0, not '-1'; write 0 or more",
        (
            "rows.csv line 2, latitude: must be a number, not '48,85'; write a number, such as 3.5, "
            "with a point before the decimals"
        ),
        "rows.csv line 3, id: is missing; add it",
        (
            "rows.csv line 4: has 2 cells where the header has 3; check its commas, and put text "
            "that holds one between quotes"
        ),
    ]


def test_a_header_that_is_wrong_is_told_once(tmp_path: Path) -> None:
    assert row_refusals(tmp_path, "bed,bed,latitude\n1,2,3\n4,5,6\n") == [
        "rows.csv line 1: the column bed appears twice; keep one of the two",
        "rows.csv line 1: bed is not a column here; use beds, or drop it",
        "rows.csv line 1: the column id is missing; add it",
    ]


def test_an_empty_csv_and_an_open_quote_are_refused(tmp_path: Path) -> None:
    assert row_refusals(tmp_path, "") == ["rows.csv: is empty; write a header with the names of the columns"]
    [finding] = row_refusals(tmp_path, 'id,beds\na,1\n"b,2\n')
    assert finding.startswith("rows.csv line 3: is not valid CSV")
