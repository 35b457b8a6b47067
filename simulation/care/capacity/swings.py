"""Swings: what the seasons of a region make of its wards.

Emergency departments follow the people of the communes from which their patients come, SAMUs those of the departments
whose calls they answer, other wards nobody.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from simulation.care.capacity.staffing.ordinary_day import Swing
from simulation.care.capacity.staffing.sessions import calls_by_department
from simulation.care.capacity.staffing.ward import Visits
from simulation.care.demand.seasons import people_of_year
from simulation.care.homes.homes import Homes
from simulation.engine.array_types import Floats, Numbers
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import Stream
from topologies.region import Region

Factors = Mapping[tuple[str, Stream], Floats]
"""Patients over those of the mean of the year by site and stream, each of shape (spells,); of wards that change."""


def factors_of(region: Region, homes: Homes, visits: Sequence[Visits], p: Parameters) -> Factors:
    """What the seasons of a region make of its wards; the catchments of homes number wards as visits are."""
    beyond = homes.spells.presence - 1.0
    if not beyond.any():
        return {}
    found: dict[tuple[str, Stream], Floats] = {}
    for stream, one in homes.catchments.items():
        commune, site, sites = one.ways.commune, one.ways.site, len(one.wards)
        coming = np.maximum(np.bincount(site, one.patients, sites), np.finfo(np.float64).tiny)
        more = [np.bincount(site, one.patients * spell[commune], sites) / coming for spell in beyond]
        for number, of_site in zip(one.wards.tolist(), np.transpose(more), strict=True):
            found[visits[number].finess, stream] = 1.0 + of_site
    more_people = _of_departments(region, homes, beyond, p)
    for service, calls in calls_by_department(region, p).items():
        more_calls = [
            more_people[department] * some for department, some in calls.items() if department in more_people
        ]
        if more_calls:
            found[service, Stream.SAMU] = 1.0 + np.sum(more_calls, axis=0) / max(1.0, sum(calls.values()))
    return {ward: factor for ward, factor in found.items() if (factor != 1.0).any()}


def _of_departments(region: Region, homes: Homes, beyond: Floats, p: Parameters) -> Mapping[str, Floats]:
    """By how much the people of a department differ from those of the mean of the year, where any season is.

    Each is of shape (spells,).
    """
    departments, people = homes.communes.departments, people_of_year(region, homes.communes, p)
    living: Counter[str] = Counter()
    for department, count in zip(departments, people.tolist(), strict=True):
        living[department] += count
    more: dict[str, Floats] = {}
    for number in np.flatnonzero(beyond.any(axis=0)).tolist():
        department = departments[number]
        of_commune = beyond[:, number] * (people[number] / max(1.0, living[department]))
        more[department] = more.get(department, 0.0) + of_commune
    return more


def swings_of(factors: Factors, lasts_h: Numbers) -> dict[tuple[str, Stream], Swing]:
    """The same over the whole scenario, of which each spell lasts so long."""
    return {
        ward: Swing(mean=float(np.average(factor, weights=lasts_h)), most=float(factor.max()))
        for ward, factor in factors.items()
    }
