"""Findings: all that the sheets of a campaign are made from, worked out once for all establishments."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

import simulation
from results.analysis.compared.falls import Falls, falls_in
from results.analysis.single_points import customers_of
from results.presentation.regions.stream_capacity import ordinary_wards
from results.redirect.chapters import Chapters, Planned
from results.redirect.ordinary_room import OrdinaryRoom
from results.redirect.plan import map_of
from results.redirect.standing import Standing
from results.report.asked import Asked
from results.report.evidence import FIRST, Evidence, evidence_of
from results.sheets.arrivals import EDGES_H, RECEIVED, Arrivals, arrivals_in
from results.sheets.chains import Chains, chains_in
from results.sheets.spread import Spread, spread_of
from results.sheets.ways_in import WaysIn, ways_in
from results.store.rebuilding import region_in
from results.store.store import Store
from simulation.care.capacity.network import journeys_of
from simulation.care.capacity.wards import Wards
from simulation.inputs.digests import digest_of
from simulation.inputs.parameters.parameters import Parameters
from topologies.region import LinkKind, Region

Linked = Mapping[str, Mapping[str, tuple[LinkKind, ...]]]
"""By establishment: the nodes at the other end of its links of information systems, and their kinds."""


@dataclass(frozen=True, kw_only=True)
class Findings:
    """A sealed campaign beside its twin, site by site; arrays are of shape (replications, …)."""

    evidence: Evidence
    region: Region
    """Under the names that were asked for."""
    replications: int
    """The first ones, which are read."""
    falls: Falls
    neighbours: Mapping[str, frozenset[str]]
    """By establishment: the others with emergencies or critical care within `within_min` by road."""
    within_min: float
    """The farthest that the model sends patients for a box or a bed."""
    others_fall_h: NDArray[np.float64]
    """When the first of these fell, where the site itself never does; (replications, sites), sites as in `falls`."""
    asked: Arrivals
    ordinary: Arrivals
    chains: Chains
    ways_in: WaysIn
    linked: Linked
    with_care: frozenset[str]
    """Establishments of which the data of the region say something that patients come for."""
    shared_by: Mapping[str, int]
    """By shared service, how many establishments it serves."""
    plan: Chapters | None
    """Who takes whose patients; none where the region has nobody to redirect."""
    _plans: dict[str, Planned] = field(default_factory=dict)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Of each establishment among those of `falls`."""
        return {finess: number for number, finess in enumerate(self.falls.sites)}

    @cached_property
    def with_hours(self) -> Mapping[str, int]:
        """Of each with emergencies or critical care, its place among those of `asked`."""
        return {finess: number for number, finess in enumerate(self.asked.sites)}

    def received(self, finess: str) -> Mapping[str, NDArray[np.float64]]:
        """What the attack adds of patients from other hospitals, by column; (replications, edges)."""
        site = self.with_hours[finess]
        return {
            name: self.asked.received[name][:, site] - self.ordinary.received[name][:, site]
            for name in RECEIVED
        }

    @cached_property
    def three_days(self) -> NDArray[np.float64]:
        """All that it adds within three days, of shape (replications, sites with hours)."""
        edge = EDGES_H.index(72)
        both = (self.asked.received, self.ordinary.received)
        asked, ordinary = (np.sum([some[name][:, :, edge] for name in RECEIVED], axis=0) for some in both)
        return np.asarray(asked - ordinary)

    def planned(self, finess: str) -> Planned:
        """Who takes its patients; worked out once."""
        if finess not in self._plans:
            nobody = Planned((), None)
            self._plans[finess] = self.plan.planned([finess]) if self.plan else nobody
        return self._plans[finess]

    def busiest_day(self, finess: str, kind: str) -> Spread | None:
        """What it adds of patients who need a bed of a kind, on the average of the busiest day of the first week."""
        site = self.with_hours[finess]
        more = self.asked.beds[kind][:, site] - self.ordinary.beds[kind][:, site]
        return spread_of(more.max(axis=1))


