"""Derived links: who shares what with whom, and how far the next emergency department is.

Hardly any of this is published. Each function is one rule; its numbers are in `links.yaml`, and its links say whether
they are derived from published facts or assumed:

- directories: one per GHT or private group, with what stands behind it: one legal entity, several, or nobody knows;
- hosts, vendors of patient records, the vendor of workstation protection, laboratories: drawn by market share, once per
  group, and once per establishment outside any; no laboratory for a group that has its own;
- the regional platform, which exchanges with every establishment;
- the SAMU of each department, with the emergency sites there;
- neighbours that exchange mail, and the roads that patients take.

What a planner declares replaces what is derived: `topologies/building/deriving/declared.py`. A folder whose
`region.yaml` says `derive: no` has nothing of this.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from topologies.building.assumptions import Assumptions
from topologies.building.deriving.draws import Draws, choice
from topologies.building.deriving.neighbours import Place, Way, nearest_first
from topologies.building.records import Draft
from topologies.building.roads import journey_min, straight_km
from topologies.fields.quantity import Quantity
from topologies.region import (
    Basis,
    Establishment,
    Journey,
    Link,
    LinkKind,
    Service,
    ServiceKind,
    Trust,
    Venue,
)

PLATFORM = Service(
    id="platform:regional",
    name="Plateforme régionale du GRADeS",
    kind=ServiceKind.PLATFORM,
    basis=Basis.DERIVED,
)
A_TENTH_MIN = 0.1
"""To which travel times are rounded."""
PROTECTION = Service(
    id="vendor:protection",
    name="Éditeur de protection des postes",
    kind=ServiceKind.VENDOR,
    basis=Basis.ASSUMPTION,
)


@dataclass(frozen=True)
class Places:
    """Where links may begin and end, and how long some ways take."""

    establishments: Mapping[str, Establishment]
    venues: Mapping[str, Venue]
    journeys: Mapping[tuple[str, str], Journey]
    """What somebody knows of a way, by its two ends."""

    @cached_property
    def sites(self) -> dict[str, Establishment]:
        """The establishments that take emergencies."""
        return {finess: each for finess, each in self.establishments.items() if each.has_emergency}

    @cached_property
    def networks(self) -> dict[str, str]:
        """The roads on which each establishment and venue is."""
        roads = {finess: each.road_network for finess, each in self.establishments.items()}
        return roads | {venue: each.road_network for venue, each in self.venues.items()}


def derived_services(draft: Draft, assumed: Assumptions) -> Iterator[Service]:
    """Every service that a rule may link to, whether or not a draw falls on it; none if nothing is derived."""
    if not draft.header.derive:
        return
    platforms = {
        platform.id: platform
        for platform in (_platform_of(row.finess, draft) for _, row in draft.establishments)
    }
    yield from platforms.values()
    for department in draft.emergency_departments:
        yield _service(ServiceKind.SAMU, department.lower(), f"SAMU {department}", Basis.DERIVED)
    for ght in draft.ghts:
        trust = Trust.ENTITY if ght in assumed.one_entity else Trust.SEPARATE
        yield _service(ServiceKind.DIRECTORY, slug(ght), f"Annuaire {ght}", Basis.DERIVED, trust)
    for name in assumed.private_groups:
        label = f"Annuaire du groupe privé {name.upper()}"
        yield _service(ServiceKind.DIRECTORY, f"private-{name}", label, Basis.ASSUMPTION, Trust.UNKNOWN)
    for name in assumed.hosts:
        yield _service(ServiceKind.HOST, name, f"Hébergeur {name.upper()}", Basis.ASSUMPTION)
    for name in assumed.vendors:
        yield _service(ServiceKind.VENDOR, name, f"Éditeur {name.upper()}", Basis.ASSUMPTION)
    yield PROTECTION
    for name in assumed.laboratories:
        yield _service(ServiceKind.LABORATORY, name, f"Laboratoire {name.upper()}", Basis.ASSUMPTION)


def derived_links(places: Places, draft: Draft, assumed: Assumptions, draws: Draws) -> Iterator[Link]:
    """The links of all rules, in order."""
    establishments = [*places.establishments.values()]
    groups = {each.finess: group_of(each, assumed, draws) for each in establishments}
    yield from _directories(establishments, groups)
    yield from _hosting(groups, assumed, draws)
    yield from _maintenance(groups, assumed, draws)
    yield from _protection(groups, assumed, draws)
    yield from _laboratories(establishments, groups, assumed, draws)
    yield from _platforms(establishments, draft)
    yield from _regulation(places.sites.values())
    yield from _exchanges(places, assumed)
    yield from _transfers(places, places.sites, assumed, assumed.transfer_neighbours)
    yield from _transfers(places, places.venues, assumed, assumed.venue_neighbours)


def group_of(establishment: Establishment, assumed: Assumptions, draws: Draws) -> str | None:
    """The group with which it shares its IT: its GHT or group; for a private one, a group that is drawn, or none."""
    if establishment.ght:
        return slug(establishment.ght)
    if establishment.public:
        return None
    name = choice(assumed.private_groups, draws.of("private-group", establishment.finess))
    return f"private-{name}" if name else None


def _directories(establishments: Sequence[Establishment], groups: Mapping[str, str | None]) -> Iterator[Link]:
    """A GHT or group has one directory; it and its members trust each other."""
    for each in establishments:
        if group := groups[each.finess]:
            basis = Basis.DERIVED if each.ght else Basis.ASSUMPTION
            yield from _both_ways(each.finess, f"directory:{group}", LinkKind.DIRECTORY, basis)


def _hosting(groups: Mapping[str, str | None], assumed: Assumptions, draws: Draws) -> Iterator[Link]:
    """A host is drawn by market share, once per group, and once per establishment outside any."""
    for finess, group in groups.items():
        if name := choice(assumed.hosts, draws.of("host", group or finess)):
            yield _link(f"host:{name}", finess, LinkKind.HOSTING, Basis.ASSUMPTION)


def _maintenance(groups: Mapping[str, str | None], assumed: Assumptions, draws: Draws) -> Iterator[Link]:
    """A vendor of patient records, with remote maintenance, is drawn like a host: one per group."""
    for finess, group in groups.items():
        if name := choice(assumed.vendors, draws.of("vendor", group or finess)):
            yield _link(f"vendor:{name}", finess, LinkKind.MAINTENANCE, Basis.ASSUMPTION)


def _protection(groups: Mapping[str, str | None], assumed: Assumptions, draws: Draws) -> Iterator[Link]:
    """The vendor of workstation protection updates its customers' machines, whoever keeps their records."""
    for finess, group in groups.items():
        if draws.of("protection", group or finess) < assumed.protection.value:
            yield _link(PROTECTION.id, finess, LinkKind.MAINTENANCE, Basis.ASSUMPTION)


