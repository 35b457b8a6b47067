"""What is chosen: the nodes to which the entry points of a scenario come in a region.

Nodes are sized by emergency visits per year: a site by its own, a GHT by its members', a shared service by those of the
sites that it serves. Choices are made in the order in which they are written, and none takes what a scenario names or
what a choice before it took: a second wave comes upon others than the first. A region that has fewer nodes of a kind
than are asked for gives all that it has.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from simulation.inputs.events.catchment import capacity_of, emergency_sites, nearest_sites
from simulation.inputs.events.event import Event, Session
from simulation.inputs.scenarios.choice import Among, Choice, Point
from simulation.inputs.scenarios.scenario import Scenario
from topologies.building.assumptions import Assumptions
from topologies.region import Establishment, LinkKind, Region, ServiceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one entry point comes to."""

    nodes: tuple[str, ...]
    """The nodes; of a draw, all those among which each replication draws."""
    drawn: int | None = None
    """How many of them are drawn, at most; `None` where all of them are meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """Where a wave sets in."""

    entry_points: tuple[Found, ...]
    """In the order of those of the wave."""
    target: tuple[str, ...]
    """Whose control sets off the payload: one node at most."""

    @property
    def nodes(self) -> Iterator[str]:
        """Every node that may be an entry point."""
        return chain.from_iterable(found.nodes for found in self.entry_points)


def aims_of(scenario: Scenario, region: Region, assumed: Assumptions) -> dict[str, Aim]:
    """The aim of each wave, by its name."""
    taken = {point for wave in scenario.waves for point in wave.entry_points if isinstance(point, str)}
    found = {
        (wave.name, rank): _found(point, scenario, region, assumed, taken)
        for wave in scenario.waves
        for rank, point in enumerate(wave.entry_points)
    }
    return {
        wave.name: Aim(
            entry_points=tuple(
                _without(found[wave.name, rank], taken) for rank in range(len(wave.entry_points))
            ),
            target=_target(wave.detonation.target if wave.detonation else None, scenario, region, assumed),
        )
        for wave in scenario.waves
    }


def _found(point: Point, scenario: Scenario, region: Region, assumed: Assumptions, taken: set[str]) -> Found:
    """What a point comes to; what it takes is taken from then on."""
    if isinstance(point, str):
        return Found(nodes=(point,))
    candidates = _candidates(point, scenario, region, assumed)
    if point.drawn:
        return Found(nodes=tuple(candidates), drawn=point.count)
    nodes = tuple(islice((node for node in candidates if node not in taken), point.count))
    taken.update(nodes)
    return Found(nodes=nodes)


def _without(found: Found, taken: set[str]) -> Found:
    """A draw without the nodes that are not left to chance."""
    if found.drawn is None:
        return found
    return Found(nodes=tuple(node for node in found.nodes if node not in taken), drawn=found.drawn)


def _target(
    target: Point | None, scenario: Scenario, region: Region, assumed: Assumptions
) -> tuple[str, ...]:
    return () if target is None else _found(target, scenario, region, assumed, set()).nodes


def _candidates(choice: Choice, scenario: Scenario, region: Region, assumed: Assumptions) -> list[str]:
    """All that a choice may fall on, the first choice first."""
    among = choice.largest or choice.drawn
    if among is None:
        return _nearest_to_venues(scenario.event, region, assumed) if scenario.event else []
    if among.service:
        return _services(among.service, region)
    if among in {Among.GHT, Among.GHT_SUPPORT}:
        return [*_of_each_ght(among, region)]
    sites = emergency_sites(region).values()
    wanted = {Among.EMERGENCY: (True, False), Among.PUBLIC: (True,), Among.PRIVATE: (False,)}[among]
    return [site.finess for site in sorted(sites, key=_largest_first) if site.public in wanted]


def _visits(sites: Iterable[Establishment]) -> int:
    return sum(site.ed_visits_per_year or 0 for site in sites)


def _largest_first(site: Establishment) -> tuple[int, str]:
    return -_visits([site]), site.finess


def _services(kind: ServiceKind, region: Region) -> list[str]:
    """The services of a kind that serve anybody; of two that serve sites with equal visits, who serves more first."""
    served: dict[str, list[Establishment]] = {}
    for service in region.services.values():
        if service.kind is kind:
            ends = {
                link.target for link in region.links_from(service.id) if link.kind is not LinkKind.TRANSFER
            }
            served[service.id] = [region.establishments[end] for end in ends if end in region.establishments]
    return sorted(
        (service for service, sites in served.items() if sites),
        key=lambda service: (-_visits(served[service]), -len(served[service]), service),
    )


def _of_each_ght(among: Among, region: Region) -> Iterator[str]:
    """Of each GHT or group with emergencies, the largest first, its site with most visits or its support."""
    members: dict[str, list[Establishment]] = {}
    for site in emergency_sites(region).values():
        if site.ght:
            members.setdefault(site.ght, []).append(site)
    support = {site.ght: site.finess for site in region.establishments.values() if site.ght and site.support}
    for ght in sorted(members, key=lambda ght: (-_visits(members[ght]), ght)):
        if among is Among.GHT:
            yield min(members[ght], key=_largest_first).finess
        elif ght in support:
            yield support[ght]


def _nearest_to_venues(event: Event, region: Region, assumed: Assumptions) -> list[str]:
    """The nearest site of each venue, the largest crowd first; then the second nearest of each, and so on."""
    crowds: dict[tuple[object, ...], tuple[float, Session]] = {}
    for session in event.held_in(region, "sessions", event.sessions).values():
        people = session.people(capacity_of(region, session), usual_filling=1.0) or 0.0
        venue = (session.venue, session.latitude, session.longitude)
        if venue not in crowds or people > crowds[venue][0]:
            crowds[venue] = people, session
    near = nearest_sites(region, {venue: session for venue, (_, session) in crowds.items()}, assumed)
    ordered = sorted(crowds, key=lambda venue: (-crowds[venue][0], str(venue)))
    ranks = zip_longest(*(near[venue] for venue in ordered))
    return [*dict.fromkeys(site.finess for rank in ranks for site in rank if site)]
