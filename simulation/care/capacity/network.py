"""The network of care: journeys between sites, and the sites that each SAMU directs ambulances to."""

from topologies.region import LinkKind, Region, ServiceKind


def journeys_of(region: Region) -> dict[str, list[tuple[float, str]]]:
    """The journeys from each site to emergency sites, by minutes, nearest first."""
    journeys: dict[str, list[tuple[float, str]]] = {}
    for link in region.links:
        if link.kind is LinkKind.TRANSFER and link.minutes is not None:
            journeys.setdefault(link.source, []).append((link.minutes, link.target))
    return {source: sorted(ways) for source, ways in journeys.items()}


def samu_sites(region: Region) -> dict[str, list[str]]:
    """The establishments that each SAMU directs ambulances to."""
    found: dict[str, list[str]] = {}
    for link in region.links:
        service = region.services.get(link.source)
        if service and service.kind is ServiceKind.SAMU and link.target in region.establishments:
            found.setdefault(link.source, []).append(link.target)
    return found
