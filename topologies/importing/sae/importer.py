"""SAE into a region: visits and beds for the establishments that it holds, with what was left out and why.

The survey gives no coordinates: it completes a region, and adds no establishment. What a file says of a legal entity is
given to its only site in the region, or left out, for nothing tells how several share it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from topologies.errors import Finding, InputError, Message
from topologies.fields.identifiers import department_of_finess
from topologies.importing.making import Ingredients, Made, Provenance, made
from topologies.importing.records import Record, findings_of
from topologies.importing.report import LeftOut, Report
from topologies.importing.sae.bordereaux import rows_of
from topologies.importing.sae.survey import Site, Survey
from topologies.importing.wanted import Wanted
from topologies.reading.files import refusal
from topologies.reading.large.lines import Lines
from topologies.reading.large.streams import Progress, opened
from topologies.region import Basis
from topologies.writing.tables import YES_NO, Cells, cells_of

WHAT = Message("emergency visits and beds")
WORTH = Message("declared by establishments to the annual survey and checked by it; empty is not declared")
ELSEWHERE = Message("the region holds no establishment of this number, and the survey gives no coordinates")
OF_AN_ENTITY = Message("said of a legal entity: nothing tells how its sites share it")
NO_EMERGENCIES = Message(
    "{visits} {visits:visit is|visits are} declared, but the region says that it takes no emergencies"
)
EMERGENCY = ("adult_emergency", "paediatric_emergency", "ed_visits_per_year", "beds_uhcd")
"""Columns that are taken together, or not."""


class NoBase(InputError):
    """The region that is completed was not named."""


def import_sae(files: Sequence[Path], wanted: Wanted, progress: Progress) -> Made:
    """The region completed by bordereaux of one year, in any order."""
    if wanted.base is None:
        raise NoBase(Message("the SAE completes a region: name it with --base"))
    survey = Survey()
    for file in files:
        with opened(file, progress) as stream:
            survey.add(rows_of(Lines(file, stream)))
        if len(survey.years) > 1:
            years = {"years": ", ".join(sorted(survey.years))}
            finding = Finding(
                where=file.name,
                problem=Message("is of another year than the files before: {years}", years),
                remedy=Message("import the bordereaux of one year together"),
            )
            raise refusal(file, [finding])
    source = f"SAE {min(survey.years)}"
    own = {row.finess: cells_of(row) for _, row in wanted.base.establishments}
    report = Report(sources=[source], read=len(survey.sites), notes=[*survey.oddities()])
    records = _records(survey, own, wanted, report, source)
    findings = [finding for record in records for finding in findings_of(_beside(own[record.finess], record))]
    if findings:
        raise refusal(files[0], findings)
    sources = [Provenance(what=WHAT, source=source, worth=WORTH)]
    return made(Ingredients(wanted=wanted, records=records, sources=sources), report)


def _records(
    survey: Survey, own: Mapping[str, Cells], wanted: Wanted, report: Report, source: str
) -> list[Record]:
    """What is said of establishments of the region; the report tells what is said of others."""
    records: dict[str, Record] = {}
    for finess, site in sorted(survey.sites.items(), key=lambda pair: (pair[0] not in own, pair[0])):
        cells = site.cells()
        target = _target(finess, survey, own)
        if target in own and target not in records:
            usable = _usable(own[target], cells, finess, survey, site, report)
            record = {"finess": target, **usable}
            records[target] = Record(where=site.where, cells=record, source=source, basis=Basis.PUBLISHED)
        elif cells and department_of_finess(finess) in wanted.departments:
            reason = OF_AN_ENTITY if finess in survey.sites_of else ELSEWHERE
            report.left_out.append(_left_out(finess, site, survey, reason))
        else:
            report.elsewhere += 1
    return [*records.values()]


def _target(finess: str, survey: Survey, own: Mapping[str, Cells]) -> str:
    """The site that a row is about: itself, or the only one in the region of a legal entity."""
    sites = survey.sites_of.get(finess, set())
    here = sites & own.keys()
    return min(here) if finess not in own and len(here) == len(sites) == 1 else finess


def _usable(own: Cells, cells: Cells, finess: str, survey: Survey, site: Site, report: Report) -> Cells:
    """Without the emergencies of an establishment that takes none, says the region."""
    visits = int(cells.get("ed_visits_per_year", "0"))
    says_no = [own.get(column) == YES_NO[False] for column in EMERGENCY[:2]]
    if not (visits and all(says_no)):
        return cells
    reason = NO_EMERGENCIES.filled({"visits": visits})
    report.left_out.append(_left_out(finess, site, survey, reason))
    return {column: cell for column, cell in cells.items() if column not in EMERGENCY}


def _left_out(finess: str, site: Site, survey: Survey, reason: Message) -> LeftOut:
    department = department_of_finess(finess)
    return LeftOut(
        where=site.where,
        finess=finess,
        name=survey.names.get(finess, ""),
        commune=survey.communes.get(finess, department),
        department=department,
        reason=reason,
    )


def _beside(own: Cells, record: Record) -> Record:
    """The whole row, to be judged."""
    cells = {**own, **record.cells}
    return Record(where=record.where, cells=cells, source=record.source, basis=record.basis)
