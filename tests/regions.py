"""Small regions for the tests: one to follow by hand, and some drawn at random."""

from collections.abc import Sequence
from dataclasses import replace

from numpy.random import Generator

from topologies.region import Basis, Category, Establishment, Link, LinkKind, Region, Service, ServiceKind

FIRST, SECOND, THIRD, ALONE = "750000001", "750000002", "750000003", "750000004"
DIRECTORY = "directory:the-ght"
SAMU = "samu:75"


def establishment(finess: str, ght: str | None, visits: int, beds: int) -> Establishment:
    """A hospital of the small region."""
    return Establishment(
        finess=finess,
        name=f"Hospital {finess[-1]}",
        commune="Paris",
        department="75",
        category=Category.GENERAL,
        public=True,
        latitude=48.85,
        longitude=2.35,
        ght=ght,
        ght_basis=Basis.DERIVED if ght else None,
        support=finess == FIRST,
        adult_emergency=True,
        paediatric_emergency=False,
        ed_visits_per_year=visits,
        beds_mco=beds,
        beds_icu=beds // 10,
        beds_intensive=None,
        beds_uhcd=None,
        beds=beds + beds // 10,
        beds_basis=Basis.PUBLISHED,
        basis=Basis.ASSUMPTION,
        source="made for the tests",
    )


def link(source: str, target: str, kind: LinkKind, minutes: float | None = None) -> Link:
    """A link of the small region."""
    return Link(source=source, target=target, kind=kind, minutes=minutes, basis=Basis.ASSUMPTION)


def random_region(rng: Generator, nodes: int, mean_degree: float, kinds: Sequence[LinkKind]) -> Region:
    """Establishments joined at random by links of these kinds."""
    names = [f"75{number:07}" for number in range(nodes)]
    chance = mean_degree / (nodes - 1)
    links = [
        link(source, target, kinds[int(rng.integers(len(kinds)))])
        for source in names
        for target in names
        if source != target and rng.random() < chance
    ]
    return Region(
        name="random",
        title="Random",
        establishments={name: establishment(name, None, 20_000, 100) for name in names},
        services={},
        venues={},
        links=tuple(sorted(links, key=lambda one: (one.source, one.kind, one.target))),
    )


def hospitals(rng: Generator, sites: int) -> Region:
    """Hospitals large and small, some without beds or visits, with roads between most; a SAMU directs all."""
    named = {}
    for number in range(sites):
        finess, beds = f"75{number:07}", int(rng.choice([0, 20, 90, 200]))
        named[finess] = replace(
            establishment(finess, None, int(rng.choice([0, 6_000, 25_000])), beds),
            adult_emergency=bool(rng.random() < 0.8),
            paediatric_emergency=bool(rng.random() < 0.5),
            beds_icu=int(rng.integers(0, 9)),
        )
    roads = [
        link(source, target, LinkKind.TRANSFER, float(rng.uniform(5.0, 70.0)))
        for source in named
        for target in named
        if source != target and rng.random() < 0.9
    ]
    directed = [link(SAMU, finess, LinkKind.EXCHANGE) for finess in named]
    return Region(
        name="hospitals",
        title="Hospitals",
        establishments=named,
        services={SAMU: Service(id=SAMU, name="SAMU 75", kind=ServiceKind.SAMU, basis=Basis.ASSUMPTION)},
        venues={},
        links=tuple(sorted(roads + directed, key=lambda one: (one.source, one.kind, one.target))),
    )


def small_region() -> Region:
    """Three hospitals of one GHT and one alone, all within reach of each other."""
    sites = [
        establishment(FIRST, "The GHT", 60_000, 500),
        establishment(SECOND, "The GHT", 40_000, 300),
        establishment(THIRD, "The GHT", 20_000, 100),
        establishment(ALONE, None, 30_000, 200),
    ]
    members = [site.finess for site in sites if site.ght]
    trust = [link(DIRECTORY, finess, LinkKind.DIRECTORY) for finess in members]
    trust += [link(finess, DIRECTORY, LinkKind.DIRECTORY) for finess in members]
    roads = [
        link(one.finess, other.finess, LinkKind.TRANSFER, 10.0 + 10.0 * abs(i - j))
        for i, one in enumerate(sites)
        for j, other in enumerate(sites)
        if i != j
    ]
    mail = [link(FIRST, ALONE, LinkKind.EXCHANGE), link(ALONE, FIRST, LinkKind.EXCHANGE)]
    return Region(
        name="small",
        title="Small",
        establishments={site.finess: site for site in sites},
        services={
            DIRECTORY: Service(
                id=DIRECTORY, name="Directory", kind=ServiceKind.DIRECTORY, basis=Basis.ASSUMPTION
            )
        },
        venues={},
        links=tuple(sorted(trust + roads + mail, key=lambda one: (one.source, one.kind, one.target))),
    )
