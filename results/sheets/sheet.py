"""Sheets: a page for the director of each establishment, and an index for whoever sends them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from results.presentation.language import _, named, of
from results.presentation.names import CATEGORIES
from results.presentation.numbers import number
from results.presentation.tlp import sharing_of
from results.report.asked import Asked, NamesShown
from results.report.heading import Heading, days_in_words
from results.report.parts import Section
from results.report.sections.reproduce import command_of
from results.sheets.findings import Findings, findings_of
from results.sheets.sections.others import others_fall
from results.sheets.sections.own_fall import own_fall
from results.sheets.sections.prepare import prepare
from results.sheets.sections.weakest import weakest
from results.store.store import Store
from topologies.fields.title import Title
from topologies.region import Establishment

LONGEST_NAME = 60
"""Characters of a name that a file bears."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one establishment is told, before it has any form."""

    finess: str
    place: str
    """Where the index has it: its department; nowhere where names are hidden."""
    file: str
    heading: Heading
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    """Those of a campaign, each made when it is asked for."""

    findings: Findings

    def __iter__(self) -> Iterator[Sheet]:
        """By department and name; where names are hidden, by number."""
        for site in self._sites():
            yield Sheet(
                finess=site.finess,
                place="" if self._hidden else _("Department {department}").format(department=site.department),
                file=self._file(site),
                heading=self._heading(site),
                sections=tuple(
                    section(self.findings, site.finess)
                    for section in (others_fall, own_fall, weakest, prepare)
                ),
            )

    @property
    def _hidden(self) -> bool:
        return self.findings.evidence.asked.names is NamesShown.ANONYMISED

    def _sites(self) -> list[Establishment]:
        def order(site: Establishment) -> tuple[str, str, str]:
            if self._hidden:
                return "", site.name.zfill(LONGEST_NAME), ""
            return site.department, site.name.casefold(), site.finess

        return sorted(self.findings.region.establishments.values(), key=order)

    def _file(self, site: Establishment) -> str:
        name = file_name(site.name)
        return f"{name}.pdf" if self._hidden else f"{site.finess}-{name}.pdf"

    def _heading(self, site: Establishment) -> Heading:
        evidence = self.findings.evidence
        return Heading(
            title=named(site.name),
            subtitle=_("its name, place and territory are hidden") if self._hidden else _where(site),
            facts=tuple(_facts(self.findings)),
            brief=(),
            tlp=f"TLP:{evidence.asked.tlp}",
            sharing=sharing_of(evidence.asked.tlp),
        )


def sheets_of(store: Store, campaign: str, asked: Asked) -> Sheets:
    """The sheets of a sealed campaign; `BadStore` where it is not."""
    return Sheets(findings_of(store, campaign, asked))


def file_name(name: str) -> str:
    """A name that any file system and any mailbox takes.

    >>> file_name("CHI Poissy/St-Germain « L’Été »")
    'chi-poissy-st-germain-l-ete'
    """
    apart = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe"))
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST_NAME].strip("-") or "-"


def _where(site: Establishment) -> str:
    """Commune, FINESS number, and GHT."""
    kind = _(CATEGORIES[site.category]).format(count=number(1))
    parts = [kind, f"{named(site.commune)} ({site.department})", f"FINESS {site.finess}"]
    return " · ".join([*parts, named(site.ght)] if site.ght else parts)


def _facts(findings: Findings) -> Iterator[tuple[str, str]]:
    evidence = findings.evidence
    scenario, summary = evidence.inputs["scenario"], evidence.summary
    (description,) = evidence.snapshot.descriptions
    yield _("Simulated"), of(Title.model_validate(scenario["title"]))
    yield _("Region"), named(evidence.inputs["region"]["title"])
    yield _("Posture"), of(Title.model_validate(evidence.inputs["posture"]["title"]))
    yield _("Days simulated"), days_in_words(summary.start, scenario["horizon_h"])
    yield _("Crises"), _crises(findings)
    yield _("To reproduce it"), f"{command_of(description, summary.parameters)} ({description.campaign})"


def _crises(findings: Findings) -> str:
    summary = findings.evidence.summary
    gaps = {
        "count": number(findings.replications),
        "of": number(summary.replications),
        "off": number(summary.went_off.count),
    }
    told = (
        _("{of}, of which it went off in {off}; each beside the same days without it")
        if findings.evidence.attacked
        else _("{of}: ordinary days, on which nobody attacks and nothing fails")
    ).format(**gaps)
    if findings.replications == summary.replications:
        return told
    return told + " · " + _("of which the first {count} are read").format(**gaps)
