"""Do the rows of a region agree with one another?

One function a check; each yields everything that it finds, with the line and the remedy.
"""

from collections.abc import Iterable, Iterator, Mapping

from topologies.building.assumptions import Assumptions
from topologies.building.links import derived_services
from topologies.building.records import Draft, EstablishmentRow, LinkRow
from topologies.errors import Finding, Message
from topologies.region import LinkKind

MOST_ESTABLISHMENTS = 1_000
"""The largest region has some 400; with thousands, links alone take minutes."""

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


def findings_of_rows(draft: Draft) -> Iterator[Finding]:
    """What is wrong with rows, or between rows of one file, whatever the other files hold."""
    for check in (
        identifiers_twice,
        places_out_of_bounds,
        visits_without_emergency,
        ght_without_basis,
        venues_that_end_before_they_begin,
        services_of_another_kind,
        links_twice,
        links_to_oneself,
        links_with_the_wrong_time,
    ):
        yield from check(draft)


def findings_of_establishments(draft: Draft) -> Iterator[Finding]:
    """What is wrong with the establishments taken together, when all their rows could be read."""
    for check in (
        establishments_missing,
        establishments_beyond_number,
        ghts_without_one_support,
        departments_of_another_region,
    ):
        yield from check(draft)


def findings_of_links(draft: Draft, assumed: Assumptions) -> Iterator[Finding]:
    """What is wrong between links and what they join, when all files could be read."""
    nodes = nodes_of(draft, assumed)
    yield from links_to_nowhere(draft, nodes)
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


def _finding(where: str, problem: str, remedy: str, **values: object) -> Finding:
    return Finding(where=where, problem=Message(problem, values), remedy=Message(remedy, values))


def establishments_missing(draft: Draft) -> Iterator[Finding]:
    """A region has at least one establishment."""
    if not draft.establishments:
        yield _finding("establishments.csv", "holds no establishment", "add a row for each hospital")


def establishments_beyond_number(draft: Draft) -> Iterator[Finding]:
    """A region has no more establishments than the model can hold the wards of."""
    if len(draft.establishments) > MOST_ESTABLISHMENTS:
        yield _finding(
            f"establishments.csv line {draft.establishments[MOST_ESTABLISHMENTS][0]}",
            "holds more establishments than {most}",
            "keep to one region",
            most=MOST_ESTABLISHMENTS,
        )


def identifiers_twice(draft: Draft) -> Iterator[Finding]:
    """An identifier stands for one row."""
    yield from _twice("establishments.csv", ((line, row.finess) for line, row in draft.establishments))
    yield from _twice("venues.csv", ((line, row.id) for line, row in draft.venues))
    yield from _twice("services.csv", ((line, row.id) for line, row in draft.services))


def links_twice(draft: Draft) -> Iterator[Finding]:
    """A link of one kind joins two ends once."""
    joined = ((line, f"{row.source} → {row.target} ({row.kind})") for line, row in draft.links)
    yield from _twice("links.csv", joined)


