"""FINESS into a region's folder: the hospitals of some departments, with what was left out and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from topologies.errors import Finding, Message
from topologies.fields.identifiers import has_check_digit
from topologies.importing.communes import Known, known_communes
from topologies.importing.finess.plus import read_plus
from topologies.importing.finess.sites import Register, Site
from topologies.importing.finess.stock import read_stock
from topologies.importing.making import Ingredients, Made, Provenance, made
from topologies.importing.records import Record, findings_of
from topologies.importing.report import Report
from topologies.importing.wanted import Wanted
from topologies.reading.files import refusal
from topologies.reading.large.items import Items
from topologies.reading.large.lines import Lines
from topologies.reading.large.streams import Progress, opened
from topologies.region import Basis
from topologies.writing.tables import YES_NO

WHAT = Message("the establishments, and what the register says of them")
WORTH = Message("the national register: it declares neither beds nor visits")
JSON_BEGINS = (b"{", b"[")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A file, and what it says."""

    file: Path
    register: Register
    source: str
    """The register and the day, the same in all languages."""


def import_finess(files: Sequence[Path], wanted: Wanted, progress: Progress) -> Made:
    """The region that files of FINESS make: a stock file, or structures and activities of FINESS+, in any order."""
    read = [_read(file, wanted, progress) for file in files]
    communes = known_communes(site.department for each in read for site in each.register.sites.values())
    report = Report(sources=[each.source for each in read])
    places = [record for each in read for record in _places(each, wanted, communes, report)]
    emergencies = [record for each in read for record in _emergencies(each)]
    if not places and not wanted.base:
        problem = Message("lists no hospital in the departments asked for")
        remedy = Message("check the departments, and that it is the whole file")
        raise refusal(files[0], [Finding(where=files[0].name, problem=problem, remedy=remedy)])
    sources = [Provenance(what=WHAT, source=each.source, worth=WORTH) for each in read]
    return made(
        Ingredients(wanted=wanted, records=[*places, *emergencies], sources=sources, communes=communes),
        report,
    )


def _read(file: Path, wanted: Wanted, progress: Progress) -> Read:
    with opened(file, progress) as stream:
        start = stream.peek(1).removeprefix(BYTE_ORDER_MARK).lstrip()
        if start.startswith(JSON_BEGINS):
            name, register = "FINESS+", read_plus(Items(file, stream), wanted.departments)
        else:
            name, register = "FINESS", read_stock(Lines(file, stream), wanted.departments)
    source = f"{name} {register.published or ''}".strip()
    return Read(file=file, register=register, source=source)


def _places(read: Read, wanted: Wanted, communes: Mapping[str, Known], report: Report) -> list[Record]:
    """The records of the hospitals that can be placed; `BadInput` where most of them cannot, or a row is wrong."""
    register = read.register
    report.read += register.read
    report.elsewhere += register.elsewhere
    report.passed += register.passed
    report.notes += register.oddities
    _refuse_what_is_misplaced(read, communes)
    usable: list[Site] = []
    for site in register.sites.values():
        site.settle(communes.get(site.insee))
        if reason := site.unusable():
            report.left_out.append(site.left_out(reason))
        else:
            usable.append(site)
    if mistyped := sum(not has_check_digit(site.finess) for site in usable):
        problem = Message(
            "{count} FINESS {count:number|numbers} that may be mistyped: the column note says which"
        )
        report.notes.append(problem.filled({"count": mistyped}))
    records = [site.record(read.source, register.ghts.get(site.finess, {}), wanted.say) for site in usable]
    if findings := [finding for record in records for finding in findings_of(record)]:
        raise refusal(read.file, findings)
    return records


def _refuse_what_is_misplaced(read: Read, communes: Mapping[str, Known]) -> None:
    """Single points go astray in the register; where most do, the file is wrong."""
    placed = [site for site in read.register.sites.values() if site.point]
    astray = [site for site in placed if site.is_astray(communes.get(site.insee))]
    if len(astray) * 2 > len(placed):
        problem = Message(
            "{count} of {total} {total:hospital lies|hospitals lie} outside their department; the first is {name}",
            {"count": len(astray), "total": len(placed), "name": astray[0].name},
        )
        remedy = Message("its columns may be swapped: download it again")
        raise refusal(read.file, [Finding(where=astray[0].where, problem=problem, remedy=remedy)])


def _emergencies(read: Read) -> Iterator[Record]:
    """The records of those that take emergencies."""
    for finess, columns in read.register.emergencies.items():
        yield Record(
            where=read.file.name,
            cells={"finess": finess} | dict.fromkeys(sorted(columns), YES_NO[True]),
            source=read.source,
            basis=Basis.PUBLISHED,
        )
