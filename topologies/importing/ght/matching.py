"""Matching: the places of care that a legal entity has in a region.

By number, where the bordereau ID of the SAE tells the entity (`FI_EJ`) of each site (`FI`). Else by name, and strictly:
all words of the entity's name stand in that of a public establishment of the same department, or in its commune's, and
this is so of no other entity of the list. What both leave open is left out.
"""

import re
from collections.abc import Mapping, Sequence

from topologies.building.deriving.undeclared import is_public
from topologies.building.records import EstablishmentRow
from topologies.errors import Finding, Message
from topologies.fields.identifiers import FINESS, department_of_finess
from topologies.fields.shown import shown
from topologies.importing.ght.listing import Member, heading
from topologies.reading.files import refusal
from topologies.reading.sheets import SheetRow

SITE, ENTITY = "FI", "FI_EJ"
SHORT = (
    (re.compile(r"\bC\.? ?H\.? ?R\.? ?U\b\.?"), "CHU"),
    (re.compile(r"\bC\.? ?H\.? ?U\b\.?"), "CHU"),
    (re.compile(r"\b(CENTRE|CTRE) (HOSPITALIER|HOSP)\b|\bC\.? ?H\b\.?"), "CH"),
    (re.compile(r"\bSTE?\b\.?"), "SAINT"),
    (re.compile(r"\bSAINTE\b"), "SAINT"),
)
"""How hospitals are called in full and in short."""
ARTICLES = frozenset({"DE", "DU", "DES", "D", "LA", "LE", "LES", "L", "ET", "EN", "A", "AU", "AUX", "SUR"})
FEWEST_WORDS = 2
"""Of a name by which somebody is recognised: CH alone is everybody."""


def is_identification(rows: Sequence[SheetRow]) -> bool:
    """These are the rows of the bordereau ID."""
    return {SITE, ENTITY} <= {heading(text) for text in rows[0].cells}


def entities_in(rows: Sequence[SheetRow]) -> dict[str, set[str]]:
    """The sites of each legal entity, by the bordereau ID."""
    columns = {heading(text): column for column, text in enumerate(rows[0].cells)}
    sites: dict[str, set[str]] = {}
    for row in rows[1:]:
        for column in (SITE, ENTITY):
            if not re.fullmatch(FINESS, row[columns[column]]):
                problem = Message("is malformed: {value}", {"value": shown(row[columns[column]])})
                remedy = Message("the file is damaged, or was changed by a spreadsheet: download it again")
                where = f"{row.at(columns[column])}, {column}"
                raise refusal(row.file, [Finding(where=where, problem=problem, remedy=remedy)])
        sites.setdefault(row[columns[ENTITY]], set()).add(row[columns[SITE]])
    return sites


def sites_by_name(members: Sequence[Member], rows: Sequence[EstablishmentRow]) -> Mapping[str, set[str]]:
    """The sites of each entity that names alone tell, by the entity's number."""
    named = {member.entity: (_words(member.name), department_of_finess(member.entity)) for member in members}
    found: dict[str, set[str]] = {}
    for row in rows:
        words = _words(f"{row.name} {row.commune or ''}")
        entities = [
            entity
            for entity, (of_entity, department) in named.items()
            if department == row.department and len(of_entity) >= FEWEST_WORDS and of_entity <= words
        ]
        if len(entities) == 1 and is_public(row):
            found.setdefault(entities[0], set()).add(row.finess)
    return found


def _words(name: str) -> frozenset[str]:
    """The words of a name that are no articles, in short."""
    text = heading(name)
    for pattern, short in SHORT:
        text = pattern.sub(short, text)
    return frozenset(re.findall("[A-Z0-9]+", text)) - ARTICLES
