"""Care prepared once per campaign: the wards, the patients of the event, and room for all patients."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from simulation.care.capacity.ward_table import WardNumber
from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.demand.crowds import Casualty, crowd_of
from simulation.care.demand.receivers import Receivers
from simulation.care.flow.changes import MOVED
from simulation.engine.buffers import Buffers
from simulation.engine.nodes import Node, Nodes
from simulation.inputs.campaign import Campaign
from simulation.inputs.streams import Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedCare:
    """The care of a region on ordinary days, and what the event of the scenario adds."""

    wards: Wards
    emergency_departments: dict[Node, list[WardNumber]]
    """The wards of each establishment that takes emergencies: one or two."""
    units: Mapping[Stream, frozenset[Node]]
    """The establishments that give each stream that may be given elsewhere by decision."""
    receivers: Receivers
    """Who takes the patients of those that can take fewer."""
    casualties: tuple[Casualty, ...]
    event_hospitals: frozenset[str]
    """Where the patients of the event's venues go."""
    buffers: Buffers = field(default_factory=Buffers, compare=False)
    """Where its replications lie, one after the other."""


def prepare_care(campaign: Campaign, nodes: Nodes) -> PreparedCare:
    """The care of a campaign."""
    crowd = crowd_of(campaign)
    wards = wards_of(campaign.region, campaign.scenario, campaign.parameters, crowd, campaign.assumptions)
    departments = {
        nodes.number_of[name]: wards.emergencies_of(name) for name in campaign.region.establishments
    }
    departments = {node: some for node, some in departments.items() if some}
    decay_per_min = campaign.parameters.homes.distance_decay_per_min.value
    return PreparedCare(
        wards=wards,
        emergency_departments=departments,
        units={
            stream: frozenset(
                nodes.number_of[wards.finess[ward]]
                for ward in np.flatnonzero(wards.of(stream) & (wards.table.places > 0.0)).tolist()
            )
            for stream in MOVED
        },
        receivers=Receivers.of(wards, departments, decay_per_min),
        casualties=crowd.casualties,
        event_hospitals=crowd.hospitals,
    )
