"""Listing: the ministry's list of GHTs, `dgos_ght_liste_….xlsx`, a row for each legal entity that is in one.

Its format is described by a public program that reads the lists of October 2017 and January 2019 (`flrt/ght-opendata`):
a header `REGION`, `DENOMINATION GHT`, `CODE GHT`, `FINESS`, `CATEGORIE`, `DENOMINATION ETABLISSEMENT`, `COMMUNE`,
`CODE POSTAL`, where `FINESS` is the number of the legal entity. It does not say who is the support. A list with other
headings is refused, for what they mean would be a guess.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from topologies.errors import Finding, Message
from topologies.fields.identifiers import FINESS
from topologies.fields.shown import shortened, shown
from topologies.reading.files import refusal
from topologies.reading.sheets import SheetRow

GHT, NUMBER, NAME, COMMUNE = "DENOMINATION GHT", "FINESS", "DENOMINATION ETABLISSEMENT", "COMMUNE"
NEEDED = (GHT, NUMBER, NAME)
TITLES_ABOVE = 10
"""Rows above the header at most."""
LONGEST_NAME = 150
LOST_ITS_ZERO = re.compile("[1-9][0-9]{7}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A legal entity that is in a GHT."""

    where: str
    entity: str
    """Its FINESS number."""
    ght: str
    name: str
    commune: str


def heading(text: str) -> str:
    """A heading in capitals without accents, its words apart by single blanks.

    >>> heading(" Dénomination  établissement")
    'DENOMINATION ETABLISSEMENT'
    """
    plain = unicodedata.normalize("NFD", text.upper()).encode("ascii", "ignore").decode()
    return " ".join(plain.split())


def members_in(rows: Sequence[SheetRow]) -> list[Member]:
    """The members of GHTs; `BadInput` with all rows that are wrong."""
    at, columns = _header(rows)
    findings: list[Finding] = []
    members: dict[str, Member] = {}
    for row in rows[at + 1 :]:
        member = _member(row, columns)
        wrong = [*_wrong(row, columns, member)]
        first = members.setdefault(member.entity, member)
        if not wrong and first is not member and first.ght != member.ght:
            gaps = {"name": member.entity, "first": first.ght}
            problem = Message("{name} is in {first} already", gaps)
            wrong = [
                Finding(
                    where=row.at(columns[NUMBER]), problem=problem, remedy=Message("keep one of the two rows")
                )
            ]
        findings += wrong
    if findings:
        raise refusal(rows[0].file, findings)
    return [*members.values()]


def _header(rows: Sequence[SheetRow]) -> tuple[int, dict[str, int]]:
    """Which row is the header, and the columns by their headings."""
    for at, row in enumerate(rows[:TITLES_ABOVE]):
        columns = {heading(text): column for column, text in enumerate(row.cells)}
        if {*NEEDED} <= columns.keys():
            return at, columns
    found = shortened(", ".join(rows[0].cells))
    finding = Finding(
        where=rows[0].at(),
        problem=Message("is not the ministry's list of GHTs: {text}", {"text": shown(found)}),
        remedy=Message("keep its headings: {columns}", {"columns": ", ".join(NEEDED)}),
    )
    raise refusal(rows[0].file, [finding])


def _member(row: SheetRow, columns: dict[str, int]) -> Member:
    number = row[columns[NUMBER]].replace(" ", "")
    name = " ".join(row[columns[GHT]].split())
    return Member(
        where=row.at(columns[NUMBER]),
        entity=f"0{number}" if LOST_ITS_ZERO.fullmatch(number) else number,
        ght=name if heading(name).startswith("GHT ") else f"GHT {name}",
        name=row[columns[NAME]],
        commune=row[columns[COMMUNE]] if COMMUNE in columns else "",
    )


def _wrong(row: SheetRow, columns: dict[str, int], member: Member) -> Iterator[Finding]:
    if not re.fullmatch(FINESS, member.entity):
        problem = Message("is not a FINESS number: {value}", {"value": shown(row[columns[NUMBER]])})
        remedy = Message("write the nine characters of the FINESS number; spreadsheets drop leading zeros")
        yield Finding(where=f"{member.where}, {NUMBER}", problem=problem, remedy=remedy)
    for column in (GHT, NAME):
        if not 0 < len(row[columns[column]]) <= LONGEST_NAME:
            value = {"value": shown(row[columns[column]])}
            where = f"{row.at(columns[column])}, {column}"
            yield Finding(
                where=where, problem=Message("is no name: {value}", value), remedy=Message("write it out")
            )
