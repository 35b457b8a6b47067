"""Homes of a region's emergency patients: its communes, and who of these goes where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulation.care.capacity.staffing.ward import Ward
from simulation.care.demand.seasons import Spells, spells_of
from simulation.care.homes.catchments import Catchment, catchments_of
from simulation.care.homes.communes import Communes
from simulation.care.homes.ways import Roads
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import Stream
from topologies.building.assumptions import Assumptions
from topologies.region import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """Where emergency patients live."""

    roads: Roads
    catchments: Mapping[Stream, Catchment]
    spells: Spells
    """In which people are elsewhere than on the mean of the year, if at all."""

    @property
    def communes(self) -> Communes:
        """The communes of the region, or the sites that stand for them."""
        return self.roads.communes


def homes_of(
    region: Region, wards: Sequence[Ward], scenario: Scenario, assumed: Assumptions, p: Parameters
) -> Homes:
    """The homes of the patients of a region; wards are in their order."""
    bound_min = p.emergency.emergency_bound_min.value
    communes = Communes.of(region)
    if communes.are_known:
        bound_min = max(bound_min, p.homes.catchment_bound_min.value)
    roads = Roads(
        communes=communes,
        assumed=assumed,
        bound_min=bound_min,
        least=round(p.homes.catchment_sites_least.value),
        declared={(one.source, one.target): one.minutes for one in region.journeys},
    )
    return Homes(
        roads=roads,
        catchments=catchments_of(region, roads, wards, p),
        spells=spells_of(region, communes, scenario, p),
    )
