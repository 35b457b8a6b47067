"""Catchments: for each emergency stream, how many patients of each commune go to each site."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.care.capacity.network import journeys_of
from simulation.care.capacity.staffing.ward import Visits
from simulation.care.demand.seasons import people_of_year
from simulation.care.homes.gravity import shared_out
from simulation.care.homes.ways import Roads, Ways
from simulation.engine.array_types import Floats, Numbers
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import EMERGENCY, Stream
from topologies.region import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Catchment:
    """Of one stream of care: who goes where; the patients of each way are per hour, on the mean of the year."""

    wards: Numbers
    """The wards of the stream, in order."""
    ways: Ways
    """From communes to these; its sites are places in `wards`."""
    patients: Floats
    """Of shape (ways,), time-critical ones among them."""
    urgent: Floats
    """The same if all were time-critical: brought to sites nearer by."""


def catchments_of(
    region: Region, roads: Roads, wards: Sequence[Visits], p: Parameters
) -> Mapping[Stream, Catchment]:
    """The catchments of all emergency streams that a region has, of wards numbered as they stand here."""
    found, people = {}, people_of_year(region, roads.communes, p)
    for stream in EMERGENCY:
        numbers = [number for number, ward in enumerate(wards) if ward.stream is stream]
        if numbers:
            names = [wards[number].finess for number in numbers]
            hourly = np.array([wards[number].hourly for number in numbers])
            ways, patients, urgent = (
                _by_gravity(region, roads, names, hourly, people, p)
                if roads.communes.are_known
                else _at_their_door(region, roads, names, hourly)
            )
            found[stream] = Catchment(
                wards=np.array(numbers, dtype=np.int64), ways=ways, patients=patients, urgent=urgent
            )
    return found


def _by_gravity(
    region: Region, roads: Roads, names: Sequence[str], hourly: Floats, people: Floats, p: Parameters
) -> tuple[Ways, Floats, Floats]:
    ways = roads.to([region.establishments[name] for name in names])
    decays = (p.homes.distance_decay_per_min.value, p.homes.time_critical_decay_per_min.value)
    evenness = p.homes.catchment_evenness.value
    patients, urgent = (
        shared_out(ways, people, hourly, decay_per_min=decay, evenness=evenness) for decay in decays
    )
    return ways, patients, urgent


def _at_their_door(
    region: Region, roads: Roads, names: Sequence[str], hourly: Floats
) -> tuple[Ways, Floats, Floats]:
    """Each site stands for its commune: its patients are there, and have the journeys of a transfer to others."""
    journeys, number_of = journeys_of(region), roads.communes.number_of
    site_of = {finess: site for site, finess in enumerate(names)}

    def ways() -> Iterator[tuple[int, int, float]]:
        for finess, site in site_of.items():
            yield number_of[finess], site, 0.0
            for minutes, other in journeys.get(finess, ()):
                if other in site_of and minutes <= roads.bound_min:
                    yield number_of[finess], site_of[other], minutes

    # By commune, each in the order in which its sites are found: nearest first.
    found = sorted(ways(), key=lambda way: way[0])
    site = np.array([site for _, site, _ in found], dtype=np.int64)
    minutes = np.array([minutes for _, _, minutes in found], dtype=np.float64)
    patients = np.where(minutes == 0.0, hourly[site], 0.0)
    commune = np.array([commune for commune, _, _ in found], dtype=np.int64)
    return Ways(commune, site, minutes), patients, patients
