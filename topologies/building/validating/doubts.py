"""Doubts: what may well be wrong with a region that can be used as it is.

One function per check: it yields all that it finds, each with the line and the remedy. Nothing here refuses a region: a
hospital may truly be as busy, or as far away, as its row says.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

from topologies.building.assumptions import Assumptions
from topologies.building.deriving.neighbours import Place, nearest_first
from topologies.building.records import CommuneRow, Draft, EstablishmentRow, Row
from topologies.building.roads import straight_km
from topologies.errors import Finding, Message
from topologies.fields.identifiers import FICTITIOUS_FINESS, has_check_digit
from topologies.region import LinkKind, Region

FAR_FROM_GHT_KM = 200.0
"""From the nearest other member; the farthest of the built-in regions is 157 km away, in Guyane."""
FAR_FROM_COMMUNE_KM = 20.0
"""From the point where the commune's people are taken to live; no built-in establishment of the mainland is as far."""
FEWEST_VISITS = 1_000
"""Less than three emergency visits a day; three built-in sites of 616 have fewer."""
MOST_VISITS = 150_000
"""The busiest built-in site has 132,774 emergency visits per year (SAE 2025)."""
MOST_BEDS = 2_000
"""The largest built-in establishment has 1,617 beds (SAE 2025)."""
SAME_POINT_DIGITS = 5
"""Of a degree: a metre."""

Where = Callable[[str, int, Row], str]
"""Says where a row stands: of a file, the line."""


def where_it_is(file: str, line: int, _row: Row) -> str:
    """A row of the region's own folder."""
    return f"{file} line {line}"


def doubts_of(
    draft: Draft, region: Region, assumed: Assumptions, where: Where = where_it_is
) -> Iterator[Finding]:
    """All that is doubtful about a region, whose draft is right in itself."""
    yield from numbers_mistyped(draft, where)
    yield from emergencies_without_visits(draft, where)
    yield from numbers_beyond_any(draft, where)
    yield from members_far_from_their_ght(draft, where)
    yield from places_far_from_their_commune(draft, where)
    yield from establishments_on_one_point(draft, where)
    yield from sites_without_transfers(draft, region, where)
    yield from communes_without_a_site(draft, assumed, where)


def numbers_mistyped(draft: Draft, where: Where) -> Iterator[Finding]:
    """The last digit of a FINESS number agrees with the others, unless it is fictitious."""
    for line, row in draft.establishments:
        if not (has_check_digit(row.finess) or row.finess.startswith(FICTITIOUS_FINESS)):
            yield Finding(
                where=f"{where('establishments.csv', line, row)}, finess",
                problem=Message(
                    "{finess} ({name}) may be mistyped: its last digit does not agree with the others",
                    {"finess": row.finess, "name": row.name},
                ),
                remedy=Message("compare it with the register, or keep it if you made it up"),
            )


def emergencies_without_visits(draft: Draft, where: Where) -> Iterator[Finding]:
    """A site that takes emergencies counts visits."""
    for line, row in draft.establishments:
        if row.has_emergency and not row.ed_visits_per_year:
            yield Finding(
                where=f"{where('establishments.csv', line, row)}, ed_visits_per_year",
                problem=Message("{name} takes emergencies and counts no visit", {"name": row.name}),
                remedy=Message(
                    "write its visits per year, or no in adult_emergency and paediatric_emergency"
                ),
            )


def numbers_beyond_any(draft: Draft, where: Where) -> Iterator[Finding]:
    """Visits and beds are of the size of those of France."""
    for line, row in draft.establishments:
        at = where("establishments.csv", line, row)
        visits, beds = row.ed_visits_per_year, row.declared_beds
        if visits and not FEWEST_VISITS <= visits <= MOST_VISITS:
            yield Finding(
                where=f"{at}, ed_visits_per_year",
                problem=Message(
                    "{name} counts {visits} emergency {visits:visit|visits} per year, where sites of France count "
                    "{fewest} to {most}",
                    {"name": row.name, "visits": visits, "fewest": FEWEST_VISITS, "most": MOST_VISITS},
                ),
                remedy=Message("look whether a digit is missing or too many"),
            )
        if beds and beds > MOST_BEDS:
            yield Finding(
                where=f"{at}, beds_mco",
                problem=Message(
                    "{name} has {beds} {beds:bed|beds}, more than any hospital of France",
                    {"name": row.name, "beds": beds},
                ),
                remedy=Message("look whether a digit is too many, or a total was added twice"),
            )


