"""Homes of a region's patients: its communes, and who of these goes where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from simulation.care.capacity.staffing.ward import Visits
from simulation.care.capacity.ward_table import WardNumber
from simulation.care.demand.seasons import Spells, spells_of
from simulation.care.homes.catchments import Catchment, PlannedCatchment, catchments_of
from simulation.care.homes.communes import Communes
from simulation.care.homes.ways import Roads
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import Stream
from topologies.building.assumptions import Assumptions
from topologies.region import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """Where patients live."""

    roads: Roads
    catchments: Mapping[Stream, Catchment]
    """Of emergency patients."""
    planned: Mapping[tuple[Stream, ...], PlannedCatchment]
    """Of those who come for a birth, a stay or a session; none before wards are staffed for them."""
    spells: Spells
    """In which people are elsewhere than on the mean of the year, if at all."""

    @property
    def communes(self) -> Communes:
        """The communes of the region, or the sites that stand for them."""
        return self.roads.communes

    def numbered(self, number_of: Sequence[WardNumber]) -> Self:
        """The same, where each ward has the number that stands at its present one."""
        numbers = np.array(number_of, dtype=np.int64)
        catchments = {
            stream: replace(one, wards=numbers[one.wards]) for stream, one in self.catchments.items()
        }
        return replace(self, catchments=catchments)


def homes_of(
    region: Region, visits: Sequence[Visits], scenario: Scenario, assumed: Assumptions, p: Parameters
) -> Homes:
    """The homes of the patients of a region; wards are numbered as their visits are."""
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
        catchments=catchments_of(region, roads, visits, p),
        planned={},
        spells=spells_of(region, communes, scenario, p),
    )
