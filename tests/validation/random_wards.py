"""Wards of random regions over thirty days, without an event."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.demand.crowds import nobody
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import load_parameters
from tests.regions import establishment, link
from topologies.region import (
    MAINLAND,
    Basis,
    Commune,
    Link,
    LinkKind,
    Region,
    Service,
    ServiceKind,
)

HOURS = 30 * 24


def region_of(rng: Generator, sites: int) -> Region:
    """Emergency sites of two departments with roads between most of them, each under the SAMU of its department."""
    hospitals = {}
    for number in range(sites):
        finess, beds = f"75{number:07}", int(rng.integers(60, 300))
        hospitals[finess] = replace(
            establishment(finess, None, int(rng.integers(8_000, 40_000)), beds),
            department="75" if number < 3 else "92",
            paediatric_emergency=bool(rng.random() < 0.5),
            beds_icu=int(rng.integers(0, 12)),
        )
    samus = {
        f"samu:{department}": Service(
            id=f"samu:{department}", name=f"SAMU {department}", kind=ServiceKind.SAMU, basis=Basis.ASSUMPTION
        )
        for department in sorted({site.department for site in hospitals.values()})
    }
    links: list[Link] = [
        link(f"samu:{site.department}", finess, LinkKind.EXCHANGE) for finess, site in hospitals.items()
    ]
    links += [
        link(source, target, LinkKind.TRANSFER, float(rng.uniform(5.0, 70.0)))
        for source in hospitals
        for target in hospitals
        if source != target and rng.random() < 0.9
    ]
    return Region(
        name="random",
        title="Random",
        establishments=hospitals,
        services=samus,
        venues={},
        links=tuple(sorted(links, key=lambda one: (one.source, one.kind, one.target))),
    )


def with_communes(rng: Generator, region: Region) -> Region:
    """The same with its sites apart, and communes around them, one of them empty."""
    sites = {
        finess: replace(site, latitude=float(rng.uniform(48.6, 49.0)), longitude=float(rng.uniform(2.0, 2.7)))
        for finess, site in region.establishments.items()
    }
    communes = [
        Commune(
            code=f"75{number:03}",
            name=f"Commune {number}",
            department="75" if number % 2 else "92",
            population=int(rng.integers(500, 90_000)) if number else 0,
            latitude=float(rng.uniform(48.4, 49.2)),
            longitude=float(rng.uniform(1.7, 3.0)),
            road_network=MAINLAND,
            basis=Basis.ASSUMPTION,
        )
        for number in range(15)
    ]
    return replace(region, establishments=sites, communes={one.code: one for one in communes})


def wards_at(rng: Generator, sites: int, *, communes: bool = False) -> Wards:
    """Thirty days without an event, but for roads closed around a site in the afternoon."""
    parameters, region = load_parameters(), region_of(rng, sites)
    if communes:
        region = with_communes(rng, region)
    scenario = load_scenario("ransomware-opening-ceremony")
    scenario = scenario.model_copy(update={"waves": (), "event": None, "horizon_h": HOURS})
    crowd = nobody(scenario)
    closed = np.where(np.arange(HOURS) % 24 >= 12, 1.7, 1.0)
    crowd = replace(crowd, slower=dict.fromkeys([next(iter(region.establishments)), "75001"], closed))
    return wards_of(region, scenario, parameters, crowd)
