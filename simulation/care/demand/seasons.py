"""Seasons: how many people are in each commune, over the mean of the year, and for how long.

Guests of a season need emergency care as inhabitants do, to a factor; those who are away need none. The people of a
commune on the mean of the year decide how many of a site's yearly visits are theirs; the people of a day, over that
mean, how many come then. So each site has its yearly visits, whatever the seasons. In the mean a day counts as much as
patients come in its month.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from simulation.care.demand.calendar import clock_of, scaled
from simulation.care.demand.followed import Followed
from simulation.care.homes.communes import Communes
from simulation.engine.array_types import Floats, Numbers
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario
from topologies.region import Region, Season

A_LEAP_YEAR = 2000
DAYS = tuple(date(A_LEAP_YEAR, 1, 1) + timedelta(days=day) for day in range(366))
"""All days that a year can have."""
NAMES = np.array([f"{day:%m-%d}" for day in DAYS])
NUMBER_OF = {(day.month, day.day): number for number, day in enumerate(DAYS)}
LEAP_DAY_SHARE = 0.25
"""Of years that have a 29 February."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spells:
    """P spells of a scenario, in each of which as many people stay in each of the C communes."""

    begins: Numbers
    """The followed hour at which each begins, then their number; of shape (P + 1,)."""
    presence: Floats
    """People over their mean of the year, of shape (P, C)."""


def people_of_year(region: Region, communes: Communes, p: Parameters) -> Floats:
    """The people of each commune on the mean of the year, guests by their need of care; of shape (communes,)."""
    people = communes.population.copy()
    if region.seasons:
        some, by_day = _by_day(region, communes, p)
        people[some] = np.average(by_day, axis=0, weights=_weights(p))
    return people


def spells_of(region: Region, communes: Communes, scenario: Scenario, p: Parameters) -> Spells:
    """The spells of a scenario; a single one where no season begins or ends meanwhile."""
    if not region.seasons:
        whole = np.array([0, len(Followed.of(scenario))])
        return Spells(begins=whole, presence=np.ones((1, len(communes))))
    some, by_day = _by_day(region, communes, p)
    days = np.array([NUMBER_OF[at.month, at.day] for at in clock_of(scenario)])
    mornings = np.flatnonzero(np.diff(days, prepend=-1))
    people = by_day[days[mornings]]
    changes = np.flatnonzero((people[1:] != people[:-1]).any(axis=1)) + 1
    firsts = np.concatenate(([0], changes))
    mean = np.average(by_day, axis=0, weights=_weights(p))
    presence = np.ones((len(firsts), len(communes)))
    presence[:, some] = np.divide(people[firsts], mean, out=np.ones_like(people[firsts]), where=mean > 0.0)
    return Spells(begins=np.concatenate((mornings[firsts], [len(Followed.of(scenario))])), presence=presence)


def _by_day(region: Region, communes: Communes, p: Parameters) -> tuple[Numbers, Floats]:
    """The communes that have a season, and their people on each of `DAYS`, of shape (days, these communes)."""
    codes = sorted({season.commune for season in region.seasons})
    place = {code: number for number, code in enumerate(codes)}
    some = np.array([communes.number_of[code] for code in codes], dtype=np.int64)
    people = np.tile(communes.population[some], (len(DAYS), 1))
    for season in region.seasons:
        need = p.homes.season_guest_need.value if season.people > 0 else 1.0
        people[_lie_in(season), place[season.commune]] += need * season.people
    return some, people


def _lie_in(season: Season) -> NDArray[np.bool_]:
    """Which of `DAYS` lie in the season: `lies_between` for all at once."""
    begun, not_over = season.first_day <= NAMES, season.last_day >= NAMES
    return np.asarray(begun & not_over if season.first_day <= season.last_day else begun | not_over)


def _weights(p: Parameters) -> Floats:
    """How many patients come on each of `DAYS`, to a factor."""
    months = scaled(p.emergency.emergency_by_month)[[day.month - 1 for day in DAYS]]
    months[NUMBER_OF[2, 29]] *= LEAP_DAY_SHARE
    return months
