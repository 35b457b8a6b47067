"""Catalogue of regions: where the folder of each is, and how it becomes a `Region`.

A folder holds `region.yaml` and `establishments.csv`, and optionally `communes.csv`, `venues.csv`, `services.csv` and
`links.csv`. The
built-in regions are in `topologies/regions`. Everything that is wrong in a folder is reported at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from topologies.building.assumptions import Assumptions, assumptions
from topologies.building.declared import links_with_declared, services_in_use
from topologies.building.link_checks import findings_of_links
from topologies.building.links import derived_links, derived_services
from topologies.building.records import (
    ANYWHERE,
    Bounds,
    CommuneRow,
    Draft,
    EstablishmentRow,
    Frame,
    Header,
    LinkRow,
    ServiceRow,
    VenueRow,
)
from topologies.building.row_checks import findings_of_establishments, findings_of_rows
from topologies.errors import BadInput, Finding, Message, UnknownName, nearest_names
from topologies.fields.shown import shortened
from topologies.reading.documents import Document, document_in
from topologies.reading.extending import EXTENDS, document_with_bases, named_by
from topologies.reading.files import refusal
from topologies.reading.tables import Inherited, read_rows
from topologies.region import Basis, Commune, Establishment, Region, Venue

REGIONS = Path(__file__).parents[1] / "regions"

R = TypeVar("R", bound=BaseModel)

KEYS = {
    "establishments.csv": ("finess",),
    "communes.csv": ("code",),
    "venues.csv": ("id",),
    "services.csv": ("id",),
    "links.csv": ("source", "target", "kind"),
}
"""The columns that name a row, of each table."""


def names() -> list[str]:
    """The names of the built-in regions, in order."""
    return sorted(path.parent.name for path in REGIONS.glob("*/region.yaml"))


def load(name_or_path: str | Path) -> Region:
    """The region of this name or in this folder, complete and checked.

    A text that is not the name of a built-in region is a path if it has a separator or names a folder.
    """
    return _complete(draft_of(name_or_path), assumptions())


def draft_of(name_or_path: str | Path) -> Draft:
    """The files of the region of this name or in this folder, checked, before anything is derived from them."""
    return _read(_folder(name_or_path))


def _folder(name_or_path: str | Path, beside: Path = Path()) -> Path:
    """The folder of a built-in region, or the one of this path, from the folder beside it."""
    if isinstance(name_or_path, str):
        if name_or_path in names():
            return REGIONS / name_or_path
        if not ({"/", "\\"} & set(name_or_path) or _is_folder(beside / name_or_path)):
            raise UnknownName(
                Message(
                    "there is no region named {name}: try {nearest}, or the path of a folder",
                    {"name": shortened(name_or_path), "nearest": nearest_names(name_or_path, names())},
                )
            )
    folder = beside / name_or_path
    if _is_folder(folder):
        return folder
    finding = Finding(
        where=str(folder),
        problem=Message("is not a folder"),
        remedy=Message("name a folder that holds region.yaml and establishments.csv"),
    )
    raise refusal(folder, [finding])


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long for a file
        return False


def _read(folder: Path) -> Draft:
    """The files of a folder, once nothing is wrong with them.

    Rows are checked against other rows only when all of these could be read: otherwise one slip would be reported for
    itself and again for everything that refers to it.
    """
    wrong: dict[str, list[Finding]] = {}
    header = _header(folder, wrong)
    base = _base(folder, wrong)
    draft = Draft(
        header=header,
        establishments=_rows(
            folder / "establishments.csv", EstablishmentRow, wrong, base.establishments if base else None
        ),
        communes=_rows(folder / "communes.csv", CommuneRow, wrong, base.communes if base else None),
        venues=_rows(folder / "venues.csv", VenueRow, wrong, base.venues if base else None),
        services=_rows(folder / "services.csv", ServiceRow, wrong, base.services if base else None),
        links=_rows(folder / "links.csv", LinkRow, wrong, base.links if base else None),
        made_of=(base.header.name, *base.made_of) if base else (),
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


def _header(folder: Path, wrong: dict[str, list[Finding]]) -> Header:
    try:
        return _extended(folder).as_model(Header)
    except BadInput as refused:
        wrong["region.yaml"] = list(refused.findings)
        return Header(name="unread", title="unread", bounds=_bounds(folder))


def _bounds(folder: Path) -> Bounds:
    """The bounds of a header in which something else is wrong; the whole earth if it is the bounds."""
    try:
        return _extended(folder).as_model(Frame).bounds
    except BadInput:
        return ANYWHERE


def _extended(folder: Path) -> Document:
    """What `region.yaml` says, put together with what it extends."""
    return document_with_bases(folder / "region.yaml", _header_of, folder.name)


def _header_of(name: str, beside: Path) -> Path:
    return _folder(name, beside) / "region.yaml"


def _base(folder: Path, wrong: Mapping[str, list[Finding]]) -> Draft | None:
    """The region that this one extends, which is right in itself; nothing is looked for where the header is wrong."""
    try:
        base = named_by(document_in(folder / "region.yaml"), EXTENDS, _header_of)
    except BadInput:
        return None
    if base is None:
        return None
    if wrong.get("region.yaml"):
        raise refusal(folder, wrong["region.yaml"])
    return _read(base.parent)


def _rows(
    path: Path, row_model: type[R], wrong: dict[str, list[Finding]], base: Sequence[tuple[int, R]] | None
) -> list[tuple[int, R]]:
    """The rows of a table, with those that it extends; only establishments must be there."""
    inherited = None if base is None else Inherited.of(KEYS[path.name], base)
    if not _is_there(path) and (inherited or path.name != "establishments.csv"):
        return list(base or ())
    rows, wrong[path.name] = read_rows(path, row_model, inherited)
    return inherited.joined(rows) if inherited else rows


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # the folder cannot be entered: reading says so
        return True


def _complete(draft: Draft, assumed: Assumptions) -> Region:
    """The region of a draft, with what the rules derive for it unless its header says not to."""
    establishments = {each.finess: each for each in _establishments(draft, assumed)}
    venues = {
        row.id: Venue(**row.model_dump())
        for row in sorted((row for _, row in draft.venues), key=lambda v: v.id)
    }
    communes = {
        row.code: Commune(**row.model_dump(exclude={"note"}))
        for row in sorted((row for _, row in draft.communes), key=lambda row: row.code)
    }
    derived = derived_links([*establishments.values()], [*venues.values()], assumed)
    links = links_with_declared(
        derived if draft.header.derive else (),
        [row for _, row in draft.links],
    )
    return Region(
        name=draft.header.name,
        title=draft.header.title,
        establishments=establishments,
        services=services_in_use(derived_services(draft, assumed), [row for _, row in draft.services], links),
        venues=venues,
        links=links,
        communes=communes,
        made_of=draft.made_of,
    )


def _establishments(draft: Draft, assumed: Assumptions) -> Iterator[Establishment]:
    for row in sorted((row for _, row in draft.establishments), key=lambda row: row.finess):
        declared = row.declared_beds
        yield Establishment(
            **row.model_dump(exclude={"note", "beds_other"}),
            beds=round(assumed.usual_beds[row.category].value) if declared is None else declared,
            beds_basis=Basis.ASSUMPTION if declared is None else row.basis,
        )
