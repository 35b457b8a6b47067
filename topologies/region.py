"""Region: its establishments, what they share, and the links that an attack or a patient follows.

A `Region` is complete and consistent as soon as `topologies.load` has returned it. Nodes of the region are
named by an identifier: a FINESS number for an establishment, `kind:slug` for a shared service, `venue:slug`
for an event venue.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import networkx

    Graph = networkx.MultiDiGraph[str]


MAINLAND: Final = "mainland"
"""The network of roads of whatever says nothing else."""
MOST_VISITS_PER_BED: Final = 1_000.0
"""By definition, in a year: a bed takes some 60 patients. Of 615 sites of France eight lie beyond."""


class Basis(StrEnum):
    """How a fact is known."""

    PUBLISHED = "published"
    DERIVED = "derived"
    ASSUMPTION = "assumption"
    DECLARED = "declared"
    """Those concerned said so: an audit, a form, a contract."""


class Category(StrEnum):
    """What an establishment is."""

    UNIVERSITY = "chu"
    GENERAL = "ch"
    LOCAL = "local"
    PSYCHIATRIC = "psychiatric"
    MILITARY = "military"
    CANCER = "cancer"
    CLINIC = "clinic"
    REHABILITATION = "rehabilitation"
    PRIVATE_EMERGENCY = "private"


class ServiceKind(StrEnum):
    """What many establishments depend on together."""

    DIRECTORY = "directory"
    HOST = "host"
    VENDOR = "vendor"
    PLATFORM = "platform"
    SAMU = "samu"
    """A SAMU-Centre 15: it answers a department's emergency calls and decides where patients go."""
    LABORATORY = "laboratory"
    """An external supplier of pathology: it receives samples and sends back results."""


class Trust(StrEnum):
    """What stands behind a directory: how far those who share it are one."""

    NETWORK = "network"
    """One network, run as one: who holds it holds all of it."""
    ENTITY = "entity"
    """The sites of one legal entity: one network or several, nobody says."""
    SEPARATE = "separate"
    """Legal entities of their own, as the members of a GHT."""
    UNKNOWN = "unknown"
    """Nobody says: a group that a rule has put together."""


class LinkKind(StrEnum):
    """What an attack, a dependency or a patient can follow from one node to another."""

    DIRECTORY = "directory"
    HOSTING = "hosting"
    MAINTENANCE = "maintenance"
    EXCHANGE = "exchange"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Establishment:
    """A geographic FINESS site; what its source does not declare is `None`, never 0."""

    finess: str
    name: str
    commune: str
    department: str
    category: Category
    public: bool
    latitude: float
    longitude: float
    ght: str | None
    """Its GHT, or the group that behaves as one (AP-HP)."""
    ght_basis: Basis | None
    support: bool
    """It runs the shared IT of its GHT or group."""
    adult_emergency: bool
    paediatric_emergency: bool
    ed_visits_per_year: int | None
    beds_mco: int | None
    beds_icu: int | None
    beds_intensive: int | None
    beds_uhcd: int | None
    beds: int
    """All its beds, a proxy for the size of its information system: declared, else usual for its category."""
    beds_basis: Basis
    basis: Basis
    source: str
    road_network: str = MAINLAND
    """The land that roads join, by a slug: an island without a bridge has its own. Journeys by road stay inside it."""

    @property
    def has_emergency(self) -> bool:
        """It has an emergency department, adult or paediatric."""
        return self.adult_emergency or self.paediatric_emergency

    @property
    def sees_beyond_its_beds(self) -> bool:
        """Its emergency department could hardly hospitalise anybody, as that of an eye hospital."""
        beds = (self.beds_mco or 0) + (self.beds_uhcd or 0)
        return (self.ed_visits_per_year or 0) > MOST_VISITS_PER_BED * beds

    @property
    def territory(self) -> str:
        """Where it is counted: its GHT or group, else with the others of its department outside any."""
        return self.ght or f"Hors GHT ({self.department})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """Where people live: a commune, or an arrondissement of Paris, Lyon or Marseille."""

    code: str
    """Its INSEE code."""
    name: str
    department: str
    """The department whose SAMU answers its calls."""
    population: int
    latitude: float
    longitude: float
    road_network: str
    """As that of an establishment."""
    basis: Basis
    """How its point is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Something that many establishments depend on together."""

    id: str
    name: str
    kind: ServiceKind
    basis: Basis
    trust: Trust | None = None
    """Of a directory; of a platform, `NETWORK` where it joins the machines of its members, and else `None`."""
    run_by: str | None = None
    """Of a directory: the establishment that runs the network of all behind it, where that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """An event venue, the days on which it is used, and its capacity."""

    id: str
    event: str
    name: str
    commune: str
    department: str
    latitude: float
    longitude: float
    capacity: int | None
    capacity_basis: str
    first_day: date
    last_day: date
    sports: str
    road_network: str = MAINLAND
    """As that of an establishment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A directed edge; `minutes` is the travel time by road of a `transfer`, `None` otherwise."""

    source: str
    target: str
    kind: LinkKind
    minutes: float | None
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """How long the way from a commune or an establishment to an establishment takes, as somebody knows it."""

    source: str
    """A commune by its INSEE code, or an establishment."""
    target: str
    minutes: float
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """People who are in a commune besides its inhabitants on some days of each year, or who are away from it."""

    commune: str
    """By its INSEE code."""
    first_day: str
    """Month and day, such as 12-20; where it comes after the last one, the season lasts into the next year."""
    last_day: str
    people: int
    """On each of these days; negative if inhabitants are away. Several seasons of a commune add up."""
    basis: Basis
    source: str


