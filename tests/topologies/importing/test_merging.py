"""What a region says stays unless a source knows better, and each GHT has one support whatever is put together."""

from collections.abc import Mapping

import pytest

from topologies.importing.merging import merged
from topologies.importing.records import Record
from topologies.importing.report import Report
from topologies.region import Basis

KNOWN = {"finess": "350000022", "name": "CHU", "commune": "Rennes", "department": "35", "category": "chu"}
KNOWN |= {"public": "yes", "latitude": "48.12", "longitude": "-1.69", "basis": "published", "source": "ours"}


def record(basis: Basis = Basis.PUBLISHED, note: str = "", **cells: str) -> Record:
    return Record(
        where="line 1", cells={"finess": "350000022", **cells}, source="theirs", basis=basis, note=note
    )


def row_of(known: Mapping[str, str], *records: Record) -> tuple[Mapping[str, str], Report]:
    report = Report()
    (row,) = merged({"350000022": known}, records, report).values()
    return row, report


def test_a_source_fills_what_is_empty_and_keeps_what_is_said() -> None:
    row, report = row_of(KNOWN, record(beds_mco="100", name="C.H.U.", note="odd"))
    assert (row["beds_mco"], row["name"], row["source"], row["note"]) == ("100", "CHU", "ours; theirs", "odd")
    assert (report.completed, report.kept) == ({"beds_mco": 1}, {"name": 1})
    again, report = row_of(row, record(beds_mco="100", note="odd"))
    assert again == row
    assert not report.completed.total() + report.kept.total()


@pytest.mark.parametrize(
    ("basis", "told"), [(Basis.DECLARED, "C.H.U."), (Basis.PUBLISHED, "CHU"), (Basis.ASSUMPTION, "CHU")]
)
def test_what_is_declared_replaces_what_is_published_and_not_the_reverse(basis: Basis, told: str) -> None:
    row, _ = row_of(KNOWN, record(basis, name="C.H.U."))
    assert row["name"] == told


def test_a_ght_is_taken_whole_by_its_own_basis() -> None:
    derived = KNOWN | {"ght": "GHT A", "ght_basis": "derived", "support": "yes"}
    theirs = record(ght="GHT B", ght_basis="published", support="no")
    row, report = row_of(derived, theirs)
    assert (row["ght"], row["ght_basis"]) == ("GHT B", "published")
    assert (row["support"], len(report.notes)) == ("yes", 1)  # its only member
    row, report = row_of(derived | {"ght_basis": "published"}, theirs)
    assert (row["ght"], row["ght_basis"], report.kept["ght"]) == ("GHT A", "published", 1)


def test_each_ght_has_one_support() -> None:
    """The one before, else the one named, else the first by kind and number, which is told."""
    other = KNOWN | {"finess": "350000014", "category": "ch", "name": "CH"}
    rows = {"350000014": other, "350000022": KNOWN}
    a = {"ght": "GHT A", "ght_basis": "published"}

    def supports(before: Mapping[str, str], **named: str) -> tuple[list[str], list[str]]:
        report = Report()
        known = {
            finess: {**row, **a, **({"support": before[finess]} if finess in before else {})}
            for finess, row in rows.items()
        }
        records = [
            Record(where="", cells={"finess": finess, **a, "support": said}, source="s", basis=Basis.DECLARED)
            for finess, said in named.items()
        ]
        done = merged(known, records, report)
        return [finess for finess, row in done.items() if row["support"] == "yes"], [*map(str, report.notes)]

    assert supports({"350000014": "yes"}, **{"350000022": "yes"}) == (["350000014"], [])
    assert supports({}, **{"350000014": "yes"}) == (["350000014"], [])
    assert supports({}) == (["350000022"], ["nobody says who supports GHT A: CHU is taken"])
