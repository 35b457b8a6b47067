"""Care: who is cared for, who waits, who is sent to another site, and who is not cared for at all.

The crisis says what is left of each ward; the compiled loop (`compiled/loop.py`) simulates the patients of whole days,
and is called by SimPy's clock each morning and at the horizon. What the crisis changed meanwhile takes effect at its
own instant.

Patients are whole and conserved: demand + diverted_in + waiting an hour before = served + diverted_out + unmet
+ waiting, by ward and hour; a patient sent to another site is on the road until they arrive.
"""

from collections.abc import Callable, Generator, Sequence

import numpy as np
from numpy.typing import NDArray
from simpy import Environment, Event

from simulation.care.capacity.ward_table import WardNumber
from simulation.care.capacity.wards import Wards
from simulation.care.flow.arrivals import came_from, draw_arrivals
from simulation.care.flow.changes import INTACT, Change, Changes, Left
from simulation.care.flow.compiled.hourly import close_hour, count_backlog
from simulation.care.flow.compiled.loop import advance
from simulation.care.flow.record import blank_record, bytes_of_record
from simulation.care.flow.start import more_seats, state_at_start
from simulation.engine.buffers import Buffers
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters

HOURS_A_DAY = 24
NO_WARDS = np.empty(0, np.int64)
NO_FACTORS = np.empty((0, len(Left)))


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
        self.hours = wards.hours
        self._buffers = buffers or Buffers()
        room = bytes_of_record(wards)
        self._buffers.wipe(room)
        arrivals = draw_arrivals(wards, parameters, luck, self._buffers)
        came = came_from(arrivals, len(wards.table.homes.commune))
        self.state = state_at_start(wards, self._buffers, arrivals, luck)
        # The state holds now what the arrivals said: their scratch arrays can be used again.
        self._buffers.wipe(room)
        self.record = blank_record(wards, self._buffers, came, len(arrivals.ward) if history else 0)
        self.each_morning: list[Callable[[NDArray[np.float32]], None]] = []
        """Called once a day with how much of each hour of the past day each ward was full, of shape (24, wards)."""
        self.changes: list[Change] = []
        """What the crisis has changed, in order of time, and care has not yet simulated."""

    def change(self, ward: WardNumber, *left: float) -> None:
        """From now on this is left of the ward, in the order of `Left`; what is not said is as on an ordinary day."""
        self.changes.append(
            (float(self.env.now), np.array([ward]), np.array([[*left, *INTACT[len(left) :]]]))
        )

    def run(self) -> Generator[Event, None, None]:
        """The SimPy process that simulates care day by day; the last day is left to `finish`."""
        for hour in range(HOURS_A_DAY, self.hours, HOURS_A_DAY):
            yield self.env.timeout(HOURS_A_DAY)
            self._advance(hour)
            for look in self.each_morning:
                look(self.record.diversion_h[hour - HOURS_A_DAY : hour])

    def finish(self, until_h: int | None = None) -> None:
        """Everything until this hour, or the horizon, is simulated, and its last hour counted."""
        end_h = self.hours if until_h is None else until_h
        self._advance(end_h)
        close_hour(self.wards.table, self.state, self.record, end_h)
        count_backlog(self.wards.table, self.state, self.record)

    def _advance(self, until_h: int) -> None:
        self._make_room(until_h)
        due = [one for one in self.changes if one[0] < until_h]
        self.changes[:] = self.changes[len(due) :]
        advance(self.wards.table, self.state, self.record, self._by_basin(due), until_h)

    def _by_basin(self, changes: Sequence[Change]) -> Changes:
        """The changes of each basin, in their order."""
        sizes = [len(wards) for _, wards, _ in changes]
        at_h = np.repeat(np.array([at_h for at_h, _, _ in changes], dtype=np.float64), sizes)
        wards = np.concatenate([NO_WARDS, *(wards for _, wards, _ in changes)])
        left = np.concatenate([NO_FACTORS, *(left for _, _, left in changes)])
        basin = self.wards.basins.of_ward[wards]
        order = np.argsort(basin, kind="stable")
        first = np.searchsorted(basin[order], np.arange(len(self.state.first_bucket)))
        return Changes(first, at_h[order], wards[order], left[order])

    def _make_room(self, until_h: int) -> None:
        """Everyone who comes until then will find a seat."""
        state = self.state
        begun = int(state.clock.hours_begun)
        coming = int((state.come_by[:, until_h] - state.come_by[:, begun]).sum())
        lacking = coming - int(state.clock.free_seats)
        if lacking > 0:
            self.state = more_seats(self._buffers, state, lacking)
