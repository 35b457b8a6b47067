"""Abbreviations: what those of the French health system stand for, of which a page makes use."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Final

from results.presentation.language import _, later
from results.report.parts import Section, Table

MEANT: Final[Mapping[str, str]] = {
    "AP-HP": later(
        "Assistance publique – Hôpitaux de Paris: the public university hospitals of Paris and around it"
    ),
    "ARS": later("agence régionale de santé: the State’s authority over hospitals and care in a region"),
    "CaRE": later(
        "Cybersécurité, accélération et résilience des établissements: the national programme that funds the "
        "cybersecurity of hospitals"
    ),
    "CERT Santé": later("the national team that helps health establishments in a cyber incident"),
    "FINESS": later("the national register of health establishments, which gives each site its number"),
    "GHT": later(
        "groupement hospitalier de territoire: the public hospitals of an area, whose information systems one of "
        "them, the support establishment, often runs for all"
    ),
    "GRADeS": later(
        "groupement régional d’appui au développement de la e-santé: the body that runs what the digital health "
        "services of a region share"
    ),
    "plan blanc": later(
        "the emergency plan of a hospital: staff called in, beds opened, planned care put off"
    ),
    "SAMU": later(
        "service d’aide médicale urgente: answers the emergency medical calls of a département (15), and sends "
        "doctors and ambulances"
    ),
}
"""What each is, by how it is written."""
WRITTEN: Final = re.compile(rf"\b({'|'.join(map(re.escape, MEANT))})s?\b")


def abbreviations(told: Sequence[object]) -> tuple[Section, ...]:
    """Those that occur in what is told elsewhere on the page; nothing where none does."""
    used = {found for one in told for text in _texts(one) for found in WRITTEN.findall(text)}
    rows = tuple((short, _(meant)) for short, meant in MEANT.items() if short in used)
    if not rows:
        return ()
    title = _("Abbreviations")
    headings = (_("abbreviation"), _("what it stands for"))
    table = Table(
        caption=_("Of the French health system"), headings=headings, rows=rows, worded=frozenset({1})
    )
    return (Section(anchor="abbreviations", title=title, parts=(table,)),)


def _texts(one: object) -> Iterator[str]:
    """All that a reader reads in a part of the page, and in its parts."""
    if isinstance(one, str):
        yield one
    elif isinstance(one, tuple):
        for each in one:
            yield from _texts(each)
    elif is_dataclass(one):
        for field in fields(one):
            yield from _texts(getattr(one, field.name))