def lies_between(day: str, first: str, last: str) -> bool:
    """A day of the year lies between two others, these included; by the turn of the year if the first is the later.

    >>> lies_between("12-31", "12-20", "04-15"), lies_between("04-16", "12-20", "04-15")
    (True, False)
    """
    return first <= day <= last if first <= last else day >= first or day <= last


@dataclass(frozen=True, kw_only=True)
class Region:
    """A health region; mappings are sorted by identifier, links by (source, kind, target)."""

    name: str
    title: str
    establishments: Mapping[str, Establishment]
    services: Mapping[str, Service]
    venues: Mapping[str, Venue]
    links: tuple[Link, ...]
    communes: Mapping[str, Commune] = field(default_factory=dict)
    """By INSEE code; none where nobody says where people live."""
    journeys: tuple[Journey, ...] = ()
    """What replaces the rule of travel times for these pairs, and leads where no road does; by source and target."""
    seasons: tuple[Season, ...] = ()
    """By commune and first day."""
    made_of: tuple[str, ...] = ()
    """The regions that it extends or joins whole, and those that they are made of."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Its own name, and the names of the regions that it is made of: what is made for one of them runs here."""
        return self.name, *self.made_of

    def __repr__(self) -> str:
        return (
            f"<Region {self.name}: {len(self.establishments)} establishments, {len(self.services)} services, "
            f"{len(self.venues)} venues, {len(self.communes)} communes, {len(self.links)} links>"
        )

    @cached_property
    def _links_by_source(self) -> dict[str, list[Link]]:
        by_source: dict[str, list[Link]] = {}
        for link in self.links:
            by_source.setdefault(link.source, []).append(link)
        return by_source

    def links_from(self, node: str) -> Iterator[Link]:
        """The links that leave a node, in order."""
        return iter(self._links_by_source.get(node, ()))

    def territories(self) -> dict[str, list[Establishment]]:
        """The establishments of each territory: GHTs and groups, then those outside any, by department."""
        by_territory: dict[str, list[Establishment]] = {}
        for establishment in self.establishments.values():
            by_territory.setdefault(establishment.territory, []).append(establishment)
        return dict(sorted(by_territory.items()))

    def graph(self) -> "Graph":
        """The region as a networkx MultiDiGraph: a node per establishment, service and venue, an edge per link.

        Edges are keyed by the kind of link; node and edge attributes are the fields of the records, and `of` says
        what a node is.
        """
        import networkx  # costs its import, and no simulation needs it

        graph: Graph = networkx.MultiDiGraph(name=self.name)
        for node, establishment in self.establishments.items():
            graph.add_node(node, of="establishment", **asdict(establishment))
        for node, service in self.services.items():
            graph.add_node(node, of="service", **asdict(service))
        for node, venue in self.venues.items():
            graph.add_node(node, of="venue", **asdict(venue))
        for link in self.links:
            graph.add_edge(link.source, link.target, key=str(link.kind), **asdict(link))
        return graph
