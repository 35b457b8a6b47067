"""Weakest: the three things on which an establishment's care turned most, in the crises and by the region's graph."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from results.presentation.language import _, later, named, of
from results.presentation.names import BASES, LINKS
from results.presentation.numbers import number
from results.report.parts import Prose, Section, Table
from results.sheets.chains import ByReplication, median_of
from results.sheets.findings import Findings
from topologies.fields.title import Title
from topologies.region import Basis, ServiceKind

MOST: Final = 3
CERTAIN: Final = frozenset({Basis.PUBLISHED, Basis.DECLARED})
"""How what is known for sure is known; of the rest, it is told."""
OWN: Final = later("your own application")
TOGETHER: Final = later("your own applications, on the same servers")


@dataclass(frozen=True, slots=True)
class Dependence:
    """One of them, and in which crises it cost patients their care here."""

    name: str
    what: str
    patients: ByReplication
    is_own: bool
    shared_by: int = 1
    """Establishments that depend on it; of equals, what most depend on comes first, own applications before."""


def weakest(findings: Findings, finess: str) -> Section:
    """Three, or as many as there are."""
    chosen = dependences_of(findings, finess)[:MOST]
    title = _("Your three weakest dependencies")
    if not chosen:
        nothing = _(
            "No dependency is known: no link of information systems of yours is in the data, and nothing of yours was "
            "lost."
        )
        return Section(anchor="weakest", title=title, parts=(Prose(sentences=(nothing,)),))
    read = _(
        "Over these run the chains that lead from the first act to patients of yours who were not cared for, went "
        "elsewhere or were put off. One chain runs over several: they do not add up."
    )
    never = _("Never in these crises: what is told first is what most others depend on too.")
    return Section(
        anchor="weakest",
        title=title,
        parts=(
            Table(
                caption=_("What cost you care in these crises")
                if chosen[0].patients
                else _("What most others share"),
                headings=(
                    _("on what your care turns"),
                    _("crises, of {of}").format(of=number(findings.replications)),
                    _("patients, in the middle one"),
                ),
                rows=tuple(_row(each) for each in chosen),
            ),
            Prose(sentences=(read if chosen[0].patients else never,), small=True),
        ),
    )


def _row(each: Dependence) -> tuple[str, ...]:
    crises = len(each.patients)
    told = number(median_of(each.patients)) if crises else "–"
    whole = _("{name} ({how})").format(name=each.name, how=each.what)
    return (whole, number(crises) if crises else _("never"), told)


def dependences_of(findings: Findings, finess: str) -> list[Dependence]:
    """All of an establishment, the weakest first; those that never cost anything follow, the most shared first."""
    found = [*_of_applications(findings, finess), *_of_links(findings, finess)]
    return sorted(found, key=lambda one: (-one.patients.total(), not one.is_own, -one.shared_by, one.name))


def _of_applications(findings: Findings, finess: str) -> Iterator[Dependence]:
    """Those that were lost: applications of one suite run on the same servers, and are lost together."""
    turned_on = findings.chains.turned_on.get(finess, {})
    known: Mapping[str, Mapping[str, Any]] = findings.evidence.inputs["parameters"]["outages"]["applications"]
    for suite in dict.fromkeys(known[name]["suite"] for name in known if name in turned_on):
        members = [name for name in known if known[name]["suite"] == suite and name in turned_on]
        patients: ByReplication = Counter()
        for name in members:
            for replication, count in turned_on[name].items():
                # A chain over several of them is one chain.
                patients[replication] = max(patients[replication], count)
        titles = [of(Title.model_validate(known[name]["title"])) for name in members]
        what = _(OWN) if len(members) == 1 else _(TOGETHER)
        yield Dependence(", ".join(titles), what, patients, is_own=True)


def _of_links(findings: Findings, finess: str) -> Iterator[Dependence]:
    """Services and establishments at the other end of its links; patients' SAMU is no supplier."""
    region, turned_on = findings.region, findings.chains.turned_on.get(finess, {})
    for key, kinds in findings.linked[finess].items():
        service = region.services.get(key)
        if service is not None and service.kind is ServiceKind.SAMU:
            continue
        place = service or region.establishments.get(key)
        if place is None or (service is None and key not in turned_on):
            continue
        shared = findings.shared_by.get(key, 1)
        what = ", ".join(_(LINKS[kind]) for kind in kinds)
        if shared > 1:
            what = _("{how}, with {count} {count:other|others}").format(how=what, count=number(shared - 1))
        if place.basis not in CERTAIN:
            what = _("{how}; {basis}").format(how=what, basis=_(BASES[place.basis]))
        yield Dependence(
            named(place.name), what, turned_on.get(key, Counter()), is_own=False, shared_by=shared
        )
