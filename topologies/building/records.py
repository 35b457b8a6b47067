"""Records of a region's folder, file by file, as planners write them.

An empty cell is what nobody declared. `topologies/region.py` holds what becomes of them once the region is complete.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from topologies.errors import Message
from topologies.fields.identifiers import (
    Department,
    Finess,
    Insee,
    ServiceId,
    Slug,
    VenueId,
    department_of_commune,
    department_of_finess,
)
from topologies.fields.quantity import Input
from topologies.fields.scalars import Day, DayOfYear, Name, Number, Text, Whole, YesNo
from topologies.region import MAINLAND, Basis, Category, LinkKind, ServiceKind, Trust

Visits = Annotated[Whole, Field(ge=0, le=500_000)]
"""Emergency visits per year; no site on earth has as many."""
Beds = Annotated[Whole, Field(ge=0, le=5_000)]
"""Of one kind at one site; the largest hospitals on earth have fewer."""
People = Annotated[Whole, Field(ge=0, le=5_000_000)]
"""Of one commune; Paris has two million, in twenty arrondissements."""
Guests = Annotated[Whole, Field(ge=-5_000_000, le=5_000_000)]
Capacity = Annotated[Whole, Field(ge=0, le=5_000_000)]
"""People in one place; the largest pilgrimages gather as many."""
Minutes = Annotated[Number, Field(gt=0, le=1_440)]
"""By road; a day at most."""
Latitude = Annotated[Number, Field(ge=-90, le=90)]
Longitude = Annotated[Number, Field(ge=-180, le=180)]


class Bounds(Input):
    """A box, in degrees, that holds the whole region; metropolitan France by default."""

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
FRANCE = (
    Bounds(),
    Bounds(south=15.7, north=18.3, west=-63.3, east=-60.9),  # Guadeloupe, Saint-Martin, Saint-Barthélemy
    Bounds(south=14.3, north=15.0, west=-61.4, east=-60.7),  # Martinique
    Bounds(south=2.0, north=6.0, west=-54.8, east=-51.5),  # Guyane
    Bounds(south=-21.5, north=-20.8, west=55.1, east=55.9),  # La Réunion
    Bounds(south=-13.1, north=-12.5, west=44.9, east=45.4),  # Mayotte
    Bounds(south=46.6, north=47.3, west=-56.6, east=-56.0),  # Saint-Pierre-et-Miquelon
    Bounds(south=-28.0, north=-7.0, west=-179.0, east=-134.0),  # Polynesia, Wallis and Futuna
    Bounds(south=-23.0, north=-18.0, west=158.0, east=172.5),  # New Caledonia
)
"""One of these boxes holds each row of a region that states no bounds."""


class Provenance(Input):
    """Where part of the region's data comes from, and how reliable it is."""

    what: Text
    source: Text
    worth: Text


class Frame(Input):
    """The bounds alone of `region.yaml`, whatever else it holds."""

    model_config = ConfigDict(extra="ignore")

    bounds: Bounds | None = None


def _as_part(value: object) -> object:
    return {"region": value} if isinstance(value, str) else value


class JoinedPart(Input):
    """A region to join, by its name or path: the whole, or what lies in some of its departments."""

    region: Text
    departments: tuple[Department, ...] = ()


class Header(Input):
    """`region.yaml`: the region's name, what its rows are checked against, and where they come from."""

    name: Slug
    title: Name
    departments: tuple[Department, ...] = ()
    bounds: Bounds | None = None
    joins: tuple[Annotated[JoinedPart, BeforeValidator(_as_part)], ...] = ()
    sources: tuple[Provenance, ...] = ()
    rules: tuple[Text, ...] = ()
    """How the files were made where a source was silent, so that they can be made again."""
    made_of: tuple[Slug, ...] = ()
    """Regions that it stands for although its files extend and join none, as those of an export: what is made for one
    of them runs here."""
    derive: YesNo = True
    """Whether undeclared services and links are derived by rule; undeclared beds always are."""


