"""Merge: filled forms put into a region, as a folder that extends it and says what differs, and no more.

Rows and links that are declared replace what was published, derived or assumed. A form about an establishment that the
region does not hold is left out, and told; a form that is wrong refuses them all, with everything that is wrong.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from topologies.building.catalogue import draft_of, load
from topologies.building.folders.finding import folder_of, names
from topologies.building.links import slug as plain
from topologies.building.records import Draft, LinkRow, ServiceRow
from topologies.errors import BadInput, Finding, InputError, Message
from topologies.importing.forms.declaration import Declaration, declaration_of, findings_beside
from topologies.importing.forms.dependence import Dependence, alike
from topologies.importing.forms.form import read_form
from topologies.importing.merging import merged
from topologies.importing.records import COLUMNS, Record
from topologies.importing.report import LeftOut, Report
from topologies.importing.wanted import Say, slug
from topologies.reading.files import MOST_FINDINGS
from topologies.region import Basis, LinkKind
from topologies.writing.header import header_text
from topologies.writing.tables import YES_NO, Cells, cells_of, table

WHAT = Message("what establishments declare of themselves")
WORTH = Message("as they filled in the form; nobody checked it")
FORM = Message("form of {day}")
UNDATED = Message("form without a day")
BASELINE = "baseline"
"""The posture of today's level, which forms differ from."""
KEPT = ("finess", "name", "code", "answer", "source")
"""The columns of `declared.csv`."""


class OverItself(InputError):
    """A region cannot be written over the one that it extends."""


@dataclass(slots=True, kw_only=True)
class MergeReport(Report):
    """What became of the forms; what `Report` counts, of the rows of establishments."""

    forms: int = 0
    """Those that were taken."""
    links: Counter[LinkKind] = field(default_factory=Counter)
    """Those declared, by kind."""
    stay: int = 0
    """Derived links written again beside them."""
    services: list[tuple[str, int]] = field(default_factory=list)
    """Those named, each with how many establishments name it."""
    levels: int = 0
    """Levels of levers, in posture.yaml."""
    aside: int = 0
    """Answers that the model does not use yet, kept in declared.csv."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The files of the folder, and what became of the forms."""

    files: Mapping[str, str]
    report: MergeReport


def merge_forms(region: str, files: Sequence[Path], out: Path, say: Say = str) -> Merged:
    """The folder that extends a region by what the forms declare; `BadInput` with all findings of all forms."""
    base_folder = folder_of(region)
    if out.resolve() == base_folder.resolve():
        gaps = {"folder": out}
        raise OverItself(Message("{folder} is the region itself: choose another folder", gaps))
    draft = draft_of(region)
    own = {row.finess: cells_of(row) for _, row in draft.establishments}
    report = MergeReport(read=len(files))
    usable = [each for each in _declarations(files, own) if _is_here(each, own, report)]
    if not usable:
        problem = Message(
            "none of the forms is about an establishment of {region}", {"region": draft.header.name}
        )
        remedy = Message("check the region, and the FINESS numbers")
        raise BadInput(
            problem,
            [Finding(where=each.where, problem=each.reason, remedy=remedy) for each in report.left_out],
        )
    dependence = Dependence(load(region))
    for declared in usable:
        dependence.add(declared)
    rows = merged(own, [_record(each, draft, say) for each in usable], report)
    _tell(report, usable, dependence)
    tables = {
        "establishments.csv": table(COLUMNS, _differences(own, rows)),
        "services.csv": table(ServiceRow.model_fields, map(cells_of, dependence.services)),
        "links.csv": table(LinkRow.model_fields, (_link(row) for _, row in sorted(dependence.links.items()))),
        "declared.csv": table(KEPT, _kept(usable, say)),
    }
    header = _header(
        region if region in names() else os.path.relpath(base_folder, out), draft, usable, out, say
    )
    if posture := _posture(usable, out, say):
        tables["posture.yaml"] = posture
    filled = {name: text for name, text in tables.items() if text.count("\n") > 1}
    return Merged(files={"region.yaml": header, **filled}, report=report)


def _declarations(files: Sequence[Path], own: Mapping[str, Cells]) -> list[Declaration]:
    """What the forms declare, by FINESS number; `BadInput` with all that is wrong in any of them."""
    found: dict[str, Declaration] = {}
    findings: list[Finding] = []
    for file in files:
        try:
            declared, wrong = declaration_of(read_form(file))
        except BadInput as refused:
            findings += refused.findings
            continue
        if declared.finess in own:
            wrong += findings_beside(own[declared.finess], declared)
        if declared.finess and (first := found.setdefault(declared.finess, declared)) is not declared:
            gaps = {"finess": declared.finess, "file": first.form.file.name}
            problem = Message("{finess} is in {file} already", gaps)
            wrong.append(
                Finding(where=declared.where, problem=problem, remedy=Message("keep one of the two forms"))
            )
        findings += wrong
    if findings:
        problem = Message("{count} {count:form|forms}: nothing is written, for what follows is wrong")
        raise BadInput(problem.filled({"count": len(files)}), findings[:MOST_FINDINGS])
    return [found[finess] for finess in sorted(found)]


