"""Catalogue of regions: where the folder of each is, and how it becomes a `Region`.

A folder holds `region.yaml` and `establishments.csv`, and optionally `venues.csv`, `services.csv` and `links.csv`. The
built-in regions are in `topologies/regions`. Everything that is wrong in a folder is reported at once.
"""

from collections.abc import Iterator
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
from topologies.reading.documents import read_yaml
from topologies.reading.files import refusal
from topologies.reading.tables import read_rows
from topologies.region import Basis, Establishment, Region, Venue

REGIONS = Path(__file__).parents[1] / "regions"

R = TypeVar("R", bound=BaseModel)


def names() -> list[str]:
    """The names of the built-in regions, in order."""
    return sorted(path.parent.name for path in REGIONS.glob("*/region.yaml"))


def load(name_or_path: str | Path) -> Region:
    """The region of this name or in this folder, complete and checked.

    A text that is not the name of a built-in region is a path if it has a separator or names a folder.
    """
    return _complete(_read(_folder(name_or_path)), assumptions())


def _folder(name_or_path: str | Path) -> Path:
    if isinstance(name_or_path, str):
        if name_or_path in names():
            return REGIONS / name_or_path
        if not ({"/", "\\"} & set(name_or_path) or _is_folder(Path(name_or_path))):
            raise UnknownName(
                Message(
                    "there is no region named {name}: try {nearest}, or the path of a folder",
                    {"name": shortened(name_or_path), "nearest": nearest_names(name_or_path, names())},
                )
            )
    folder = Path(name_or_path)
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
    draft = Draft(
        header=_header(folder / "region.yaml", wrong),
        establishments=_rows(folder / "establishments.csv", EstablishmentRow, wrong),
        venues=_rows_if_any(folder / "venues.csv", VenueRow, wrong),
        services=_rows_if_any(folder / "services.csv", ServiceRow, wrong),
        links=_rows_if_any(folder / "links.csv", LinkRow, wrong),
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


def _header(path: Path, wrong: dict[str, list[Finding]]) -> Header:
    try:
        return read_yaml(path, Header)
    except BadInput as refused:
        wrong[path.name] = list(refused.findings)
        return Header(name="unread", title="unread", bounds=_bounds(path))


def _bounds(path: Path) -> Bounds:
    """The bounds of a header in which something else is wrong; the whole earth if it is the bounds."""
    try:
        return read_yaml(path, Frame).bounds
    except BadInput:
        return ANYWHERE


def _rows(path: Path, row_model: type[R], wrong: dict[str, list[Finding]]) -> list[tuple[int, R]]:
    rows, wrong[path.name] = read_rows(path, row_model)
    return rows


def _rows_if_any(path: Path, row_model: type[R], wrong: dict[str, list[Finding]]) -> list[tuple[int, R]]:
    try:
        there = path.exists()
    except OSError:  # the folder cannot be entered: reading says so
        there = True
    return _rows(path, row_model, wrong) if there else []


def _complete(draft: Draft, assumed: Assumptions) -> Region:
    """The region of a draft, with what the rules derive for it unless its header says not to."""
    establishments = {each.finess: each for each in _establishments(draft, assumed)}
    venues = {
        row.id: Venue(**row.model_dump())
        for row in sorted((row for _, row in draft.venues), key=lambda v: v.id)
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
    )


def _establishments(draft: Draft, assumed: Assumptions) -> Iterator[Establishment]:
    for row in sorted((row for _, row in draft.establishments), key=lambda row: row.finess):
        declared = row.declared_beds
        yield Establishment(
            **row.model_dump(exclude={"note", "beds_other"}),
            beds=round(assumed.usual_beds[row.category].value) if declared is None else declared,
            beds_basis=Basis.ASSUMPTION if declared is None else row.basis,
        )
