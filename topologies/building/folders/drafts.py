"""Drafts: what the files of a region's folder say, together with the regions that it extends or joins.

A folder holds `region.yaml` and `establishments.csv`, and optionally `communes.csv`, `venues.csv`, `services.csv`,
`links.csv`, `journeys.csv` and `seasons.csv`. Everything that is wrong in a folder is reported at once.
"""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from topologies.building.assumptions import assumptions
from topologies.building.folders.finding import folder_of
from topologies.building.folders.joining import joined, part_of
from topologies.building.link_checks import findings_of_links
from topologies.building.links import slug
from topologies.building.records import (
    ANYWHERE,
    KEYS,
    Bounds,
    CommuneRow,
    Draft,
    EstablishmentRow,
    Frame,
    Header,
    JourneyRow,
    LinkRow,
    SeasonRow,
    ServiceRow,
    VenueRow,
)
from topologies.building.row_checks import findings_of_establishments, findings_of_rows
from topologies.errors import BadInput, Finding, Message, UnknownName
from topologies.reading.documents import Document, document_in
from topologies.reading.extending import EXTENDS, document_with_bases, named_by
from topologies.reading.files import refusal
from topologies.reading.tables import Inherited, read_rows

JOINS = "joins"

R = TypeVar("R", bound=BaseModel)

Wrong = dict[str, list[Finding]]
"""What is wrong, by file."""


def draft_in(folder: Path, behind: tuple[Path, ...] = ()) -> Draft:
    """What a folder says, once nothing is wrong with it; those behind extend or join it.

    Rows are checked against other rows only when all of these could be read: otherwise one slip would be reported for
    itself and again for everything that refers to it.
    """
    wrong: Wrong = {}
    header = _header(folder, wrong)
    base = _base(folder, header, wrong, behind) or Draft(header=header)
    table = _Tables(folder, wrong)
    draft = Draft(
        header=header,
        establishments=table.rows("establishments.csv", EstablishmentRow, base.establishments),
        communes=table.rows("communes.csv", CommuneRow, base.communes),
        venues=table.rows("venues.csv", VenueRow, base.venues),
        services=table.rows("services.csv", ServiceRow, base.services),
        links=table.rows("links.csv", LinkRow, base.links),
        journeys=table.rows("journeys.csv", JourneyRow, base.journeys),
        seasons=table.rows("seasons.csv", SeasonRow, base.seasons),
        made_of=tuple(dict.fromkeys((*base.made_of, *header.made_of))),
        platform_of=base.platform_of,
    )
    findings = [finding for found in wrong.values() for finding in found]
    findings += findings_of_rows(draft)
    if not wrong.get("establishments.csv"):
        findings += findings_of_establishments(draft)
    if not any(wrong.values()):
        findings += findings_of_links(draft, assumptions())
    if findings:
        raise refusal(folder, findings)
    return draft


def _header(folder: Path, wrong: Wrong) -> Header:
    """What `region.yaml` says; without one, the region is called as its folder."""
    if not _is_there(folder / "region.yaml"):
        return Header(name=slug(folder.absolute().name) or "region", title=folder.absolute().name or "region")
    try:
        return _extended(folder).as_model(Header)
    except BadInput as refused:
        wrong["region.yaml"] = list(refused.findings)
        return Header(name="unread", title="unread", bounds=_bounds(folder))


def _bounds(folder: Path) -> Bounds | None:
    """The bounds of a header in which something else is wrong; the whole earth if it is the bounds."""
    try:
        return _extended(folder).as_model(Frame).bounds
    except BadInput:
        return ANYWHERE


def _extended(folder: Path) -> Document:
    """What `region.yaml` says, put together with what it extends."""
    return document_with_bases(folder / "region.yaml", _header_of, folder.name)


def _header_of(name: str, beside: Path) -> Path:
    return folder_of(name, beside) / "region.yaml"


def _base(folder: Path, header: Header, wrong: Wrong, behind: tuple[Path, ...]) -> Draft | None:
    """The regions that this one extends or joins, which are right in themselves.

    Nothing is looked for where the header is wrong.
    """
    try:
        document = document_in(folder / "region.yaml")
        extended = named_by(document, EXTENDS, _header_of)
    except BadInput:
        return None
    if extended is None and JOINS not in document.content:
        return None
    if wrong.get("region.yaml"):
        raise refusal(folder, wrong["region.yaml"])
    chain = (*behind, folder.resolve())
    base = draft_in(extended.parent, chain).as_base() if extended else None
    if JOINS not in document.content:
        return base
    parts = [
        part_of(_joined(document, number, part.region, chain), part, document.at((JOINS, number)), folder)
        for number, part in enumerate(header.joins)
    ]
    return joined([*([base] if base else []), *parts], folder)


def bases_of(folder: Path) -> list[Path]:
    """The folders of the regions that a folder, which is right, extends or joins."""
    if not _is_there(folder / "region.yaml"):
        return []
    document = document_in(folder / "region.yaml")
    extended = named_by(document, EXTENDS, _header_of)
    parts = _extended(folder).as_model(Header).joins if JOINS in document.content else ()
    return [*([extended.parent] if extended else []), *(folder_of(part.region, folder) for part in parts)]


def _joined(document: Document, number: int, region: str, chain: tuple[Path, ...]) -> Draft:
    """A region that `joins` names, right in itself."""
    try:
        folder = folder_of(region, document.path.parent)
    except UnknownName as unknown:
        remedy = Message("correct the name, or give the path of a folder, which lies where this one does")
        raise _refused(document, number, unknown.message, remedy) from unknown
    if folder.resolve() in chain:
        names = " → ".join(each.name for each in (*chain, folder))
        problem = Message("is a circle of regions that join one another: {chain}", {"chain": names})
        raise _refused(document, number, problem, Message("take one of them out"))
    return draft_in(folder, chain)


def _refused(document: Document, number: int, problem: Message, remedy: Message) -> BadInput:
    finding = Finding(where=document.at((JOINS, number)), problem=problem, remedy=remedy)
    return refusal(document.path.parent, [finding])


class _Tables:
    """The tables of a folder, each with the rows of the base that it does not replace."""

    def __init__(self, folder: Path, wrong: Wrong) -> None:
        self.folder, self.wrong = folder, wrong

    def rows(self, name: str, row_model: type[R], base: list[tuple[int, R]]) -> list[tuple[int, R]]:
        """The rows of a table; only establishments must be there."""
        path = self.folder / name
        if not _is_there(path) and (base or name != "establishments.csv"):
            return base
        inherited = Inherited.of(KEYS[name], base) if base else None
        rows, self.wrong[name] = read_rows(path, row_model, inherited)
        return inherited.joined(rows) if inherited else rows


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # the folder cannot be entered: reading says so
        return True