def _is_here(declared: Declaration, own: Mapping[str, Cells], report: MergeReport) -> bool:
    """The region holds the establishment; else the report says that its form is left out."""
    if declared.finess in own:
        return True
    reason = Message("the region holds no establishment of this number")
    left_out = LeftOut(
        where=declared.where,
        finess=declared.finess,
        name=declared.kept.get("name", ""),
        commune="",
        department="",
        reason=reason,
    )
    report.left_out.append(left_out)
    return False


def _source(declared: Declaration, say: Say) -> str:
    return say(FORM.filled({"day": declared.day})) if declared.day else say(UNDATED)


def _record(declared: Declaration, draft: Draft, say: Say) -> Record:
    """What a form says of a row; a GHT that the region knows is called as there."""
    cells = {"finess": declared.finess, **declared.cells}
    if ght := cells.get("ght"):
        known = {plain(name): name for name in draft.ghts}
        cells["ght"] = known.get(plain(ght), ght)
    return Record(where=declared.where, cells=cells, source=_source(declared, say), basis=Basis.DECLARED)


def _differences(own: Mapping[str, Cells], rows: Mapping[str, Cells]) -> Iterator[Cells]:
    """Of each row that is not as it was, the cells that differ."""
    for finess, row in rows.items():
        before = {"support": YES_NO[False], **own[finess]}
        if different := {name: cell for name, cell in row.items() if before.get(name) != cell}:
            yield {"finess": finess, **different}


def _link(row: LinkRow) -> Cells:
    """With its basis, which a link that says nothing has by default."""
    return {**cells_of(row), "basis": row.basis.value}


def _kept(usable: Iterable[Declaration], say: Say) -> Iterator[Cells]:
    for declared in usable:
        name = declared.kept.get("name", "")
        for code, answer in declared.kept.items():
            if code != "name":
                about = {"finess": declared.finess, "name": name, "code": code}
                yield {**about, "answer": answer, "source": _source(declared, say)}


def _posture(usable: Iterable[Declaration], out: Path, say: Say) -> str:
    """A posture that says where establishments differ from today's level; none where no form tells."""
    own = {
        declared.finess: {**declared.levels, "source": _source(declared, say)}
        for declared in usable
        if declared.levels
    }
    if not own:
        return ""
    posture = {"extends": BASELINE, "name": slug(out.absolute().name), "establishments": own}
    return header_text(posture, "Written by tocsin topology merge; use it with tocsin run … --posture.")


def _tell(report: MergeReport, usable: Sequence[Declaration], dependence: Dependence) -> None:
    report.forms = len(usable)
    report.levels = sum(len(declared.levels) for declared in usable)
    for row in dependence.links.values():
        if row.basis is Basis.DECLARED:
            report.links[row.kind] += 1
        else:
            report.stay += 1
    report.services = [(row.name, dependence.users_of(row.id)) for row in dependence.services]
    report.aside = sum(code != "name" for declared in usable for code in declared.kept)
    for link in dependence.contradicted:
        gaps = {"source": link.source, "target": link.target}
        note = Message(
            "the region declares {source} → {target}, a form says otherwise: both stay; correct its links.csv"
        )
        report.notes.append(note.filled(gaps))
    for one, other in alike(dependence.services):
        gaps = {"one": one, "other": other}
        note = Message(
            "{one} and {other} are taken for two: if they are one, name it the same way in all forms"
        )
        report.notes.append(note.filled(gaps))


def _header(base: str, draft: Draft, usable: Sequence[Declaration], out: Path, say: Say) -> str:
    days = sorted(declared.day for declared in usable if declared.day)
    count: dict[str, Any] = {
        "count": len(usable),
        "first": days[0] if days else "?",
        "last": days[-1] if days else "?",
    }
    told = Message("{count} {count:form|forms}, from {first} to {last}").filled(count)
    header: dict[str, Any] = {
        "extends": base,
        "name": slug(out.absolute().name),
        "title": say(Message("{title}, as declared").filled({"title": draft.header.title})),
        "sources": [
            *(each.model_dump(mode="json") for each in draft.header.sources),
            {"what": say(WHAT), "source": say(told), "worth": say(WORTH)},
        ],
    }
    return header_text(header, "Written by tocsin topology merge; correct it as you like.")