def _laboratories(
    establishments: Sequence[Establishment],
    groups: Mapping[str, str | None],
    assumed: Assumptions,
    draws: Draws,
) -> Iterator[Link]:
    """A laboratory is drawn like a host, but for those who have their own; orders go there, results come back."""
    members: dict[str, list[Establishment]] = {}
    for each in establishments:
        members.setdefault(groups[each.finess] or each.finess, []).append(each)
    for finess, group in groups.items():
        name = choice(assumed.laboratories, draws.of("laboratory", group or finess))
        if name and not has_laboratory(members[group or finess], assumed):
            yield from _both_ways(finess, f"laboratory:{name}", LinkKind.EXCHANGE, Basis.ASSUMPTION)


def has_laboratory(members: Sequence[Establishment], assumed: Assumptions) -> bool:
    """A group, or an establishment outside any, makes its own analyses."""
    return any(each.category in assumed.own_laboratory for each in members)


def _platforms(establishments: Sequence[Establishment], draft: Draft) -> Iterator[Link]:
    """The regional platform exchanges with every establishment of its region."""
    for each in establishments:
        yield from _both_ways(
            each.finess, _platform_of(each.finess, draft).id, LinkKind.EXCHANGE, Basis.ASSUMPTION
        )


def _platform_of(finess: str, draft: Draft) -> Service:
    """The platform that an establishment uses; of regions that are joined, each keeps its own."""
    if finess not in draft.platform_of:
        return PLATFORM
    region, title = draft.platform_of[finess]
    return _service(ServiceKind.PLATFORM, region, f"{PLATFORM.name} ({title})", Basis.DERIVED)


