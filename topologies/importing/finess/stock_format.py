"""Format of FINESS's stock file: its columns, which no line of the file names, and what they hold.

After the description of the format on data.gouv.fr. Nothing but their content tells columns that were swapped: codes
have a shape, one code has one title wherever it stands, and the two names of an establishment share words.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from topologies.fields.identifiers import DEPARTMENT
from topologies.importing.finess.sites import FINESS, department_of

STRUCTURE = (
    *("structureet", "nofinesset", "nofinessej", "rs", "rslongue", "complrs", "compldistrib"),
    *("numvoie", "typvoie", "voie", "compvoie", "lieuditbp", "commune", "departement"),
    *("libdepartement", "ligneacheminement", "telephone", "telecopie", "categetab", "libcategetab"),
    *("categagretab", "libcategagretab", "siret", "codeape", "codemft", "libmft", "codesph", "libsph"),
    *("dateouv", "dateautor", "datemaj", "numuai"),
)
PLACE = ("geolocalisation", "nofinesset", "coordxet", "coordyet", "sourcecoordet", "datemaj")

NUMBER, ENTITY, SHORT, LONG = 1, 2, 3, 4
COMMUNE, DEPARTMENT_CODE, DEPARTMENT_NAME, DELIVERY = 12, 13, 14, 15
CATEGORY, CATEGORY_TITLE, STATUS, STATUS_TITLE = 18, 19, 26, 27
EAST, NORTH, PROJECTION = 2, 3, 4

STATUSES: Mapping[str, bool | None] = {
    "1": True,
    **dict.fromkeys("234567", False),
    **dict.fromkeys(("", "0", "9")),
}
"""The code ESPIC (nomenclature TRE_R73): 1 is a public establishment; 2 to 7 are private, non-profit; 0, most private
ones for profit and the army's, is not concerned; 9 and none are undetermined."""
UNDETERMINED = frozenset({"", "9"})

A_CATEGORY = re.compile("[0-9]{3}")
A_DEPARTMENT = re.compile(DEPARTMENT)
A_COMMUNE = re.compile("([0-9]{3})?")
A_DELIVERY = re.compile(r"(.*[^\W\d_].*)?")
A_POSTCODE = re.compile(r"[0-9]{5}\s")
A_NAME = re.compile(r".*[^\W\d_].*")
"""With a letter."""
A_COORDINATE = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,12})?")

TITLED = ((DEPARTMENT_CODE, DEPARTMENT_NAME), (CATEGORY, CATEGORY_TITLE), (STATUS, STATUS_TITLE))
"""Codes, each with the column of its title."""
ENOUGH = 10
"""Names by which columns are judged."""
SHORTEST_WORD = 3
"""Letters; articles have fewer."""


def wrong_in_any(cells: Sequence[str]) -> int | None:
    """The first column of a row `structureet` that cannot be, whatever the row is about."""
    if not FINESS.fullmatch(cells[NUMBER]):
        return NUMBER
    if not A_DEPARTMENT.fullmatch(department_of(cells[DEPARTMENT_CODE])):
        return DEPARTMENT_CODE
    return None if A_CATEGORY.fullmatch(cells[CATEGORY]) else CATEGORY


def wrong_in_hospital(cells: Sequence[str]) -> int | None:
    """The first column of a hospital's row that cannot be."""
    patterns = {COMMUNE: A_COMMUNE, DELIVERY: A_DELIVERY, LONG if cells[LONG] else SHORT: A_NAME}
    wrong = (column for column, pattern in patterns.items() if not pattern.fullmatch(cells[column]))
    return next(wrong, None if cells[STATUS] in STATUSES else STATUS)


@dataclass(slots=True)
class Consistency:
    """What rows must agree upon with those before."""

    titles: dict[tuple[int, str], str] = field(default_factory=dict)
    """By column and code."""
    names: int = 0
    """Hospitals with two names, and those of which the two share a word."""
    alike: int = 0
    deliveries: int = 0
    """Hospitals with a line of delivery, and those of which it begins with a postcode."""
    postcodes: int = 0

    def other_title(self, cells: Sequence[str]) -> tuple[int, str] | None:
        """The column in which a row gives a code another title than those before, and that title."""
        for code, title in TITLED:
            known = self.titles.setdefault((title, cells[code]), cells[title])
            if known != cells[title]:
                return title, known
        return None

    def note_texts(self, cells: Sequence[str]) -> None:
        """A hospital's two names are compared, and its line of delivery looked at."""
        if cells[DELIVERY]:
            self.deliveries += 1
            self.postcodes += bool(A_POSTCODE.match(cells[DELIVERY]))
        if cells[SHORT] and cells[LONG]:
            self.names += 1
            self.alike += bool(_words(cells[SHORT]) & _words(cells[LONG]))

    @property
    def texts_look_swapped(self) -> bool:
        """Hardly any long name has a word of its short one, or hardly any delivery a postcode."""
        names = self.names >= ENOUGH and self.alike * 2 < self.names
        return names or (self.deliveries >= ENOUGH and self.postcodes * 2 < self.deliveries)


def _words(name: str) -> set[str]:
    """The words of a name that are no articles, without accents."""
    plain = unicodedata.normalize("NFD", name.upper()).encode("ascii", "ignore").decode()
    return {word for word in re.findall("[A-Z0-9]+", plain) if len(word) >= SHORTEST_WORD}
