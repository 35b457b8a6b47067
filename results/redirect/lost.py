"""Lost: which hospitals are without everything at once, one, a whole territory, or all whom a service serves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from results.analysis.single_points import customers_of
from topologies.region import Region, ServiceKind

MOST_SERVICES: Final = 4
"""Shared services that a booklet has room for: those that serve most emergency visits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Sites that are lost together, and what they have in common."""

    name: str
    sites: frozenset[str]


def territories_lost(region: Region) -> Iterator[Lost]:
    """Each GHT and group of several sites, by name."""
    for name, members in region.territories().items():
        together = frozenset(site.finess for site in members if site.ght)
        if len(together) > 1:
            yield Lost(name=name, sites=together)


def services_lost(region: Region) -> list[Lost]:
    """The shared services that serve most emergency visits; none that serves all, and none whose sites are a GHT.

    A SAMU that is lost takes no hospital with it.
    """
    visits = {finess: site.ed_visits_per_year or 0 for finess, site in region.establishments.items()}
    with_visits = {finess for finess, count in visits.items() if count}
    known = {lost.sites & with_visits for lost in territories_lost(region)}
    found: dict[frozenset[str], Lost] = {}
    for service, customers in customers_of(region).items():
        sites = frozenset(customers) & with_visits
        if region.services[service].kind is ServiceKind.SAMU or sites in known or sites == with_visits:
            continue
        if len(sites) > 1:
            found.setdefault(sites, Lost(name=region.services[service].name, sites=sites))
    largest = sorted(found.values(), key=lambda lost: (-sum(visits[one] for one in lost.sites), lost.name))
    return largest[:MOST_SERVICES]