def _regulation(sites: Iterable[Establishment]) -> Iterator[Link]:
    """There is one SAMU per department; it and the emergency sites there exchange calls and messages.

    A few departments have two (102 SAMUs in 2014); here these are one.
    """
    for each in sites:
        samu = f"{ServiceKind.SAMU}:{each.department.lower()}"
        yield from _both_ways(each.finess, samu, LinkKind.EXCHANGE, Basis.DERIVED)


def _exchanges(places: Places, assumed: Assumptions) -> Iterator[Link]:
    """Each establishment exchanges mail with the emergency sites nearest to it."""
    most = round(assumed.exchange_neighbours.value)
    around = nearest_first(places.establishments, places.sites, most=most)
    pairs = {frozenset((finess, way.site)) for finess, ways in around.items() for way in ways}
    for one, other in sorted(map(sorted, pairs)):
        yield from _both_ways(one, other, LinkKind.EXCHANGE, Basis.ASSUMPTION)


def _transfers(
    places: Places, origins: Mapping[str, Establishment | Venue], assumed: Assumptions, neighbours: Quantity
) -> Iterator[Link]:
    """Patients can be taken by road to the nearest emergency sites, no farther than the travel bound.

    Where somebody knows how long a way takes, it takes that long.
    """
    bound_min = assumed.travel_bound_min.value
    known = {
        ends: each for ends, each in places.journeys.items() if ends[0] in origins and ends[1] in places.sites
    }
    for (origin, site), journey in known.items():
        if journey.minutes <= bound_min:
            yield _link(origin, site, LinkKind.TRANSFER, journey.basis, journey.minutes)
    for network in sorted({places.networks[origin] for origin in origins}):
        here = {name: place for name, place in origins.items() if place.road_network == network}
        there = {name: site for name, site in places.sites.items() if site.road_network == network}
        for origin, ways in _by_road(here, there, assumed, neighbours).items():
            for way in ways:
                minutes = journey_min(way.km, assumed)
                if minutes <= bound_min and (origin, way.site) not in known:
                    yield _link(origin, way.site, LinkKind.TRANSFER, Basis.DERIVED, minutes)


def _by_road(
    origins: Mapping[str, Place], sites: Mapping[str, Place], assumed: Assumptions, neighbours: Quantity
) -> dict[str, list[Way]]:
    """The nearest sites of each origin that are about within the travel bound."""
    within_km = straight_km(assumed.travel_bound_min.value + A_TENTH_MIN, assumed)
    return nearest_first(origins, sites, most=round(neighbours.value), within_km=within_km)


def slug(name: str) -> str:
    """A name in small letters without accents, its words joined by hyphens.

    >>> slug("GHT Sud Val-d'Oise Nord Hauts-de-Seine")
    'ght-sud-val-d-oise-nord-hauts-de-seine'
    """
    plain = unicodedata.normalize("NFD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _service(kind: ServiceKind, name: str, label: str, basis: Basis, trust: Trust | None = None) -> Service:
    return Service(id=f"{kind}:{name}", name=label, kind=kind, basis=basis, trust=trust)


def _link(source: str, target: str, kind: LinkKind, basis: Basis, minutes: float | None = None) -> Link:
    return Link(source=source, target=target, kind=kind, minutes=minutes, basis=basis)


def _both_ways(one: str, other: str, kind: LinkKind, basis: Basis) -> Iterator[Link]:
    yield _link(one, other, kind, basis)
    yield _link(other, one, kind, basis)
