"""Undeclared: what a row of `establishments.csv` leaves to a rule, and what the region says of it then.

Five columns are enough to describe a hospital. Its category follows from its name, its status from its category; both
are assumptions, which its source tells. It lies in the commune whose point is nearest, takes emergencies if it counts
visits, and has the usual beds of a site with as many.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from topologies.building.assumptions import Assumptions
from topologies.building.deriving.neighbours import nearest_first
from topologies.building.records import Draft, EstablishmentRow
from topologies.errors import Message
from topologies.region import Basis, Category

DECLARED = Message("declared by those concerned").template
DECLARED_IN_PART = Message("declared by those concerned; category or status assumed by rule").template

BY_NAME: tuple[tuple[re.Pattern[str], Category], ...] = (
    (re.compile(r"\b(CHU|CHRU|UNIVERSITAIRE)\b"), Category.UNIVERSITY),
    (re.compile(r"\b(CHS|EPSM|PSYCHIATRI\w*)\b"), Category.PSYCHIATRIC),
    (re.compile(r"\b(HIA|ARMEES)\b"), Category.MILITARY),
    (re.compile(r"\b(CLCC|CANCER)\b"), Category.CANCER),
    (re.compile(r"\b(SSR|SMR|CRF|READAPTATION|REEDUCATION)\b"), Category.REHABILITATION),
    (re.compile(r"\b(CLINIQUE|POLYCLINIQUE|PRIVEE?)\b"), Category.CLINIC),
)
"""Words of a name, and what they make of it; the first that fits."""
PUBLIC = frozenset(
    {Category.UNIVERSITY, Category.GENERAL, Category.LOCAL, Category.PSYCHIATRIC, Category.MILITARY}
)


class Beds(NamedTuple):
    """The beds of an establishment."""

    mco: int | None
    icu: int | None
    all: int
    """Of every kind, a proxy for its size."""
    are_declared: bool


def category_of(row: EstablishmentRow) -> Category:
    """What it says that it is, or what its name says: without a word of these, a hospital, large or small."""
    if row.category is not None:
        return row.category
    name = unicodedata.normalize("NFD", row.name.upper()).encode("ascii", "ignore").decode()
    usual = Category.GENERAL if row.has_emergency else Category.LOCAL
    named = next((category for words, category in BY_NAME if words.search(name)), usual)
    return Category.PRIVATE_EMERGENCY if named is Category.CLINIC and row.has_emergency else named


def is_public(row: EstablishmentRow) -> bool:
    """It is public if it says so, or is of a category that mostly is."""
    return category_of(row) in PUBLIC if row.public is None else row.public


def source_of(row: EstablishmentRow) -> str:
    """Where the row comes from; without a word, from those concerned."""
    if row.source is not None:
        return row.source
    return DECLARED if row.category is not None and row.public is not None else DECLARED_IN_PART


def beds_of(row: EstablishmentRow, assumed: Assumptions) -> Beds:
    """Its beds; of an emergency site that is declared with its visits alone, the usual ones for as many visits."""
    if row.basis is not Basis.DECLARED or row.declared_beds is not None or not row.ed_visits_per_year:
        usual = round(assumed.usual_beds[category_of(row)].value)
        declared = row.declared_beds
        return Beds(row.beds_mco, row.beds_icu, usual if declared is None else declared, declared is not None)
    thousands = row.ed_visits_per_year / 1_000
    acute = round(assumed.acute_beds_per_1000_visits.value * thousands)
    is_large = row.ed_visits_per_year >= assumed.critical_care_from_visits.value
    critical = round(assumed.critical_beds_per_1000_visits.value * thousands) if is_large else 0
    return Beds(acute, critical, acute + critical, are_declared=False)


def communes_of(draft: Draft) -> Mapping[str, str]:
    """The commune of each establishment: what it says, or the nearest; where none is known, its own name."""
    lost = {row.finess: row for _, row in draft.establishments if row.commune is None}
    names = {row.code: row.name for _, row in draft.communes}
    nearest = nearest_first(lost, {row.code: row for _, row in draft.communes}, most=1) if lost else {}
    found = {finess: names[ways[0].site] if ways else lost[finess].name for finess, ways in nearest.items()}
    return found | {row.finess: row.commune for _, row in draft.establishments if row.commune is not None}