class EstablishmentRow(Input):
    """A row of `establishments.csv`; what it leaves out follows by rule (`deriving/undeclared.py`)."""

    finess: Finess
    name: Name
    commune: Name | None = None
    department: Department = Field(
        default_factory=lambda row: department_of_finess(row["finess"]), validate_default=True
    )
    category: Category | None = None
    public: YesNo | None = None
    latitude: Latitude
    longitude: Longitude
    ght: Name | None = None
    ght_basis: Basis | None = None
    support: YesNo = False
    adult_emergency: YesNo | None = None
    paediatric_emergency: YesNo | None = None
    ed_visits_per_year: Visits | None = None
    beds_mco: Beds | None = None
    beds_icu: Beds | None = None
    beds_intensive: Beds | None = None
    beds_uhcd: Beds | None = None
    beds_other: Beds | None = None
    """Rehabilitation, psychiatry, long stay: they count towards size, not among acute beds."""
    basis: Basis = Basis.DECLARED
    source: Text | None = None
    note: Text | None = None
    """What was corrected or chosen in this row, and why."""
    road_network: Slug = MAINLAND

    @property
    def has_emergency(self) -> bool:
        """It takes emergencies, adult or paediatric."""
        return self.takes_adults or bool(self.paediatric_emergency)

    @property
    def takes_adults(self) -> bool:
        """It takes adult emergencies: it says so, or counts visits and says nothing of either."""
        if self.adult_emergency is None and self.paediatric_emergency is None:
            return bool(self.ed_visits_per_year)
        return bool(self.adult_emergency)

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
    department: Department = Field(
        default_factory=lambda row: department_of_commune(row["code"]), validate_default=True
    )
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
    road_network: Slug = MAINLAND


class ServiceRow(Input):
    """A row of `services.csv`: a shared service that is known; `run_by`: see `topologies.region.Service`."""

    id: ServiceId
    name: Name
    kind: ServiceKind
    basis: Basis
    trust: Trust | None = None
    """What stands behind a directory (separate entities where it is not said); of a platform, `NETWORK` or nothing."""
    run_by: Finess | None = None
    note: Text | None = None


class LinkRow(Input):
    """A row of `links.csv`: a known link, which replaces the derived links of its kind into its target."""

    source: Text
    target: Text
    kind: LinkKind
    minutes: Minutes | None = None
    basis: Basis = Basis.DECLARED
    note: Text | None = None


class JourneyRow(Input):
    """A row of `journeys.csv`: how long a way takes, from a commune or an establishment, whatever the rule reckons."""

    source: Text
    target: Finess
    minutes: Minutes
    basis: Basis = Basis.DECLARED
    note: Text | None = None


class SeasonRow(Input):
    """A row of `seasons.csv`: see `topologies.region.Season`."""

    commune: Insee
    first_day: DayOfYear
    last_day: DayOfYear
    people: Guests
    basis: Basis = Basis.DECLARED
    source: Text | None = None
    note: Text | None = None


Row = EstablishmentRow | CommuneRow | VenueRow | ServiceRow | LinkRow | JourneyRow | SeasonRow

KEYS = {
    "establishments.csv": ("finess",),
    "communes.csv": ("code",),
    "venues.csv": ("id",),
    "services.csv": ("id",),
    "links.csv": ("source", "target", "kind"),
    "journeys.csv": ("source", "target"),
    "seasons.csv": ("commune", "first_day", "last_day"),
}
"""The columns that name a row, of each table."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A region as its files state it, each row with its line, before the rows are checked against one another."""

    header: Header
    establishments: list[tuple[int, EstablishmentRow]] = field(default_factory=list)
    communes: list[tuple[int, CommuneRow]] = field(default_factory=list)
    venues: list[tuple[int, VenueRow]] = field(default_factory=list)
    services: list[tuple[int, ServiceRow]] = field(default_factory=list)
    links: list[tuple[int, LinkRow]] = field(default_factory=list)
    journeys: list[tuple[int, JourneyRow]] = field(default_factory=list)
    seasons: list[tuple[int, SeasonRow]] = field(default_factory=list)
    made_of: tuple[str, ...] = ()
    """The regions that it extends or joins whole, nearest first."""
    platform_of: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Of regions that are joined: the name and the title of each establishment's own, whose platform it uses."""

    def as_base(self) -> "Draft":
        """The same as another region's base."""
        return replace(self, made_of=(self.header.name, *self.made_of))

    @property
    def ghts(self) -> list[str]:
        """The names of its GHTs and groups, in order."""
        return sorted({row.ght for _, row in self.establishments if row.ght})

    @property
    def emergency_departments(self) -> list[str]:
        """The departments in which a site takes emergencies, in order."""
        return sorted({row.department for _, row in self.establishments if row.has_emergency})
