"""Care: who is cared for, who waits, who is sent to another site, and who is not cared for at all.

The crisis says what is left of each ward; the compiled loop (`compiled/loop.py`) simulates the patients of whole days,
and is called by SimPy's clock each morning and at the horizon. What the crisis changed meanwhile takes effect at its
own instant. Of a long horizon some weeks are followed and stand for the others (`demand/followed.py`): the clock of
care counts the hours of these alone, and what was changed between them takes effect when the next begins.

Patients are whole and conserved: demand + diverted_in + waiting an hour before = served + diverted_out + unmet
+ waiting, by ward and hour; a patient sent to another site is on the road until they arrive.
"""

from collections.abc import Callable, Generator, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from simpy import Environment, Event

from simulation.care.capacity.ward_table import WardNumber
from simulation.care.capacity.wards import Wards
from simulation.care.flow.arrivals import came_from, draw_arrivals
from simulation.care.flow.changes import INTACT, NO_HOURS, NO_WARDS, NOTHING_LEFT, Change, Changes, in_a_row
from simulation.care.flow.compiled.hourly import close_hour, count_backlog
from simulation.care.flow.compiled.loop import advance
from simulation.care.flow.record import SUMMED, blank_record, bytes_of_record, multiply
from simulation.care.flow.skipping import Lists, by_clock_of_care, move_lists_on
from simulation.care.flow.start import more_seats, state_at_start
from simulation.care.flow.state import State
from simulation.engine.buffers import Buffers
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters

HOURS_A_DAY = 24


class Care:
    """The care of one replication."""

    def __init__(
        self,
        env: Environment,
        wards: Wards,
        parameters: Parameters,
        luck: Luck,
        *,
        buffers: Buffers | None = None,
        history: bool = False,
    ) -> None:
        self.env = env
        self.wards = wards
        self.followed = wards.followed
        self._buffers = buffers or Buffers()
        room = bytes_of_record(wards)
        self._buffers.wipe(room)
        arrivals = draw_arrivals(wards, parameters, luck, self._buffers)
        came = came_from(arrivals, len(wards.table.homes.commune), wards.followed)
        self.state = state_at_start(wards, self._buffers, arrivals, luck)
        # The state holds now what the arrivals said: their scratch arrays can be used again.
        self._buffers.wipe(room)
        self.record = blank_record(wards, self._buffers, came, len(arrivals.ward) if history else 0)
        self._sums = [self.record._asdict()[name] for name in SUMMED]
        self._begun = 0
        """Hours that are simulated, by the clock of care."""
        self._come_by: list[int] = self.state.come_by.sum(axis=0).tolist()
        """How many have come to the region before each hour."""
        self.each_morning: list[Callable[[NDArray[np.float32]], None]] = []
        """Called once a day with how much of each hour of that day each department was full; (24, departments)."""
        self.changes: list[Change] = []
        """What the crisis has changed, in order of time, and care has not yet simulated."""

    def change(self, ward: WardNumber, *left: float) -> None:
        """From now on this is left of the ward, in the order of `Left`; what is not said is as on an ordinary day."""
        self.changes.append(
            (float(self.env.now), np.array([ward]), np.array([[*left, *INTACT[len(left) :]]]))
        )

    def run(self) -> Generator[Event, None, None]:
        """The SimPy process that simulates care day by day; the last day is left to `finish`."""
        for hour in range(HOURS_A_DAY, len(self.followed.stand_in), HOURS_A_DAY):
            yield self.env.timeout(HOURS_A_DAY)
            self._advance(self.followed.before(hour))
            past_day = slice(hour - HOURS_A_DAY, hour)
            if not self.followed.are_all:
                past_day = self.followed.last_like(past_day)
            for look in self.each_morning:
                look(self.record.diversion_h[past_day])

    def finish(self, until_h: int | None = None) -> None:
        """Everything until this hour, or the horizon, is simulated, and its last hour counted."""
        end_h = len(self.followed) if until_h is None else self.followed.before(until_h)
        self._advance(end_h)
        close_hour(self.wards.table, self.state, self.record, end_h)
        count_backlog(self.wards.table, self.state, self.record)

    @cached_property
    def _lists(self) -> Lists:
        return Lists.of(self.wards)

    def _advance(self, until_h: int) -> None:
        """Until this hour by the clock of care."""
        stretches = self.followed.stretches(self._begun, until_h) if until_h > self._begun else ()
        for begun, ends in pairwise((self._begun, *stretches)):
            if skipped := self.followed.skipped_before(begun):
                waited = self.state.of_ward["waiting"] + self.state.planned["put_off"]
                move_lists_on(self._lists, self.state, self.record, self.changes, skipped, self._seated)
            self._make_room(ends)
            stands_for = int(self.followed.stands_for[ends - 1])
            before = [sums.copy() for sums in self._sums] if stands_for > 1 else []
            advance(self.wards.table, self.state, self.record, self._by_basin(self._due(ends)), ends)
            for sums, were in zip(self._sums, before, strict=False):
                multiply(sums, were, stands_for)
            if skipped:
                # The hour before the skip was closed after it: who waited then is known from before.
                self.record.waiting[begun - 1] = waited
            self._begun = ends

    def _due(self, until_h: int) -> list[Change]:
        """The changes until then, by the clock of care."""
        ends_h = self.followed.hours[until_h - 1] + 1
        due = [one for one in self.changes if one[0] < ends_h]
        self.changes[:] = self.changes[len(due) :]
        return due if self.followed.are_all else by_clock_of_care(due, self.followed)

    def _by_basin(self, changes: Sequence[Change]) -> Changes:
        """The changes of each basin, in their order."""
        basins = len(self.state.buckets_an_hour)
        if not changes:
            return Changes(np.zeros(basins + 1, np.int64), NO_HOURS, NO_WARDS, NOTHING_LEFT)
        rows = in_a_row(changes)
        if basins == 1:
            return rows
        basin = self.wards.basins.of_ward[rows.ward]
        order = np.argsort(basin, kind="stable")
        first = np.searchsorted(basin[order], np.arange(basins + 1))
        return Changes(first, rows.at_h[order], rows.ward[order], rows.left[order])

    def _seated(self, joining: int) -> State:
        self._make_room(self._begun, joining)
        return self.state

    def _make_room(self, until_h: int, joining: int = 0) -> None:
        """Everyone who comes until then, and so many more, will find a seat."""
        state = self.state
        coming = self._come_by[until_h] - self._come_by[self._begun]
        lacking = coming + joining - int(state.clock["free_seats"])
        if lacking > 0:
            self.state = more_seats(self._buffers, state, lacking)
