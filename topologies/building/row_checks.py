"""Checks of a region's rows, one by one and against the other rows of their file.

One function per check: it yields all that it finds, each with the line and the remedy.
"""

from collections.abc import Iterable, Iterator, Sequence

from topologies.building.records import FRANCE, CommuneRow, Draft, EstablishmentRow, VenueRow
from topologies.errors import Finding, Message
from topologies.region import LinkKind, ServiceKind, Trust

MOST_ESTABLISHMENTS = 50_000
"""All of France has some 2,800."""


def findings_of_rows(draft: Draft) -> Iterator[Finding]:
    """What is wrong with rows, or between rows of one file, whatever the other files hold."""
    for check in (
        identifiers_twice,
        places_out_of_bounds,
        visits_without_emergency,
        ght_without_basis,
        venues_that_end_before_they_begin,
        services_of_another_kind,
        trust_of_what_is_no_directory,
        networks_behind_what_is_no_directory,
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


def identifiers_twice(draft: Draft) -> Iterator[Finding]:
    """An identifier stands for one row."""
    yield from _twice("establishments.csv", ((line, row.finess) for line, row in draft.establishments))
    yield from _twice("communes.csv", ((line, row.code) for line, row in draft.communes))
    yield from _twice("venues.csv", ((line, row.id) for line, row in draft.venues))
    yield from _twice("services.csv", ((line, row.id) for line, row in draft.services))


def links_twice(draft: Draft) -> Iterator[Finding]:
    """A link of one kind joins two ends once; a commune has one season on the same days."""
    joined = ((line, f"{row.source} → {row.target} ({row.kind})") for line, row in draft.links)
    yield from _twice("links.csv", joined)
    ways = ((line, f"{row.source} → {row.target}") for line, row in draft.journeys)
    yield from _twice("journeys.csv", ways)
    stays = ((line, f"{row.commune} ({row.first_day} → {row.last_day})") for line, row in draft.seasons)
    yield from _twice("seasons.csv", stays)


def _twice(file: str, named: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for line, name in named:
        if first.setdefault(name, line) != line:
            yield Finding(
                where=f"{file} line {line}",
                problem=Message("{name} is already on line {first}", {"name": name, "first": first[name]}),
                remedy=Message("keep one of the two rows"),
            )


def places_out_of_bounds(draft: Draft) -> Iterator[Finding]:
    """Coordinates lie in the region's bounds."""
    boxes = (draft.header.bounds,) if draft.header.bounds else FRANCE
    for file, rows in located(draft):
        for line, row in rows:
            if not any(box.hold(row.latitude, row.longitude) for box in boxes):
                yield Finding(
                    where=f"{file} line {line}, latitude, longitude",
                    problem=Message(
                        "{name} lies at {latitude}, {longitude}, outside the region",
                        {"name": row.name, "latitude": row.latitude, "longitude": row.longitude},
                    ),
                    remedy=Message(
                        "correct the coordinates (degrees, latitude first), or the bounds in region.yaml"
                    ),
                )


def located(
    draft: Draft,
) -> Iterator[tuple[str, Sequence[tuple[int, EstablishmentRow | CommuneRow | VenueRow]]]]:
    """The files whose rows lie somewhere, with these rows."""
    yield "establishments.csv", draft.establishments
    yield "communes.csv", draft.communes
    yield "venues.csv", draft.venues


def visits_without_emergency(draft: Draft) -> Iterator[Finding]:
    """Only a site that takes emergencies counts visits."""
    for line, row in draft.establishments:
        if row.ed_visits_per_year and not row.has_emergency:
            yield Finding(
                where=f"establishments.csv line {line}, ed_visits_per_year",
                problem=Message(
                    "{name} counts {visits} {visits:visit|visits} but takes no emergencies",
                    {"name": row.name, "visits": row.ed_visits_per_year},
                ),
                remedy=Message("write yes in adult_emergency or paediatric_emergency, or empty the visits"),
            )


def ght_without_basis(draft: Draft) -> Iterator[Finding]:
    """Who names a GHT says how it is known, and only then is someone its support."""
    for line, row in draft.establishments:
        where = f"establishments.csv line {line}"
        if row.ght and not row.ght_basis:
            yield Finding(
                where=f"{where}, ght_basis",
                problem=Message(
                    "does not say how it is known that {name} is in {ght}", {"name": row.name, "ght": row.ght}
                ),
                remedy=Message("write published, derived, assumption or declared"),
            )
        if not row.ght and (row.ght_basis or row.support):
            yield Finding(
                where=f"{where}, ght",
                problem=Message("{name} is in no GHT", {"name": row.name}),
                remedy=Message("name its GHT, or empty ght_basis and support"),
            )


def venues_that_end_before_they_begin(draft: Draft) -> Iterator[Finding]:
    """A venue's first day is not after its last."""
    for line, row in draft.venues:
        if row.last_day < row.first_day:
            yield Finding(
                where=f"venues.csv line {line}, last_day",
                problem=Message(
                    "{name} ends on {last_day}, before it begins on {first_day}",
                    {"name": row.name, "last_day": row.last_day, "first_day": row.first_day},
                ),
                remedy=Message("swap the days, or correct one"),
            )


def services_of_another_kind(draft: Draft) -> Iterator[Finding]:
    """A service's identifier begins with its kind."""
    for line, row in draft.services:
        if not row.id.startswith(f"{row.kind}:"):
            yield Finding(
                where=f"services.csv line {line}, id",
                problem=Message(
                    "{id} does not begin with its kind, {kind}", {"id": row.id, "kind": row.kind}
                ),
                remedy=Message("write {kind}: and a name", {"kind": row.kind}),
            )


def trust_of_what_is_no_directory(draft: Draft) -> Iterator[Finding]:
    """Only a directory is trusted; of a platform, only that it is one network can be said."""
    for line, row in draft.services:
        if row.trust is None or row.kind is ServiceKind.DIRECTORY:
            continue
        if row.kind is not ServiceKind.PLATFORM:
            yield Finding(
                where=f"services.csv line {line}, trust",
                problem=Message("{kind} is no directory, and nobody trusts it", {"kind": row.kind}),
                remedy=Message("leave the cell empty"),
            )
        elif row.trust is not Trust.NETWORK:
            yield Finding(
                where=f"services.csv line {line}, trust",
                problem=Message(
                    "a platform is one network or carries messages alone, not {trust}", {"trust": row.trust}
                ),
                remedy=Message("write network, or leave the cell empty"),
            )


def networks_behind_what_is_no_directory(draft: Draft) -> Iterator[Finding]:
    """Only of a directory is it said who runs the network behind it."""
    for line, row in draft.services:
        if row.run_by and row.kind is not ServiceKind.DIRECTORY:
            yield Finding(
                where=f"services.csv line {line}, run_by",
                problem=Message("{kind} is no directory, and nobody trusts it", {"kind": row.kind}),
                remedy=Message("leave the cell empty"),
            )


def links_to_oneself(draft: Draft) -> Iterator[Finding]:
    """A link joins two nodes."""
    for line, row in draft.links:
        if row.source == row.target:
            yield Finding(
                where=f"links.csv line {line}, target",
                problem=Message("{name} is linked to itself", {"name": row.source}),
                remedy=Message("drop the row"),
            )


def links_with_the_wrong_time(draft: Draft) -> Iterator[Finding]:
    """A transfer takes minutes, and nothing else does."""
    for line, row in draft.links:
        where = f"links.csv line {line}, minutes"
        if row.kind is LinkKind.TRANSFER and row.minutes is None:
            yield Finding(
                where=where,
                problem=Message("a transfer needs a travel time"),
                remedy=Message("write the minutes by road"),
            )
        if row.kind is not LinkKind.TRANSFER and row.minutes is not None:
            yield Finding(
                where=where,
                problem=Message("only a transfer has a travel time, not {kind}", {"kind": row.kind}),
                remedy=Message("leave it empty"),
            )


def establishments_missing(draft: Draft) -> Iterator[Finding]:
    """A region has at least one establishment."""
    if not draft.establishments:
        yield Finding(
            where="establishments.csv",
            problem=Message("holds no establishment"),
            remedy=Message("add a row for each hospital"),
        )


def establishments_beyond_number(draft: Draft) -> Iterator[Finding]:
    """A region has no more establishments than the model can hold the wards of."""
    if len(draft.establishments) > MOST_ESTABLISHMENTS:
        yield Finding(
            where=f"establishments.csv line {draft.establishments[MOST_ESTABLISHMENTS][0]}",
            problem=Message("holds more establishments than {most}", {"most": MOST_ESTABLISHMENTS}),
            remedy=Message("keep to hospitals"),
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
            yield Finding(
                where=f"establishments.csv line {(lines or [rows[0][0]])[-1]}, support",
                problem=Message(
                    "{ght} has {count} support {count:establishment|establishments}, not 1",
                    {"ght": ght, "count": len(lines)},
                ),
                remedy=Message("write yes in support for one of its members, no for the others"),
            )


def departments_of_another_region(draft: Draft) -> Iterator[Finding]:
    """Each row lies in a department that `region.yaml` lists, if any; each of these has a row."""
    listed = draft.header.departments
    for file, rows in located(draft):
        for line, row in rows:
            if listed and row.department not in listed:
                yield Finding(
                    where=f"{file} line {line}, department",
                    problem=Message(
                        "{department} is not a department of the region", {"department": row.department}
                    ),
                    remedy=Message("correct it, or add it to departments in region.yaml"),
                )
    for department in listed:
        if department not in {row.department for _, row in draft.establishments}:
            yield Finding(
                where="region.yaml, departments",
                problem=Message("no establishment lies in {department}", {"department": department}),
                remedy=Message("add its establishments, or take it out"),
            )