def _twice(file: str, named: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for line, name in named:
        if first.setdefault(name, line) != line:
            yield _finding(
                f"{file} line {line}",
                "{name} is there already, on line {first}",
                "keep one of the two rows",
                name=name,
                first=first[name],
            )


def places_out_of_bounds(draft: Draft) -> Iterator[Finding]:
    """Coordinates lie in the region's bounds."""
    bounds = draft.header.bounds
    for file, rows in (("establishments.csv", draft.establishments), ("venues.csv", draft.venues)):
        for line, row in rows:
            if not bounds.hold(row.latitude, row.longitude):
                yield _finding(
                    f"{file} line {line}, latitude, longitude",
                    "{name} lies at {latitude}, {longitude}, outside the region",
                    "mend the coordinates (degrees, latitude first), or the bounds in region.yaml",
                    name=row.name,
                    latitude=row.latitude,
                    longitude=row.longitude,
                )


def visits_without_emergency(draft: Draft) -> Iterator[Finding]:
    """Only a site that takes emergencies counts visits."""
    for line, row in draft.establishments:
        if row.ed_visits_per_year and not row.has_emergency:
            yield _finding(
                f"establishments.csv line {line}, ed_visits_per_year",
                "{name} counts {visits} {visits:visit|visits} but takes no emergencies",
                "write yes in adult_emergency or paediatric_emergency, or empty the visits",
                name=row.name,
                visits=row.ed_visits_per_year,
            )


def ght_without_basis(draft: Draft) -> Iterator[Finding]:
    """Who names a GHT says how it is known, and only then is someone its support."""
    for line, row in draft.establishments:
        where = f"establishments.csv line {line}"
        if row.ght and not row.ght_basis:
            yield _finding(
                f"{where}, ght_basis",
                "does not say how it is known that {name} is in {ght}",
                "write published, derived or assumption",
                name=row.name,
                ght=row.ght,
            )
        if not row.ght and (row.ght_basis or row.support):
            yield _finding(
                f"{where}, ght",
                "{name} is in no GHT",
                "name its GHT, or empty ght_basis and support",
                name=row.name,
            )


def ghts_without_one_support(draft: Draft) -> Iterator[Finding]:
    """Each GHT has one support establishment."""
    members: dict[str, list[tuple[int, EstablishmentRow]]] = {}
    for line, row in draft.establishments:
        if row.ght:
            members.setdefault(row.ght, []).append((line, row))
    for ght, rows in members.items():
        lines = [line for line, row in rows if row.support]
        if len(lines) != 1:
            yield _finding(
                f"establishments.csv line {(lines or [rows[0][0]])[-1]}, support",
                "{ght} has {count} support {count:establishment|establishments}, not 1",
                "write yes in support for one of its members, no for the others",
                ght=ght,
                count=len(lines),
            )


def departments_of_another_region(draft: Draft) -> Iterator[Finding]:
    """Each row lies in a department that `region.yaml` lists, if any; each of these has a row."""
    listed = draft.header.departments
    for file, rows in (("establishments.csv", draft.establishments), ("venues.csv", draft.venues)):
        for line, row in rows:
            if listed and row.department not in listed:
                yield _finding(
                    f"{file} line {line}, department",
                    "{department} is not a department of the region",
                    "mend it, or add it to departments in region.yaml",
                    department=row.department,
                )
    for department in listed:
        if department not in {row.department for _, row in draft.establishments}:
            yield _finding(
                "region.yaml, departments",
                "no establishment lies in {department}",
                "add its establishments, or take it out",
                department=department,
            )


def venues_that_end_before_they_begin(draft: Draft) -> Iterator[Finding]:
    """A venue's first day is not after its last."""
    for line, row in draft.venues:
        if row.last_day < row.first_day:
            yield _finding(
                f"venues.csv line {line}, last_day",
                "{name} ends on {last_day}, before it begins on {first_day}",
                "exchange the days, or mend one",
                name=row.name,
                last_day=row.last_day,
                first_day=row.first_day,
            )


def services_of_another_kind(draft: Draft) -> Iterator[Finding]:
    """A service's identifier begins with its kind."""
    for line, row in draft.services:
        if not row.id.startswith(f"{row.kind}:"):
            yield _finding(
                f"services.csv line {line}, id",
                "{id} does not begin with its kind, {kind}",
                "write {kind}: and a name",
                id=row.id,
                kind=row.kind,
            )


def services_that_nobody_uses(draft: Draft, assumed: Assumptions) -> Iterator[Finding]:
    """A declared service has a link, or replaces one that the rules link."""
    used = {end for _, row in draft.links for end in (row.source, row.target)}
    used |= {service.id for service in derived_services(draft, assumed)}
    for line, row in draft.services:
        if row.id not in used:
            yield _finding(
                f"services.csv line {line}, id",
                "nobody uses {id}",
                "add its links to links.csv, or drop it",
                id=row.id,
            )


def links_to_oneself(draft: Draft) -> Iterator[Finding]:
    """A link joins two nodes."""
    for line, row in draft.links:
        if row.source == row.target:
            yield _finding(
                f"links.csv line {line}, target",
                "{name} is linked to itself",
                "drop the row",
                name=row.source,
            )


def links_with_the_wrong_time(draft: Draft) -> Iterator[Finding]:
    """A transfer takes minutes, and nothing else does."""
    for line, row in draft.links:
        where = f"links.csv line {line}, minutes"
        if row.kind is LinkKind.TRANSFER and row.minutes is None:
            yield _finding(where, "a transfer takes time", "write the minutes by road")
        if row.kind is not LinkKind.TRANSFER and row.minutes is not None:
            yield _finding(where, "only a transfer takes minutes, not {kind}", "empty it", kind=row.kind)


def links_to_nowhere(draft: Draft, nodes: Mapping[str, str]) -> Iterator[Finding]:
    """Both ends of a link exist."""
    for line, row in draft.links:
        for column, end in (("source", row.source), ("target", row.target)):
            if end not in nodes:
                yield _finding(
                    f"links.csv line {line}, {column}",
                    "{end} is not in {region}",
                    "add it to establishments.csv, services.csv or venues.csv, or drop the link",
                    end=end,
                    region=draft.header.name,
                )


def links_between_the_wrong_ends(draft: Draft, nodes: Mapping[str, str]) -> Iterator[Finding]:
    """A link of a kind joins what that kind can join: a host hosts an establishment, not the reverse."""
    for line, row in draft.links:
        ends = _ends(row, nodes)
        if ends and ends not in ENDS[row.kind]:
            yield _finding(
                f"links.csv line {line}, kind",
                "a link of kind {kind} does not go from {source} to {target}",
                "it goes {possible}",
                kind=row.kind,
                source=ends[0],
                target=ends[1],
                possible=_spelled(ENDS[row.kind]),
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
            yield _finding(
                f"links.csv line {line}, target",
                "{name} takes no emergencies",
                "choose an emergency site",
                name=target.name,
            )