def findings_of(store: Store, campaign: str, asked: Asked) -> Findings:
    """What the store holds of a campaign; `BadStore` where it is not sealed, or its twin is not there."""
    evidence = evidence_of(store, campaign, asked)
    region = _as_named(region_in(store, campaign), evidence, campaign)
    replications = min(evidence.summary.replications, FIRST)
    wards = ordinary_wards(region)
    falls, parameters = falls_in(evidence.snapshot), simulation.load_parameters()
    bounds = (parameters.emergency.emergency_bound_min, parameters.beds.critical_care_bound_min)
    within_min = max(bound.value for bound in (*bounds, parameters.beds.medicine_bound_min))
    neighbours = neighbours_of(region, within_min)
    others_fall_h = _others_fall_h(falls, neighbours)[:replications]
    linked = linked_to(region)
    outages = evidence.inputs["parameters"]["outages"]
    return Findings(
        evidence=evidence,
        region=region,
        replications=replications,
        falls=falls,
        neighbours=neighbours,
        within_min=within_min,
        others_fall_h=others_fall_h,
        asked=arrivals_in(evidence.snapshot, falls.sites, others_fall_h),
        ordinary=arrivals_in(evidence.twin, falls.sites, others_fall_h),
        chains=chains_in(evidence.snapshot, replications, outages["costs"], linked),
        ways_in=ways_in(evidence.snapshot, replications),
        linked=linked,
        with_care=frozenset(wards.of_site if wards else ()),
        shared_by={service: len(some) for service, some in customers_of(region).items()},
        plan=_plan(region, wards, parameters, falls),
    )


def _as_named(region: Region, evidence: Evidence, campaign: str) -> Region:
    """The region under the names that were asked for; numbers are given in an order that says nothing of who it is."""

    def order(key: str) -> str:
        return digest_of([campaign, key])

    names = {
        key: evidence.names[key] for key in sorted([*region.establishments, *region.services], key=order)
    }
    return replace(
        region,
        establishments={key: replace(one, name=names[key]) for key, one in region.establishments.items()},
        services={key: replace(one, name=names[key]) for key, one in region.services.items()},
    )


def _plan(region: Region, wards: Wards | None, parameters: Parameters, falls: Falls) -> Chapters | None:
    if wards is None:
        return None
    known = map_of(region, OrdinaryRoom(wards=wards, parameters=parameters))
    return Chapters(region, known, Standing(sites=falls.sites, down=falls.down))


def neighbours_of(region: Region, within_min: float) -> dict[str, frozenset[str]]:
    """Of each establishment, the others with emergencies or critical care from which the road here is so short."""
    found: dict[str, set[str]] = {}
    for source, ways in journeys_of(region).items():
        site = region.establishments.get(source)
        if site is not None and (site.has_emergency or site.beds_icu or site.beds_intensive):
            for minutes, target in ways:
                if minutes <= within_min:
                    found.setdefault(target, set()).add(source)
    return {finess: frozenset(some - {finess}) for finess, some in found.items()}


def _others_fall_h(falls: Falls, neighbours: Mapping[str, frozenset[str]]) -> NDArray[np.float64]:
    """When the first of those fell who may send patients to each site that never falls itself."""
    first = np.full(falls.begins_h.shape, np.nan)
    for site, finess in enumerate(falls.sites):
        others = [other in neighbours.get(finess, ()) for other in falls.sites]
        if any(others):
            first[:, site] = np.fmin.reduce(falls.begins_h[:, others], axis=1)
    return np.where(falls.down, np.nan, first)


def linked_to(region: Region) -> Linked:
    """Of each establishment, whom it has links of information systems with."""
    found: dict[str, dict[str, tuple[LinkKind, ...]]] = {finess: {} for finess in region.establishments}
    for link in region.links:
        if link.kind is not LinkKind.TRANSFER and link.target in found:
            of_site = found[link.target]
            of_site[link.source] = (*of_site.get(link.source, ()), link.kind)
    return found
