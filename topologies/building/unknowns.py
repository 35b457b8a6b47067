"""Unknowns: what is drawn or assumed about a region because nobody declares it, and other values that it may have.

An unknown belongs to a rule and to an entity: a GHT or group, or an establishment outside any. What a planner declares
is no unknown any more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from topologies.building.assumptions import Assumptions, assumptions
from topologies.building.catalogue import completed
from topologies.building.deriving.draws import Draws, choice, uniform
from topologies.building.links import group_of, has_laboratory
from topologies.building.records import Draft
from topologies.fields.quantity import Quantity, Share
from topologies.region import Basis, Establishment, LinkKind, Region

BEDS = "beds"
DECLARED_BY: Mapping[str, LinkKind] = {
    "host": LinkKind.HOSTING,
    "vendor": LinkKind.MAINTENANCE,
    "protection": LinkKind.MAINTENANCE,
    "laboratory": LinkKind.EXCHANGE,
    "private-group": LinkKind.DIRECTORY,
}
"""The kind of link that says the truth in place of each rule's draw."""
MOST_TRIES = 1_000
"""Draws until one falls elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """One thing that nobody declares."""

    rule: str
    """The rule that draws it, or `beds`."""
    entity: str
    """The GHT or group by its slug, or an establishment."""
    members: tuple[str, ...]
    """The establishments that it concerns."""
    visits: int
    """Their emergency visits per year."""
    beds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """The region with one unknown otherwise than it is taken to be."""

    region: Region
    chance: float
    """How likely it is that it is otherwise, by what is assumed."""


def region_drawn(draft: Draft, number: int) -> tuple[Region, Draws]:
    """The region as it is taken to be (0), or with all its draws made anew."""
    draws = Draws(assumptions().seed + number)
    return completed(draft, draws), draws


def unknowns_of(draft: Draft, region: Region, draws: Draws, most: int) -> list[Unknown]:
    """Those with most emergency visits and beds at stake, of each rule in turn."""
    by_rule: dict[str, list[Unknown]] = {}
    for unknown in _all_unknowns(draft, region, draws):
        by_rule.setdefault(unknown.rule, []).append(unknown)
    ordered = [
        sorted(some, key=lambda one: (-one.visits, -one.beds, one.entity)) for some in by_rule.values()
    ]
    return [one for one in chain.from_iterable(zip_longest(*ordered)) if one is not None][:most]


def _all_unknowns(draft: Draft, region: Region, draws: Draws) -> Iterator[Unknown]:
    places = [*region.establishments.values()]
    declared = {(row.kind, row.target) for _, row in draft.links}
    if draft.header.derive:
        alone = {each.finess: [each] for each in places if not each.ght and not each.public}
        entities: dict[str, list[Establishment]] = {}
        for each in places:
            entities.setdefault(group_of(each, assumptions(), draws) or each.finess, []).append(each)
        for rule, kind in DECLARED_BY.items():
            for entity, members in (alone if rule == "private-group" else entities).items():
                if rule == "laboratory" and has_laboratory(members, assumptions()):
                    continue
                if silent := [each for each in members if (kind, each.finess) not in declared]:
                    yield _unknown(rule, entity, silent)
    for each in places:
        if each.beds_basis is Basis.ASSUMPTION:
            yield _unknown(BEDS, each.finess, [each])


def _unknown(rule: str, entity: str, members: list[Establishment]) -> Unknown:
    return Unknown(
        rule=rule,
        entity=entity,
        members=tuple(each.finess for each in members),
        visits=sum(each.ed_visits_per_year or 0 for each in members),
        beds=sum(each.beds for each in members),
    )


def otherwise(draft: Draft, region: Region, draws: Draws, unknown: Unknown) -> Other:
    """The region, drawn so, with this unknown otherwise: drawn anew among what it is not."""
    if unknown.rule == BEDS:
        return Other(region=_with_other_beds(region, draws, unknown), chance=1.0)
    shares = _shares(unknown.rule, assumptions())
    now = choice(shares, draws.of(unknown.rule, unknown.entity))
    likely = shares[now].value if now else 1.0 - sum(share.value for share in shares.values())
    again = (uniform(draws.seed, f"{unknown.rule} {n}", unknown.entity) for n in range(MOST_TRIES))
    at = next((each for each in again if choice(shares, each) != now), None)
    if at is None:
        return Other(region=region, chance=0.0)
    instead = {**draws.instead, (unknown.rule, unknown.entity): at}
    return Other(region=completed(draft, Draws(draws.seed, instead)), chance=1.0 - likely)


def _shares(rule: str, assumed: Assumptions) -> Mapping[str, Share]:
    return {
        "host": assumed.hosts,
        "vendor": assumed.vendors,
        "protection": {"protection": assumed.protection},
        "laboratory": assumed.laboratories,
        "private-group": assumed.private_groups,
    }[rule]


def _with_other_beds(region: Region, draws: Draws, unknown: Unknown) -> Region:
    """The region in which an establishment has another number of beds within the range of its category."""
    (finess,) = unknown.members
    place = region.establishments[finess]
    usual = assumptions().usual_beds[place.category]
    times = _within(usual, uniform(draws.seed, BEDS, finess)) / usual.value
    other = replace(
        place,
        beds=round(place.beds * times),
        beds_mco=None if place.beds_mco is None else round(place.beds_mco * times),
        beds_icu=None if place.beds_icu is None else round(place.beds_icu * times),
    )
    return replace(region, establishments={**region.establishments, finess: other})


def _within(quantity: Quantity, at: float) -> float:
    """A number of the quantity's range, each as likely as another."""
    return quantity.low + at * (quantity.high - quantity.low)
