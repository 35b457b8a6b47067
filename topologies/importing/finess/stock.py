"""The stock file of FINESS with coordinates, `etalab-cs1100507-stock-YYYYMMDD-hhmm.csv`.

The first line says `finess;etalab;98;DATE`; rows `structureet` describe the establishments, and rows `geolocalisation`
after them say where each lies; a cell that holds a semicolon stands between quotes. On data.gouv.fr it belongs to the
data set *FINESS Extraction du Fichier des établissements*. Encodings vary over the years, and within a file.

A row with another number of cells, or with a code that is none, shifts the meaning of all that follows: the file is
refused there. A hospital that cannot be placed is left out, with the reason.
"""

import csv
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from topologies.errors import BadInput, Finding, Message
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
from topologies.importing.finess.stock_format import (
    A_COORDINATE,
    CATEGORY,
    CATEGORY_TITLE,
    COMMUNE,
    DELIVERY,
    DEPARTMENT_CODE,
    EAST,
    ENTITY,
    LONG,
    NORTH,
    NUMBER,
    PLACE,
    PROJECTION,
    SHORT,
    STATUS,
    STATUSES,
    STRUCTURE,
    UNDETERMINED,
    Consistency,
    wrong_in_any,
    wrong_in_hospital,
)
from topologies.reading.files import refusal
from topologies.reading.large.lines import Lines

PER_CENT = 100
AGAIN = Message("the file is damaged or cut short: download it again")
TEXTS_LOOK_SWAPPED = Message("names or communes that hardly look like such: their columns may be swapped")
SWAPPED = Message("its columns may be swapped: download it again")


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
    problem = Message("is not the first line of a FINESS stock file: {text}")
    remedy = Message("it reads finess;etalab;98;2026-05-12: download etalab-cs1100507-stock again")
    told = problem.filled({"text": shown(shortened(first))})
    raise refusal(lines.path, [Finding(where=lines.at(), problem=told, remedy=remedy)])


def _cells(text: str) -> list[str]:
    """The cells of a row; quotes matter only where a cell begins with one."""
    return next(csv.reader([text], delimiter=";")) if '"' in text else text.split(";")


@dataclass(slots=True)
class _Reader:
    """The rows of a stock file, one after the other."""

    lines: Lines
    departments: Collection[str]
    register: Register
    consistency: Consistency = field(default_factory=Consistency)
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
            raise self._refused(Message("{text} is no kind of row of this file: {kinds}", kinds))

    def _count(self, cells: list[str], columns: Sequence[str]) -> None:
        if len(cells) != len(columns):
            counts = {"found": len(cells), "expected": len(columns), "kind": columns[0]}
            problem = Message("has {found} {found:cell|cells} where a row {kind} has {expected}", counts)
            raise self._refused(problem)

    def _structure(self, cells: list[str]) -> None:
        if wrong := wrong_in_any(cells):
            raise self._malformed(cells, STRUCTURE, wrong)
        if len(self.unplaced) < len(self.line_of):
            raise self._refused(Message("a row structureet stands after rows geolocalisation"))
        self._refuse_another_title(cells)
        finess, department = cells[NUMBER], department_of(cells[DEPARTMENT_CODE])
        if finess in self.line_of:
            first = {"name": finess, "first": self.line_of[finess]}
            raise self._refused(Message("{name} is already on line {first}", first))
        self.line_of[finess] = self.lines.number
        self.unplaced.add(finess)
        self.register.read += 1
        if self.departments and department not in self.departments:
            self.register.elsewhere += 1
        elif not is_hospital(cells[CATEGORY]):
            self.register.count(cells[CATEGORY], cells[CATEGORY_TITLE])
        else:
            self.register.sites[finess] = self._site(cells, department)

    def _refuse_another_title(self, cells: list[str]) -> None:
        if other := self.consistency.other_title(cells):
            column, known = other
            values = {"value": shown(cells[column]), "known": shown(known)}
            problem = Message("says {value} where rows before say {known} for the same code", values)
            where = f"{self.lines.at(column + 1)}, {STRUCTURE[column]}"
            raise refusal(self.lines.path, [Finding(where=where, problem=problem, remedy=SWAPPED)])

    def _site(self, cells: list[str], department: str) -> Site:
        if wrong := wrong_in_hospital(cells):
            raise self._malformed(cells, STRUCTURE, wrong)
        self.consistency.note_texts(cells)
        return Site(
            where=self.lines.at(),
            finess=cells[NUMBER],
            entity=cells[ENTITY],
            name=" ".join((cells[LONG] or cells[SHORT]).split()),
            commune=commune_of(cells[DELIVERY]),
            department=department,
            code=cells[CATEGORY],
            insee=f"{department[:2]}{cells[COMMUNE]}",
            public=STATUSES[cells[STATUS]],
            notes=[STATUS_UNKNOWN] if cells[STATUS] in UNDETERMINED else [],
        )

    def _place(self, cells: list[str]) -> None:
        finess = cells[NUMBER]
        if not FINESS.fullmatch(finess):
            raise self._malformed(cells, PLACE, NUMBER)
        if finess in self.line_of and finess not in self.unplaced:
            raise self._refused(Message("{name} has two rows geolocalisation", {"name": finess}))
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

    def finished(self) -> Register:
        """What the file says, once its end is one: a file that was cut short has no places for its last rows."""
        self._refuse_what_is_cut_short()
        self._locate(self.placed.items())
        if self.consistency.texts_look_swapped:
            self.register.oddities.append(TEXTS_LOOK_SWAPPED)
        if self.lines.not_utf8:
            count = {"count": self.lines.not_utf8}
            odd = Message("{count} {count:line|lines} in ISO-8859-1, not in UTF-8", count)
            self.register.oddities.append(odd)
        return self.register

    def _refuse_what_is_cut_short(self) -> None:
        missing = len(self.unplaced)
        if self.line_of and missing == len(self.line_of):
            problem = Message("has no row geolocalisation for its establishments: it is another extraction")
            remedy = Message("download the one with coordinates, etalab-cs1100507-stock")
            raise self._refused_whole(problem, remedy)
        if missing * PER_CENT > len(self.line_of) and [*self.line_of][-1] in self.unplaced:
            problem = Message(
                "ends before it says where {count} {count:establishment lies|establishments lie}"
            )
            raise self._refused(problem.filled({"count": missing}))

    def _locate(self, placed: Iterable[tuple[str, Projected]]) -> None:
        named, points = [*zip(*placed, strict=True)] or [(), ()]
        for finess, point in zip(named, degrees(points), strict=True):
            self.register.sites[finess].point = point

    def _malformed(self, cells: list[str], columns: Sequence[str], at: int) -> BadInput:
        problem = Message("is malformed: {value}", {"value": shown(cells[at])})
        where = f"{self.lines.at(at + 1)}, {columns[at]}"
        return refusal(self.lines.path, [Finding(where=where, problem=problem, remedy=AGAIN)])

    def _refused(self, problem: Message) -> BadInput:
        return refusal(self.lines.path, [Finding(where=self.lines.at(), problem=problem, remedy=AGAIN)])

    def _refused_whole(self, problem: Message, remedy: Message) -> BadInput:
        name = self.lines.path.name
        return refusal(self.lines.path, [Finding(where=name, problem=problem, remedy=remedy)])
