"""Joining: several regions, or parts of them, become one.

- Identifiers are distinct between the parts; each row keeps the file and the line in which it stands.
- Of a part by departments, what lies there is taken, and the links whose two ends are.
- A GHT that lies in several parts, or whose support is in none, has one support establishment: the largest.
- Each part keeps its own regional platform. All other links are derived anew over all establishments.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from topologies.building.records import Draft, EstablishmentRow, JoinedPart
from topologies.errors import Finding, Message
from topologies.reading.files import refusal


def part_of(draft: Draft, part: JoinedPart, where: str, folder: Path) -> Draft:
    """What is joined of a region: all of it, or what lies in some departments."""
    if not part.departments:
        return draft.as_base()
    lie = {row.department for _, row in draft.establishments}
    findings = [
        Finding(
            where=where,
            problem=Message(
                "no establishment of {region} lies in {department}",
                {"region": draft.header.name, "department": department},
            ),
            remedy=Message("write some of these: {names}", {"names": ", ".join(sorted(lie))}),
        )
        for department in part.departments
        if department not in lie
    ]
    if findings:
        raise refusal(folder, findings)
    return _within(draft, frozenset(part.departments))


def _within(draft: Draft, departments: frozenset[str]) -> Draft:
    """What of a region lies in these departments."""
    establishments = [row for row in draft.establishments if row[1].department in departments]
    communes = [row for row in draft.communes if row[1].department in departments]
    venues = [row for row in draft.venues if row[1].department in departments]
    here = {row.finess for _, row in establishments} | {row.code for _, row in communes}
    here |= {row.id for _, row in venues}
    elsewhere = {row.finess for _, row in draft.establishments} | {row.id for _, row in draft.venues}
    elsewhere -= here
    links = [(line, row) for line, row in draft.links if not {row.source, row.target} & elsewhere]
    joined = {end for _, row in draft.links for end in (row.source, row.target)}
    still = {end for _, row in links for end in (row.source, row.target)}
    return replace(
        draft.as_base(),
        establishments=establishments,
        communes=communes,
        venues=venues,
        services=[
            (line, row.model_copy(update={"run_by": None}) if row.run_by in elsewhere else row)
            for line, row in draft.services
            if row.id in still or row.id not in joined
        ],
        links=links,
        journeys=[(line, row) for line, row in draft.journeys if {row.source, row.target} <= here],
        seasons=[(line, row) for line, row in draft.seasons if row.commune in here],
        made_of=(),
    )


def joined(parts: Sequence[Draft], folder: Path) -> Draft:
    """The parts as one draft; `BadInput` when an identifier stands in two of them."""
    findings = list(_in_two_parts(parts))
    if findings:
        raise refusal(folder, findings)
    platform_of: dict[str, tuple[str, str]] = {}
    for part in parts:
        own = part.header.name, part.header.title
        platform_of |= {row.finess: part.platform_of.get(row.finess, own) for _, row in part.establishments}
    return Draft(
        header=parts[0].header,
        establishments=with_one_support([row for part in parts for row in part.establishments]),
        communes=[row for part in parts for row in part.communes],
        venues=[row for part in parts for row in part.venues],
        services=[row for part in parts for row in part.services],
        links=[row for part in parts for row in part.links],
        journeys=[row for part in parts for row in part.journeys],
        seasons=[row for part in parts for row in part.seasons],
        made_of=tuple(dict.fromkeys(name for part in parts for name in part.made_of)),
        platform_of=platform_of,
    )


def _in_two_parts(parts: Sequence[Draft]) -> Iterator[Finding]:
    """An identifier stands in one part, and once."""
    first: dict[tuple[str, str], tuple[str, int]] = {}
    for part in parts:
        for table, line, identifier in _identifiers(part):
            if (table, identifier) not in first:
                first[table, identifier] = part.header.name, line
                continue
            region, other_line = first[table, identifier]
            yield Finding(
                where=f"{part.header.name}/{table} line {line}",
                problem=Message(
                    "{id} is in {region} too, on line {first}",
                    {"id": identifier, "region": region, "first": other_line},
                ),
                remedy=Message("join one of the two, or only some departments of one"),
            )


def _identifiers(part: Draft) -> Iterator[tuple[str, int, str]]:
    """What names the rows of a part, each with its table and line."""
    yield from (("establishments.csv", line, row.finess) for line, row in part.establishments)
    yield from (("communes.csv", line, row.code) for line, row in part.communes)
    yield from (("venues.csv", line, row.id) for line, row in part.venues)
    yield from (("services.csv", line, row.id) for line, row in part.services)


def with_one_support(rows: list[tuple[int, EstablishmentRow]]) -> list[tuple[int, EstablishmentRow]]:
    """The rows, of which each GHT has one support establishment."""
    supports: dict[str, list[EstablishmentRow]] = {}
    members: dict[str, list[EstablishmentRow]] = {}
    for _, row in rows:
        if row.ght:
            members.setdefault(row.ght, []).append(row)
            if row.support:
                supports.setdefault(row.ght, []).append(row)
    of_several = {
        ght: supports.get(ght, each) for ght, each in members.items() if len(supports.get(ght, ())) != 1
    }
    chosen = {ght: min(each, key=_largest_first).finess for ght, each in of_several.items()}
    return [(line, _appointed(row, chosen)) for line, row in rows]


def _largest_first(row: EstablishmentRow) -> tuple[int, int, str]:
    return -(row.declared_beds or 0), -(row.ed_visits_per_year or 0), row.finess


def _appointed(row: EstablishmentRow, chosen: Mapping[str, str]) -> EstablishmentRow:
    """The row, support of its GHT if it was chosen and no longer if another was."""
    support = chosen.get(row.ght or "", row.finess if row.support else "") == row.finess
    return row if support == row.support else row.model_copy(update={"support": support})
