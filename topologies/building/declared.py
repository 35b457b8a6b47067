"""Declared links and services: what a planner knows replaces what the rules derive.

A declared link replaces the derived links of its kind into its target. Where the target is an establishment, its
derived link of that kind back to a shared service goes too: an establishment that was moved out of a directory is not
left half inside.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from topologies.building.records import LinkRow, ServiceRow
from topologies.region import Link, Service


def links_with_declared(derived: Iterable[Link], rows: Sequence[LinkRow]) -> tuple[Link, ...]:
    """The declared links and the derived ones that they leave, in the order (source, kind, target)."""
    declared = [
        Link(source=row.source, target=row.target, kind=row.kind, minutes=row.minutes, basis=row.basis)
        for row in rows
    ]
    known = {(link.kind, link.target) for link in declared}
    left = [link for link in derived if not known & {(link.kind, link.target), *_back_to_service(link)}]
    return tuple(sorted([*declared, *left], key=lambda link: (link.source, link.kind, link.target)))


def _back_to_service(link: Link) -> Iterator[tuple[str, str]]:
    if ":" in link.target:
        yield link.kind, link.source


def services_in_use(
    derived: Iterable[Service], rows: Sequence[ServiceRow], links: Iterable[Link]
) -> Mapping[str, Service]:
    """The declared services, and the derived ones that a link touches, by ascending identifier."""
    touched = {end for link in links for end in (link.source, link.target)}
    services = {service.id: service for service in derived if service.id in touched}
    services |= {row.id: Service(id=row.id, name=row.name, kind=row.kind, basis=row.basis) for row in rows}
    return dict(sorted(services.items()))
