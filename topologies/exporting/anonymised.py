"""Anonymised: a region under pseudonyms, with its places moved a little and its numbers rounded.

Names, numbers and codes of establishments, communes, departments, GHTs, services, islands, venues and events are
replaced; a service that a rule has drawn keeps its name, which is nobody's (`host:a`). Each place lies up to five
kilometres from where it was, and journeys by road are reckoned anew from there. What is still recognised is told in
`docs/analysts/exports.md`.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from math import pi, sqrt
from typing import TypeVar

from topologies.building.assumptions import Assumptions, assumptions
from topologies.building.deriving.sphere import Point, beyond, way
from topologies.building.fictitious import CALLED
from topologies.building.links import PLATFORM, derived_services
from topologies.building.records import (
    CommuneRow,
    Draft,
    EstablishmentRow,
    Header,
    JourneyRow,
    LinkRow,
    Provenance,
    Row,
    SeasonRow,
    ServiceRow,
    VenueRow,
)
from topologies.building.roads import journey_min
from topologies.exporting.pseudonyms import Pseudonyms
from topologies.exporting.written_out import region_of
from topologies.fields.identifiers import FICTITIOUS, FICTITIOUS_FINESS
from topologies.region import MAINLAND, Basis, LinkKind, ServiceKind
from topologies.writing.header import bounds_around

MOVED_KM = 5.0
"""How far a place lies at most from where it was: an assumption of ours."""
VISITS, BEDS, CRITICAL_BEDS, PEOPLE, SEATS, MINUTES = 1_000, 10, 5, 100, 1_000, 5
"""To what numbers are rounded; one that is not zero stays so."""
MOST_WEEKS = 8
"""By which the days of venues are moved, all alike."""
HIDDEN = "anonymisé"

SERVICES = {
    ServiceKind.DIRECTORY: "Annuaire",
    ServiceKind.HOST: "Hébergeur",
    ServiceKind.VENDOR: "Éditeur",
    ServiceKind.PLATFORM: "Plateforme",
    ServiceKind.SAMU: "SAMU",
    ServiceKind.LABORATORY: "Laboratoire",
}

R = TypeVar("R", bound=Row)


def anonymised(draft: Draft, secret: str) -> Draft:
    """The same region, written out, under the pseudonyms of this secret."""
    return _Anonymised(draft, Pseudonyms(secret)).draft


class _Anonymised:
    """A region under pseudonyms, row by row."""

    def __init__(self, draft: Draft, names: Pseudonyms) -> None:
        self._names, self._assumed = names, assumptions()
        self._region = region_of(draft)
        self._drawn = _drawn(draft, self._assumed)
        self._ids = self._identifiers(draft)
        establishments = [self._establishment(row) for _, row in draft.establishments]
        communes = [self._commune(row) for _, row in draft.communes]
        venues = [self._venue(row, draft.header.name) for _, row in draft.venues]
        self._places: dict[str, Point] = {row.finess: (row.latitude, row.longitude) for row in establishments}
        self._places |= {row.id: (row.latitude, row.longitude) for row in venues}
        homes = [(row.latitude, row.longitude) for row in communes]
        self.draft = replace(
            draft,
            header=self._header(draft.header.name, [*self._places.values(), *homes]),
            establishments=_shuffled(establishments),
            communes=_shuffled(communes),
            venues=_shuffled(venues),
            services=_shuffled(self._service(row) for _, row in draft.services),
            links=_shuffled(self._link(row) for _, row in draft.links),
            journeys=_shuffled(self._journey(row) for _, row in draft.journeys),
            seasons=_shuffled(self._season(row) for _, row in draft.seasons),
            made_of=(),
            platform_of={},
        )

    def _identifiers(self, draft: Draft) -> dict[str, str]:
        """What stands for each identifier."""
        names = self._names
        finess = names.numbers("establishment", (row.finess for _, row in draft.establishments), 10**7)
        ids = {real: f"{FICTITIOUS_FINESS}{number:07}" for real, number in finess.items()}
        lie = {row.department for _, row in draft.establishments} | {
            row.department for _, row in draft.communes
        }
        lie |= {row.department for _, row in draft.venues}
        departments = names.numbers("department", lie, 10**4)
        self._departments = {real: f"{FICTITIOUS}{number:04}" for real, number in departments.items()}
        for department, hidden in self._departments.items():
            codes = (row.code for _, row in draft.communes if row.department == department)
            ids |= {
                real: f"{hidden}{number:03}"
                for real, number in names.numbers("commune", codes, 10**3).items()
            }
        ids |= {row.id: f"venue:{names.code('venue', row.id).lower()}" for _, row in draft.venues}
        return ids | {row.id: self._service_id(row) for _, row in draft.services}

    def _service_id(self, row: ServiceRow) -> str:
        if row.id in self._drawn:
            return row.id
        slug = row.id.partition(":")[2]
        if row.kind is ServiceKind.SAMU and slug.upper() in self._departments:
            return f"{row.kind}:{self._departments[slug.upper()].lower()}"
        return f"{row.kind}:{self._names.code(row.kind, slug).lower()}"

    def _header(self, real: str, points: list[Point]) -> Header:
        code = self._names.code("region", real)
        source = Provenance(
            what="tous les tableaux de ce dossier",
            source="une région réelle, sous pseudonymes",
            worth=f"lieux déplacés de {MOVED_KM:.0f} km au plus, nombres arrondis, trajets recalculés",
        )
        return Header.model_validate(
            {
                "name": f"region-{code.lower()}",
                "title": f"Région {code}",
                "bounds": bounds_around(points),
                "sources": [source],
                "derive": False,
            }
        )

    def _establishment(self, row: EstablishmentRow) -> EstablishmentRow:
        known = self._region.establishments[row.finess]
        latitude, longitude = self._moved(row.finess, (row.latitude, row.longitude))
        return row.model_copy(
            update={
                "finess": self._ids[row.finess],
                "name": f"{CALLED[known.category]} {self._names.code('establishment', row.finess)}",
                "commune": self._called("Commune", known.commune),
                "department": self._departments[row.department],
                "category": known.category,
                "public": known.public,
                "latitude": latitude,
                "longitude": longitude,
                "ght": self._called("GHT", row.ght) if row.ght else None,
                "adult_emergency": known.adult_emergency,
                "paediatric_emergency": known.paediatric_emergency,
                "ed_visits_per_year": rounded(row.ed_visits_per_year, VISITS),
                "beds_mco": rounded(row.beds_mco, BEDS),
                "beds_icu": rounded(row.beds_icu, CRITICAL_BEDS),
                "beds_intensive": rounded(row.beds_intensive, CRITICAL_BEDS),
                "beds_uhcd": rounded(row.beds_uhcd, CRITICAL_BEDS),
                "beds_other": rounded(row.beds_other, BEDS),
                "source": HIDDEN,
                "note": None,
                "road_network": self._roads(row.road_network),
            }
        )

    def _commune(self, row: CommuneRow) -> CommuneRow:
        latitude, longitude = self._moved(row.code, (row.latitude, row.longitude))
        return row.model_copy(
            update={
                "code": self._ids[row.code],
                "name": self._called("Commune", row.name),
                "department": self._departments[row.department],
                "population": rounded(row.population, PEOPLE),
                "latitude": latitude,
                "longitude": longitude,
                "road_network": self._roads(row.road_network),
                "note": None,
            }
        )

    def _venue(self, row: VenueRow, region: str) -> VenueRow:
        latitude, longitude = self._moved(row.id, (row.latitude, row.longitude))
        later = timedelta(weeks=1 + int(self._names.uniform("weeks", region) * MOST_WEEKS))
        return row.model_copy(
            update={
                "id": self._ids[row.id],
                "event": f"evenement-{self._names.code('event', row.event).lower()}",
                "name": self._called("Site", row.name),
                "commune": self._called("Commune", row.commune),
                "department": self._departments[row.department],
                "latitude": latitude,
                "longitude": longitude,
                "capacity": rounded(row.capacity, SEATS),
                "capacity_basis": HIDDEN,
                "first_day": row.first_day + later,
                "last_day": row.last_day + later,
                "sports": HIDDEN,
                "road_network": self._roads(row.road_network),
            }
        )

    def _service(self, row: ServiceRow) -> ServiceRow:
        hidden = self._ids[row.id]
        name = self._drawn.get(row.id) or self._called(SERVICES[row.kind], row.id)
        run_by = self._ids[row.run_by] if row.run_by else None
        return row.model_copy(update={"id": hidden, "name": name, "run_by": run_by, "note": None})

    def _link(self, row: LinkRow) -> LinkRow:
        """The link; a journey by road takes as long as from where its ends lie now, another one about as long."""
        source, target = self._ids[row.source], self._ids[row.target]
        minutes: float | None = rounded(row.minutes, MINUTES)
        if row.kind is LinkKind.TRANSFER and row.basis is Basis.DERIVED:
            minutes = journey_min(way(self._places[source], self._places[target])[0], self._assumed)
        return row.model_copy(update={"source": source, "target": target, "minutes": minutes, "note": None})

    def _journey(self, row: JourneyRow) -> JourneyRow:
        ends = {"source": self._ids[row.source], "target": self._ids[row.target]}
        return row.model_copy(update={**ends, "minutes": rounded(row.minutes, MINUTES), "note": None})

    def _season(self, row: SeasonRow) -> SeasonRow:
        """Rounded towards zero, so that no more people are away than live there."""
        people = PEOPLE * int(row.people / PEOPLE)
        ids = {"commune": self._ids[row.commune]}
        return row.model_copy(update={**ids, "people": people, "source": HIDDEN, "note": None})

    def _called(self, kind: str, real: str) -> str:
        return f"{kind} {self._names.code(kind, real)}"

    def _roads(self, network: str) -> str:
        return network if network == MAINLAND else f"ile-{self._names.code('island', network).lower()}"

    def _moved(self, real: str, place: Point) -> Point:
        km = MOVED_KM * sqrt(self._names.uniform("how far", real))
        latitude, longitude = beyond(place, km, 2 * pi * self._names.uniform("which way", real))
        return round(latitude, 4), round(longitude, 4)


def _shuffled(rows: Iterable[R]) -> list[tuple[int, R]]:
    """The rows in the order of their pseudonyms, which tells nothing of the one in which they were."""
    return [*enumerate(sorted(rows, key=lambda row: [*dict(row).values()][:3]))]


def _drawn(draft: Draft, assumed: Assumptions) -> dict[str, str]:
    """The services that no declaration stands behind, by what the rules call them; an only platform."""
    declared = {row.id for _, row in draft.services if row.basis is Basis.DECLARED and row.id != PLATFORM.id}
    derived = replace(draft, header=draft.header.model_copy(update={"derive": True}), platform_of={})
    return {
        each.id: each.name
        for each in derived_services(derived, assumed)
        if each.id not in declared and (each.basis is Basis.ASSUMPTION or each.id == PLATFORM.id)
    }


def rounded(number: float | None, to: int) -> int | None:
    """The number to the nearest multiple; what is not zero does not become so.

    >>> rounded(56_176, 1_000), rounded(3, 10), rounded(0, 10), rounded(None, 10)
    (56000, 10, 0, None)
    """
    if not number:
        return None if number is None else 0
    return max(to, to * round(number / to))
