"""GHTs into a region: whose establishments are in which one, as the ministry publishes it, and what was left out."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from topologies.building.links import slug
from topologies.errors import Finding, InputError, Message
from topologies.fields.identifiers import department_of_finess
from topologies.importing.ght.listing import Member, members_in
from topologies.importing.ght.matching import entities_in, is_identification, sites_by_name
from topologies.importing.making import Ingredients, Made, Provenance, made
from topologies.importing.records import Record
from topologies.importing.report import LeftOut, Report
from topologies.importing.wanted import Wanted
from topologies.reading.files import refusal
from topologies.reading.sheets import SheetRow, read_sheet
from topologies.region import Basis

WHAT = Message("the GHTs and their members")
WORTH = Message(
    "the ministry's list of legal entities; which of their sites are meant follows from numbers or names"
)
NO_SITE = Message("the region holds none of its sites")
UNRECOGNISED = Message("no site recognised by its name; give the bordereau ID of the SAE beside the list")
BY_NAME = Message(
    "{count} {count:establishment|establishments} recognised by name alone: the column note says which"
)
NAMED = Message("GHT by the name of the legal entity in the ministry's list: {name}")


class NoBase(InputError):
    """The region that is completed was not named."""


def import_ght(files: Sequence[Path], wanted: Wanted) -> Made:
    """The region completed by the list, and by the bordereau ID where it is given, in any order."""
    if wanted.base is None:
        raise NoBase(Message("the list of GHTs completes a region: name it with --base"))
    sheets = [_rows(file) for file in files]
    listings = [rows for rows in sheets if not is_identification(rows)]
    if len(listings) != 1:
        problem = Message("{count} {count:list|lists} of GHTs, where one is needed").filled(
            {"count": len(listings)}
        )
        remedy = Message("name the ministry's list, and beside it at most the bordereau ID of the SAE")
        raise refusal(files[0], [Finding(where=files[0].name, problem=problem, remedy=remedy)])
    members = members_in(listings[0])
    numbered: dict[str, set[str]] = {}
    for rows in sheets:
        if is_identification(rows):
            numbered |= entities_in(rows)
    source = listings[0][0].file.stem
    report = Report(sources=[source], read=len(members))
    records = _records(members, numbered, wanted, report, source)
    sources = [Provenance(what=WHAT, source=source, worth=WORTH)]
    return made(Ingredients(wanted=wanted, records=records, sources=sources), report)


def _rows(file: Path) -> list[SheetRow]:
    rows = read_sheet(file)
    if rows:
        return rows
    finding = Finding(
        where=file.name, problem=Message("is empty"), remedy=Message("check that it is the right file")
    )
    raise refusal(file, [finding])


def _records(
    members: Sequence[Member], numbered: Mapping[str, set[str]], wanted: Wanted, report: Report, source: str
) -> list[Record]:
    """What is said of each establishment; the report tells of the entities that have none here."""
    base = wanted.base
    rows = [row for _, row in base.establishments] if base else []
    here, ours = {row.finess for row in rows}, {slug(ght): ght for ght in (base.ghts if base else [])}
    known = [member for member in members if numbered.get(member.entity, set()) & here]
    unknown = [member for member in members if member not in known and member.entity not in numbered]
    by_name = sites_by_name(unknown, rows)
    taken = {finess for member in known for finess in numbered[member.entity] & here}
    records: list[Record] = []
    for member in members:
        sites = numbered.get(member.entity, set()) & here or by_name.get(member.entity, set()) - taken
        for finess in sorted(sites):
            note = "" if member in known else wanted.say(NAMED.filled({"name": member.name}))
            cells = {"finess": finess, "ght": ours.get(slug(member.ght), member.ght)}
            cells["ght_basis"] = Basis.PUBLISHED.value
            records.append(
                Record(where=member.where, cells=cells, source=source, basis=Basis.PUBLISHED, note=note)
            )
        if not sites:
            _leave_out(member, wanted, report, NO_SITE if member.entity in numbered else UNRECOGNISED)
    if named := sum(bool(record.note) for record in records):
        report.notes.append(BY_NAME.filled({"count": named}))
    return records


def _leave_out(member: Member, wanted: Wanted, report: Report, reason: Message) -> None:
    department = department_of_finess(member.entity)
    if department not in wanted.departments:
        report.elsewhere += 1
        return
    left_out = LeftOut(
        where=member.where,
        finess=member.entity,
        name=member.name,
        commune=member.commune or department,
        department=department,
        reason=reason,
    )
    report.left_out.append(left_out)
