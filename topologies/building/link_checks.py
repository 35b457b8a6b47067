"""Checks of a region's links, journeys and seasons against what they refer to, once all its files could be read.

One function per check: it yields all that it finds, each with the line and the remedy.
"""

from collections.abc import Iterator, Mapping

from topologies.building.assumptions import Assumptions
from topologies.building.links import derived_services
from topologies.building.records import Draft, LinkRow, SeasonRow
from topologies.errors import Finding, Message
from topologies.region import LinkKind, lies_between

ENDS: Mapping[LinkKind, set[tuple[str, str]]] = {
    LinkKind.DIRECTORY: {("establishment", "directory"), ("directory", "establishment")},
    LinkKind.HOSTING: {("host", "establishment")},
    LinkKind.MAINTENANCE: {("vendor", "establishment")},
    LinkKind.EXCHANGE: {
        ("establishment", "establishment"),
        ("establishment", "platform"),
        ("platform", "establishment"),
        ("establishment", "samu"),
        ("samu", "establishment"),
        ("establishment", "laboratory"),
        ("laboratory", "establishment"),
    },
    LinkKind.TRANSFER: {("establishment", "establishment"), ("venue", "establishment")},
}


def findings_of_links(draft: Draft, assumed: Assumptions) -> Iterator[Finding]:
    """What is wrong between links and what they join, when all files could be read."""
    nodes = nodes_of(draft, assumed)
    yield from links_to_nowhere(draft, nodes)
    yield from networks_run_from_nowhere(draft)
    yield from journeys_to_nowhere(draft)
    yield from seasons_of_nowhere(draft)
    yield from seasons_that_empty(draft)
    yield from links_between_the_wrong_ends(draft, nodes)
    yield from transfers_without_emergency(draft)
    yield from services_that_nobody_uses(draft, assumed)


def nodes_of(draft: Draft, assumed: Assumptions) -> dict[str, str]:
    """What each identifier that a link may name is: an establishment, a venue, or a kind of service."""
    nodes = {service.id: str(service.kind) for service in derived_services(draft, assumed)}
    nodes |= {row.id: str(row.kind) for _, row in draft.services}
    nodes |= {row.id: "venue" for _, row in draft.venues}
    nodes |= {row.finess: "establishment" for _, row in draft.establishments}
    return nodes


def links_to_nowhere(draft: Draft, nodes: Mapping[str, str]) -> Iterator[Finding]:
    """Both ends of a link exist."""
    for line, row in draft.links:
        for column, end in (("source", row.source), ("target", row.target)):
            if end not in nodes:
                yield Finding(
                    where=f"links.csv line {line}, {column}",
                    problem=Message("{end} is not in {region}", {"end": end, "region": draft.header.name}),
                    remedy=Message(
                        "add it to establishments.csv, services.csv or venues.csv, or drop the link"
                    ),
                )


def networks_run_from_nowhere(draft: Draft) -> Iterator[Finding]:
    """Who runs the network behind a directory is an establishment of the region."""
    establishments = {row.finess for _, row in draft.establishments}
    for line, row in draft.services:
        if row.run_by and row.run_by not in establishments:
            yield Finding(
                where=f"services.csv line {line}, run_by",
                problem=Message("{end} is not in {region}", {"end": row.run_by, "region": draft.header.name}),
                remedy=Message("add it to establishments.csv, or leave the cell empty"),
            )


def journeys_to_nowhere(draft: Draft) -> Iterator[Finding]:
    """Both ends of a journey exist."""
    places = {row.finess for _, row in draft.establishments}
    homes = places | {row.code for _, row in draft.communes}
    for line, row in draft.journeys:
        for column, end, known in (("source", row.source, homes), ("target", row.target, places)):
            if end not in known:
                yield Finding(
                    where=f"journeys.csv line {line}, {column}",
                    problem=Message("{end} is not in {region}", {"end": end, "region": draft.header.name}),
                    remedy=Message("add it to establishments.csv or communes.csv, or drop the row"),
                )


def seasons_of_nowhere(draft: Draft) -> Iterator[Finding]:
    """The commune of a season exists."""
    known = {row.code for _, row in draft.communes}
    for line, row in draft.seasons:
        if row.commune not in known:
            values = {"end": row.commune, "region": draft.header.name}
            yield Finding(
                where=f"seasons.csv line {line}, commune",
                problem=Message("{end} is not in {region}", values),
                remedy=Message("add it to communes.csv, or drop the row"),
            )


def seasons_that_empty(draft: Draft) -> Iterator[Finding]:
    """No more people are away from a commune, on any day, than live there."""
    people = {row.code: row.population for _, row in draft.communes}
    away: dict[str, list[tuple[int, SeasonRow]]] = {}
    for line, row in draft.seasons:
        if row.people < 0:
            away.setdefault(row.commune, []).append((line, row))
    for commune, rows in away.items():
        # Those away are most on the first day of one of the seasons.
        for line, row in rows:
            on_the_day = [
                each for _, each in rows if lies_between(row.first_day, each.first_day, each.last_day)
            ]
            missing = -sum(each.people for each in on_the_day)
            if missing > people.get(commune, missing):
                yield Finding(
                    where=f"seasons.csv line {line}, people",
                    problem=Message(
                        "{missing} are away from {commune} on {day}, of {people} {people:inhabitant|inhabitants}",
                        {
                            "missing": missing,
                            "commune": commune,
                            "day": row.first_day,
                            "people": people[commune],
                        },
                    ),
                    remedy=Message("write a smaller number, or days that do not overlap"),
                )


def links_between_the_wrong_ends(draft: Draft, nodes: Mapping[str, str]) -> Iterator[Finding]:
    """A link of a kind joins what that kind can join: a host hosts an establishment, not the reverse."""
    for line, row in draft.links:
        ends = _ends(row, nodes)
        if ends and ends not in ENDS[row.kind]:
            yield Finding(
                where=f"links.csv line {line}, kind",
                problem=Message(
                    "a link of kind {kind} does not go from {source} to {target}",
                    {"kind": row.kind, "source": ends[0], "target": ends[1]},
                ),
                remedy=Message("it goes {possible}", {"possible": _spelled(ENDS[row.kind])}),
            )


def _ends(row: LinkRow, nodes: Mapping[str, str]) -> tuple[str, str] | None:
    if row.source in nodes and row.target in nodes:
        return nodes[row.source], nodes[row.target]
    return None


def _spelled(ends: set[tuple[str, str]]) -> str:
    return ", ".join(f"{source} → {target}" for source, target in sorted(ends))


def transfers_without_emergency(draft: Draft) -> Iterator[Finding]:
    """A transfer ends where emergencies are taken."""
    rows = {row.finess: row for _, row in draft.establishments}
    for line, link in draft.links:
        target = rows.get(link.target)
        if link.kind is LinkKind.TRANSFER and target and not target.has_emergency:
            yield Finding(
                where=f"links.csv line {line}, target",
                problem=Message("{name} takes no emergencies", {"name": target.name}),
                remedy=Message("choose an emergency site"),
            )


def services_that_nobody_uses(draft: Draft, assumed: Assumptions) -> Iterator[Finding]:
    """A declared service has a link, or replaces one that the rules link; without rules, it may stand alone."""
    if not draft.header.derive:
        return
    used = {end for _, row in draft.links for end in (row.source, row.target)}
    used |= {service.id for service in derived_services(draft, assumed)}
    for line, row in draft.services:
        if row.id not in used:
            yield Finding(
                where=f"services.csv line {line}, id",
                problem=Message("{id} is not used", {"id": row.id}),
                remedy=Message("add its links to links.csv, or drop it"),
            )
