"""Catchments: for each emergency stream, for births, stays and sessions, who of each commune goes to which site."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.care.capacity.network import journeys_of
from simulation.care.capacity.staffing.ward import Visits, Ward
from simulation.care.demand.seasons import people_of_year
from simulation.care.homes.gravity import shared_out
from simulation.care.homes.ways import Roads, Ways
from simulation.engine.array_types import Floats, Numbers
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import BEDSIDE, EMERGENCY, Stream
from topologies.region import Region

BIRTHS = (Stream.MATERNITY,)
STAYS = tuple(stream for stream in BEDSIDE if stream not in {*EMERGENCY, *BIRTHS})
"""All other stays in beds and theatres."""
SESSIONS = (
    (Stream.OUTPATIENT, Stream.IMAGING, Stream.LABORATORY),
    (Stream.DIALYSIS,),
    (Stream.CHEMOTHERAPY,),
    (Stream.RADIOTHERAPY,),
)
"""Streams whose patients live in the same catchment, on one line each."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCatchment:
    """Of planned care: who goes where; the patients of each way are per hour, on the mean of the year."""

    wards: Sequence[Sequence[int]]
    """The wards of each site to which these patients go."""
    ways: Ways
    """From communes to the sites, which are places in `wards`."""
    patients: Floats
    """Of shape (ways,)."""


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


def planned_of(
    region: Region, roads: Roads, wards: Sequence[Ward], p: Parameters
) -> Mapping[tuple[Stream, ...], PlannedCatchment]:
    """The catchments of planned care, by their streams; of none where nobody says where people live."""
    if not roads.communes.are_known:
        return {}
    found = {}
    for streams in (BIRTHS, STAYS, *SESSIONS):
        ward_at, hourly_at = _by_site(wards, streams)
        if ward_at:
            decay = p.homes.birth_decay_per_min if streams is BIRTHS else p.homes.planned_decay_per_min
            ways = roads.to([region.establishments[finess] for finess in ward_at])
            patients = shared_out(
                ways,
                roads.communes.population,
                np.array([*hourly_at.values()]),
                decay_per_min=decay.value,
                evenness=p.homes.catchment_evenness.value,
            )
            found[streams] = PlannedCatchment(wards=[*ward_at.values()], ways=ways, patients=patients)
    return found


def _by_site(
    wards: Sequence[Ward], streams: tuple[Stream, ...]
) -> tuple[dict[str, list[int]], dict[str, float]]:
    """The wards of some streams and their patients per hour, at the sites to which patients come from home."""
    ward_at: dict[str, list[int]] = {}
    hourly_at: dict[str, float] = defaultdict(float)
    for number, ward in enumerate(wards):
        if ward.stream in streams:
            ward_at.setdefault(ward.finess, []).append(number)
            hourly_at[ward.finess] += ward.hourly
    coming = [finess for finess in ward_at if hourly_at[finess] > 0.0]
    return {finess: ward_at[finess] for finess in coming}, {finess: hourly_at[finess] for finess in coming}


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
