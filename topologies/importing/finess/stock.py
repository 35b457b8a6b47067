"""The stock file of FINESS with coordinates, `etalab-cs1100507-stock-YYYYMMDD-hhmm.csv`.

No line names the columns: the first one says `finess;etalab;98;DATE`, rows `structureet` describe the establishments,
and rows `geolocalisation` after them say where each lies. The columns are those of the format's description on
data.gouv.fr (data set *FINESS Extraction du Fichier des établissements*): 32 and 6; a cell that holds a semicolon
stands between quotes. Encodings vary over the years (`topologies/reading/large/lines.py`).

A row with another number of cells, or with a code that is none, shifts the meaning of all that follows: the file is
refused there. A hospital that cannot be placed is left out, with the reason.
"""

import csv
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from topologies.errors import BadInput, Finding, Message
from topologies.fields.identifiers import DEPARTMENT
from topologies.fields.shown import shortened, shown
from topologies.importing.finess.coordinates import CENTRE_OF_COMMUNE, Projected, degrees, projection_of
from topologies.importing.finess.sites import (
    AT_ITS_COMMUNE,
    FINESS,
    STATUS_UNKNOWN,
    Register,
    Site,
    commune_of,
    department_of,
    is_hospital,
)
from topologies.reading.files import refusal
from topologies.reading.large.lines import Lines

STRUCTURE = (
    *(
        "structureet",
        "nofinesset",
        "nofinessej",
        "rs",
        "rslongue",
        "complrs",
        "compldistrib",
        "numvoie",
        "typvoie",
    ),
    *(
        "voie",
        "compvoie",
        "lieuditbp",
        "commune",
        "departement",
        "libdepartement",
        "ligneacheminement",
        "telephone",
    ),
    *(
        "telecopie",
        "categetab",
        "libcategetab",
        "categagretab",
        "libcategagretab",
        "siret",
        "codeape",
        "codemft",
    ),
    *("libmft", "codesph", "libsph", "dateouv", "dateautor", "datemaj", "numuai"),
)
PLACE = ("geolocalisation", "nofinesset", "coordxet", "coordyet", "sourcecoordet", "datemaj")
FINESS_AT, ENTITY, SHORT, LONG = 1, 2, 3, 4
COMMUNE, DEPARTMENT_AT, DELIVERY, CATEGORY_AT, TITLE, STATUS_AT = 12, 13, 15, 18, 19, 26
EAST, NORTH, PROJECTION = 2, 3, 4

CATEGORY = re.compile("[0-9]{3}")
IN_A_DEPARTMENT = re.compile(DEPARTMENT)
STATUS: dict[str, bool | None] = {
    "1": True,
    **dict.fromkeys("234567", False),
    **dict.fromkeys(("", "0", "9")),
}
"""The code ESPIC (nomenclature TRE_R73): 1 is a public establishment; 2 to 7 are private, non-profit; 0, most private
ones for profit and the army's, is not concerned; 9 and none are undetermined."""
A_COORDINATE = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,12})?")
PER_CENT = 100
AGAIN = Message("the file is damaged or cut short: download it again")


def read_stock(lines: Lines, departments: Collection[str]) -> Register:
    """What a stock file says of the hospitals of these departments, of all where none is named."""
    rows = iter(lines)
    reader = _Reader(lines, departments, Register(published=_published(lines, next(rows, ""))))
    for text in rows:
        reader.take(_cells(text))
    return reader.finished()


def _published(lines: Lines, first: str) -> date:
    """The day of the extraction, which the first line tells."""
    cells = first.rstrip(";").split(";")
    try:
        tag, origin, _number, day = cells
        if (tag, origin) == ("finess", "etalab"):
            return date.fromisoformat(day)
    except ValueError:
        pass  # not four cells, or no day
    problem = Message(
        "is not the first line of a FINESS stock file: {text}", {"text": shown(shortened(first))}
    )
    remedy = Message("it reads finess;etalab;98;2026-05-12: download etalab-cs1100507-stock again")
    raise refusal(lines.path, [Finding(where=lines.at(), problem=problem, remedy=remedy)])


def _cells(text: str) -> list[str]:
    """The cells of a row; quotes matter only where a cell begins with one."""
    return next(csv.reader([text], delimiter=";")) if '"' in text else text.split(";")


