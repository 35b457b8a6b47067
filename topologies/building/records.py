"""Records of a region's folder, file by file, as planners write them.

An empty cell is what nobody declared. `topologies/region.py` holds what becomes of them once the region is complete.
"""

from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from topologies.errors import Message
from topologies.fields.identifiers import (
    Department,
    Finess,
    Insee,
    ServiceId,
    Slug,
    VenueId,
    department_of_commune,
)
from topologies.fields.quantity import Input
from topologies.fields.scalars import Day, Name, Number, Text, Whole, YesNo
from topologies.region import MAINLAND, Basis, Category, LinkKind, ServiceKind

Visits = Annotated[Whole, Field(ge=0, le=500_000)]
"""Emergency visits per year; no site on earth has as many."""
Beds = Annotated[Whole, Field(ge=0, le=5_000)]
"""Of one kind at one site; the largest hospitals on earth have fewer."""
People = Annotated[Whole, Field(ge=0, le=5_000_000)]
"""Of one commune; Paris has two million, in twenty arrondissements."""
Capacity = Annotated[Whole, Field(ge=0, le=5_000_000)]
"""People in one place; the largest pilgrimages gather as many."""
Minutes = Annotated[Number, Field(gt=0, le=1_440)]
"""By road; a day at most."""
Latitude = Annotated[Number, Field(ge=-90, le=90)]
Longitude = Annotated[Number, Field(ge=-180, le=180)]


class Bounds(Input):
    """The box, in degrees, that holds the whole region; metropolitan France by default."""

    south: Latitude = 41.3
    north: Latitude = 51.2
    west: Longitude = -5.2
    east: Longitude = 9.7

    @model_validator(mode="after")
    def _is_a_box(self) -> Self:
        for low, high in (("south", "north"), ("west", "east")):
            if getattr(self, low) >= getattr(self, high):
                values = {"low": low, "high": high, "from": getattr(self, low), "to": getattr(self, high)}
                raise ValueError(
                    Message("{low} {from} is not below {high} {to}", values),
                    Message("swap them, or correct one"),
                )
        return self

    def hold(self, latitude: float, longitude: float) -> bool:
        """The point is in the box."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


ANYWHERE = Bounds(south=-90, north=90, west=-180, east=180)


class Provenance(Input):
    """Where part of the region's data comes from, and how reliable it is."""

    what: Text
    source: Text
    worth: Text


class Frame(Input):
    """The bounds alone of `region.yaml`, whatever else it holds."""

    model_config = ConfigDict(extra="ignore")

    bounds: Bounds = Bounds()


class Header(Input):
    """`region.yaml`: the region's name, what its rows are checked against, and where they come from."""

    name: Slug
    title: Name
    departments: tuple[Department, ...] = ()
    bounds: Bounds = Bounds()
    sources: tuple[Provenance, ...] = ()
    rules: tuple[Text, ...] = ()
    """How the files were made where a source was silent, so that they can be made again."""
    derive: YesNo = True
    """Whether undeclared services and links are derived by rule; undeclared beds always are."""


class EstablishmentRow(Input):
    """A row of `establishments.csv`."""

    finess: Finess
    name: Name
    commune: Name
    department: Department
    category: Category
    public: YesNo
    latitude: Latitude
    longitude: Longitude
    ght: Name | None = None
    ght_basis: Basis | None = None
    support: YesNo = False
    adult_emergency: YesNo = False
    paediatric_emergency: YesNo = False
    ed_visits_per_year: Visits | None = None
    beds_mco: Beds | None = None
    beds_icu: Beds | None = None
    beds_intensive: Beds | None = None
    beds_uhcd: Beds | None = None
    beds_other: Beds | None = None
    """Rehabilitation, psychiatry, long stay: they count towards size, not among acute beds."""
    basis: Basis
    source: Text
    note: Text | None = None
    """What was corrected or chosen in this row, and why."""
    road_network: Slug = MAINLAND

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


class CommuneRow(Input):
    """A row of `communes.csv`: people, and the point where they are taken to live."""

    code: Insee
    name: Name
    department: Department = Field(default_factory=lambda row: department_of_commune(row["code"]))
    population: People
    latitude: Latitude
    longitude: Longitude
    road_network: Slug = MAINLAND
    basis: Basis = Basis.DECLARED
    note: Text | None = None


class VenueRow(Input):
    """A row of `venues.csv`."""

    id: VenueId
    event: Slug
    name: Name
    commune: Name
    department: Department
    latitude: Latitude
    longitude: Longitude
    capacity: Capacity | None = None
    capacity_basis: Text
    first_day: Day
    last_day: Day
    sports: Text


class ServiceRow(Input):
    """A row of `services.csv`: a shared service that is known, not derived."""

    id: ServiceId
    name: Name
    kind: ServiceKind
    basis: Basis
    note: Text | None = None


class LinkRow(Input):
    """A row of `links.csv`: a known link, which replaces the derived links of its kind into its target."""

    source: Text
    target: Text
    kind: LinkKind
    minutes: Minutes | None = None
    basis: Basis
    note: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A region as its files state it, each row with its line, before the rows are checked against one another."""

    header: Header
    establishments: list[tuple[int, EstablishmentRow]]
    communes: list[tuple[int, CommuneRow]]
    venues: list[tuple[int, VenueRow]]
    services: list[tuple[int, ServiceRow]]
    links: list[tuple[int, LinkRow]]
    made_of: tuple[str, ...] = ()
    """The regions that it extends, nearest first."""

    @property
    def ghts(self) -> list[str]:
        """The names of its GHTs and groups, in order."""
        return sorted({row.ght for _, row in self.establishments if row.ght})

    @property
    def emergency_departments(self) -> list[str]:
        """The departments in which a site takes emergencies, in order."""
        return sorted({row.department for _, row in self.establishments if row.has_emergency})
