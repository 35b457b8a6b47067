"""The season table: how many patients come to each ward in each spell of a scenario, over the mean of the year.

Emergency departments follow the people of the communes from which their patients come, SAMUs those of the departments
whose calls they answer, other wards nobody.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from simulation.care.capacity.staffing.ordinary_day import Swing
from simulation.care.capacity.staffing.sessions import calls_by_department
from simulation.care.capacity.staffing.ward import Ward
from simulation.care.demand.seasons import Spells, people_of_year
from simulation.care.homes.homes import Homes
from simulation.engine.array_types import Floats, Numbers
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import Stream
from topologies.region import Region


class SeasonTable(NamedTuple):
    """P spells, W wards, S streams; compiled code reads it as it is."""

    begins: Numbers
    """The hour at which each spell begins, then the horizon; of shape (P + 1,)."""
    arrived: Floats
    """The share of a stream's patients who come before it, in a ward without season; of shape (S, P + 1)."""
    factor: Floats
    """Patients over those of the mean of the year, of shape (P, W)."""


def season_table_of(spells: Spells, factor: Floats, profiles: Floats) -> SeasonTable:
    """The table, for arrivals by hour of shape (S, hours)."""
    cumulated = np.concatenate((np.zeros((len(profiles), 1)), np.cumsum(profiles, axis=1)), axis=1)
    arrived = cumulated[:, spells.begins] / np.maximum(cumulated[:, -1:], np.finfo(np.float64).tiny)
    # Where nobody comes, at any hour.
    arrived[:, -1] = 1.0
    return SeasonTable(begins=spells.begins, arrived=arrived, factor=factor)


def factors_of(region: Region, homes: Homes, wards: Sequence[Ward], p: Parameters) -> Floats:
    """See `SeasonTable.factor`; exactly one where nobody's season is."""
    presence = homes.spells.presence
    factor = np.ones((len(presence), len(wards)))
    if not region.seasons:
        return factor
    beyond = presence - 1.0
    for one in homes.catchments.values():
        coming = np.bincount(one.ways.site, one.patients, len(one.wards))
        for spell, more in enumerate(beyond):
            added = np.bincount(one.ways.site, one.patients * more[one.ways.commune], len(one.wards))
            factor[spell, one.wards] += np.divide(added, coming, out=np.zeros_like(added), where=coming > 0.0)
    of_department = _of_departments(region, homes, beyond, p)
    calls = calls_by_department(region, p)
    for number, ward in enumerate(wards):
        if ward.stream is Stream.SAMU:
            mine = calls[ward.finess]
            more_calls = [of_department[department] * yearly for department, yearly in mine.items()]
            factor[:, number] += np.sum(more_calls, axis=0) / sum(mine.values())
    return factor


def _of_departments(region: Region, homes: Homes, beyond: Floats, p: Parameters) -> Mapping[str, Floats]:
    """By how much the people of each department differ from those of the mean of the year, of shape (P,)."""
    departments = np.array(homes.communes.departments)
    people = people_of_year(region, homes.communes, p)
    found = {}
    for department in sorted(set(homes.communes.departments)):
        here = departments == department
        found[department] = beyond[:, here] @ people[here] / max(1.0, float(people[here].sum()))
    return found


def swings_of(factor: Floats, begins: Numbers, wards: Sequence[Ward]) -> dict[tuple[str, Stream], Swing]:
    """What the season makes of each ward over the whole scenario, of those that it changes."""
    means, most = np.average(factor, axis=0, weights=np.diff(begins)), factor.max(axis=0)
    return {
        (wards[number].finess, wards[number].stream): Swing(
            mean=float(means[number]), most=float(most[number])
        )
        for number in np.flatnonzero((factor != 1.0).any(axis=0)).tolist()
    }
