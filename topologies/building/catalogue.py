"""Catalogue of regions: how the folder of each becomes a `Region`, complete and checked.

The built-in regions are in `topologies/regions`.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from topologies.building.assumptions import Assumptions, assumptions
from topologies.building.deriving.declared import links_with_declared, services_in_use
from topologies.building.deriving.draws import Draws
from topologies.building.deriving.undeclared import (
    DECLARED,
    beds_of,
    category_of,
    communes_of,
    is_public,
    source_of,
)
from topologies.building.folders.drafts import draft_in
from topologies.building.folders.finding import REGIONS, folder_of, names
from topologies.building.links import Places, derived_links, derived_services
from topologies.building.records import Draft
from topologies.region import Basis, Commune, Establishment, Journey, Region, Season, Venue

BY_RULE = {
    "note",
    "beds_other",
    "commune",
    "category",
    "public",
    "adult_emergency",
    "paediatric_emergency",
    "beds_mco",
    "beds_icu",
    "source",
}
"""Columns of a row that its establishment does not take over as they are."""

__all__ = ["REGIONS", "draft_of", "load", "names"]


def load(name_or_path: str | Path) -> Region:
    """The region of this name or in this folder, complete and checked.

    A text that is not the name of a built-in region is a path if it has a separator or names a folder.
    """
    with _uncollected():
        return completed(draft_of(name_or_path), Draws(assumptions().seed))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nobody looks for circles meanwhile: what a load makes holds none, and looking again and again costs a third."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def draft_of(name_or_path: str | Path) -> Draft:
    """The files of the region of this name or in this folder, checked, before anything is derived from them."""
    return draft_in(folder_of(name_or_path))


def completed(draft: Draft, draws: Draws) -> Region:
    """The region of a draft, with what the rules derive for it unless its header says not to."""
    assumed = assumptions()
    establishments = {each.finess: each for each in _establishments(draft, assumed)}
    venues = {each.id: each for each in _venues(draft)}
    journeys = tuple(_journeys(draft))
    places = Places(establishments, venues, {(each.source, each.target): each for each in journeys})
    derived = derived_links(places, draft, assumed, draws) if draft.header.derive else ()
    links = links_with_declared(derived, [row for _, row in draft.links], places.networks)
    return Region(
        name=draft.header.name,
        title=draft.header.title,
        establishments=establishments,
        services=services_in_use(derived_services(draft, assumed), [row for _, row in draft.services], links),
        venues=venues,
        links=links,
        communes={each.code: each for each in _communes(draft)},
        journeys=journeys,
        seasons=tuple(_seasons(draft)),
        made_of=draft.made_of,
    )


def _establishments(draft: Draft, assumed: Assumptions) -> Iterator[Establishment]:
    communes = communes_of(draft)
    for row in sorted((row for _, row in draft.establishments), key=lambda row: row.finess):
        beds = beds_of(row, assumed)
        yield Establishment(
            **row.model_dump(exclude=BY_RULE),
            commune=communes[row.finess],
            category=category_of(row),
            public=is_public(row),
            adult_emergency=row.takes_adults,
            paediatric_emergency=bool(row.paediatric_emergency),
            beds_mco=beds.mco,
            beds_icu=beds.icu,
            beds=beds.all,
            beds_basis=row.basis if beds.are_declared else Basis.ASSUMPTION,
            source=source_of(row),
        )


def _communes(draft: Draft) -> Iterator[Commune]:
    for row in sorted((row for _, row in draft.communes), key=lambda row: row.code):
        yield Commune(
            code=row.code,
            name=row.name,
            department=row.department,
            population=row.population,
            latitude=row.latitude,
            longitude=row.longitude,
            road_network=row.road_network,
            basis=row.basis,
        )


def _venues(draft: Draft) -> Iterator[Venue]:
    for row in sorted((row for _, row in draft.venues), key=lambda row: row.id):
        yield Venue(**row.model_dump())


def _journeys(draft: Draft) -> Iterator[Journey]:
    for row in sorted((row for _, row in draft.journeys), key=lambda row: (row.source, row.target)):
        yield Journey(source=row.source, target=row.target, minutes=row.minutes, basis=row.basis)


def _seasons(draft: Draft) -> Iterator[Season]:
    rows = (row for _, row in draft.seasons)
    for row in sorted(rows, key=lambda row: (row.commune, row.first_day, row.last_day)):
        yield Season(
            commune=row.commune,
            first_day=row.first_day,
            last_day=row.last_day,
            people=row.people,
            basis=row.basis,
            source=row.source or DECLARED,
        )
