"""Access: how often the people of each department go to an emergency site, and how far it is, by the catchments."""

from dataclasses import dataclass

import numpy as np

from simulation.care.capacity.staffing.ordinary_day import HOURS_A_YEAR
from simulation.care.flow.record import FAR_MIN
from simulation.care.homes.homes import Homes


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The people of one department on the mean of the year."""

    people: int
    without_a_way: int
    """Those whom no road and no declared journey joins to an emergency site."""
    visits_per_100: float | None
    """Emergency visits per year and 100 inhabitants."""
    journey_min: float | None
    """Mean journey of those visits from home."""
    beyond_30_share: float | None
    """Visits whose journey takes more than 30 minutes."""
    nearest_beyond_30_share: float | None
    """People who live more than 30 minutes from the nearest emergency site, whether they go there or not."""


def access_of(homes: Homes) -> dict[str, Access]:
    """The access of each department, in order; of none where nobody says where people live."""
    communes = homes.communes
    if not communes.are_known:
        return {}
    count = len(communes)
    visits, minutes, far = np.zeros(count), np.zeros(count), np.zeros(count)
    nearest_min = np.full(count, np.inf)
    for one in homes.catchments.values():
        visits += np.bincount(one.ways.commune, one.patients, count)
        minutes += np.bincount(one.ways.commune, one.patients * one.ways.minutes, count)
        far += np.bincount(one.ways.commune, one.patients * (one.ways.minutes > FAR_MIN), count)
        np.minimum.at(nearest_min, one.ways.commune, one.ways.minutes)
    departments = np.array(communes.departments)
    found = {}
    for department in sorted(set(communes.departments)):
        here = departments == department
        people, has_way = communes.population * here, np.isfinite(nearest_min)
        came, living = float(visits[here].sum()), float(people.sum())
        reached = float(people[has_way].sum())
        found[department] = Access(
            people=round(living),
            without_a_way=round(living - reached),
            visits_per_100=100 * HOURS_A_YEAR * came / living if living else None,
            journey_min=float(minutes[here].sum()) / came if came else None,
            beyond_30_share=float(far[here].sum()) / came if came else None,
            nearest_beyond_30_share=(
                float(people[has_way & (nearest_min > FAR_MIN)].sum()) / reached if reached else None
            ),
        )
    return found
