"""Declared links and services: what a planner knows replaces what the rules derive.

A declared link replaces the derived links of its kind into its target; a transfer, those from places on the same roads:
that a helicopter comes from an island leaves the ambulances of the mainland. Where the target is an establishment, its
derived link of that kind back to a shared service goes too: an establishment that was moved out of a directory is not
left half inside. Into a shared service, only the derived link from the same establishment goes: others use it still.
"""

from collections.abc import Iterable, Mapping, Sequence, Set

from topologies.building.records import LinkRow, ServiceRow
from topologies.region import Link, LinkKind, Service, ServiceKind, Trust

Replaced = tuple[LinkKind, str, str]
"""Which derived links go: of a kind, into a target; of transfers, those from one network of roads; into a service,
those from one establishment."""


def links_with_declared(
    derived: Iterable[Link], rows: Sequence[LinkRow], networks: Mapping[str, str]
) -> tuple[Link, ...]:
    """The declared links and the derived ones that they leave, in the order (source, kind, target).

    `networks` are the roads on which establishments and venues are.
    """
    declared = [
        Link(source=row.source, target=row.target, kind=row.kind, minutes=row.minutes, basis=row.basis)
        for row in rows
    ]
    known = {_replaced(link, networks) for link in declared}
    left = (link for link in derived if not known or not _is_replaced(link, known, networks))
    return tuple(sorted([*declared, *left], key=lambda link: (link.source, link.kind, link.target)))


def _is_replaced(link: Link, known: Set[Replaced], networks: Mapping[str, str]) -> bool:
    back_to_service = (link.kind, link.source, "") if ":" in link.target else None
    return back_to_service in known or _replaced(link, networks) in known


def _replaced(link: Link, networks: Mapping[str, str]) -> Replaced:
    if link.kind is LinkKind.TRANSFER:
        return link.kind, link.target, networks.get(link.source, "")
    return link.kind, link.target, link.source if ":" in link.target else ""


def services_in_use(
    derived: Iterable[Service], rows: Sequence[ServiceRow], links: Iterable[Link]
) -> Mapping[str, Service]:
    """The declared services, and the derived ones that a link touches, by ascending identifier."""
    touched = {end for link in links for end in (link.source, link.target)}
    services = {service.id: service for service in derived if service.id in touched}
    services |= {row.id: _declared(row) for row in rows}
    return dict(sorted(services.items()))


def _declared(row: ServiceRow) -> Service:
    """The service of a row; behind a directory of which nothing more is said are separate legal entities."""
    supposed = Trust.SEPARATE if row.kind is ServiceKind.DIRECTORY else None
    return Service(
        id=row.id,
        name=row.name,
        kind=row.kind,
        basis=row.basis,
        trust=row.trust or supposed,
        run_by=row.run_by,
    )
