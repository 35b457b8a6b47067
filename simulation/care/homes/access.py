"""Access: how often the people of each department go to an emergency site, how far it is, and how far to give birth."""

from dataclasses import dataclass

import numpy as np

from simulation.care.capacity.staffing.ordinary_day import HOURS_A_YEAR
from simulation.care.flow.record import FAR_MIN, VERY_FAR_MIN
from simulation.care.homes.catchments import BIRTHS
from simulation.care.homes.homes import Homes
from simulation.engine.array_types import Floats


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
    birth_journey_min: float | None
    """Mean journey from home of women who give birth."""
    births_beyond_45_share: float | None
    """Births whose journey takes more than 45 minutes."""


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
    births, birth_minutes, far_births = _births(homes)
    departments = np.array(communes.departments)
    found = {}
    for department in sorted(set(communes.departments)):
        here = departments == department
        people, has_way = communes.population * here, np.isfinite(nearest_min)
        came, living = float(visits[here].sum()), float(people.sum())
        reached, born = float(people[has_way].sum()), float(births[here].sum())
        found[department] = Access(
            people=round(living),
            without_a_way=round(living - reached),
            visits_per_100=100 * HOURS_A_YEAR * came / living if living else None,
            journey_min=float(minutes[here].sum()) / came if came else None,
            beyond_30_share=float(far[here].sum()) / came if came else None,
            nearest_beyond_30_share=(
                float(people[has_way & (nearest_min > FAR_MIN)].sum()) / reached if reached else None
            ),
            birth_journey_min=float(birth_minutes[here].sum()) / born if born else None,
            births_beyond_45_share=float(far_births[here].sum()) / born if born else None,
        )
    return found


def _births(homes: Homes) -> tuple[Floats, Floats, Floats]:
    """Births per hour, the minutes of their journeys, and those beyond 45 min, all of shape (communes,)."""
    births, birth_minutes, far = (np.zeros(len(homes.communes)) for _ in range(3))
    one = homes.planned.get(BIRTHS)
    if one is not None:
        commune, minutes = one.ways.commune, one.ways.minutes
        np.add.at(births, commune, one.patients)
        np.add.at(birth_minutes, commune, one.patients * minutes)
        np.add.at(far, commune, one.patients * (minutes > VERY_FAR_MIN))
    return births, birth_minutes, far
