"""Followed hours: those of a scenario whose patients are followed one by one, and for how many each stands.

Of a horizon of up to half a year, all hours are. Of a longer one, the weeks that matter are: the first, those in which
something is set to happen, and some after each attack, surge or disaster; a crowd that has gone home leaves nothing
behind for weeks. All others are cut into blocks of equal length, so that no season is told by another: the middle week
of each is followed, and stands for those around it. Care then counts its hours without those that it skips: its clock
stands still meanwhile, and that of the crisis goes on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby, repeat
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from simulation.engine.array_types import Numbers, ShortNumbers
from simulation.inputs.clock import HALF_A_YEAR_H
from simulation.inputs.scenarios.scenario import Scenario

T = TypeVar("T", bound=np.generic)
HOURS_A_WEEK = 168
FIRST_WEEKS = 5
"""Of the scenario, and from each attack, surge or disaster that is set to happen later: followed week after week."""
FOLLOWED_WEEKS = 12
"""In all, where the weeks that matter leave it."""
LONGEST_BLOCK = 11
"""Weeks for which one stands at most, however many matter: less than a season."""


@dataclass(frozen=True)
class Followed:
    """The followed hours of a horizon."""

    hours: NDArray[np.intp]
    """Hours of the scenario, in order; of shape (followed hours,)."""
    stands_for: NDArray[np.int32]
    """How many hours each stands for, itself among them; of shape (followed hours,)."""
    stand_in: NDArray[np.intp]
    """The followed hour, by its number among these, that stands for each hour of the scenario; of shape (hours,)."""

    @classmethod
    def of(cls, scenario: Scenario) -> Self:
        """The followed hours of a scenario."""
        if scenario.horizon_h <= HALF_A_YEAR_H:
            return cls.every(scenario.horizon_h)
        horizon = np.arange(scenario.horizon_h)
        week_for = np.array(_weeks(scenario), dtype=np.intp)
        meant = week_for[horizon // HOURS_A_WEEK] * HOURS_A_WEEK + horizon % HOURS_A_WEEK
        hours, stand_in, counts = np.unique(meant, return_inverse=True, return_counts=True)
        return cls(hours, counts.astype(np.int32), stand_in)

    @classmethod
    def every(cls, hours: int) -> Self:
        """All of so many hours."""
        return cls(np.arange(hours), np.ones(hours, np.int32), np.arange(hours))

    def __len__(self) -> int:
        return len(self.hours)

    @cached_property
    def are_all(self) -> bool:
        """Every hour of the scenario is followed."""
        return len(self.hours) == len(self.stand_in)

    @cached_property
    def _before(self) -> NDArray[np.intp]:
        return np.searchsorted(self.hours, np.arange(len(self.stand_in) + 1))

    @cached_property
    def _breaks(self) -> NDArray[np.intp]:
        """Where hours are skipped, or another number of hours is stood for; the end is the last."""
        gaps = (np.diff(self.hours) != 1) | (np.diff(self.stands_for) != 0)
        return np.append(np.flatnonzero(gaps) + 1, len(self.hours))

    def stretches(self, begun: int, until: int) -> Iterator[int]:
        """The ends of stretches, by the clock of care, of hours in a row that stand for equally many."""
        inner = self._breaks[(self._breaks > begun) & (self._breaks < until)]
        yield from [*inner.tolist(), until]

    def skipped_before(self, begun: int) -> range:
        """The hours of the scenario that are skipped before this one by the clock of care."""
        return range(int(self.hours[begun - 1]) + 1 if begun else 0, int(self.hours[begun]))

    def before(self, hour: int) -> int:
        """How many followed hours lie before an hour of the scenario: where the clock of care stands then."""
        return int(self._before[hour])

    def last_like(self, day: slice) -> slice:
        """The hours, by the clock of care, of a day that was followed; else of the last one of its weekday."""
        ends = self.before(day.stop)
        if self.is_followed(day.start):
            return slice(ends - (day.stop - day.start), ends)
        week_ends = self.hours[ends - 1] + 1
        back = HOURS_A_WEEK - (day.start - week_ends) % HOURS_A_WEEK
        return slice(ends - back, ends - back + (day.stop - day.start))

    def lasts_h(self, begins: NDArray[np.intp]) -> NDArray[np.intp]:
        """For how many hours of the scenario those stand that are followed between these, by the clock of care."""
        return np.diff(np.append(0, np.cumsum(self.stands_for))[begins])

    def is_followed(self, hour: int) -> bool:
        """The patients of this hour are followed."""
        return hour < len(self.stand_in) and bool(self._before[hour + 1] > self._before[hour])

    def by_care(self, at_h: float) -> float:
        """The hour by the clock of care at an instant of the scenario."""
        if self.are_all:
            return at_h
        hour = min(int(at_h), len(self.stand_in))
        return self.before(hour) + (at_h - hour if self.is_followed(hour) else 0.0)

    def for_all(self, values: NDArray[T]) -> NDArray[T]:
        """Counts of followed hours, of shape (followed hours, …), times the hours for which each stands."""
        if self.are_all:
            return values
        factors = self.stands_for.reshape(-1, *[1] * (values.ndim - 1))
        return np.asarray(values * factors.astype(values.dtype))

    def added_up(self, counts: ShortNumbers) -> Numbers:
        """The sums of the columns of such counts, each times the hours for which its own stands; a number a column."""
        from simulation.care.demand.added_up import add_up  # compiled: for workers alone

        sums = np.zeros(counts.shape[1], np.int64)
        add_up(counts, self.stands_for, sums)
        return sums


def _weeks(scenario: Scenario) -> list[int]:
    """For each week of the scenario: the week that stands for it."""
    weeks, last = -(-scenario.horizon_h // HOURS_A_WEEK), scenario.horizon_h // HOURS_A_WEEK - 1
    matter = _that_matter(scenario).intersection(range(last))
    room = FOLLOWED_WEEKS - len(matter) - 1
    longest = min(LONGEST_BLOCK, -(-(last - len(matter)) // max(1, room)))
    stands: list[int] = []
    for matters, run in groupby(range(last), matter.__contains__):
        some = list(run)
        for block in np.array_split(some, len(some) if matters else -(-len(some) // longest)):
            stands += repeat(int(block[(len(block) - 1) // 2]), len(block))
    # The last whole week stands for itself, and for what there is of another.
    return [*stands, *repeat(last, weeks - last)]


def _that_matter(scenario: Scenario) -> set[int]:
    """The weeks in which something is set to happen, and those in which it is felt."""
    event, surge = scenario.event, scenario.surge
    felt = [(at, at) for wave in scenario.waves for _, at in wave.instants()]
    felt += [(surge.begins, surge.ends)] if surge else []
    felt += [(one.at, one.at) for one in event.casualties] if event else []
    crowds = [span for session in event.sessions for span in session.spans()] if event else []
    matter = set(range(FIRST_WEEKS))
    for spans, lasts in ((felt, FIRST_WEEKS), (crowds, 1)):
        for first, last in _weeks_of(scenario, spans):
            matter.update(range(first, last + lasts))
    return matter


def _weeks_of(scenario: Scenario, spans: Iterable[tuple[datetime, datetime]]) -> Iterator[tuple[int, int]]:
    """The first and the last week of each that lies within the horizon."""
    last = scenario.end - timedelta(hours=1)
    for begins, ends in spans:
        if begins < scenario.end and ends >= scenario.start:
            first_h, last_h = (scenario.hours_of(at) for at in (max(begins, scenario.start), min(ends, last)))
            yield int(first_h // HOURS_A_WEEK), int(last_h // HOURS_A_WEEK)
