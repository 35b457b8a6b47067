"""What may a region's folder hold, file by file?

These are the rows as planners write them. An empty cell is what nobody declared. `topologies/region.py`
says what becomes of them once the region is complete.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from topologies.identifiers import Department, Finess, ServiceId, Slug, VenueId
from topologies.quantity import Input
from topologies.region import Basis, Category, LinkKind, ServiceKind

Text = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(ge=0)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class Bounds(Input):
    """The box of degrees that holds the whole region; metropolitan France when nothing is said."""

    south: Latitude = 41.3
    north: Latitude = 51.2
    west: Longitude = -5.2
    east: Longitude = 9.7

    def hold(self, latitude: float, longitude: float) -> bool:
        """The point is in the box."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


class Provenance(Input):
    """Where a part of the region's data comes from, and what it is worth."""

    what: Text
    source: Text
    worth: Text


class Header(Input):
    """`region.yaml`: the region's name, what its rows are checked against, and where they come from."""

    name: Slug
    title: Text
    departments: tuple[Department, ...] = ()
    bounds: Bounds = Bounds()
    sources: tuple[Provenance, ...] = ()
    rules: tuple[Text, ...] = ()
    """How the files were made where a source was silent, for whoever has to make them again."""
    derive: bool = True
    """Whether services and links that nobody declared are derived by rule; beds that nobody declared always are."""


class EstablishmentRow(Input):
    """A row of `establishments.csv`."""

    finess: Finess
    name: Text
    commune: Text
    department: Department
    category: Category
    public: bool
    latitude: Latitude
    longitude: Longitude
    ght: str | None = None
    ght_basis: Basis | None = None
    support: bool = False
    adult_emergency: bool = False
    paediatric_emergency: bool = False
    ed_visits_per_year: Count | None = None
    beds_mco: Count | None = None
    beds_icu: Count | None = None
    beds_intensive: Count | None = None
    beds_uhcd: Count | None = None
    beds_other: Count | None = None
    """Rehabilitation, psychiatry, long stay: they count in the size of the place, not among acute beds."""
    basis: Basis
    source: Text
    note: str | None = None
    """What was mended or chosen in this row, and why."""

    @property
    def has_emergency(self) -> bool:
        """It takes emergencies, adult or paediatric."""
        return self.adult_emergency or self.paediatric_emergency

    @property
    def declared_beds(self) -> int | None:
        """The beds of every kind together; `None` when none is declared."""
        kinds = (self.beds_mco, self.beds_icu, self.beds_intensive, self.beds_uhcd, self.beds_other)
        declared = [beds for beds in kinds if beds is not None]
        return sum(declared) if declared else None


class VenueRow(Input):
    """A row of `venues.csv`."""

    id: VenueId
    event: Slug
    name: Text
    commune: Text
    department: Department
    latitude: Latitude
    longitude: Longitude
    capacity: Count | None = None
    capacity_basis: Text
    first_day: date
    last_day: date
    sports: Text


class ServiceRow(Input):
    """A row of `services.csv`: a shared service that is known, not derived."""

    id: ServiceId
    name: Text
    kind: ServiceKind
    basis: Basis
    note: str | None = None


class LinkRow(Input):
    """A row of `links.csv`: a known link, which replaces the derived ones of its kind into its target."""

    source: Text
    target: Text
    kind: LinkKind
    minutes: Annotated[float, Field(gt=0)] | None = None
    basis: Basis
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A region as its files say it, each row with its line, before anyone checked that the rows agree."""

    header: Header
    establishments: list[tuple[int, EstablishmentRow]]
    venues: list[tuple[int, VenueRow]]
    services: list[tuple[int, ServiceRow]]
    links: list[tuple[int, LinkRow]]

    @property
    def ghts(self) -> list[str]:
        """The names of its GHTs and groups, in order."""
        return sorted({row.ght for _, row in self.establishments if row.ght})

    @property
    def emergency_departments(self) -> list[str]:
        """The departments in which a site takes emergencies, in order."""
        return sorted({row.department for _, row in self.establishments if row.has_emergency})