@dataclass(slots=True)
class _Reader:
    """The rows of a stock file, one after the other."""

    lines: Lines
    departments: Collection[str]
    register: Register
    line_of: dict[str, int] = field(default_factory=dict)
    """The establishments listed, and where."""
    unplaced: set[str] = field(default_factory=set)
    """Those of which no row tells yet where they lie."""
    placed: dict[str, Projected] = field(default_factory=dict)
    """Hospitals, by FINESS number."""

    def take(self, cells: list[str]) -> None:
        """The row is read; `BadInput` where it is none of the file's format."""
        if cells[0] == STRUCTURE[0]:
            self._count(cells, STRUCTURE)
            self._structure(cells)
        elif cells[0] == PLACE[0]:
            self._count(cells, PLACE)
            self._place(cells)
        else:
            kinds = {"text": shown(cells[0]), "kinds": f"{STRUCTURE[0]}, {PLACE[0]}"}
            raise self._refused(Message("{text} is no kind of row of this file: {kinds}", kinds), AGAIN)

    def _count(self, cells: list[str], columns: Sequence[str]) -> None:
        if len(cells) != len(columns):
            counts = {"found": len(cells), "expected": len(columns), "kind": columns[0]}
            problem = Message("has {found} {found:cell|cells} where a row {kind} has {expected}", counts)
            raise self._refused(problem, AGAIN)

    def _structure(self, cells: list[str]) -> None:
        finess = self._finess(cells, STRUCTURE)
        if self.placed or len(self.unplaced) < len(self.line_of):
            problem = Message("a row structureet stands after rows geolocalisation")
            raise self._refused(problem, AGAIN)
        if finess in self.line_of:
            first = {"name": finess, "first": self.line_of[finess]}
            raise self._refused(Message("{name} is already on line {first}", first), AGAIN)
        self.line_of[finess] = self.lines.number
        self.unplaced.add(finess)
        self.register.read += 1
        department = department_of(cells[DEPARTMENT_AT])
        if not IN_A_DEPARTMENT.fullmatch(department):
            raise self._malformed(cells, STRUCTURE, DEPARTMENT_AT)
        code = cells[CATEGORY_AT]
        if not CATEGORY.fullmatch(code):
            raise self._malformed(cells, STRUCTURE, CATEGORY_AT)
        if self.departments and department not in self.departments:
            self.register.elsewhere += 1
        elif not is_hospital(code):
            self.register.count(code, cells[TITLE])
        else:
            self.register.sites[finess] = self._site(cells, finess, department)

    def _site(self, cells: list[str], finess: str, department: str) -> Site:
        status = cells[STATUS_AT]
        if status not in STATUS:
            raise self._malformed(cells, STRUCTURE, STATUS_AT)
        return Site(
            where=self.lines.at(),
            finess=finess,
            entity=cells[ENTITY],
            name=" ".join((cells[LONG] or cells[SHORT]).split()),
            commune=commune_of(cells[DELIVERY]),
            department=department,
            code=cells[CATEGORY_AT],
            insee=department[:2] + cells[COMMUNE],
            public=STATUS[status],
            notes=[STATUS_UNKNOWN] if status in ("", "9") else [],
        )

    def _place(self, cells: list[str]) -> None:
        finess = self._finess(cells, PLACE)
        if finess in self.line_of and finess not in self.unplaced:
            raise self._refused(Message("{name} has two rows geolocalisation", {"name": finess}), AGAIN)
        self.unplaced.discard(finess)
        site = self.register.sites.get(finess)
        if site is None or not (cells[EAST] or cells[NORTH]):
            return
        for at in (EAST, NORTH):
            if not A_COORDINATE.fullmatch(cells[at]):
                raise self._malformed(cells, PLACE, at)
        epsg = projection_of(cells[PROJECTION])
        if epsg is None:
            raise self._malformed(cells, PLACE, PROJECTION)
        self.placed[finess] = Projected(float(cells[EAST]), float(cells[NORTH]), epsg)
        if CENTRE_OF_COMMUNE.search(cells[PROJECTION]):
            site.notes.append(AT_ITS_COMMUNE)

    def _finess(self, cells: list[str], columns: Sequence[str]) -> str:
        if not FINESS.fullmatch(cells[FINESS_AT]):
            raise self._malformed(cells, columns, FINESS_AT)
        return cells[FINESS_AT]

    def finished(self) -> Register:
        """What the file says, once its end is one: a file that was cut short has no places for its last rows."""
        missing = len(self.unplaced)
        if self.line_of and missing == len(self.line_of):
            problem = Message("has no row geolocalisation for its establishments: it is another extraction")
            remedy = Message("download the one with coordinates, etalab-cs1100507-stock")
            raise refusal(
                self.lines.path, [Finding(where=self.lines.path.name, problem=problem, remedy=remedy)]
            )
        if missing * PER_CENT > len(self.line_of) and [*self.line_of][-1] in self.unplaced:
            problem = Message(
                "ends before it says where {count} {count:establishment lies|establishments lie}",
                {"count": missing},
            )
            raise self._refused(problem, AGAIN)
        self._locate(self.placed.items())
        if self.lines.not_utf8:
            count = {"count": self.lines.not_utf8}
            odd = Message("{count} {count:line|lines} in ISO-8859-1, not in UTF-8", count)
            self.register.oddities.append(odd)
        return self.register

    def _locate(self, placed: Iterable[tuple[str, Projected]]) -> None:
        named, points = [*zip(*placed, strict=True)] or [(), ()]
        for finess, point in zip(named, degrees(points), strict=True):
            self.register.sites[finess].point = point

    def _malformed(self, cells: list[str], columns: Sequence[str], at: int) -> BadInput:
        problem = Message("is malformed: {value}", {"value": shown(cells[at])})
        finding = Finding(where=f"{self.lines.at(at + 1)}, {columns[at]}", problem=problem, remedy=AGAIN)
        return refusal(self.lines.path, [finding])

    def _refused(self, problem: Message, remedy: Message) -> BadInput:
        return refusal(self.lines.path, [Finding(where=self.lines.at(), problem=problem, remedy=remedy)])