def members_far_from_their_ght(draft: Draft, where: Where) -> Iterator[Finding]:
    """The members of a GHT lie near one another."""
    members: dict[str, dict[str, tuple[int, EstablishmentRow]]] = defaultdict(dict)
    for line, row in draft.establishments:
        if row.ght:
            members[row.ght][row.finess] = line, row
    for ght, rows in members.items():
        places: dict[str, Place] = {finess: row for finess, (_, row) in rows.items()}
        for finess, ways in nearest_first(places, places, most=1).items():
            if ways and ways[0].km > FAR_FROM_GHT_KM:
                line, row = rows[finess]
                yield Finding(
                    where=f"{where('establishments.csv', line, row)}, ght",
                    problem=Message(
                        "{name} lies {km} km from the nearest other member of {ght}",
                        {"name": row.name, "km": round(ways[0].km), "ght": ght},
                    ),
                    remedy=Message(
                        "look whether another GHT has the same name, or the coordinates are wrong"
                    ),
                )


def places_far_from_their_commune(draft: Draft, where: Where) -> Iterator[Finding]:
    """An establishment lies near the commune that it names, where that is known."""
    communes: dict[tuple[str, str], dict[str, Place]] = defaultdict(dict)
    for _, commune in draft.communes:
        communes[_called(commune.department, commune.name)][commune.code] = commune
    for line, row in draft.establishments:
        near = communes.get(_called(row.department, row.commune), {})
        ways = nearest_first({row.finess: row}, near, most=1)[row.finess] if near else []
        if ways and ways[0].km > FAR_FROM_COMMUNE_KM:
            yield Finding(
                where=f"{where('establishments.csv', line, row)}, latitude, longitude",
                problem=Message(
                    "{name} lies {km} km from the point of its commune, {commune}",
                    {"name": row.name, "km": round(ways[0].km), "commune": row.commune},
                ),
                remedy=Message("compare its coordinates and those of the commune with a map"),
            )


def _called(department: str, commune: str | None) -> tuple[str, str]:
    return department, (commune or "").casefold()


def establishments_on_one_point(draft: Draft, where: Where) -> Iterator[Finding]:
    """Two establishments lie on two points."""
    first: dict[tuple[float, float], EstablishmentRow] = {}
    for line, row in draft.establishments:
        point = round(row.latitude, SAME_POINT_DIGITS), round(row.longitude, SAME_POINT_DIGITS)
        other = first.setdefault(point, row)
        if other is not row:
            yield Finding(
                where=f"{where('establishments.csv', line, row)}, latitude, longitude",
                problem=Message(
                    "{name} lies on the very point of {other} ({finess})",
                    {"name": row.name, "other": other.name, "finess": other.finess},
                ),
                remedy=Message("look whether both share a site, or one is counted twice"),
            )


def sites_without_transfers(draft: Draft, region: Region, where: Where) -> Iterator[Finding]:
    """Patients of an emergency site can be taken to another, where there is more than one."""
    leave = {link.source for link in region.links if link.kind is LinkKind.TRANSFER}
    sites = [(line, row) for line, row in draft.establishments if row.has_emergency]
    for line, row in sites:
        if len(sites) > 1 and row.finess not in leave:
            yield Finding(
                where=where("establishments.csv", line, row),
                problem=Message("no patient of {name} can be taken to another hospital", {"name": row.name}),
                remedy=Message(
                    "correct its coordinates or its road_network, or write boats and helicopters in links.csv"
                ),
            )


def communes_without_a_site(draft: Draft, assumed: Assumptions, where: Where) -> Iterator[Finding]:
    """The people of a commune reach an emergency site within the travel bound."""
    bound_min = assumed.travel_bound_min.value
    reached = {row.source for _, row in draft.journeys if row.minutes <= bound_min}
    communes: dict[str, dict[str, Place]] = defaultdict(dict)
    sites: dict[str, dict[str, Place]] = defaultdict(dict)
    for _, row in draft.communes:
        communes[row.road_network][row.code] = row
    for _, site in draft.establishments:
        if site.has_emergency:
            sites[site.road_network][site.finess] = site
    within_km = straight_km(bound_min, assumed)
    for network, homes in communes.items():
        ways = nearest_first(homes, sites[network], most=1, within_km=within_km)
        reached |= {code for code, found in ways.items() if found}
    for line, row in draft.communes:
        if row.population and row.code not in reached:
            yield _unreached(row, where("communes.csv", line, row), round(bound_min))


def _unreached(row: CommuneRow, at: str, bound_min: int) -> Finding:
    return Finding(
        where=at,
        problem=Message(
            "no emergency site is within {minutes} {minutes:minute|minutes} by road of {name} "
            "({people} {people:inhabitant|inhabitants})",
            {"minutes": bound_min, "name": row.name, "people": row.population},
        ),
        remedy=Message("correct its coordinates or its road_network, or write the way in journeys.csv"),
    )
